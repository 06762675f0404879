"""What is put on record before an answer leaves: the question, the answer, who asked and when.

Where it cannot be written there is no answer.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple, Protocol

from article41.casework.audit import Asked, Receipt, Software
from article41.checks import Coverage
from article41.faces.settings import code_version
from article41.store.kept import code_sha256


class Recorder(Protocol):
    """Keeps what was asked and answered for good, as `casework.audit.Record` does."""

    def write(self, asked: Sequence[Asked]) -> Sequence[Receipt]:
        """Keep it, on the disk when this returns.

        Raises:
            Article41Error: It cannot be kept.
        """
        ...


class Asker(NamedTuple):
    """Who asks, and when."""

    by: str
    """`key:` and the id of a key."""
    asked_at: datetime
    """The moment (UTC); its day is the present day of the answer."""

    @property
    def asked_on(self) -> date:
        """The present day."""
        return self.asked_at.date()


@cache
def software() -> Software:
    """The code that answers, and its law."""
    code = code_sha256("checks", "law", "match", "model", "sources", "store")
    return Software(code=code, version=code_version())


def lists_of(coverage: Coverage) -> dict[str, str]:
    """The versions on which answers rest: the hash of each, by list."""
    return {one.list_id: one.version.sha256 for one in coverage.lists if one.version is not None}
