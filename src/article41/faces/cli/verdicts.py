"""A verdict as lines of text: the outcomes, then every reason they rest on, then the coverage.

It repeats what was found and where it is said; what is done about it, a person decides.
"""

from collections.abc import Container, Iterator, Sequence

import msgspec

from article41.checks import Coverage
from article41.faces.cli import verdict_words as words
from article41.faces.cli.rendering import NAME_SHOWN, SHA_SHOWN, counted, moment_words
from article41.faces.cli.sheet import WIDTH, Sheet, cut
from article41.faces.cli.writing import Pen
from article41.model.letters import legible
from article41.model.measures import Outcome
from article41.model.verdicts import Because, Finding, PartyStanding, Result, Verdict

_COVERAGE = msgspec.json.Decoder(Coverage | None)
NO_MEASURE = "no measure found: among the lists and the law that are held here, named in Coverage"
"""Said wherever some law was looked through in vain."""
_AS_MODELLED = frozenset(("modelled", "none"))


def verdict_lines(
    verdict: Verdict, pen: Pen, *, width: int = WIDTH, is_whole: bool = False
) -> Iterator[str]:
    """The whole answer for people.

    Args:
        verdict: The answer.
        pen: Writes outcomes in colour where it is seen.
        width: Characters of a line.
        is_whole: True for the measures that were considered and do not bear, too, and for all of
            the law that was looked at.
    """
    sheet = Sheet(pen, width=width)
    yield from _head(verdict, sheet)
    for together in _grouped(verdict.results, is_whole=is_whole):
        yield ""
        yield from _results(together, sheet, is_whole=is_whole)
    yield from _open_questions(verdict, sheet)
    yield from _parties(verdict, sheet)
    yield ""
    yield from _coverage(verdict, sheet, is_whole=is_whole)


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
    findings = [finding for result in verdict.results for finding in result.findings]
    if not findings:
        return ""
    # What a provision says tells more than that some law or list is not held.
    finding = min(findings, key=lambda one: (one.outcome.rank, not one.citation))
    missing = [one.question for one in finding.missing[:1]]
    return ": ".join((finding.title, *missing)) or finding.measure


def _head(verdict: Verdict, sheet: Sheet) -> Iterator[str]:
    act = verdict.act
    name = next((one.name for one in act.parties if one.key == act.asker.party), "")
    asker = f"{cut(name, NAME_SHOWN)}, the {act.asker.party}" if name else act.asker.party
    asked = f"{act.__struct_config__.tag} act of {act.on}, asked by {asker}"
    id_ = f"{sheet.pen.bold(legible(act.id))}: " if act.id else ""
    outcome = words.outcome_seen(verdict.outcome, sheet.pen)
    yield f"{id_}{outcome}  {sheet.pen.dim(f'({legible(asked)})')}"
    yield from sheet.text(words.outcomes_words(verdict.results), indent=2)
    if any(one.outcome is Outcome.NO_MEASURE_FOUND for one in verdict.results):
        yield from sheet.text(NO_MEASURE, indent=2)
    for conflict in verdict.conflicts:
        yield from sheet.labelled("conflict", [conflict], indent=2)


def _grouped(results: Sequence[Result], *, is_whole: bool) -> Iterator[list[Result]]:
    """Jurisdictions of which there is no more to say than the same outcome stand together."""
    told: set[tuple[Outcome, str]] = set()
    for result in results:
        if is_whole or _has_more(result):
            yield [result]
        elif _heading(result) not in told:
            told.add(_heading(result))
            yield [
                one for one in results if not _has_more(one) and _heading(one) == _heading(result)
            ]


def _has_more(result: Result) -> bool:
    return bool(result.findings or result.notes or result.exposure or result.considered)


def _heading(result: Result) -> tuple[Outcome, str]:
    return result.outcome, words.binds_words(result)


def _results(results: Sequence[Result], sheet: Sheet, *, is_whole: bool) -> Iterator[str]:
    result = results[0]
    jurisdictions = legible(", ".join(one.jurisdiction for one in results))
    law = f"{sheet.pen.bold(f'Law of {jurisdictions}')}: "
    outcome = words.outcome_seen(result.outcome, sheet.pen)
    yield f"{law}{outcome}  {sheet.pen.dim(f'({words.binds_words(result)})')}"
    if len(results) > 1:
        return
    yield from sheet.labelled("not bound", map(words.fact_words, result.unbound), indent=2)
    for finding in result.findings:
        yield ""
        yield from _finding(finding, sheet, result.unbound)
    if not result.findings or is_whole:
        yield from sheet.labelled("binds", map(words.nexus_words, result.nexus), indent=2)
    yield from sheet.labelled("exposure", _new_exposures(result), indent=2)
    yield from sheet.labelled("note", result.notes, indent=2)
    if is_whole:
        for one in result.considered:
            reasons = [f"{one.title} ({one.measure})", *map(words.fact_words, one.because)]
            yield from sheet.labelled("considered", reasons, indent=2)
    elif result.considered:
        count = counted(len(result.considered), "measure")
        yield from sheet.text(f"considered, without bearing on it: {count} (--all)", indent=2)


def _new_exposures(result: Result) -> Iterator[str]:
    said = {finding.exposure for finding in result.findings}
    return (exposure for exposure in result.exposure if exposure not in said)


