"""The answer to an asker about an act: outcomes by jurisdiction, with every reason they rest on.

A verdict is data. It never says that anything may be done.
"""

from datetime import date, datetime

import msgspec

from article41.model.acts import Act, Verb
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.measures import Article41, Certainty, Outcome, ReliefKind
from article41.model.ownership import OwnershipNote
from article41.model.questions import AskedOf, asked_of
from article41.model.terms import Term


class Identity(Term):
    """How sure it is that a party is the listed one, surest first."""

    ASSERTED = "asserted"
    """The caller gave the listing's key."""
    IDENTIFIED = "identified"
    """A strong identifier agrees and nothing conflicts."""
    CONFIRMED = "confirmed"
    """A person decided so, with a reason."""
    RESEMBLES = "resembles"
    """The name resembles; a review at most."""

    @property
    def is_sure(self) -> bool:
        """True if more than a resemblance."""
        return self is not Identity.RESEMBLES


class ListedAs(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a list that a party is, or resembles.

    Example:
        >>> ListedAs(key="xa-main/7", authority="XA", list_id="xa-main", name="Ada Example",
        ...          identity=Identity.ASSERTED, in_force=InForce.YES).programmes
        ()
    """

    key: str
    """List and number."""
    authority: str
    """Who decided."""
    list_id: str
    """Which list."""
    name: str
    """The name of it that was compared, or its first."""
    identity: Identity
    """How sure it is."""
    in_force: InForce
    """Whether it was listed on the day of the act."""
    schema: Schema = Schema.THING
    """What kind of target."""
    names: tuple[str, ...] = ()
    """All its names."""
    programmes: tuple[str, ...] = ()
    """Programme tags as published."""
    measures: tuple[str, ...] = ()
    """What the list imposes, in its words."""
    acts: tuple[str, ...] = ()
    """The legal acts that list it, as printed."""
    certainty: str = ""
    """How sure the entry itself is, where its list grades that (`C` is doubtful)."""
    links: tuple[str, ...] = ()
    """Names of others to which its list says it is linked, as printed: a hint, and no stake."""
    listed_from: date | None = None
    """First day listed, if somebody says so."""
    listed_until: date | None = None
    """First day off the list, if somebody says so."""
    unknown_between: tuple[date | None, date] | None = None
    """Between which days nobody says whether it was listed, if the day lies there."""
    score: float | None = None
    """Of the resemblance; absent if the names were not compared."""
    evidence: str = ""
    """What the identity rests on (`BIC CMSYSYDA`, `the decision of A. Examiner: same passport`)."""
    conflicts: tuple[str, ...] = ()
    """What speaks against it (`birth dates differ`)."""
    version_sha256: str = ""
    """The version of the list."""
    published: date | None = None
    """That version's day of publication."""


class PartyStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What screening found of one party.

    Example:
        >>> PartyStanding(party="payee").listed
        ()
    """

    party: str
    """Key of the party."""
    screened: tuple[str, ...] = ()
    """The names and numbers that were looked for."""
    listed: tuple[ListedAs, ...] = ()
    """What it is or resembles, surest and best first."""
    born_otherwise: tuple[ListedAs, ...] = ()
    """Entries that have its name and other dates of birth, by which they are taken for somebody
    else; the best first."""
    different_from: tuple[str, ...] = ()
    """Listings that it resembles and that a person decided are somebody else."""
    limits: tuple[str, ...] = ()
    """What could not be compared."""
    name_open: str = ""
    """Why it was compared with the lists by no name in full; empty if by one of them it was."""


class Because(msgspec.Struct, frozen=True, kw_only=True):
    """One fact, and what follows from it.

    Example:
        >>> Because(fact="on", value="2012-07-06", text="in force since 2012-01-19").fact
        'on'
    """

    fact: str
    """Path of the fact in the act (`goods[0].code`, `parties.payee.country`, `on`)."""
    value: str
    """Its value; empty if it is not given."""
    text: str
    """What follows."""


class MissingFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is not known and would change the answer.

    Example:
        >>> MissingFact(fact="cleared_in", question="through which countries is it cleared?",
        ...             if_so=Outcome.FREEZE, if_not=Outcome.NOT_BOUND).if_so.value
        'freeze'
    """

    fact: str
    """Path or name by which the act can give it."""
    question: str
    """The question in words."""
    if_so: Outcome
    """The outcome of the finding if the answer brings the measure to bear."""
    if_not: Outcome | None = None
    """The outcome of the jurisdiction without it; absent where it was not worked out."""
    listing: str = ""
    """Key of the entry that it is about, where there is one."""
    of: AskedOf = AskedOf.CUSTOMER
    """Of whom it can be asked, or what it waits for; follows from the fact."""

    def __post_init__(self) -> None:
        """Say of whom."""
        msgspec.structs.force_setattr(self, "of", asked_of(self.fact))


class Nexus(msgspec.Struct, frozen=True, kw_only=True):
    """Why a jurisdiction binds a party of the act, or the act itself.

    Example:
        >>> Nexus(party="buyer", ground="incorporation", because=()).ground
        'incorporation'
    """

    party: str
    """Key of the party bound."""
    ground: str
    """`territory`, `nationality`, `incorporation`, `us-person`, `craft`, `currency`, `us-content`,
    `business-in-territory`, `state`."""
    because: tuple[Because, ...]
    """The facts."""
    text: str = ""
    """The provision that says so."""


class ReliefNote(msgspec.Struct, frozen=True, kw_only=True):
    """A relief that fits the act, might fit it, or does not any more.

    Example:
        >>> ReliefNote(id="gl-6", kind=ReliefKind.GENERAL_LICENCE, title="remittances",
        ...            citation="GL 6", fits=InForce.UNKNOWN).proof
        ()
    """

    id: str
    """Of the relief, or the number of the licence."""
    kind: ReliefKind | None
    """What it is; absent for a specific licence."""
    title: str
    """What it is for."""
    citation: str
    """Where it is said."""
    fits: InForce
    """Whether it fits this act."""
    because: tuple[Because, ...] = ()
    """Why, or why not."""
    proof: tuple[str, ...] = ()
    """What must be proved, in words."""
    missing: tuple[MissingFact, ...] = ()
    """Facts that are not known and by which it would fit, with what would be left if it did."""
    refusal: str = ""
    """When an authority must refuse."""
    duties: tuple[str, ...] = ()
    """What who uses it must do."""


class DutyNote(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Something that must be done beside.

    Example:
        >>> DutyNote(what="report", within="10 business days").citation
        ''
    """

    what: str
    """What."""
    within: str = ""
    """By when."""
    citation: str = ""
    """Where it is said."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One measure that bears on the act, or may.

    Example:
        >>> Finding.__struct_fields__[:3]
        ('jurisdiction', 'outcome', 'measure')
    """

    jurisdiction: str
    """Whose law."""
    outcome: Outcome
    """What follows from this measure."""
    measure: str
    """Id of the measure; a word of `NoMeasure`, without `/`, where there is none."""
    title: str
    """What it does."""
    kind: str = ""
    """What kind of measure."""
    article_41: Article41 | None = None
    """Which interruption it is."""
    citation: str = ""
    """Instrument and provision on the day."""
    manner: str = ""
    """How it is carried out."""
    certainty: Certainty | None = None
    """How sure the catalogue is."""
    verified_on: date | None = None
    """When it was compared with its source."""
    verified_by: str = ""
    """With what."""
    does: tuple[Verb, ...] = ()
    """What of it is forbidden to whom it binds."""
    nexus: tuple[Nexus, ...] = ()
    """Why it binds."""
    listed: tuple[ListedAs, ...] = ()
    """The entries that it rests on."""
    ownership: tuple[OwnershipNote, ...] = ()
    """Ownership that it rests on."""
    because: tuple[Because, ...] = ()
    """Every fact that it rests on."""
    missing: tuple[MissingFact, ...] = ()
    """Facts that would decide it, where it is a review."""
    if_same: Outcome | None = None
    """What it would be if a party that merely resembles a listed one is that one."""
    would_be: Outcome | None = None
    """What a review would be if all that is open were so."""
    reliefs: tuple[ReliefNote, ...] = ()
    """What lifts it, or may."""
    duties: tuple[DutyNote, ...] = ()
    """What must be done beside."""
    exposure: str = ""
    """What threatens who is not bound."""
    knowledge: str = ""
    """What one must know to be liable."""
    note: str = ""
    """What a reader should know."""


class Considered(msgspec.Struct, frozen=True, kw_only=True):
    """A measure that does not bear on the act, and the facts by which it does not.

    Example:
        >>> Considered(measure="xa/fleet", title="no port access", because=()).measure
        'xa/fleet'
    """

    measure: str
    """Id of the measure."""
    title: str
    """What it does."""
    because: tuple[Because, ...]
    """Why not: were one of these facts another one, it might."""


class LawCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """How far the law of one jurisdiction on one regime is in the catalogue.

    Example:
        >>> LawCoverage(jurisdiction="XA", regime="XB", state="absent", text="").kinds
        ()
    """

    jurisdiction: str
    """Whose law."""
    regime: str
    """On what."""
    state: str
    """`modelled`, `listings-only`, `absent` or `none` (there is no such law)."""
    kinds: tuple[str, ...] = ()
    """Kinds of measure meant; all if empty."""
    text: str
    """The instruments, and what was looked at."""
    verified_on: date | None = None
    """When."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What one jurisdiction says of the act.

    Example:
        >>> Result(jurisdiction="XA", outcome=Outcome.NO_MEASURE_FOUND).findings
        ()
    """

    jurisdiction: str
    """Whose law."""
    outcome: Outcome
    """The most severe of its findings."""
    binds: InForce = InForce.UNKNOWN
    """Whether it binds anybody in the act."""
    binds_asker: InForce = InForce.UNKNOWN
    """Whether it binds the asker."""
    findings: tuple[Finding, ...] = ()
    """All, most severe first."""
    considered: tuple[Considered, ...] = ()
    """Measures that touch the act and do not bear on it, with the reason."""
    nexus: tuple[Nexus, ...] = ()
    """Every ground on which it binds."""
    unbound: tuple[Because, ...] = ()
    """Why it binds nobody, where it does not."""
    law: tuple[LawCoverage, ...] = ()
    """How far its law is in the catalogue."""
    exposure: tuple[str, ...] = ()
    """What threatens although it is not forbidden."""
    notes: tuple[str, ...] = ()
    """What else should be known: a measure announced, one that has ended."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer. The same act, lists, catalogue and code give the same bytes.

    Example:
        >>> Verdict.__struct_fields__[:3]
        ('act', 'outcome', 'results')
    """

    act: Act
    """What was asked."""
    outcome: Outcome
    """The most severe of the jurisdictions that bind the asker or that were asked for."""
    results: tuple[Result, ...]
    """By jurisdiction: those asked for, then the most severe first, the asker's own before
    others."""
    parties: tuple[PartyStanding, ...] = ()
    """What screening found of each party."""
    ownership: tuple[OwnershipNote, ...] = ()
    """What was worked out of ownership and control, owned or not."""
    listed_elsewhere: tuple[ListedAs, ...] = ()
    """Entries of lists whose authorities bind nobody here; never hidden."""
    missing: tuple[MissingFact, ...] = ()
    """Every fact that would change the answer."""
    duties: tuple[DutyNote, ...] = ()
    """All duties."""
    not_examined: tuple[Because, ...] = ()
    """What was not given and not asked for: owners of bodies without any tie to a regime."""
    conflicts: tuple[str, ...] = ()
    """Laws that contradict one another; both are shown, and no advice is given."""
    lists: tuple[str, ...] = ()
    """Limits of the lists, in words."""
    coverage: msgspec.Raw = msgspec.Raw(b"null")
    """The lists, each in the version that stood on the day, as a matching answer has them."""
    catalogue_sha256: str = ""
    """Of the catalogue."""
    catalogue_verified_on: date | None = None
    """The newest day on which one of its measures was compared with its source."""
    known_at: datetime | None = None
    """The moment known; absent for now."""
    threshold: float = 0.0
    """Least score that counts as a resemblance."""
    code_version: str = ""
    """Of this software."""
