"""A measure as the catalogue states it: what is forbidden to whom, since when, and by which text.

One measure is one file. Every field that a legislature can change carries its days.
"""

from datetime import date

from article41.model.acts import Verb
from article41.model.parties import Role
from article41.model.targets import Condition, Entry, GoodsTarget, Target
from article41.model.terms import Term


class Article41(Term):
    """The kinds of interruption that Article 41 of the UN Charter names, and travel bans."""

    ECONOMIC = "economic"
    TRANSPORT = "transport"
    COMMUNICATIONS = "communications"
    DIPLOMATIC = "diplomatic"
    TRAVEL = "travel"


class Level(Term):
    """Whom an act binds by itself."""

    OPERATORS = "operators"
    """Private persons and bodies too."""
    STATES = "states"
    """States alone, until they make law of it."""


class Certainty(Term):
    """How sure the catalogue is of what it states."""

    A = "A"
    """Read in the text of the instrument, or confirmed by two independent sources."""
    B = "B"
    """Well established, not read again in the instrument."""
    C = "C"
    """Doubtful: yields a review and never more."""


class Outcome(Term):
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

    def __init__(self, _word: str) -> None:
        """Rank it behind those before it."""
        self.rank = len(type(self).__members__)
        """0 for the most severe."""


class Text(Entry, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}):
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
    listings: tuple[str, ...] = ()
    """The entries, by name, for which alone it is the text, before any other; all if empty."""


class Former(Entry, frozen=True, kw_only=True, rename={"valid_until": "until"}):
    """How something was cited before a day.

    Example:
        >>> Former(text="Regulation (EU) No 442/2011, Art 11", valid_until=date(2012, 1, 19)).text
        'Regulation (EU) No 442/2011, Art 11'
    """

    text: str
    """The citation."""
    valid_until: date
    """First day on which another is cited."""


class Days(Entry, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}):
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


class ReliefKind(Term):
    """How something forbidden can come to be done."""

    EXCEPTION = "exception"
    """Applies by itself where the facts fit."""
    GENERAL_LICENCE = "general-licence"
    """An authority has licensed all who keep its conditions."""
    DEROGATION = "derogation"
    """Needs an authorisation first."""


class Relief(
    Entry,
    frozen=True,
    kw_only=True,
    cache_hash=True,
    rename={"valid_from": "from", "valid_until": "until"},
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
    formerly: tuple[Former, ...] = ()
    """What was cited before, the oldest first."""
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
    meant_as: tuple[Role, ...] = ()
    """Roles in one of which every party stands that the measure means, as those that receive; any
    if empty."""
    proof: tuple[str, ...] = ()
    """Facts of the vocabulary that must be proved."""
    ends_prohibition: bool = False
    """True if nothing at all is left of the prohibition where it fits and nothing is to be proved:
    the goods or acts lie outside the measure."""
    refusal: str = ""
    """Grounds on which an authority must refuse."""
    duties: tuple[str, ...] = ()
    """What must be done by who uses it."""


class Duty(Entry, frozen=True, kw_only=True):
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
    formerly: tuple[Former, ...] = ()
    """What was cited before, the oldest first."""
    with_outcomes: tuple[Outcome, ...] = ()
    """Only with one of these outcomes; with any if empty."""


class Measure(Entry, frozen=True, kw_only=True, cache_hash=True, rename={"article_41": "class"}):
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
    services_only: bool = False
    """True if services alone are meant: who pays the price of goods that it buys renders none."""
    reaches_travellers: bool = False
    """True if carrying a person is a service that is forbidden; else `transport` is of goods."""
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
    knowledge_formerly: tuple[Former, ...] = ()
    """What was said of it before, the oldest first."""
    note: str = ""
    """What a reader should know."""

    @property
    def goods_meant(self) -> tuple[GoodsTarget, ...]:
        """All goods that its targets, their conditions or its reliefs mean."""
        relieved = (one for relief in self.reliefs for one in relief.when)
        conditions = (one for target in self.targets for one in target.when)
        found = (*(one.goods for one in self.targets), *(one.goods for one in conditions))
        return tuple(filter(None, (*found, *(one.goods for one in relieved))))
