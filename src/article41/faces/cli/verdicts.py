"""A verdict as lines of text: the outcomes, then every reason they rest on, then the coverage.

It repeats what was found and where it is said; what is done about it, a person decides.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from article41.checks.held import LISTS_OPEN
from article41.faces.cli import entry_words, questions
from article41.faces.cli import verdict_words as words
from article41.faces.cli.asked_for import narrowed, not_asked_lines
from article41.faces.cli.coverage_words import coverage_told
from article41.faces.cli.findings import (
    Detail,
    Told,
    finding_lines,
    merged,
    with_outcome,
)
from article41.faces.cli.rendering import NAME_SHOWN, moment_words
from article41.faces.cli.sheet import WIDTH, Sheet, cut
from article41.faces.cli.writing import Pen
from article41.law.gaps import NOT_MODELLED
from article41.law.nothing_found import COUNTRIES_OPEN
from article41.law.ordering import surest, worst_of
from article41.model.clocks import InForce
from article41.model.letters import legible
from article41.model.measures import Outcome
from article41.model.ownership import Owned
from article41.model.verdicts import Finding, PartyStanding, Result, Verdict

NO_MEASURE = "no measure found: among the lists and the law that are held here, named in Coverage"
"""Said wherever some law was looked through in vain."""
_UNHELD = frozenset((NOT_MODELLED, COUNTRIES_OPEN, *LISTS_OPEN))


def verdict_lines(
    verdict: Verdict,
    pen: Pen,
    *,
    width: int = WIDTH,
    is_whole: bool = False,
    before: Verdict | None = None,
) -> Iterator[str]:
    """The whole answer for people.

    Args:
        verdict: The answer.
        pen: Writes outcomes in colour where it is seen.
        width: Characters of a line.
        is_whole: True for the measures that were considered and do not bear, too, and for all of
            the law that was looked at.
        before: The answer above, if any.
    """
    sheet = Sheet(pen, width=width)
    yield from _head(verdict, sheet)
    meant, others = (verdict, ()) if is_whole else narrowed(verdict)
    yield from _laws(meant, sheet, is_whole=is_whole)
    yield from not_asked_lines(others, sheet)
    yield from _parties(verdict, sheet, is_whole=is_whole)
    yield ""
    yield from _coverage(meant, sheet, is_whole=is_whole, before=before)


def verdict_line(verdict: Verdict, pen: Pen, *, number: int, width: int | None = None) -> str:
    """The answer in one line, for many acts: id, outcomes, first reason.

    Args:
        verdict: The answer.
        pen: Writes the worst outcome in colour where it is seen.
        number: Stands for the id of an act that has none.
        width: Characters of a line; the reason is whole if absent.
    """
    id_ = legible(verdict.act.id or f"act {number}")
    outcomes = legible(words.outcomes_words(verdict.results))
    reason = legible(first_reason(verdict))
    if width is not None:
        reason = cut(reason, width - len(id_) - len(outcomes) - 4)
    worst = words.outcome_words(verdict.outcome)
    before, found, after = outcomes.partition(worst)
    seen = words.outcome_seen(verdict.outcome, pen) if found else ""
    return f"{pen.bold(id_)}  {before}{seen}{after}  {reason}".rstrip()


def first_reason(verdict: Verdict) -> str:
    """What the most severe finding is, in a few words; empty if there is none."""
    meant, _ = narrowed(verdict)
    findings = [one for result in meant.results for one in result.findings]
    if all(one.outcome in words.QUIET for one in findings):
        findings = [one for result in verdict.results for one in result.findings]
    if not findings:
        return ""
    # What a provision says tells more than that some law or list is not held.
    finding = min(findings, key=lambda one: (one.outcome.rank, not one.citation))
    # Of what is not held the question says no more than the title.
    is_not_held = any(one.fact.startswith(questions.NOT_HELD) for one in finding.missing[:1])
    missing = [] if is_not_held else [one.question for one in finding.missing[:1]]
    return ": ".join((finding.title, *missing)) or finding.measure


def _head(verdict: Verdict, sheet: Sheet) -> Iterator[str]:
    id_ = f"{verdict.act.id}: " if verdict.act.id else ""
    heading = f"{id_}{words.outcome_words(verdict.outcome)} ({asked_words(verdict)})"
    yield from with_outcome(heading, verdict.outcome, sheet, indent=0)
    yield from sheet.text(words.outcomes_words(verdict.results), indent=2)
    if any(one.outcome is Outcome.NO_MEASURE_FOUND for one in verdict.results):
        yield from sheet.text(NO_MEASURE, indent=2)
    for conflict in verdict.conflicts:
        yield from sheet.labelled("conflict", [conflict], indent=2)


def asked_words(verdict: Verdict) -> str:
    """What was asked, and by whom."""
    act = verdict.act
    name = next((one.name for one in act.parties if one.key == act.asker.party), "")
    asker = f"{cut(name, NAME_SHOWN)}, the {act.asker.party}" if name else act.asker.party
    return f"{act.__struct_config__.tag} act of {act.on}, asked by {asker}"


def _laws(verdict: Verdict, sheet: Sheet, *, is_whole: bool) -> Iterator[str]:
    """Jurisdiction by jurisdiction, then what they ask; those that bind nobody at the end."""
    unbound: list[Result] = []
    is_cut = False
    for together, detail in _grouped(verdict, is_whole=is_whole):
        if detail is Detail.BRIEF and together[0].outcome is Outcome.NOT_BOUND:
            unbound += together
            continue
        is_cut = is_cut or (detail is Detail.BRIEF and bool(together[0].findings))
        yield ""
        yield from _results(together, sheet, detail)
    yield from _open_questions(verdict, sheet, is_whole=is_whole)
    if unbound:
        yield ""
        yield from _unbound(unbound, sheet)
    considered = sum(len(one.considered) for one in verdict.results)
    more = ["every reason"] if is_cut or unbound else []
    if considered:
        more.append(f"what was considered and does not bear on it ({considered})")
    if more and not is_whole:
        yield ""
        yield from sheet.text(f"`--all` tells {' and '.join(more)}")


def _grouped(verdict: Verdict, *, is_whole: bool) -> Iterator[tuple[list[Result], Detail]]:
    """Jurisdictions of which there is no more to say than the same stand together."""
    told: set[str] = set()
    for result in verdict.results:
        detail = Detail.WHOLE if is_whole else detail_of(result, verdict)
        if result.jurisdiction in told:
            continue
        alike = [result]
        if detail is Detail.BRIEF:
            alike = [
                one
                for one in verdict.results
                if detail_of(one, verdict) is detail and _in_brief(one) == _in_brief(result)
            ]
        told.update(one.jurisdiction for one in alike)
        yield alike, detail


def detail_of(result: Result, verdict: Verdict) -> Detail:
    """In brief where nobody asked for it, nothing is stopped, and nobody surely bound by it."""
    is_bound = result.binds is InForce.YES and bool(result.findings)
    is_meant = result.jurisdiction in verdict.act.jurisdictions
    is_askers = result.binds_asker is InForce.YES
    is_full = is_meant or is_bound or is_askers or result.outcome in words.STOPS
    return Detail.FULL if is_full else Detail.BRIEF


def _in_brief(result: Result) -> tuple[object, ...]:
    """All that is told of a jurisdiction in brief."""
    named = result.findings
    if any(one.measure == COUNTRIES_OPEN for one in named) and all(
        one.measure in _UNHELD for one in named
    ):
        # That its law or list is not held either is told once for all, beside the questions.
        named = tuple(one for one in named if one.measure == COUNTRIES_OPEN)
    findings = tuple((one.outcome, one.title, one.citation, one.listed) for one in named)
    return words.binds_words(result), findings, result.notes, result.exposure


def _results(results: Sequence[Result], sheet: Sheet, detail: Detail) -> Iterator[str]:
    result = results[0]
    jurisdictions = ", ".join(words.jurisdiction_words(one.jurisdiction) for one in results)
    outcome = words.outcome_words(result.outcome)
    heading = f"Law of {jurisdictions}: {outcome} ({words.binds_words(result)})"
    yield from with_outcome(heading, result.outcome, sheet, indent=0)
    told = Told(result.unbound)
    if len(results) == 1 and not any(one.nexus for one in result.findings):
        unbound = words.unbound_words(result.unbound, is_brief=detail is not Detail.WHOLE)
        yield from sheet.labelled("not bound", unbound, indent=2)
    was_short = False
    findings = result.findings if detail is Detail.WHOLE else merged(result.findings)
    if len(results) > 1:
        shared = {title for title, count in _titles(results).items() if count == len(results)}
        findings = [one for one in findings if one.title in shared]
    idle = [one for one in findings if detail is Detail.FULL and _is_idle(one, result)]
    for finding in findings:
        if finding in idle:
            continue
        lines = list(finding_lines(finding, sheet, detail, told))
        if detail is not Detail.BRIEF and not (was_short and len(lines) == 1):
            yield ""
        was_short = len(lines) == 1
        yield from lines
    if idle:
        yield ""
        sure = words.outcome_words(surest(result.findings))
        yield from sheet.text(f"{sure} stands, whatever the answers to these:", indent=2)
        for finding in idle:
            yield from finding_lines(finding, sheet, Detail.NAMED, told)
    if detail is Detail.WHOLE or (detail is Detail.FULL and not result.findings):
        new = [one for one in result.nexus if one not in told.grounds]
        binds = told.nexus_lines(new, is_whole=detail is Detail.WHOLE)
        yield from sheet.labelled("binds", binds, indent=2)
    yield from sheet.labelled("exposure", _new_exposures(result), indent=2)
    yield from sheet.labelled("note", result.notes, indent=2)
    if detail is Detail.WHOLE:
        for one in result.considered:
            reasons = [f"{one.title} ({one.measure})", *map(words.fact_words, one.because)]
            yield from sheet.labelled("considered", reasons, indent=2)


def _titles(results: Sequence[Result]) -> Counter[str]:
    """In how many results something is found."""
    return Counter(title for one in results for title in {each.title for each in one.findings})


def _is_idle(finding: Finding, result: Result) -> bool:
    """True of a review that can make the answer no worse."""
    is_review = finding.outcome is Outcome.REVIEW
    return is_review and worst_of(finding).rank >= surest(result.findings).rank


def _unbound(results: Sequence[Result], sheet: Sheet) -> Iterator[str]:
    """Laws with a measure that bind nobody in the act: a line for each measure, and why not."""
    whose = ", ".join(words.jurisdiction_words(one.jurisdiction) for one in results)
    heading = f"{words.outcome_words(Outcome.NOT_BOUND)}: the law of {whose} binds nobody here"
    yield from with_outcome(heading, Outcome.NOT_BOUND, sheet, indent=0)
    for result in results:
        named = [
            f"{one.title} ({one.citation})" if one.citation else one.title
            for one in result.findings
        ]
        yield from sheet.labelled(result.jurisdiction, named, indent=2)
        exposure = dict.fromkeys((*(one.exposure for one in result.findings), *result.exposure))
        yield from sheet.labelled("exposure", filter(None, exposure), indent=2)
        yield from sheet.labelled("note", result.notes, indent=2)
    facts: dict[str, list[str]] = {}
    for result in results:
        for said in words.unbound_words(result.unbound, is_brief=True):
            facts.setdefault(said, []).append(result.jurisdiction)
    told = [said if len(keys) == len(results) else f"{', '.join(keys)}: {said}"
            for said, keys in facts.items()]  # fmt: skip
    yield from sheet.labelled("not bound by", told, indent=2)


def _new_exposures(result: Result) -> Iterator[str]:
    said = {finding.exposure for finding in result.findings}
    return (exposure for exposure in result.exposure if exposure not in said)


def _open_questions(verdict: Verdict, sheet: Sheet, *, is_whole: bool) -> Iterator[str]:
    """Every question once, then what stands in no finding."""
    findings = [finding for result in verdict.results for finding in result.findings]
    asked = {missing for finding in findings for missing in finding.missing}
    said = {duty for finding in findings for duty in finding.duties}
    missing = [one for one in verdict.missing if one not in asked]
    duties = [one for one in verdict.duties if one not in said]
    lines = list(questions.question_lines(verdict.results, sheet, is_whole=is_whole))
    lines += sheet.labelled("lists", questions.lists_words(verdict.results), indent=2)
    not_held = questions.not_held_words(verdict.results)
    lines += sheet.labelled("not held", not_held, indent=2)
    lines += sheet.labelled("missing", map(words.missing_words, missing), indent=2)
    lines += sheet.labelled("duty", map(words.duty_words, duties), indent=2)
    not_examined = questions.not_examined_words(verdict)
    lines += sheet.labelled("not examined", not_examined, indent=2)
    if lines:
        yield ""
        yield sheet.pen.bold("Open questions")
        yield from lines


def _parties(verdict: Verdict, sheet: Sheet, *, is_whole: bool) -> Iterator[str]:
    yield ""
    yield sheet.pen.bold("Parties")
    for standing in verdict.parties:
        told = _standing(standing, verdict, is_whole=is_whole)
        yield from sheet.labelled(standing.party, told, indent=2)
    findings = [finding for result in verdict.results for finding in result.findings]
    said = {note for finding in findings for note in finding.ownership}
    # That nobody owns somebody of whom no owner is given says nothing new.
    notes = [
        note
        for note in verdict.ownership
        if note not in said
        and (is_whole or note.owned is not Owned.NOT_OWNED or note.owners or note.path)
    ]
    owned = [line for note in notes for line in words.ownership_words(note)]
    yield from sheet.labelled("ownership", owned, indent=2)
    yield from sheet.labelled("files", verdict.act.holdings.notes, indent=2)
    shown = {
        entry.key
        for standing in verdict.parties
        for entry in entry_words.best_of(standing.listed)[0]
    }
    elsewhere = entry_words.elsewhere_words(verdict.listed_elsewhere, shown)
    if is_whole:
        elsewhere = map(entry_words.entry_words, verdict.listed_elsewhere)
    yield from sheet.labelled("elsewhere", elsewhere, indent=2)


def _standing(standing: PartyStanding, verdict: Verdict, *, is_whole: bool) -> Iterator[str]:
    yield f"looked for: {', '.join(standing.screened) or 'nothing'}"
    if is_whole:
        yield from map(entry_words.standing_words, standing.listed)
    else:
        shown, more = entry_words.best_of(standing.listed)
        yield from entry_words.standings_in_short(shown)
        if more:
            yield f"and {more:,} more, less alike (--all)"
    if standing.screened and not standing.listed:
        yield f"no entry found at threshold {verdict.threshold:g}"
    for entry in standing.born_otherwise:
        yield entry_words.born_otherwise_words(entry)
    for key in standing.different_from:
        yield f"decided to be another than {key}"
    for limit in standing.limits:
        yield f"limit: {limit}"


def _coverage(
    verdict: Verdict, sheet: Sheet, *, is_whole: bool, before: Verdict | None
) -> Iterator[str]:
    yield sheet.pen.bold("Coverage")
    for label, told in coverage_told(verdict, is_whole=is_whole, before=before):
        yield from sheet.labelled(label, told, indent=2)
    asked = [
        f"known at {moment_words(verdict.known_at)}" if verdict.known_at else "",
        f"threshold {verdict.threshold:g}",
        f"article41 {verdict.code_version}" if verdict.code_version else "",
    ]
    yield from sheet.labelled("asked", [", ".join(filter(None, asked))], indent=2)
