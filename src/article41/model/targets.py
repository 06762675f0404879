"""Whom and what a measure means: parties, goods, flights, securities, relations between States.

All conditions of one table must hold; which facts of an act decide them is worked out elsewhere.
"""

from datetime import date
from decimal import Decimal

import msgspec

from article41.model.acts import Verb
from article41.model.entities import Schema
from article41.model.parties import Role, Status


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a catalogue file: an unknown key is an error.

    Example:
        >>> Entry.__struct_config__.forbid_unknown_fields
        True
    """


class Code(Entry, frozen=True, kw_only=True):
    """Goods by the beginning of their code, and what else must be so of them.

    Example:
        >>> Code(code="2709", nomenclature="CN 2012").is_part
        False
    """

    code: str
    """HS or CN code without blanks; every longer code that begins with it is meant."""
    nomenclature: str
    """Its edition: `HS 2012`, `CN 2012`."""
    is_part: bool = False
    """True for `ex`: only what the description says of the code."""
    description: str = ""
    """Of the part meant."""
    price_above: Decimal | None = None
    """Only above this price of one unit."""
    currency: str = ""
    """Of the price."""
    unit: str = ""
    """Of the price (`l`, `piece`, `50 ml`)."""
    is_used: bool | None = None
    """Only used or only new goods."""
    figure: str = ""
    """A technical figure by name and unit (`output_mw`)."""
    figure_above: Decimal | None = None
    """Only above this figure."""


class GoodsTarget(Entry, frozen=True, kw_only=True, cache_hash=True):
    """Goods that are meant: all conditions given must hold of one line of them.

    Example:
        >>> GoodsTarget(origin=("XA",)).codes
        ()
    """

    codes: tuple[Code, ...] = ()
    """One of these."""
    items: tuple[str, ...] = ()
    """Or one of these items of a control or annex list."""
    cas: tuple[str, ...] = ()
    """Or one of these CAS numbers."""
    except_codes: tuple[Code, ...] = ()
    """None of these."""
    origin: tuple[str, ...] = ()
    """Made or got in one of these countries."""
    exported_from: tuple[str, ...] = ()
    """Or leaving, loaded in or sold out of one of these."""
    destination: tuple[str, ...] = ()
    """Going to or for use in one of these."""
    us_content: bool | None = None
    """Of US origin or under US export rules."""
    removed_after: date | None = None
    """Only if it left its country of origin on or after this day; the fact is asked for."""


class ListedTarget(Entry, frozen=True, kw_only=True, cache_hash=True):
    """Targets of a list: by authority, programme and what the list itself imposes.

    Example:
        >>> ListedTarget(authority="OFAC", programmes=("SYRIA",)).measures
        ()
    """

    authority: str
    """The authority of the list, as listings name it (`OFAC`, `EU`, `UK`)."""
    programmes: tuple[str, ...] = ()
    """Programme tags as published, one of which the entry has; any if empty."""
    except_programmes: tuple[str, ...] = ()
    """Tags that by themselves do not bring this measure."""
    measures: tuple[str, ...] = ()
    """Words of which one stands in what the list imposes on the entry; any if empty."""
    measures_unstated: bool = False
    """True for only those entries of which the list does not say what it imposes."""
    lists: tuple[str, ...] = ()
    """Only entries of these lists (`ofac-extract-*`: all whose id begins so); of every list of the
    authority if empty."""
    listings: tuple[str, ...] = ()
    """Only these names of banks and bodies, compared as whole primary names or aliases; used where
    a measure names its targets and no list does."""
    except_listings: tuple[str, ...] = ()
    """Not these names: entries for which another measure speaks."""
    schemas: tuple[Schema, ...] = ()
    """Only these kinds of target."""
    bears_from: date | None = None
    """First day on which it bore on who was listed, where a list had entries before."""


class OwnedToo(Entry, frozen=True, kw_only=True):
    """That a measure means bodies too which one whom it means owns or controls.

    Example:
        >>> OwnedToo(rule="eu", citation="Art 1(m)(iv)").frozen_from is None
        True
    """

    rule: str
    """Family of the rules on ownership and control by which it is told."""
    citation: str
    """Where the text says so."""
    frozen_from: date | None = None
    """First day on which what such owners have is frozen: a stake that they gave up since may have
    been given up in breach. Absent where nothing is frozen: then today's owners alone count."""
    of_banks: bool = False
    """True if whatever a bank owns is meant: that it is a bank is then asked of the owner, else of
    the body itself."""


