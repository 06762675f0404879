"""What a jurisdiction is: who belongs to it on a day, and on which grounds it binds whom."""

from datetime import date
from typing import Protocol

import msgspec

from article41.model.holdings import ControlKind
from article41.model.measures import Certainty, Former
from article41.model.terms import Term

US_PARTS_ASKED = "does it hold parts of US origin, or is it else under US export rules?"
"""What is asked of goods that are made elsewhere."""


class Ground(Term):
    """On what a jurisdiction can bind who takes part in an act."""

    NATIONALITY = "nationality"
    """Its nationals."""
    US_PERSON = "us-person"
    """Permanent residents of the United States, and who is said to be a US person."""
    INCORPORATION = "incorporation"
    """Bodies under its law."""
    TERRITORY = "territory"
    """Who is or acts in the territory."""
    CRAFT = "craft"
    """Vessels and aircraft under its flag, and who operates them."""
    BUSINESS = "business-in-territory"
    """Bodies that do business in part in the territory."""
    US_CONTENT = "us-content"
    """Who deals with goods of US origin; for export rules alone."""
    CURRENCY = "currency"
    """The bank through which a currency is settled."""
    STATE = "state"
    """States and their authorities."""


class Addressee(Term):
    """Whom the law of a jurisdiction binds."""

    STATES = "states"
    OPERATORS = "operators"


class Row(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"valid_from": "from", "valid_until": "until"},
):
    """A table of the catalogue: an unknown key is an error.

    Example:
        >>> Row.__struct_config__.forbid_unknown_fields
        True
    """


class Belonging(Row, frozen=True, kw_only=True):
    """A country that belongs to a jurisdiction during some days.

    Example:
        >>> Belonging(country="HR", valid_from=date(2013, 7, 1)).valid_until is None
        True
    """

    country: str
    """ISO 3166-1 alpha-2 code."""
    valid_from: date | None = None
    """First day; absent if since ever."""
    valid_until: date | None = None
    """First day no longer; absent if it still belongs."""
    text: str = ""
    """What should be known of it."""


class Doubt(Row, frozen=True, kw_only=True):
    """Countries of which it is not settled here whether a ground reaches them.

    Example:
        >>> Doubt(countries=("NC",), text="French overseas").grounds
        ()
    """

    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes."""
    grounds: tuple[Ground, ...] = ()
    """Which grounds; all that look at a country if empty."""
    valid_from: date | None = None
    """First day."""
    valid_until: date | None = None
    """First day no longer."""
    text: str
    """Why it is doubtful."""


class Currency(Row, frozen=True, kw_only=True):
    """A currency whose payments normally pass through banks of the jurisdiction.

    Example:
        >>> Currency(code="EUR", valid_from=date(1999, 1, 1)).code
        'EUR'
    """

    code: str
    """ISO 4217 code."""
    valid_from: date | None = None
    """First day."""
    valid_until: date | None = None
    """First day no longer."""


class GroundRule(Row, frozen=True, kw_only=True):
    """One ground of a jurisdiction during some days.

    Example:
        >>> GroundRule(ground=Ground.CRAFT, text="flag", certainty=Certainty.C).ground.value
        'craft'
    """

    ground: Ground
    """On what it binds."""
    text: str
    """The provision that says so."""
    formerly: tuple[Former, ...] = ()
    """What said so before, the oldest first."""
    certainty: Certainty
    """How sure that is; C yields no more than a review."""
    valid_from: date | None = None
    """First day."""
    valid_until: date | None = None
    """First day no longer."""


class Subsidiaries(Row, frozen=True, kw_only=True):
    """Regimes in which foreign bodies are bound whom a bound person owns or controls.

    Example:
        >>> Subsidiaries(regimes=("XB",), threshold_percent=50, controlled_by=(), text="rule",
        ...              certainty=Certainty.B).valid_from is None
        True
    """

    regimes: tuple[str, ...]
    """The regimes, as measures name them."""
    threshold_percent: int
    """The share of the capital or the votes from which one bound person owns a body."""
    controlled_by: tuple[ControlKind, ...]
    """Kinds of control that are enough; any other is for a person to judge."""
    text: str
    """The provision that says so."""
    certainty: Certainty
    """How sure that is."""
    valid_from: date | None = None
    """First day."""
    valid_until: date | None = None
    """First day no longer."""


class Causing(Row, frozen=True, kw_only=True):
    """That who is not bound is liable for making somebody who is break the law.

    Example:
        >>> Causing(text="rule", certainty=Certainty.B).valid_from is None
        True
    """

    text: str
    """The provision that says so."""
    certainty: Certainty
    """How sure that is."""
    valid_from: date | None = None
    """First day."""
    valid_until: date | None = None
    """First day no longer."""


class Jurisdiction(Row, frozen=True, kw_only=True, eq=False):
    """One jurisdiction: who belongs to it, and on what it binds.

    Example:
        >>> Jurisdiction.__struct_fields__[:2]
        ('key', 'name')
    """

    key: str
    """As measures name it (`EU`, `US`, `GB`, `UN`)."""
    name: str
    """In words."""
    in_text: str
    """Within a sentence."""
    binds: tuple[Addressee, ...]
    """Whom."""
    verified_on: date
    """When this was compared with its source."""
    verified_by: str
    """With what."""
    grounds: tuple[GroundRule, ...]
    """On what."""
    authorities: tuple[str, ...] = ()
    """Authorities of its lists that have another name than its key."""
    members: tuple[Belonging, ...] = ()
    """States that belong to it: of a State, itself."""
    territories: tuple[Belonging, ...] = ()
    """Territories with a code of their own in which its law holds as in a member."""
    doubtful: tuple[Doubt, ...] = ()
    """Countries of which it is not settled."""
    dissociated: tuple[Belonging, ...] = ()
    """Members that do not take part in what it decided."""
    every_state: bool = False
    """Every State belongs to it."""
    through_states: bool = False
    """True if operators meet what it decides as the law that their State is to make of it."""
    note: str = ""
    """What a reader should know of an answer by its law; shown with every one."""
    currencies: tuple[Currency, ...] = ()
    """Currencies that pass through its banks."""
    subsidiaries: tuple[Subsidiaries, ...] = ()
    """Regimes that reach foreign subsidiaries."""
    causing: tuple[Causing, ...] = ()
    """What threatens those who make somebody bound break the law."""


class Dated(Protocol):
    """What holds during some days."""

    @property
    def valid_from(self) -> date | None:
        """First day."""

    @property
    def valid_until(self) -> date | None:
        """First day no longer."""


def is_on(row: Dated, day: date) -> bool:
    """Whether a day lies in a half-open interval.

    Example:
        >>> row = Belonging(country="XA", valid_from=date(2013, 7, 1))
        >>> is_on(row, date(2013, 6, 30)), is_on(row, date(2013, 7, 1))
        (False, True)
    """
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_until is None or day < row.valid_until)
