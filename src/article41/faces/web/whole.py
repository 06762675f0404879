"""The whole answer that is on record, in parts that a page can hold: every reason and entry."""

from collections.abc import Iterable, Iterator
from html import escape

from article41.checks.verdict_json import verdict_of
from article41.faces.cli.payment_words import answer_lines
from article41.faces.cli.verdicts import verdict_lines
from article41.faces.cli.writing import Pen
from article41.faces.web.shown import WIDTH, payment_answers_of

PART_BYTES = 60_000
"""Text of one part."""
_PLAIN = Pen(has_colour=False)


def whole_parts(kind: str, body: bytes) -> list[str]:
    """An answer to an act or to payments as text, part by part; no line is left out.

    Args:
        kind: Of question, as the record has it.
        body: The answer as it stands on record.
    """
    return list(_parts(_lines(kind, body)))


def _lines(kind: str, body: bytes) -> Iterator[str]:
    if kind == "check":
        yield from verdict_lines(verdict_of(body), _PLAIN, width=WIDTH, is_whole=True)
        return
    for one in payment_answers_of(body):
        yield from answer_lines(one, _PLAIN, width=WIDTH, is_whole=True)
        yield ""


def _parts(lines: Iterable[str]) -> Iterator[str]:
    part: list[str] = []
    left = PART_BYTES
    for line in lines:
        size = len(escape(line).encode()) + 1
        if part and size > left:
            yield "\n".join(part)
            part, left = [], PART_BYTES
        left -= size
        part.append(line)
    yield "\n".join(part)
