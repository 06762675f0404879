"""A measure as the catalogue states it: what is forbidden to whom, since when, and by which text.

One measure is one file. Every field that a legislature can change carries its days.
"""

import enum
from datetime import date
from decimal import Decimal

import msgspec

from article41.model.acts import Verb
from article41.model.entities import Schema
from article41.model.parties import Role, Status


class Article41(enum.Enum):
    """The kinds of interruption that Article 41 of the UN Charter names, and travel bans."""

    ECONOMIC = "economic"
    TRANSPORT = "transport"
    COMMUNICATIONS = "communications"
    DIPLOMATIC = "diplomatic"
    TRAVEL = "travel"


class Level(enum.Enum):
    """Whom an act binds by itself."""

    OPERATORS = "operators"
    """Private persons and bodies too."""
    STATES = "states"
    """States alone, until they make law of it."""


class Certainty(enum.Enum):
    """How sure the catalogue is of what it states."""

    A = "A"
    """Read in the text of the instrument, or confirmed by two independent sources."""
    B = "B"
    """Well established, not read again in the instrument."""
    C = "C"
    """Doubtful: yields a review and never more."""


class Outcome(enum.Enum):
    """What an answer says of an act, most severe first; none of them is a permission."""

    FREEZE = "freeze"
    """Keep the property, stop all dealing with it, do not return it."""
    PROHIBIT = "prohibit"
    """The act may not be done."""
    DENY = "deny"
    """Refuse visa, entry, transit, airport, port, airspace, accreditation."""
    REVIEW = "review"
    """A fact is missing or doubtful; nothing goes ahead before a person has looked."""
    LICENCE_REQUIRED = "licence-required"
    """Forbidden unless authorised first."""
    INSPECT = "inspect"
    """Search on reasonable grounds."""
    CONDITIONS = "conditions"
    """Lifted if the named facts are proved."""
    NOT_BOUND = "not-bound"
    """There is a measure, and it does not bind this asker."""
    NO_MEASURE_FOUND = "no-measure-found"
    """None applies among the lists and the law that this system holds."""

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return _RANKS[self]


_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a catalogue file: an unknown key is an error."""


class Text(
    _Entry, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}
):
    """Which provision said it during some days.

    Example:
        >>> Text(instrument="Regulation (EU) No 36/2012", provision="Art 6").valid_from is None
        True
    """

    instrument: str
    """The act, as it is cited."""
    provision: str = ""
    """Article, section, annex."""
    valid_from: date | None = None
    """First day; the measure's own if absent."""
    valid_until: date | None = None
    """First day no longer; absent if it still says it."""
    tags: tuple[str, ...] = ()
    """The programmes of the list for which it is the text; all if empty."""


class Days(
    _Entry, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}
):
    """Days of being in force, suspended or binding on States alone.

    Example:
        >>> Days(valid_from=date(2012, 1, 19)).by
        ''
    """

    valid_from: date
    """First day."""
    valid_until: date | None = None
    """First day no longer; absent if it has not ended."""
    by: str = ""
    """The act that began this, where it is not the measure's own text."""
    ended_by: str = ""
    """The act that ended it."""
    certainty: Certainty | None = None
    """Of these days, where it is another than the measure's."""


class Code(_Entry, frozen=True, kw_only=True):
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


class GoodsTarget(_Entry, frozen=True, kw_only=True):
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


class ListedTarget(_Entry, frozen=True, kw_only=True):
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


class PartyTarget(_Entry, frozen=True, kw_only=True):
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
    """Incorporated, located, resident in or national of one of these countries."""
    is_bank: bool | None = None
    """A credit or financial institution, or not."""
    sectors: tuple[str, ...] = ()
    """In one of these lines of business."""
    is_person: bool | None = None
    """A natural person, or not."""


class FlightTarget(_Entry, frozen=True, kw_only=True):
    """Flights that are meant.

    Example:
        >>> FlightTarget(kinds=("cargo-only",)).kinds
        ('cargo-only',)
    """

    kinds: tuple[str, ...] = ()
    """`passenger`, `cargo-only`, `mixed`, `charter`, ...; any if empty."""


class SecurityTarget(_Entry, frozen=True, kw_only=True):
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


class StatesTarget(_Entry, frozen=True, kw_only=True):
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


class Condition(_Entry, frozen=True, kw_only=True, rename={"fact_is": "is"}):
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


class Target(_Entry, frozen=True, kw_only=True):
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
    """The act is done in or goes to one of these countries."""
    when: tuple[Condition, ...] = ()
    """All of these hold."""
    forbids: tuple[Verb, ...] = ()
    """What is forbidden with this target alone; all that the measure forbids if empty."""


