"""The files of the demonstration as facts: read once, and refused with the line if one is wrong.

It turns nothing into a listing.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TypeVar

import msgspec

from article41.model.clocks import Interval
from article41.model.entities import Schema
from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.measures import Certainty
from article41.model.tomls import line_of, read_toml

LISTS_FILE = "lists.toml"
TARGETS_FILES = ("persons.toml", "entities.toml")
_HINT = "correct the fact in the file"
_FIELD = re.compile(r"field `(\w+)`")
"""What msgspec says of an unknown key, or of one that is missing."""
_ID = re.compile(r"[PE]\d{3}")
_File = TypeVar("_File")


class _Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Refuses a key that means nothing."""


class Missing(
    _Told, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}
):
    """What a list lacks on some days."""

    what: str
    """What is missing."""
    valid_from: date | None = None
    """The first day on which it is."""
    valid_until: date | None = None
    """The first day on which it is no more."""


class ListFacts(_Told, frozen=True, kw_only=True):
    """What holds of a whole list."""

    key: str
    """How targets name it."""
    authority: str
    """Who decides."""
    id: str
    """Its id."""
    tags: tuple[str, ...] = ()
    """Programme tags, where an entry has none of its own."""
    by: str = ""
    """The instruments, where an entry names none."""
    measure: str = ""
    """What is imposed, where the list says so."""
    annex: str = ""
    """In which annex an entry stands that says nothing else."""
    gaps: tuple[Missing, ...] = ()
    """What it lacks."""


class ListsFacts(_Told, frozen=True, kw_only=True, rename={"lists": "list"}):
    """The lists."""

    published: date
    """The day on which all that is told was so."""
    first_day: date
    """From this day on every day is told of."""
    subject: str
    """Of whom the lists tell."""
    lists: tuple[ListFacts, ...]
    """Each list."""


class Entry(
    _Told, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}
):
    """Days on which an authority had a target on its list in one form."""

    valid_from: date
    """The first day on which it may have been in force."""
    sure_from: date | None = None
    """The first day on which it surely was, if that is another one."""
    sure_until: date | None = None
    """The first day on which it is not sure any more, if it ended before it was seen to."""
    valid_until: date | None = None
    """The first day on which it surely was no more."""
    unsure: bool = False
    """True if nobody says of any of the days whether it was in force."""
    printed: date | None = None
    """The day of listing that the authority prints."""
    annex: str = ""
    """The annex, if not that of the list."""
    measure: str = ""
    """What is imposed, if not what the list says: a decision can come before its regulation."""
    tags: tuple[str, ...] | None = None
    """Programme tags, if not those of the list."""
    by: str = ""
    """The instruments, if not those of the list."""
    certainty: Certainty = Certainty.A
    """How sure it is."""
    contested: str = ""
    """What stands against it while it is in force."""

    def __post_init__(self) -> None:
        """Refuse days in the wrong order."""
        days = [self.valid_from, self.sure_from, self.sure_until, self.valid_until]
        given = [day for day in days if day is not None]
        if (
            any(one > other for one, other in pairwise(given))
            or self.valid_from == self.valid_until
        ):
            raise ValueError("the days are not in their order")
        if self.unsure and (self.valid_until is None or len(given) > 2):
            raise ValueError("`unsure` days need a first and a last one and no other")

    @property
    def is_beginning_known(self) -> bool:
        """True if somebody says on which day it began."""
        return self.sure_from is None and not self.unsure

    @property
    def is_end_known(self) -> bool:
        """True if somebody says on which day it ended, or it goes on."""
        return self.sure_until is None and not self.unsure

    @property
    def sure(self) -> Interval | None:
        """The days on which it surely was in force, where they are not all."""
        if self.unsure:
            return Interval(valid_from=self.valid_until, valid_until=self.valid_until)
        if self.sure_from is None and self.sure_until is None:
            return None
        return Interval(valid_from=self.sure_from, valid_until=self.sure_until)


class Number(_Told, frozen=True, kw_only=True):
    """A number of a target."""

    kind: IdentifierKind
    """What number."""
    value: str
    """As printed."""
    label: str = ""
    """What sort of document."""
    country: str = ""
    """Who issued it."""
    expires: str = ""
    """When it expires."""


