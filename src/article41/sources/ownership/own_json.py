"""Holdings as JSON of one's own: stakes, controls, joint arrangements, rebuttals and parties.

It is written by hand, so that a key or a word that is not known is refused with its place.
"""

import enum
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from article41.model.errors import FormatError
from article41.model.holdings import Control, ControlKind, Right, Share, Stake
from article41.model.parties import Party, Role
from article41.sources.ownership.documents import Placed
from article41.sources.ownership.percents import first_day, percent_share, whole_share
from article41.sources.ownership.record import Gathering

KIND = "own-json"
KEYS = ("stakes", "controls", "joint_arrangements", "rebuttals", "parties")
"""The keys of the document."""
PERCENT_HINT = "write it as 55, 33 1/3, 25-50, >50 or >=25"

_STAKE = ("owner", "asset", "percent", "share", "right", "held_from", "held_until", "is_nominee",
          "source")  # fmt: skip
_CONTROL = ("owner", "asset", "kind", "held_from", "held_until", "source")
_PARTY = ("name", "other_names", "country")
_Word = TypeVar("_Word", bound=enum.Enum)


def is_mine(value: Mapping[str, Any]) -> bool:
    """True if an object is a document of this form."""
    return "holdings" in value or any(key in value for key in KEYS[:-1])


def read(given: Iterator[Placed], into: Gathering) -> None:
    """Read the holdings of a document; several documents of a file are read one after another.

    Raises:
        FormatError: Something in it is not as described; the error names its place.
    """
    for placed in given:
        value = placed.value
        if isinstance(value.get("holdings"), dict) and len(value) == 1:
            value = value["holdings"]
        _Document(into, placed.line).read(value)