class ReliefKind(enum.Enum):
    """How something forbidden can come to be done."""

    EXCEPTION = "exception"
    """Applies by itself where the facts fit."""
    GENERAL_LICENCE = "general-licence"
    """An authority has licensed all who keep its conditions."""
    DEROGATION = "derogation"
    """Needs an authorisation first."""


class Relief(
    _Entry, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}
):
    """An exception, a general licence or a derogation of one measure.

    Example:
        >>> Relief(kind=ReliefKind.EXCEPTION, id="a", title="crediting", citation="Art 19").proof
        ()
    """

    kind: ReliefKind
    """How it lifts."""
    id: str
    """Unique within the measure."""
    title: str
    """What it is for, in a few words."""
    citation: str
    """The provision."""
    valid_from: date | None = None
    """First day; the measure's own if absent."""
    valid_until: date | None = None
    """First day no longer; absent if it has not ended."""
    certainty: Certainty | None = None
    """Where it is another than the measure's."""
    lifts: tuple[Verb, ...] = ()
    """What it lifts; all that the measure forbids if empty."""
    when: tuple[Condition, ...] = ()
    """Facts of the act that must fit; if they do not it is not for this act, and if they are not
    known it is shown as possible."""
    proof: tuple[str, ...] = ()
    """Facts of the vocabulary that must be proved."""
    ends_prohibition: bool = False
    """True if nothing at all is left of the prohibition where it fits and nothing is to be proved:
    the goods or acts lie outside the measure."""
    refusal: str = ""
    """Grounds on which an authority must refuse."""
    duties: tuple[str, ...] = ()
    """What must be done by who uses it."""


class Duty(_Entry, frozen=True, kw_only=True):
    """Something that must be done beside.

    Example:
        >>> Duty(what="report", within="10 business days", citation="31 CFR 501.603").with_outcomes
        ()
    """

    what: str
    """What, in a few words."""
    within: str = ""
    """By when."""
    citation: str = ""
    """Where it is said."""
    with_outcomes: tuple[Outcome, ...] = ()
    """Only with one of these outcomes; with any if empty."""


class Measure(_Entry, frozen=True, kw_only=True, rename={"article_41": "class"}):
    """One prohibition or duty of one authority.

    Example:
        >>> Measure.__struct_config__.forbid_unknown_fields
        True
    """

    id: str
    """Its path in the catalogue (`eu/syria/oil`)."""
    authority: str
    """Who decided, in words (`Council of the European Union`)."""
    jurisdiction: str
    """Key of the jurisdiction whose law it is (`EU`, `US`, `GB`, `UN`, `CH`)."""
    programme: str
    """The named set of measures (`EU Syria`)."""
    regime: str
    """The country or theme (`SY`, `RU`, `terrorism`) of the table of coverage."""
    kind: str
    """What kind of measure, from the vocabulary (`asset-freeze`, `oil-import-ban`)."""
    article_41: Article41
    """Which interruption it is."""
    level: Level
    """Whom it binds by itself."""
    title: str
    """What it does, in one line."""
    forbids: tuple[Verb, ...]
    """What may not be done."""
    targets: tuple[Target, ...]
    """With whom or what: one of these. A measure without any is on record and binds nobody."""
    outcome: Outcome
    """What follows."""
    in_force: tuple[Days, ...]
    """When; empty for what was never in force."""
    texts: tuple[Text, ...]
    """Where it is said."""
    certainty: Certainty
    """How sure this is."""
    verified_on: date
    """When this was last compared with its source."""
    verified_by: str
    """With what it was compared."""
    outcome_without_property: Outcome | None = None
    """What follows where nothing of the target is in hand; the same if absent."""
    attaches_on_receipt: bool = False
    """True if a bound bank that receives the instruction has the target's interest in hand (US)."""
    manner: str = ""
    """How it is carried out (`block, do not return`; `reject and send back`)."""
    suspended: tuple[Days, ...] = ()
    """When it stood in the text and did not apply."""
    states_only: tuple[Days, ...] = ()
    """When a decision bound States and no operator yet."""
    announced_on: date | None = None
    """When it was announced."""
    ownership_rule: str = ""
    """Family of rules on ownership and control (`us`, `eu`, `uk`); none if empty."""
    reliefs: tuple[Relief, ...] = ()
    """What can lift it."""
    duties: tuple[Duty, ...] = ()
    """What must be done beside."""
    exposure: str = ""
    """What threatens those who are not bound; shown to them beside the outcome."""
    knowledge: str = ""
    """What one must know to be liable."""
    note: str = ""
    """What a reader should know."""