class Target(_Told, frozen=True, kw_only=True):
    """Who is listed, and by whom on which days."""

    id: str
    """Its number, the same on every demonstration list."""
    schema: Schema
    """What kind of thing."""
    name: str
    """The name."""
    aliases: tuple[str, ...] = ()
    """Other spellings and names."""
    arabic: tuple[str, ...] = ()
    """The name in Arabic script."""
    born: tuple[str, ...] = ()
    """Dates of birth (`1956`, `c. 1943`, `1950 (US)`)."""
    born_in: tuple[str, ...] = ()
    """Places of birth."""
    numbers: tuple[Number, ...] = ()
    """Numbers of documents, BIC and others."""
    role: str = ""
    """What it did in July 2012."""
    notes: tuple[str, ...] = ()
    """What else is known."""
    eu: tuple[Entry, ...] = ()
    ofac: tuple[Entry, ...] = ()
    ca: tuple[Entry, ...] = ()
    jp: tuple[Entry, ...] = ()
    ch: tuple[Entry, ...] = ()
    gb: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a number of another form, and entries that overlap."""
        if not _ID.fullmatch(self.id):
            raise ValueError(f"`{self.id}` is no number such as P001 or E001")
        for key in ("eu", "ofac", "ca", "jp", "ch", "gb"):
            for before, after in pairwise(self.entries(key)):
                if before.valid_until is None or after.valid_from < before.valid_until:
                    raise ValueError(f"entries of `{key}` overlap")

    def entries(self, key: str) -> tuple[Entry, ...]:
        """What one list says of it, oldest first."""
        by_key = {
            "eu": self.eu,
            "ofac": self.ofac,
            "ca": self.ca,
            "jp": self.jp,
            "ch": self.ch,
            "gb": self.gb,
            "un": (),  # Nobody was ever registered.
        }
        return by_key[key]


class TargetsFacts(_Told, frozen=True, kw_only=True, rename={"targets": "target"}):
    """A file of targets."""

    targets: tuple[Target, ...]
    """The targets."""


class PlacedTarget(msgspec.Struct, frozen=True, kw_only=True):
    """A target and where it stands."""

    target: Target
    """The target."""
    place: str
    """File and line."""


def file_bytes(name: str) -> bytes:
    """The bytes of a file of the demonstration."""
    return files(__package__).joinpath(name).read_bytes()


@cache
def lists_facts() -> ListsFacts:
    """What holds of the lists.

    Raises:
        FormatError: The file is wrong; the error names the line.
    """
    return facts_in(file_bytes(LISTS_FILE).decode("utf-8"), LISTS_FILE, ListsFacts)


@cache
def targets() -> tuple[PlacedTarget, ...]:
    """Every target in the order of the files.

    Raises:
        FormatError: A file is wrong or holds a number twice; the error names the line.
    """
    return targets_in({name: file_bytes(name).decode("utf-8") for name in TARGETS_FILES})


def targets_in(text_by_file: dict[str, str]) -> tuple[PlacedTarget, ...]:
    """The targets in some files.

    Raises:
        FormatError: As `targets`.
    """
    found: dict[str, PlacedTarget] = {}
    for name, text in text_by_file.items():
        facts = facts_in(text, name, TargetsFacts)
        for target, line in zip(facts.targets, _lines(text), strict=True):
            if target.id in found:
                raise FormatError(
                    f"`{target.id}` stands in {found[target.id].place} already",
                    hint=_HINT,
                    file=name,
                    line=line,
                )
            found[target.id] = PlacedTarget(target=target, place=f"{name}:{line}")
    return tuple(found.values())


def facts_in(text: str, file: str, kind: type[_File]) -> _File:
    """The facts in a text.

    Raises:
        FormatError: It is no TOML, or a fact is wrong; the error names the line.
    """
    table = read_toml(text, file)
    try:
        return msgspec.convert(table, type=kind)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$")
        key = path.rstrip("`").removeprefix(".")
        field = _FIELD.search(said)
        key = f"{key}.{field[1]}" if field else key
        raise FormatError(
            said.lower(), hint=_HINT, file=file, line=line_of(text, key), path=key
        ) from error


def _lines(text: str) -> Iterator[int]:
    """The lines on which targets begin."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.rstrip() == "[[target]]":
            yield number
