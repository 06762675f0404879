"""The answer to a payment as lines of text: hold or not, by what, and what it rests on."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from article41.checks.payment.answers import (
    ElsewhereEntry,
    ListedEntry,
    PaymentAnswer,
    PaymentReason,
)
from article41.checks.payment.finds import FindKind, TextFind
from article41.faces.cli.asked_for import with_their_law
from article41.faces.cli.sheet import Sheet, cut
from article41.faces.cli.verdict_words import missing_words, outcome_words
from article41.faces.cli.writing import Pen
from article41.model.clocks import InForce
from article41.model.letters import legible

HOLD = "HOLD"
NOTHING_FOUND = "no measure found within the coverage"
REASONS_SHOWN = 12
"""Reasons of one answer that are told; the others are counted."""
ELSEWHERE_SHOWN = 3
"""Entries of lists that bind nobody that are told; the others are counted."""
QUESTIONS_SHOWN = 2
"""Questions of one reason that are told."""
_FOUND = {
    FindKind.NAME: "stands there like",
    FindKind.NUMBER: "is a number of",
    FindKind.PLACE: "names",
    FindKind.TOO_LONG: "is where the search ended:",
}


def answer_line(
    answer: PaymentAnswer, pen: Pen, *, width: int | None, asked_for: Collection[str] = ()
) -> str:
    """The answer in one line: file, payment, hold or not, the first reason.

    Args:
        answer: The answer.
        pen: Writes `HOLD` in colour where it is seen.
        width: Characters of a line; the reason is whole if absent.
        asked_for: The jurisdictions whose reason comes before those of others.
    """
    name = legible(_name(answer))
    state = f"{HOLD} ({outcome_words(answer.outcome)})" if answer.hold else NOTHING_FOUND
    reason = legible(_first_reason(answer, asked_for))
    if width is not None:
        reason = cut(reason, width - len(name) - len(state) - 4)
    seen = pen.alarm(state) if answer.hold else state
    return f"{pen.bold(name)}  {seen}  {reason}".rstrip()


def answer_lines(
    answer: PaymentAnswer,
    pen: Pen,
    *,
    width: int,
    is_whole: bool = False,
    told_once: Collection[str] = (),
    asked_for: Collection[str] = (),
) -> Iterator[str]:
    """The answer for people.

    Args:
        answer: The answer.
        pen: Writes `HOLD` in colour where it is seen.
        width: Characters of a line.
        is_whole: True for every reason and every question of each.
        told_once: Limits of lists that are told elsewhere, of all answers.
        asked_for: The jurisdictions that were asked for; all if empty. Of others a line is told.
    """
    sheet = Sheet(pen, width=width)
    yield from _head(answer, sheet)
    for label, texts in fault_told(answer).items():
        yield from sheet.labelled(label, filter(None, texts), indent=2)
    reasons, others = _parted(answer, () if is_whole else asked_for)
    shown = reasons if is_whole else reasons[:REASONS_SHOWN]
    for reason in shown:
        yield ""
        yield from _reason(reason, sheet, is_whole=is_whole)
    if len(shown) < len(reasons):
        more = len(reasons) - len(shown)
        yield from sheet.text(f"and {more} more reasons; --json has them all", indent=2)
    yield from _not_asked_lines(others, sheet)
    if answer.finds:
        yield ""
        yield "  In its texts:"
        for find in answer.finds:
            yield from sheet.text(find_words(find), indent=4)
            asks = find_asks(find, questions_max=None if is_whole else QUESTIONS_SHOWN)
            yield from sheet.labelled("asks", asks, indent=6)
    for label, texts in rest_told(answer, told_once=told_once).items():
        if texts:
            yield ""
        yield from sheet.labelled(label, texts, indent=2)


def _parted(
    answer: PaymentAnswer, asked_for: Collection[str]
) -> tuple[Sequence[PaymentReason], Sequence[PaymentReason]]:
    """The reasons by the law that was asked for, all if none was, and the others."""
    if not asked_for or answer.on is None:
        return answer.reasons, ()
    meant = with_their_law(asked_for, answer.on)
    reasons = [one for one in answer.reasons if one.jurisdiction in meant]
    return reasons, [one for one in answer.reasons if one.jurisdiction not in meant]


def _not_asked_lines(reasons: Sequence[PaymentReason], sheet: Sheet) -> Iterator[str]:
    """A line for each jurisdiction that nobody asked for, with the first of its reasons."""
    by_jurisdiction: dict[str, list[PaymentReason]] = {}
    for one in reasons:
        by_jurisdiction.setdefault(one.jurisdiction, []).append(one)
    if by_jurisdiction:
        yield ""
        yield "  Not asked for, and told by --all:"
    for key, (first, *more) in by_jurisdiction.items():
        entries = f": {_entry(first.listed[0])}" if first.listed else ""
        others = f" and {len(more)} more" if more else ""
        said = f"{outcome_words(first.outcome)} in {key}: {first.title}{entries}{others}"
        yield from sheet.text(said, indent=4)


def fault_told(answer: PaymentAnswer) -> dict[str, list[str]]:
    """Why it was not answered, by label; nothing if it was."""
    fault = answer.fault
    if fault is None:
        return {}
    return {"not answered": [fault.message], "where": [fault.place], "remedy": [fault.hint]}


def rest_told(answer: PaymentAnswer, *, told_once: Collection[str] = ()) -> dict[str, list[str]]:
    """Who is listed elsewhere, what is taken for granted, and limits of the lists, by label."""
    lists = [one for one in answer.lists if one not in told_once]
    return {
        "elsewhere": elsewhere_words(answer.listed_elsewhere),
        "assumed": list(answer.assumed),
        "lists": ["; ".join(lists)] if lists else [],
    }


def reason_told(
    reason: PaymentReason, *, entries_max: int | None = None, questions_max: int | None = None
) -> dict[str, list[str]]:
    """What is told of a reason below its title, by label.

    Args:
        reason: The reason.
        entries_max: How many entries of it; all if absent.
        questions_max: How many of its questions; all if absent.
    """
    return {
        "law": [reason.citation],
        "entries": _first(map(_entry, reason.listed), entries_max),
        "asks": _first(map(missing_words, reason.missing), questions_max),
    }


def _first(texts: Iterable[str], count: int | None) -> list[str]:
    said = list(texts)
    more = len(said) - (len(said) if count is None else count)
    return [*said[:count], f"and {more} more"] if more > 0 else said


def _name(answer: PaymentAnswer) -> str:
    if not answer.message:
        return answer.file
    return f"{answer.file}: {answer.message} {answer.number} {answer.reference}".rstrip()


def _head(answer: PaymentAnswer, sheet: Sheet) -> Iterator[str]:
    pen = sheet.pen
    state = f"{HOLD}: {outcome_words(answer.outcome)}" if answer.hold else NOTHING_FOUND
    yield pen.bold(legible(_name(answer)))
    yield f"  {pen.alarm(state) if answer.hold else state}"
    if answer.asker:
        yield from sheet.text(asked_words(answer), indent=2)


def asked_words(answer: PaymentAnswer) -> str:
    """For whom it was asked, and by the lists and the law of which day."""
    name = f" ({answer.asker_name})" if answer.asker_name else ""
    return f"asked for {answer.asker}{name} by the lists and the law of {answer.on}"


def _first_reason(answer: PaymentAnswer, asked_for: Collection[str]) -> str:
    if answer.fault is not None:
        return f"{answer.fault.place} {answer.fault.message}".strip()
    reasons, others = _parted(answer, asked_for)
    reasons = reasons or others
    sure = [one for one in reasons if one.listed] or reasons
    if sure:
        one = sure[0]
        entries = f": {_entry(one.listed[0])}" if one.listed else ""
        return f"{one.jurisdiction}: {one.title}{entries}"
    return find_words(answer.finds[0]) if answer.finds else ""


def _reason(reason: PaymentReason, sheet: Sheet, *, is_whole: bool) -> Iterator[str]:
    yield from sheet.text(
        f"{outcome_words(reason.outcome)} in {reason.jurisdiction}: {reason.title}", indent=2
    )
    told = reason_told(reason, questions_max=None if is_whole else QUESTIONS_SHOWN)
    for label, texts in told.items():
        yield from sheet.labelled(label, filter(None, texts), indent=4)


def elsewhere_words(entries: Sequence[ElsewhereEntry]) -> list[str]:
    """Who is listed by authorities whose law binds nobody here: the surest of them in words."""
    told = [
        f"{one.party}: {_entry(one)}, by {one.authority}, whose law binds nobody here as far as "
        "is known: it holds nothing"
        for one in sorted(entries, key=_surest)
        if one.in_force is not InForce.NO
    ]
    return _first(told, ELSEWHERE_SHOWN)


def _surest(one: ElsewhereEntry) -> tuple[bool, float]:
    return not one.identity.is_sure, -(one.score or 0.0)


def _entry(entry: ListedEntry) -> str:
    score = f", score {entry.score:.2f}" if entry.score is not None else ""
    evidence = f" by {entry.evidence}" if entry.evidence else ""
    return f"{entry.name} ({entry.key}): {entry.identity.value}{evidence}{score}"


def find_asks(find: TextFind, *, questions_max: int | None = None) -> list[str]:
    """What decides whether it matters, and what would follow; the rest of many is counted."""
    return _first(map(missing_words, find.missing), questions_max)


def find_words(find: TextFind) -> str:
    """What stands in a text."""
    if find.kind is FindKind.TOO_LONG:
        return f"`{find.words}` {_FOUND[find.kind]} {find.text}, in {find.path}"
    entry = f" ({find.key})" if find.kind is not FindKind.PLACE else ""
    score = f", score {find.score:.2f}" if find.score is not None else ""
    of = f" of {find.of}" if find.of else ""
    return f"`{find.words}` {_FOUND[find.kind]} {find.name}{entry}{score}, in {find.path}{of}"