class PartyTarget(Entry, frozen=True, kw_only=True, cache_hash=True):
    """A party that is meant: all conditions given must hold of it.

    Example:
        >>> PartyTarget(status=(Status.GOVERNMENT,), of=("XA",)).roles
        ()
    """

    roles: tuple[Role, ...] = ()
    """In one of these roles; in any but the one whose act it is if empty."""
    listed: tuple[ListedTarget, ...] = ()
    """Listed so, or owned or controlled by one listed so where the measure has a rule for that."""
    bics: tuple[str, ...] = ()
    """Has one of these BICs (8 letters mean every branch) ..."""
    names: tuple[str, ...] = ()
    """... or is named so: bodies that a measure names itself. A name alone is a resemblance."""
    status: tuple[Status, ...] = ()
    """Is one of these to a State ..."""
    of: tuple[str, ...] = ()
    """... to one of these States."""
    established_in: tuple[str, ...] = ()
    """Incorporated, located or resident in, or said to be of, one of these countries; being a
    national of one is not enough."""
    located_in: tuple[str, ...] = ()
    """Acting from, resident in or, where nothing else is said, of one of these countries; being
    national of one is not enough."""
    nationals_of: tuple[str, ...] = ()
    """A natural person who is a national of one of these countries, wherever it lives."""
    is_bank: bool | None = None
    """A credit or financial institution, or not."""
    sectors: tuple[str, ...] = ()
    """In one of these lines of business."""
    is_person: bool | None = None
    """A natural person, or not."""
    owned_too: OwnedToo | None = None
    """Or whoever is owned or controlled by one that is so by name, status or place, as the text of
    the measure says; what line of business it is in is asked of the body itself."""


class FlightTarget(Entry, frozen=True, kw_only=True):
    """Flights that are meant.

    Example:
        >>> FlightTarget(kinds=("cargo-only",)).kinds
        ('cargo-only',)
    """

    kinds: tuple[str, ...] = ()
    """`passenger`, `cargo-only`, `mixed`, `charter`, ...; any if empty."""


class SecurityTarget(Entry, frozen=True, kw_only=True):
    """Securities that are meant.

    Example:
        >>> SecurityTarget(instruments=("bond",), issued_after=date(2012, 1, 19)).is_public
    """

    instruments: tuple[str, ...] = ()
    """One of these; any if empty."""
    issued_after: date | None = None
    """Issued after this day."""
    tenor_above_days: int | None = None
    """With a longer tenor."""
    is_public: bool | None = None
    """Public or publicly guaranteed."""


class StatesTarget(Entry, frozen=True, kw_only=True):
    """Relations between States that are meant.

    Example:
        >>> StatesTarget(sending=("XA",)).receiving
        ()
    """

    sending: tuple[str, ...] = ()
    """Sending States."""
    receiving: tuple[str, ...] = ()
    """Receiving States or unions."""
    ranks: tuple[str, ...] = ()
    """Ranks of envoys; any if empty."""
    subjects: tuple[str, ...] = ()
    """Memberships or agreements; any if empty."""


class Condition(Entry, frozen=True, kw_only=True, rename={"fact_is": "is"}):
    """One thing more that must be so: exactly one of these is given.

    Example:
        >>> Condition(fact="is-own-national").fact_is
        True
    """

    fact: str = ""
    """A fact of the vocabulary that the act may answer by name."""
    fact_is: bool = True
    """The answer that fits."""
    purposes: tuple[str, ...] = ()
    """One of the act's purposes is one of these."""
    verbs: tuple[Verb, ...] = ()
    """The asker does one of these."""
    contract_before: date | None = None
    """The contract was made before this day."""
    contract_from: date | None = None
    """The contract was made on or after this day."""
    performed_before: date | None = None
    """It is performed before this day."""
    shipped_before: date | None = None
    """The goods left before this day."""
    relation_from: date | None = None
    """The relation or account began on or after this day."""
    goods: GoodsTarget | None = None
    """All lines of the goods are these."""
    party: PartyTarget | None = None
    """Some party is this."""
    no_party: PartyTarget | None = None
    """No party is this."""
    currency: tuple[str, ...] = ()
    """The amount is in one of these."""
    amount_up_to: Decimal | None = None
    """The amount is not greater, in the currency given."""
    flights: tuple[str, ...] = ()
    """The flight is one of these."""


class Target(Entry, frozen=True, kw_only=True, cache_hash=True):
    """One way to be meant: every table that is given must fit.

    Example:
        >>> Target(party=PartyTarget(is_bank=True)).goods
    """

    party: PartyTarget | None = None
    """A party."""
    goods: GoodsTarget | None = None
    """Goods."""
    flight: FlightTarget | None = None
    """A flight."""
    security: SecurityTarget | None = None
    """A security."""
    states: StatesTarget | None = None
    """A relation between States."""
    places: tuple[str, ...] = ()
    """The act is done in, goes through or goes to one of these countries: where goods are loaded,
    pass, are discharged or used, where a service is received, where money is cleared. Where who
    takes part is from is asked by `party`."""
    when: tuple[Condition, ...] = ()
    """All of these hold."""
    forbids: tuple[Verb, ...] = ()
    """What is forbidden with this target alone; all that the measure forbids if empty."""
