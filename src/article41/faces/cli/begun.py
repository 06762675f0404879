"""Questions that go on record before their answer: which entry has the answer of one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from article41.casework.audit import Entry
    from article41.casework.audit.ledger import Ledger

BEGUN = "-begun"
"""What the kind of such an entry ends with; without it, it is the kind of its answer."""


def answer_words(ledger: "Ledger", entry: "Entry") -> str:
    """That an entry is a question alone, and which one has its answer; empty of any other.

    Args:
        ledger: Where the answer is looked for.
        entry: The entry.
    """
    if not entry.kind.endswith(BEGUN):
        return ""
    alone = f"`{entry.id}` is the question alone, put on record before anything was answered"
    answer = _answer_to(ledger, entry)
    if answer is None:
        return f"{alone}; of its answer nothing is on record here"
    return f"{alone}; its answer is `{answer}`: certify that one"


def _answer_to(ledger: "Ledger", entry: "Entry") -> str | None:
    """The id of the answer: of the same question, by the same one, of the same moment."""
    from article41.casework.audit.entries import read_entry
    from article41.casework.audit.ledger import is_entry

    answered = entry.kind.removesuffix(BEGUN)
    wanted = (answered, entry.by, entry.asked_at, bytes(entry.question))
    moment = entry.asked_at.encode("ascii", "replace")
    for line in ledger.lines():
        if moment in line and is_entry(line):
            one = read_entry(line)
            if (one.kind, one.by, one.asked_at, bytes(one.question)) == wanted:
                return one.id
    return None
