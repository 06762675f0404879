"""Whether the server can answer, and what fails while it does."""

from datetime import date
from typing import Literal

import msgspec

from article41.faces.api.answerer import Answerer
from article41.faces.api.problems import Fault, fault_of


class Ready(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That the server can answer; where it cannot, a problem (503) says why."""

    status: Literal["ready"] = msgspec.field(default_factory=lambda: "ready")
    """Always `ready`."""
    failures: tuple[Fault, ...] = ()
    """What fails while it answers all the same, such as a newer index that cannot be opened; absent
    if nothing does."""


def readiness(answerer: Answerer, *, asked_on: date) -> bytes:
    """That it can answer, as it is sent; asks what every answer rests on.

    Args:
        answerer: What all routes share.
        asked_on: The present day.

    Raises:
        Article41Error: Nothing could be answered, or not be put on record.
    """
    answerer.lists.opened().coverage(None, None, asked_on)
    answerer.writer.see_writable()
    failure = answerer.lists.failure
    return msgspec.json.encode(Ready() if failure is None else Ready(failures=(fault_of(failure),)))
