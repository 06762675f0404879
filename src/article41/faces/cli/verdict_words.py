"""The parts of a verdict in words: outcomes, grounds, entries, ownership, reliefs, duties.

Every word here is plain; what a catalogue or a list says is repeated as it stands there.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from article41.faces.cli.rendering import counted
from article41.faces.cli.writing import Pen
from article41.model.clocks import InForce
from article41.model.countries import country_name
from article41.model.measures import Outcome, ReliefKind
from article41.model.ownership import OwnershipNote
from article41.model.verdicts import (
    Because,
    DutyNote,
    Finding,
    LawCoverage,
    MissingFact,
    Nexus,
    ReliefNote,
    Result,
)

STOPS = frozenset((Outcome.FREEZE, Outcome.PROHIBIT, Outcome.DENY))
"""Outcomes that stop the act."""
QUIET = frozenset((Outcome.NOT_BOUND, Outcome.NO_MEASURE_FOUND))
"""Outcomes that bring nothing."""
_NEXT = {
    Outcome.FREEZE: "Keep the property, stop all dealing with it, and do not return it.",
    Outcome.PROHIBIT: "It may not be done.",
    Outcome.DENY: "Visa, entry, transit or service is to be refused.",
    Outcome.REVIEW: "Nothing goes ahead before a person has looked: a fact is missing or doubtful.",
    Outcome.LICENCE_REQUIRED: "It is forbidden unless an authority licenses it first.",
    Outcome.INSPECT: "It is to be searched, on reasonable grounds.",
    Outcome.CONDITIONS: "It is forbidden unless the facts that are named are proved.",
    Outcome.NOT_BOUND: "No measure that there is binds who asks. That is no permission.",
    Outcome.NO_MEASURE_FOUND: "Nothing was found in the lists and the law that are held. That is "
    "no permission.",
}
_FITS = {
    InForce.YES: "fits this act",
    InForce.NO: "does not fit this act",
    InForce.UNKNOWN: "may fit this act",
}
_BINDS = {
    InForce.YES: "it binds the asker",
    InForce.NO: "it does not bind the asker",
    InForce.UNKNOWN: "whether it binds the asker is not known",
}
_STATE = "state"
"""The ground by which law binds a State alone."""


def outcome_words(outcome: Outcome) -> str:
    """An outcome as it is read first.

    Example:
        >>> outcome_words(Outcome.LICENCE_REQUIRED)
        'LICENCE REQUIRED'
    """
    return outcome.value.replace("-", " ").upper()


def next_words(outcome: Outcome) -> str:
    """What follows from an outcome for who asked; of none that anything may be done.

    Example:
        >>> next_words(Outcome.DENY)
        'Visa, entry, transit or service is to be refused.'
    """
    return _NEXT[outcome]


def outcome_seen(outcome: Outcome, pen: Pen) -> str:
    """The same in the colour of how much it stops; the word says it without."""
    words = outcome_words(outcome)
    if outcome in STOPS:
        return pen.alarm(words)
    return pen.bold(words) if outcome in QUIET else pen.caution(words)


def outcomes_words(results: Iterable[Result]) -> str:
    """The outcomes of all jurisdictions in one line, the most severe first."""
    by_outcome: dict[Outcome, list[str]] = {}
    for one in results:
        by_outcome.setdefault(one.outcome, []).append(_spelled_out(one.jurisdiction))
    ordered = sorted(by_outcome, key=lambda outcome: outcome.rank)
    said = [f"{outcome_words(one)} in {', '.join(by_outcome[one])}" for one in ordered]
    return "; ".join(said) or "no jurisdiction was examined"


def either_words(outcomes: Iterable[Outcome]) -> str:
    """Several outcomes of which one comes, the most severe first.

    Example:
        >>> either_words([Outcome.REVIEW, Outcome.FREEZE, Outcome.DENY])
        'FREEZE, DENY or REVIEW'
    """
    *others, last = map(outcome_words, sorted(outcomes, key=lambda one: one.rank))
    return f"{', '.join(others)} or {last}" if others else last


_UNIONS = {"LAS": "League of Arab States"}


def jurisdiction_words(key: str) -> str:
    """A jurisdiction by its key, with the name of a country or of a union that few know by it.

    Example:
        >>> jurisdiction_words("EU"), jurisdiction_words("AL"), jurisdiction_words("LAS")
        ('EU', 'AL (Albania)', 'LAS (League of Arab States)')
    """
    name = country_name(key)
    return _spelled_out(key) if name == key else f"{key} ({name})"


def _spelled_out(key: str) -> str:
    """A union of States by its key, with its name where few know it by that."""
    return f"{key} ({_UNIONS[key]})" if key in _UNIONS else key


def binds_words(result: Result) -> str:
    """Whom the law of a jurisdiction binds in the act."""
    if result.binds is InForce.NO:
        if any(one.nexus for one in result.findings):
            return "whom it binds is told with each measure"
        is_open = result.outcome is Outcome.REVIEW
        return f"it binds nobody {'as far as the act says' if is_open else 'in this act'}"
    if result.binds_asker is InForce.NO and result.binds is InForce.YES:
        if all(one.ground == _STATE for one in result.nexus):
            return "as far as it is held here it binds States, not the asker"
        return "it binds others in this act, not the asker"
    return _BINDS[result.binds_asker]


def fact_words(because: Because) -> str:
    """One fact and what follows from it.

    Example:
        >>> fact_words(Because(fact="on", value="2012-07-06", text="in force since 2012-01-19"))
        'on is 2012-07-06: in force since 2012-01-19'
    """
    value = f"is {because.value}" if because.value else "is not given"
    return ": ".join(filter(None, (f"{because.fact} {value}", because.text)))


def missing_words(missing: MissingFact) -> str:
    """A fact that would decide, and the outcome that each answer would bring."""
    so, if_not = outcome_words(missing.if_so), missing.if_not
    if if_not is None:
        said = f"if so {so}"
    elif if_not is missing.if_so:
        said = f"if so {so}, as it is without it"
    else:
        said = f"if so {so}, if not {outcome_words(if_not)}"
    return f"{missing.question} ({missing.fact}; {said})"


def ground_words(nexus: Nexus) -> str:
    """The ground on which a law binds a party.

    Example:
        >>> ground_words(Nexus(party="buyer", ground="us-person", because=()))
        'us person'
    """
    return nexus.ground.replace("-", " ")


def nexus_words(nexus: Nexus) -> str:
    """Why a law binds a party."""
    words = f"{nexus.party}, by {ground_words(nexus)}"
    facts = "; ".join(map(fact_words, nexus.because))
    return "".join((words, f": {facts}" if facts else "", f" ({nexus.text})" if nexus.text else ""))


def nexus_in_short(nexus: Nexus) -> str:
    """The same with the provision alone, without what it says.

    Example:
        >>> nexus_in_short(Nexus(party="buyer", ground="territory", because=(),
        ...                      text="Example Regulation, Art 1: within the territory"))
        'buyer, by territory (Example Regulation, Art 1)'
    """
    return nexus_words(msgspec.structs.replace(nexus, text=nexus.text.partition(": ")[0]))


def law_words(finding: Finding) -> str:
    """The provision of a finding, how sure the catalogue is of it, and since when."""
    sure = [
        f"certainty {finding.certainty.value}" if finding.certainty else "",
        f"verified on {finding.verified_on}" if finding.verified_on else "",
        f"with {finding.verified_by}" if finding.verified_by else "",
    ]
    said = ", ".join(filter(None, sure))
    return " ".join(filter(None, (finding.citation, f"({said})" if said else "")))


def law_in_short(finding: Finding) -> str:
    """The provision of a finding, how sure the catalogue is of it, and since when."""
    return law_words(msgspec.structs.replace(finding, verified_by=""))


def ownership_words(note: OwnershipNote) -> Iterator[str]:
    """Why a party counts as owned or controlled, or not, link by link."""
    owned = note.owned.value.replace("-", " ")
    share = f", {note.share} in all" if note.share else ""
    through = f" through {', '.join(note.owners)}" if note.owners else ""
    yield f"{note.party}: {owned}{through}{share}, by the rule {note.rule}: {note.text}"
    for question in note.asks:
        yield f"to be found out: {question}"
    if note.path:
        yield f"path: {'; '.join(note.path)}"
    if note.rebuttal:
        yield f"rebuttal: {note.rebuttal}"
    if note.citation:
        sure = f" (certainty {note.certainty.value})" if note.certainty is not None else ""
        yield f"rule said in {note.citation}{sure}"


def unbound_words(reasons: Sequence[Because], *, is_brief: bool) -> Iterator[str]:
    """Why nobody is bound; in brief the facts alone, in one line."""
    if not is_brief:
        yield from map(fact_words, reasons)
        return
    told = dict.fromkeys(
        f"{one.fact} {one.value}" for one in reasons if one.value and not one.fact.endswith(".role")
    )
    if told:
        yield ", ".join(told)


def reliefs_words(
    reliefs: Iterable[ReliefNote],
    *,
    is_whole: bool,
    is_counted: bool = False,
    where: str = "(--all)",
) -> Iterator[str]:
    """What lifts a measure, told whole; what only may is named or counted.

    Args:
        reliefs: What lifts it or may.
        is_whole: True if all is to be told of what may, too.
        is_counted: True if what only may is to be counted.
        where: Where all of that is told.
    """
    possible, refused = [], []
    for relief in reliefs:
        if is_whole or relief.fits is not InForce.UNKNOWN:
            yield from relief_words(relief)
        else:
            facts = ", ".join(dict.fromkeys(one.fact for one in relief.missing))
            said = f"{relief.citation}; {facts}" if facts else relief.citation
            possible.append(f"{relief.title} ({said})")
            refused += [f"refused where: {relief.refusal}"] if relief.refusal else []
    if possible and is_counted:
        count = counted(len(possible), "provision")
        yield f"{count} may lift it, depending on facts not given {where}"
    elif possible:
        yield f"may be lifted, which depends on facts not given {where}: {'; '.join(possible)}"
        yield from dict.fromkeys(refused)


def relief_words(relief: ReliefNote) -> Iterator[str]:
    """What lifts a measure or may, what must be proved, and what its user must do."""
    kind = "licence" if relief.kind is None else _RELIEF_WORDS[relief.kind]
    cited = f" ({relief.citation})" if relief.citation else ""
    yield f"{kind} {relief.id}: {relief.title}{cited}; {_FITS[relief.fits]}"
    if relief.because:
        yield f"facts: {'; '.join(map(fact_words, relief.because))}"
    if relief.proof:
        yield f"to be proved: {' '.join(relief.proof)}"
    for one in relief.missing:
        yield f"it depends on: {missing_words(one)}"
    if relief.refusal:
        yield f"refused where: {relief.refusal}"
    for duty in relief.duties:
        yield f"who uses it must: {duty}"


_RELIEF_WORDS = {
    ReliefKind.EXCEPTION: "exception",
    ReliefKind.GENERAL_LICENCE: "general licence",
    ReliefKind.DEROGATION: "derogation (an authorisation first)",
}


def duty_words(duty: DutyNote) -> str:
    """Something to be done, by when, and where it is said."""
    within = f", {duty.within}" if duty.within else ""
    return f"{duty.what}{within}{f' ({duty.citation})' if duty.citation else ''}"


def coverage_words(laws: Iterable[LawCoverage]) -> Iterator[str]:
    """How far law on a regime is in the catalogue; what is the same of several stands once."""
    whose: dict[LawCoverage, list[str]] = {}
    for law in laws:
        alike = msgspec.structs.replace(law, jurisdiction="")
        whose.setdefault(alike, []).append(law.jurisdiction)
    for law, jurisdictions in whose.items():
        kinds = f" for {', '.join(law.kinds)}" if law.kinds else ""
        when = f", looked at on {law.verified_on}" if law.verified_on else ""
        said = f": {law.text}" if law.text else ""
        state = "there is no such law" if law.state == "none" else law.state.replace("-", " ")
        yield f"{', '.join(jurisdictions)} on {law.regime}{kinds}: {state}{when}{said}"


def coverage_in_short(laws: Iterable[LawCoverage], every: Iterable[LawCoverage]) -> Iterator[str]:
    """Jurisdictions by regime, with the kinds of law where it stands otherwise with other kinds.

    Args:
        laws: What is told.
        every: What is told elsewhere, too.
    """
    states: dict[tuple[str, str], set[str]] = {}
    for law in every:
        states.setdefault((law.jurisdiction, law.regime), set()).add(law.state)
    whose: dict[str, dict[str, dict[str, None]]] = {}
    for law in laws:
        kinds = whose.setdefault(law.regime, {}).setdefault(law.jurisdiction, {})
        if len(states[law.jurisdiction, law.regime]) > 1:
            kinds.update(dict.fromkeys(law.kinds))
    for regime, jurisdictions in whose.items():
        named = (
            f"{key} ({', '.join(kinds)})" if kinds else key for key, kinds in jurisdictions.items()
        )
        yield f"on {regime}: {', '.join(named)}"