def _finding(finding: Finding, sheet: Sheet, told: Container[Because]) -> Iterator[str]:
    """One measure; the facts told already, by which nobody is bound, are not told again."""
    outcome = words.outcome_words(finding.outcome)
    first, *rest = sheet.text(f"{outcome}: {finding.title}", indent=2)
    yield first.replace(outcome, words.outcome_seen(finding.outcome, sheet.pen), 1)
    yield from rest
    would = {
        "if the same": finding.if_same,
        "would be": None if finding.would_be is finding.if_same else finding.would_be,
    }
    verbs = [verb.value.replace("-", " ") for verb in finding.does]
    kind = " ".join(filter(None, (finding.measure, f"({finding.kind})" if finding.kind else "")))
    texts: dict[str, list[str]] = {
        "law": [words.law_words(finding)],
        "measure": [kind],
        "forbids": [", ".join(verbs)],
        "how": [finding.manner],
        "binds": list(map(words.nexus_words, finding.nexus)),
        "listed": list(map(words.entry_words, finding.listed)),
        "ownership": [line for one in finding.ownership for line in words.ownership_words(one)],
        "because": [words.fact_words(one) for one in finding.because if one not in told],
        "missing": list(map(words.missing_words, finding.missing)),
        **{label: [words.outcome_words(one)] for label, one in would.items() if one is not None},
        "relief": [line for one in finding.reliefs for line in words.relief_words(one)],
        "duty": list(map(words.duty_words, finding.duties)),
        "exposure": [finding.exposure],
        "liable": [finding.knowledge],
        "note": [finding.note],
    }
    for label, lines in texts.items():
        yield from sheet.labelled(label, filter(None, lines), indent=4)


def _open_questions(verdict: Verdict, sheet: Sheet) -> Iterator[str]:
    """What stands in no finding: further facts, duties, and what nobody asked for."""
    findings = [finding for result in verdict.results for finding in result.findings]
    asked = {missing for finding in findings for missing in finding.missing}
    said = {duty for finding in findings for duty in finding.duties}
    lines = [
        *sheet.labelled(
            "missing", (words.missing_words(one) for one in verdict.missing if one not in asked),
            indent=2,
        ),
        *sheet.labelled(
            "duty", (words.duty_words(one) for one in verdict.duties if one not in said), indent=2
        ),
        *sheet.labelled("not examined", map(words.fact_words, verdict.not_examined), indent=2),
    ]  # fmt: skip
    if lines:
        yield ""
        yield sheet.pen.bold("Beside")
        yield from lines


def _parties(verdict: Verdict, sheet: Sheet) -> Iterator[str]:
    yield ""
    yield sheet.pen.bold("Parties")
    for standing in verdict.parties:
        yield from sheet.labelled(standing.party, _standing(standing, verdict), indent=2)
    findings = [finding for result in verdict.results for finding in result.findings]
    said = {note for finding in findings for note in finding.ownership}
    notes = [note for note in verdict.ownership if note not in said]
    told = [line for note in notes for line in words.ownership_words(note)]
    yield from sheet.labelled("ownership", told, indent=2)
    elsewhere = map(words.entry_words, verdict.listed_elsewhere)
    yield from sheet.labelled("elsewhere", elsewhere, indent=2)


def _standing(standing: PartyStanding, verdict: Verdict) -> Iterator[str]:
    yield f"looked for: {', '.join(standing.screened) or 'nothing'}"
    for entry in standing.listed:
        yield words.standing_words(entry)
    if standing.screened and not standing.listed:
        yield f"no entry found at threshold {verdict.threshold:g}"
    for key in standing.different_from:
        yield f"decided to be another than {key}"
    for limit in standing.limits:
        yield f"limit: {limit}"


def _coverage(verdict: Verdict, sheet: Sheet, *, is_whole: bool) -> Iterator[str]:
    yield sheet.pen.bold("Coverage")
    laws = [law for result in verdict.results for law in result.law]
    shown = [law for law in laws if is_whole or law.state not in _AS_MODELLED]
    yield from sheet.labelled("law", map(words.coverage_words, shown), indent=2)
    rest = [f"{law.jurisdiction} on {law.regime}" for law in laws if law not in shown]
    if rest:
        yield from sheet.labelled("modelled", [", ".join(dict.fromkeys(rest))], indent=2)
    catalogue = [
        f"version {verdict.catalogue_sha256[:SHA_SHOWN]}" if verdict.catalogue_sha256 else "",
        f"verified up to {verdict.catalogue_verified_on}" if verdict.catalogue_verified_on else "",
    ]
    yield from sheet.labelled("catalogue", [", ".join(filter(None, catalogue))], indent=2)
    yield from sheet.labelled("lists", _list_words(verdict), indent=2)
    yield from sheet.labelled("limit", verdict.lists, indent=2)
    asked = [
        f"known at {moment_words(verdict.known_at)}" if verdict.known_at else "",
        f"threshold {verdict.threshold:g}",
        f"article41 {verdict.code_version}" if verdict.code_version else "",
    ]
    yield from sheet.labelled("asked", [", ".join(filter(None, asked))], indent=2)


def _list_words(verdict: Verdict) -> Iterator[str]:
    coverage = _COVERAGE.decode(verdict.coverage)
    if coverage is None or not coverage.lists:
        yield "none was compared"
        return
    for one in coverage.lists:
        version = one.version
        if version is None:
            known = "no version of that day is known" if one.first_day else "nothing was known"
            yield f"{one.list_id}: {known}"
            continue
        yield (
            f"{one.list_id}: published {version.published or 'on an unknown day'}, "
            f"{counted(version.listings, 'listing')}, version {version.sha256[:SHA_SHOWN]}"
        )
