"""Narrows the bounds of an entry by dates that other lists print of the same decision.

One decision is what a list says it repeats (`Listing.restates`); two decisions on one target have
two dates and are never mixed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import NamedTuple

from article41.model.clocks import Bounds

_NEVER = datetime.max.replace(tzinfo=UTC)


class Evidence(NamedTuple):
    """When an entry that repeats another one was listed, and since when we know."""

    key: str
    """The entry that repeats."""
    listed: Bounds
    known_from: datetime
    known_until: datetime | None


class Narrowed(NamedTuple):
    """Bounds as narrowed during some time, and by whom."""

    form: Bounds
    listed: Bounds
    narrowed_by: tuple[str, ...]
    known_from: datetime
    known_until: datetime | None


def narrowed(
    form: Bounds,
    listed: Bounds,
    known_from: datetime,
    known_until: datetime | None,
    evidence: Sequence[Evidence],
) -> Iterator[Narrowed]:
    """What a belief becomes with the evidence known at each moment of it, piece by piece."""
    end = known_until or _NEVER
    cuts = {known_from}
    for one in evidence:
        cuts |= {cut for cut in (one.known_from, one.known_until) if cut and known_from < cut < end}
    moments = [*sorted(cuts), end]
    pieces: list[Narrowed] = []
    for first, until in pairwise(moments):
        known = [one for one in evidence if one.known_from <= first < (one.known_until or _NEVER)]
        closer, keys = _closer(listed, known)
        piece = Narrowed(_form(form, listed, closer), closer, keys, first, until)
        if pieces and pieces[-1][:3] == piece[:3]:
            pieces[-1] = pieces[-1]._replace(known_until=until)
        else:
            pieces.append(piece)
    for piece in pieces:
        yield piece._replace(known_until=None if piece.known_until == _NEVER else piece.known_until)


def _closer(listed: Bounds, evidence: Sequence[Evidence]) -> tuple[Bounds, tuple[str, ...]]:
    """The bounds that all evidence leaves, and the keys of what narrowed them."""
    keys: list[str] = []
    # Stated days come first: no span of another list says more than a day.
    for one in sorted(evidence, key=lambda one: (not one.listed.is_beginning_stated, one.key)):
        narrower = _ended(_begun(listed, one.listed), one.listed)
        if narrower != listed:
            keys.append(one.key)
            listed = narrower
    return listed, tuple(dict.fromkeys(keys))


def _begun(listed: Bounds, other: Bounds) -> Bounds:
    is_earlier_spell = other.ended_by is not None and other.ended_by <= listed.began_by
    if listed.is_beginning_stated or is_earlier_spell:
        return listed
    after = listed.began_after or date.min
    if other.is_beginning_stated and after < other.began_by <= listed.began_by:
        return _with(listed, began_after=other.began_by, began_by=other.began_by)
    if after < other.began_by < listed.began_by:
        return _with(listed, began_by=other.began_by)
    return listed


def _ended(listed: Bounds, other: Bounds) -> Bounds:
    if listed.ended_by is None or listed.is_end_stated:
        return listed
    after = listed.ended_after or date.min
    if other.is_end_stated and other.ended_by and after < other.ended_by <= listed.ended_by:
        return _with(listed, ended_after=other.ended_by, ended_by=other.ended_by)
    if other.ended_after and after < other.ended_after < listed.ended_by:
        return _with(listed, ended_after=other.ended_after)
    return listed


def _form(form: Bounds, listed: Bounds, closer: Bounds) -> Bounds:
    """The bounds of a content: those of the listing where they were the same."""
    if (form.began_after, form.began_by) == (listed.began_after, listed.began_by):
        form = _with(form, began_after=closer.began_after, began_by=closer.began_by)
    if (form.ended_after, form.ended_by) == (listed.ended_after, listed.ended_by):
        form = _with(form, ended_after=closer.ended_after, ended_by=closer.ended_by)
    return form


def _with(bounds: Bounds, **days: date | None) -> Bounds:
    fields: Mapping[str, date | None] = {
        name: getattr(bounds, name) for name in bounds.__struct_fields__
    }
    return Bounds(**{**fields, **days})  # type: ignore[arg-type]
