"""One finding of a verdict as lines of text, in as much detail as its jurisdiction deserves.

What was told of another finding of the same law is not told again: a ground of binding, a fact, a
duty. With all details nothing but the grounds is left out.
"""

import enum
from collections.abc import Iterable, Iterator

import msgspec

from article41.checks.held import LISTS_OPEN
from article41.faces.cli import entry_words
from article41.faces.cli import verdict_words as words
from article41.faces.cli.questions import NOT_HELD
from article41.faces.cli.sheet import Sheet
from article41.law.gaps import NOT_MODELLED, UNMAPPED
from article41.law.nothing_found import COUNTRIES_OPEN
from article41.law.open_owners import OPEN_OWNERS
from article41.law.unnamed import NAMES_OPEN
from article41.model.measures import Outcome
from article41.model.verdicts import Because, DutyNote, Finding, Nexus

_GAPS = frozenset((NOT_MODELLED, COUNTRIES_OPEN, OPEN_OWNERS, NAMES_OPEN, *LISTS_OPEN))
"""Findings of which the title says all; what they ask stands among the open questions."""


ASKS = "asks"
"""The label of the facts that a finding asks for."""
_OF_BODIES = "incorporation"
"""The ground by which law binds those that were founded under it."""


class Detail(enum.Enum):
    """How much is told of one jurisdiction."""

    NAMED = "named"
    """Each finding with its provision and the entries it rests on."""
    BRIEF = "brief"
    """The same, with the facts that it asks for."""
    FULL = "full"
    """The reasons of each finding."""
    WHOLE = "whole"
    """Every word of each, and what does not bear on the act, too."""


class Told:
    """What was told of one jurisdiction already.

    Args:
        nexus: Grounds and facts that stand above the findings.
        where: Where all is told of which only the number is.
    """

    def __init__(self, nexus: Iterable[Because | Nexus] = (), *, where: str = "(--all)") -> None:
        """Begin with what stands above."""
        self.where = where
        self.grounds: set[Because | Nexus] = set(nexus)
        self.entries: set[str] = set()
        """What was said of entries."""
        self._texts: set[object] = set()

    def new(self, texts: Iterable[Because | DutyNote | str]) -> Iterator[Because | DutyNote | str]:
        """Those that were not told before."""
        for one in texts:
            if one not in self._texts:
                self._texts.add(one)
                yield one

    def nexus_lines(self, grounds: Iterable[Nexus], *, is_whole: bool) -> Iterator[str]:
        """Why a law binds; unless all is told, of each party one ground whole, the others named."""
        if is_whole:
            yield from map(words.nexus_words, grounds)
            return
        by_party: dict[str, list[Nexus]] = {}
        for one in grounds:
            by_party.setdefault(one.party, []).append(one)
        for group in by_party.values():
            # Of whom nobody says that it is a person, the ground of bodies tells more.
            first, *others = sorted(group, key=lambda one: one.ground != _OF_BODIES)
            said = words.nexus_in_short(first)
            if first.text and not any(self.new([first.text])):
                said = f"{words.nexus_words(msgspec.structs.replace(first, text=''))} (as above)"
            also = dict.fromkeys(words.ground_words(one) for one in others)
            yield f"{said}; also by {', '.join(also)}" if also else said


def finding_lines(finding: Finding, sheet: Sheet, detail: Detail, told: Told) -> Iterator[str]:
    """One measure; why its jurisdiction binds or not is not told again.

    Args:
        finding: What was found.
        sheet: Wraps and labels.
        detail: How much is told.
        told: What was told of its jurisdiction, which grows.
    """
    yield from with_outcome(_title(finding), finding.outcome, sheet, indent=2)
    for label, lines in reasons_told(finding, detail, told).items():
        yield from sheet.labelled(label, filter(None, lines), indent=4)


