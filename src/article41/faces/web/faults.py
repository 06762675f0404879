"""Everything that is wrong in the form of an act, each fault with its place and its remedy."""

import copy
from collections.abc import Sequence
from typing import Any

import msgspec

from article41.checks.reading import ActFormat
from article41.faces.api.answering import read_acts_asked
from article41.faces.web.filling import Plain, steps_of
from article41.model.acts import Act
from article41.model.errors import ActError

FAULTS_MAX = 12
"""Faults that are told at once."""


class Faults(Exception):  # noqa: N818 -- it is no failure of ours but of what was filled in
    """An act cannot be read as it was filled in.

    Args:
        by_place: What is wrong at each place, and what to write there.
        first: The error of the first of them.
    """

    def __init__(self, by_place: dict[str, str], first: ActError) -> None:
        """Keep both."""
        super().__init__(first.message)
        self.by_place = by_place
        self.first = first


def read_form(plain: Plain) -> Act:
    """The act that was filled in.

    Raises:
        Faults: It cannot be read. What is wrong is left out and the rest is read again, so that
            all is told at once.
    """
    found: dict[str, str] = {}
    first: ActError | None = None
    left = copy.deepcopy(plain)
    while len(found) < FAULTS_MAX:
        try:
            (act,) = read_acts_asked(msgspec.json.encode(left), ActFormat.JSON, ())
        except ActError as error:
            first = first or error
            if error.path in found:
                break
            found[error.path] = f"{error.message}: {error.hint}"
            if not _left_out(left, steps_of(error.path)):
                break
            continue
        if first is None:
            return act
        break
    assert first is not None
    raise Faults(found, first)


def _left_out(plain: Plain, steps: Sequence[str | int]) -> bool:
    """Take what is wrong out; False where that would move what stands beside it."""
    above: list[Any] = [plain]  # any JSON
    for step in steps:
        is_there = step in above[-1] if isinstance(above[-1], dict) else _has(above[-1], step)
        if not is_there:
            return False
        above.append(above[-1][step])
    if len(steps) > 1 and isinstance(steps[-1], int) and not isinstance(above[-1], dict):
        # One of several words: the others are not looked at by themselves.
        steps, above = steps[:-1], above[:-1]
    if not steps or not isinstance(above[-2], dict):
        return False
    del above[-2][steps[-1]]
    return True


def _has(items: object, at: str | int) -> bool:
    return isinstance(items, list) and isinstance(at, int) and at < len(items)
