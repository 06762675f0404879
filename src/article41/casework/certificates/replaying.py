"""Compares an answer on record with the answer to the same question today, byte for byte.

Where they differ it says which input is gone or another one: a list, the law, the code; and where
in the answer the first difference stands.
"""

import enum
import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from article41.casework.audit import Software
from article41.casework.audit.canonical import canonical
from article41.casework.certificates.certificate import Certificate

_DIFFERENCES_SHOWN = 5
_ABSENT = object()


class ReplayOutcome(enum.Enum):
    """What became of asking again."""

    SAME = "same"
    """The same bytes."""
    DIFFERS = "differs"
    """Another answer."""
    GONE = "gone"
    """It could not be asked: something that it needs is gone."""


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What asking again gave.

    Example:
        >>> Replay(id="01", outcome=ReplayOutcome.SAME, inputs=(), places=()).outcome.value
        'same'
    """

    id: str
    """Of the entry."""
    outcome: ReplayOutcome
    """What became of it."""
    inputs: tuple[str, ...]
    """Each input that is gone or another one, in words."""
    places: tuple[str, ...]
    """Where in the answer the first differences stand, such as `results[0].outcome`."""

    @property
    def is_same(self) -> bool:
        """True if the answer is the same, byte for byte."""
        return self.outcome is ReplayOutcome.SAME


def compared(
    certificate: Certificate,
    *,
    answer: bytes | None,
    lists: Mapping[str, str],
    held: frozenset[str],
    software: Software,
    settings: Mapping[str, object],
    lacking: str = "",
) -> Replay:
    """Compare an answer on record with that of today.

    Args:
        certificate: What was answered.
        answer: The answer of today as JSON; None if the question cannot be asked.
        lists: The versions that it rests on, by list.
        held: Every version that the store holds.
        software: The code of today.
        settings: Those of today that are no part of how it was asked.
        lacking: What else the question needs and nobody gave, in words.
    """
    entry = certificate.recorded
    inputs = [
        *((lacking,) if lacking else ()),
        *_list_words(entry.lists, lists, held),
        *_software_words(entry.software, software),
        *(
            f"`{name}` was `{value}` and is `{settings[name]}`"
            for name, value in entry.settings.items()
            if name in settings and settings[name] != value
        ),
    ]
    if answer is None or certificate.answer is None:
        if certificate.answer is None:
            inputs.insert(0, "the record withholds the question; only who asked has it")
        return Replay(id=entry.id, outcome=ReplayOutcome.GONE, inputs=tuple(inputs), places=())
    if hashlib.sha256(answer).hexdigest() == certificate.answer_sha256:
        return Replay(id=entry.id, outcome=ReplayOutcome.SAME, inputs=tuple(inputs), places=())
    was, now = (msgspec.json.decode(canonical(one)) for one in (certificate.answer, answer))
    places = _first(_different(was, now))
    return Replay(
        id=entry.id,
        outcome=ReplayOutcome.DIFFERS,
        inputs=tuple(inputs),
        places=places or ("the order of its fields",),
    )


def _list_words(
    was: Mapping[str, str], now: Mapping[str, str], held: frozenset[str]
) -> Iterator[str]:
    for list_id, version in was.items():
        if version not in held:
            yield f"the version {version[:12]} of `{list_id}` is gone from the store"
        elif list_id not in now:
            yield f"`{list_id}` is not asked any more"
        elif now[list_id] != version:
            yield (
                f"`{list_id}` was asked in the version {version[:12]}, and {now[list_id][:12]} "
                "stands for that moment now"
            )
    for list_id in now.keys() - was.keys():
        yield f"`{list_id}` stands for that moment now and was not asked then"


def _software_words(was: Software, now: Software) -> Iterator[str]:
    if was.version != now.version:
        yield f"it was answered by version {was.version}, and this is {now.version}"
    elif was.code != now.code:
        yield f"the code or the law of {now.version} is another one ({was.code[:12]} then)"


def _first(places: Iterator[str]) -> tuple[str, ...]:
    return tuple(place for place, _ in zip(places, range(_DIFFERENCES_SHOWN), strict=False))


def _different(was: object, now: object, place: str = "") -> Iterator[str]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted(was.keys() | now.keys()):
            inner = f"{place}.{key}" if place else str(key)
            yield from _different(was.get(key, _ABSENT), now.get(key, _ABSENT), inner)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _different(one, other, f"{place}[{number}]")
    elif was != now:
        yield place or "the whole answer"
