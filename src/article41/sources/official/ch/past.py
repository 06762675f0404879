"""Works out from its modifications what was said of a target on which days.

The state of today is printed whole; what each amendment added and removed is undone, newest first.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec

from article41.model.clocks import Interval
from article41.sources.official.ch.data import Datum
from article41.sources.tally import Tally

LISTED, AMENDED, DELISTED = "listed", "amended", "de-listed"


class Modification(msgspec.Struct, frozen=True, kw_only=True):
    """What the authority did to a target on a day."""

    kind: str
    """`listed`, `amended` or `de-listed`."""
    day: date
    """The day from which it has effect."""
    added: tuple[Datum, ...] = ()
    """What was not said before that day."""
    removed: tuple[Datum, ...] = ()
    """What was said before that day and is no more."""
    said: str = ""
    """Its other days and its remarks, in words."""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which a target was listed with one content."""

    during: Interval
    """The days; without a beginning if nobody says since when."""
    data: tuple[Datum, ...]
    """What was said."""
    listed_on: date | None
    """When this listing began, if it is said."""
    delisted_on: date | None
    """When it ended, if it did."""
    amended_on: tuple[date, ...]
    """When it was amended, up to these days."""


def stretches(
    data: Sequence[Datum], modifications: Sequence[Modification], tally: Tally, place: str
) -> list[Stretch]:
    """The past of a target, oldest first.

    Args:
        data: What is said of it after the last modification.
        modifications: In any order.
        tally: Counts what could not be undone.
        place: Where the target stands.
    """
    events = list(_in_order(modifications))
    after = list(data)
    contents: list[tuple[Datum, ...]] = [tuple(after)]
    for event in reversed(events):
        after = _undone(after, event, tally, place)
        contents.append(tuple(after))
    contents.reverse()
    if not events or events[0].kind != LISTED:
        tally.remark("target of which no listing is printed: nobody says since when", place)
    return list(_stretches(events, contents, tally, place))


def _in_order(modifications: Sequence[Modification]) -> Iterator[Modification]:
    """By day of effect; of one day in the order that makes sense."""
    is_listed = None
    ordered = sorted(modifications, key=lambda one: one.day)
    for _, group in groupby(ordered, key=lambda one: one.day):
        of_day = list(group)
        returns = is_listed is not False and any(one.kind == LISTED for one in of_day)
        was_listed = is_listed is True or (is_listed is None and len(of_day) > 1 and any(
            one.kind == DELISTED for one in of_day))  # fmt: skip
        order = (
            (DELISTED, LISTED, AMENDED) if returns and was_listed else (LISTED, AMENDED, DELISTED)
        )
        of_day.sort(key=lambda one: order.index(one.kind))
        yield from of_day
        is_listed = of_day[-1].kind != DELISTED


def _undone(after: list[Datum], event: Modification, tally: Tally, place: str) -> list[Datum]:
    before = list(after)
    for datum in event.added:
        if datum in before:
            before.remove(datum)
        else:
            # Rather too much is said of the days before than too little.
            tally.remark("addition that is not printed as it was added; kept for all days", place)
    before += [datum for datum in event.removed if datum not in before]
    if not any(datum.what == "name" for datum in before):
        tally.remark("addition that left no name for the days before; its names kept", place)
        before += [datum for datum in after if datum.what == "name"]
    return before


def _stretches(
    events: Sequence[Modification],
    contents: Sequence[tuple[Datum, ...]],
    tally: Tally,
    place: str,
) -> Iterator[Stretch]:
    is_listed = not events or events[0].kind != LISTED
    begin: date | None = None
    listed_on: date | None = None
    amended: list[date] = []
    for event, before in zip(events, contents, strict=False):
        if is_listed and event.day != begin:
            ended = event.day if event.kind == DELISTED else None
            yield Stretch(
                during=Interval(valid_from=begin, valid_until=event.day),
                data=before,
                listed_on=listed_on,
                delisted_on=ended,
                amended_on=tuple(amended),
            )
        match event.kind:
            case "listed":
                is_listed, listed_on, amended = True, event.day, []
            case "de-listed":
                is_listed = False
            case _ if is_listed:
                amended.append(event.day)
            case _:
                tally.remark("amendment of a target that is off the list", place)
        begin = event.day
    if is_listed:
        yield Stretch(
            during=Interval(valid_from=begin),
            data=contents[-1],
            listed_on=listed_on,
            delisted_on=None,
            amended_on=tuple(amended),
        )