def reasons_told(finding: Finding, detail: Detail, told: Told) -> dict[str, list[str]]:
    """What is told of a finding below its title, by label.

    Args:
        finding: What was found.
        detail: How much is told.
        told: What was told of its jurisdiction, which grows.
    """
    if detail in (Detail.NAMED, Detail.BRIEF):
        is_asked = detail is Detail.BRIEF and finding.measure not in _GAPS
        return {
            "law": [finding.citation] if finding.citation not in finding.title else [],
            "listed": _entries(finding, told),
            ASKS: _asked(finding) if is_asked else [],
        }
    if detail is Detail.WHOLE:
        return _whole(finding, told)
    return {"note": [finding.note]} if finding.measure in _GAPS else _reasons(finding, told)


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of which no more than the entries differ as one: tags that no measure maps."""
    found: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        key = (one.outcome, one.measure, one.title, one.citation)
        before = found.setdefault(key, one)
        if before is not one:
            found[key] = msgspec.structs.replace(
                before,
                listed=tuple(dict.fromkeys((*before.listed, *one.listed))),
                because=tuple(dict.fromkeys((*before.because, *one.because))),
                missing=tuple(dict.fromkeys((*before.missing, *one.missing))),
            )
    return list(found.values())


def with_outcome(text: str, outcome: Outcome, sheet: Sheet, *, indent: int) -> Iterator[str]:
    """A text in which the outcome is seen in its colour."""
    said, seen = words.outcome_words(outcome), words.outcome_seen(outcome, sheet.pen)
    for line in sheet.text(text, indent=indent):
        yield line.replace(said, seen, 1)


def _title(finding: Finding) -> str:
    return f"{words.outcome_words(finding.outcome)}: {finding.title}"


def _reasons(finding: Finding, told: Told) -> dict[str, list[str]]:
    """The reasons of a finding, why before where; what only may lift a review is counted."""
    is_review = finding.outcome is Outcome.REVIEW
    # Of tags that no measure maps the title and the entries say all.
    told_by = () if finding.measure == UNMAPPED else finding.because
    owned = {one.text for one in finding.ownership}
    because = [one for one in told_by if one not in told.grounds and one.text not in owned]
    # How it is known that a party is the entry stands with the entry.
    keys = {one.key for one in finding.listed}
    because = [
        msgspec.structs.replace(one, text="") if one.value in keys else one for one in because
    ]
    return {
        "listed": _entries(finding, told),
        "ownership": [line for one in finding.ownership for line in words.ownership_words(one)],
        "because": [words.fact_words(one) for one in told.new(because) if isinstance(one, Because)],
        ASKS: _asked(finding),
        **_alternatives(finding),
        "law": [words.law_in_short(finding)],
        "measure": [_measure(finding)],
        "forbids": [_verbs(finding)],
        "how": list(map(str, told.new([finding.manner]))),
        "binds": _nexus(finding, told, is_whole=False),
        "relief": list(
            words.reliefs_words(
                finding.reliefs, is_whole=False, is_counted=is_review, where=told.where
            )
        ),
        # What a review asks for is not due before it is answered.
        "duty if so" if is_review else "duty": [
            words.duty_words(one) for one in told.new(finding.duties) if isinstance(one, DutyNote)
        ],
        "exposure": list(map(str, told.new([finding.exposure]))),
        "liable": list(map(str, told.new([finding.knowledge]))),
        "note": list(map(str, told.new([finding.note]))),
    }


def _entries(finding: Finding, told: Told) -> list[str]:
    return list(entry_words.entries_in_short(finding.listed, told.entries, where=told.where))


def _asked(finding: Finding) -> list[str]:
    """The facts that it asks for; what each would bring stands among the open questions."""
    facts = dict.fromkeys(one.fact for one in finding.missing if not one.fact.startswith(NOT_HELD))
    return [", ".join(facts)] if facts else []


def _whole(finding: Finding, told: Told) -> dict[str, list[str]]:
    """Every word of a finding."""
    return {
        "listed": list(map(entry_words.entry_words, finding.listed)),
        "ownership": [line for one in finding.ownership for line in words.ownership_words(one)],
        "because": [words.fact_words(one) for one in finding.because if one not in told.grounds],
        "missing": list(map(words.missing_words, finding.missing)),
        **_alternatives(finding),
        "law": [words.law_words(finding)],
        "measure": [_measure(finding)],
        "forbids": [_verbs(finding)],
        "how": [finding.manner],
        "binds": _nexus(finding, told, is_whole=True),
        "relief": list(words.reliefs_words(finding.reliefs, is_whole=True)),
        "duty": list(map(words.duty_words, finding.duties)),
        "exposure": [finding.exposure],
        "liable": [finding.knowledge],
        "note": [finding.note],
    }


def _measure(finding: Finding) -> str:
    return " ".join(filter(None, (finding.measure, f"({finding.kind})" if finding.kind else "")))


def _verbs(finding: Finding) -> str:
    return ", ".join(verb.value.replace("-", " ") for verb in finding.does)


def _alternatives(finding: Finding) -> dict[str, list[str]]:
    would = {
        "if the same": finding.if_same,
        "if so": None if finding.would_be is finding.if_same else finding.would_be,
    }
    return {label: [words.outcome_words(one)] for label, one in would.items() if one is not None}


def _nexus(finding: Finding, told: Told, *, is_whole: bool) -> list[str]:
    """Why it binds; grounds that were told of another measure of the law by name alone."""
    new = [one for one in finding.nexus if one not in told.grounds]
    again: dict[str, list[str]] = {}
    for one in finding.nexus:
        if one in told.grounds:
            again.setdefault(one.party, []).append(words.ground_words(one))
    told.grounds.update(new)
    as_above = [f"{party}, by {', '.join(grounds)}, as above" for party, grounds in again.items()]
    if as_above and not is_whole:
        as_above = [f"{', '.join(again)}, as above"]
    return [*told.nexus_lines(new, is_whole=is_whole), *as_above]