class _Document:
    """One document, whose keys are all known."""

    def __init__(self, into: Gathering, line: int) -> None:
        self._into = into
        self._line = line

    # Any: whatever JSON holds; every field is checked before it is kept.
    def read(self, value: Mapping[str, Any]) -> None:
        self._known(value, KEYS, "")
        for place, stake in self._each(value, "stakes"):
            self._into.stake(self._stake(stake, place))
        for place, control in self._each(value, "controls"):
            self._into.control(self._control(control, place))
        for place, group in self._list(value, "joint_arrangements"):
            keys = self._texts(group, place)
            if len(keys) < 2:
                raise self._error("a joint arrangement of fewer than two", "name all", place)
            self._into.joint_arrangements.append(keys)
        self._into.rebuttals += self._texts(value.get("rebuttals") or [], "rebuttals")
        self._parties(value.get("parties") or {})

    def _stake(self, value: Mapping[str, Any], place: str) -> Stake:
        self._known(value, _STAKE, place)
        self._into.tally.read += 1
        return Stake(
            owner=self._key(value, "owner", place),
            asset=self._key(value, "asset", place),
            share=self._share(value, place),
            right=self._word(Right, value.get("right", "unspecified"), f"{place}.right"),
            held_from=self._day(value, "held_from", place),
            held_until=self._day(value, "held_until", place),
            is_nominee=self._truth(value, "is_nominee", place),
            source=self._text(value, "source", place),
        )

    def _control(self, value: Mapping[str, Any], place: str) -> Control:
        self._known(value, _CONTROL, place)
        self._into.tally.read += 1
        return Control(
            owner=self._key(value, "owner", place),
            asset=self._key(value, "asset", place),
            kind=self._word(ControlKind, value.get("kind"), f"{place}.kind"),
            held_from=self._day(value, "held_from", place),
            held_until=self._day(value, "held_until", place),
            source=self._text(value, "source", place),
        )

    def _parties(self, value: Any) -> None:  # whatever JSON holds
        if not isinstance(value, dict):
            raise self._error("no object", "name each party by its key", "parties")
        for key, said in value.items():
            place = f"parties.{key}"
            told = {"name": said} if isinstance(said, str) else said
            if not isinstance(told, dict):
                raise self._error("neither a name nor an object", "write its name", place)
            self._known(told, _PARTY, place)
            self._into.party(
                Party(
                    role=Role.OWNER,
                    id=key,
                    name=self._text(told, "name", place),
                    other_names=self._texts(told.get("other_names") or [], f"{place}.other_names"),
                    country=self._text(told, "country", place),
                )
            )

    def _share(self, value: Mapping[str, Any], place: str) -> Share | None:
        given = [key for key in ("percent", "share") if value.get(key) is not None]
        if len(given) > 1:
            raise self._error("both `percent` and `share`", "give one of them", place)
        if not given:
            return None
        said = value[given[0]]
        is_number = isinstance(said, Decimal | int) and not isinstance(said, bool)
        text = f"{said:f}" if isinstance(said, Decimal) else str(said)
        if not is_number and not isinstance(said, str):
            raise self._error("no share", PERCENT_HINT, f"{place}.{given[0]}")
        found = percent_share(text) if given[0] == "percent" else whole_share(text)
        if found is None:
            hint = PERCENT_HINT if given[0] == "percent" else "write it as 55 %, 1/3 or 25-50 %"
            raise self._error(f"`{text[:40]}` is no share", hint, f"{place}.{given[0]}")
        return found

    def _word(self, words: type[_Word], said: Any, place: str) -> _Word:  # whatever JSON holds
        try:
            return words(said)
        except ValueError:
            hint = f"write one of {', '.join(str(one.value) for one in words)}"
            raise self._error(f"`{str(said)[:40]}` is none of the words", hint, place) from None

    def _day(self, value: Mapping[str, Any], key: str, place: str) -> date | None:
        said = value.get(key)
        if said is None:
            return None
        found = first_day(said) if isinstance(said, str) and len(said) == 10 else None
        if found is None:
            raise self._error(f"`{str(said)[:40]}` is no day", "write it as 2020-05-31",
                              f"{place}.{key}")  # fmt: skip
        return found

    def _truth(self, value: Mapping[str, Any], key: str, place: str) -> bool | None:
        said = value.get(key)
        if said is None or isinstance(said, bool):
            return said
        raise self._error("neither true nor false", "write true or false", f"{place}.{key}")

    def _key(self, value: Mapping[str, Any], key: str, place: str) -> str:
        said = self._text(value, key, place)
        if not said:
            raise self._error(f"`{key}` is missing", "name both ends", place)
        return said

    def _text(self, value: Mapping[str, Any], key: str, place: str) -> str:
        said = value.get(key)
        if said is None:
            return ""
        if not isinstance(said, str):
            raise self._error("no text", "write it in quotes", f"{place}.{key}")
        return said.strip()

    def _texts(self, value: Any, place: str) -> tuple[str, ...]:  # whatever JSON holds
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._error("no array of texts", 'write it like ["L1", "L2"]', place)
        return tuple(one.strip() for one in value)

    # Any: whatever JSON holds.
    def _list(self, value: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
        found = value.get(key) or []
        if not isinstance(found, list):
            raise self._error("no array", "write it in square brackets", key)
        for at, one in enumerate(found):
            yield f"{key}[{at}]", one

    # Any: as above.
    def _each(self, value: Mapping[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for place, one in self._list(value, key):
            if not isinstance(one, dict):
                raise self._error("no object", "write it in braces", place)
            yield place, one

    def _known(self, value: Mapping[str, Any], keys: tuple[str, ...], place: str) -> None:
        for key in value:
            if key not in keys:
                raise self._error(
                    "no such key", f"the keys are {', '.join(keys)}", f"{place}.{key}".lstrip(".")
                )

    def _error(self, message: str, hint: str, path: str) -> FormatError:
        return FormatError(
            message,
            hint=hint,
            file=self._into.part.file_name,
            line=self._line if self._line > 1 else 0,
            path=path,
        )
