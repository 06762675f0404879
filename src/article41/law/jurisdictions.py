"""The jurisdictions of the catalogue, read and checked.

Whether one of them binds a party is worked out elsewhere.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from types import MappingProxyType

import msgspec

from article41.law.grounds import (
    Addressee,
    Belonging,
    Currency,
    Dated,
    Ground,
    GroundRule,
    Jurisdiction,
    Row,
)
from article41.model.countries import COUNTRIES, country_name
from article41.model.errors import CatalogueError, InputError

FILE = "jurisdictions.toml"


class _Named(Row, frozen=True, kw_only=True):
    """A State that has no table of its own."""

    key: str
    country: str
    currencies: tuple[str, ...] = ()


class _Ordinary(Row, frozen=True, kw_only=True):
    """How States bind that have no table of their own."""

    countries: tuple[_Named, ...]
    grounds: tuple[GroundRule, ...]
    verified_on: date
    verified_by: str


class _File(Row, frozen=True, kw_only=True):
    jurisdiction: tuple[Jurisdiction, ...]
    ordinary: _Ordinary


def jurisdictions() -> Mapping[str, Jurisdiction]:
    """All jurisdictions of the catalogue by key, in its order.

    Raises:
        CatalogueError: The file is wrong.

    Example:
        >>> list(jurisdictions())[:4]
        ['EU', 'US', 'GB', 'UN']
    """
    return _packaged()[0]


def jurisdiction_of(key: str) -> Jurisdiction:
    """One jurisdiction: a State without a table of its own binds as States ordinarily do.

    Raises:
        InputError: It is neither in the catalogue nor a State.

    Example:
        >>> jurisdiction_of("KE").name
        'Kenya'
    """
    tables, ordinary = _packaged()
    if key in tables:
        return tables[key]
    if key not in COUNTRIES:
        raise InputError(
            f"`{key}` is no jurisdiction",
            hint=f"name one of {', '.join(tables)} or a State by its two-letter code",
        )
    return _ordinary_state(key, ordinary)


def of_authority(authority: str) -> str:
    """Under whose law the authority of a list decides; its own name where it has no other.

    Example:
        >>> of_authority("OFAC"), of_authority("UK"), of_authority("EU")
        ('US', 'GB', 'EU')
    """
    return _key_by_authority().get(authority, authority)


@lru_cache(maxsize=1)
def _key_by_authority() -> Mapping[str, str]:
    return {name: key for key, row in jurisdictions().items() for name in row.authorities}


@lru_cache(maxsize=1)
def _packaged() -> tuple[Mapping[str, Jurisdiction], _Ordinary]:
    place = resources.files("article41.law") / "catalogue" / FILE
    return _read(place.read_text(encoding="utf-8"), FILE)


@lru_cache(maxsize=512)
def _ordinary_state(code: str, ordinary: _Ordinary) -> Jurisdiction:
    return _state(_Named(key=code, country=code), ordinary)


def _state(named: _Named, ordinary: _Ordinary) -> Jurisdiction:
    name = country_name(named.country)
    return Jurisdiction(
        key=named.key,
        name=name,
        in_text=name,
        binds=(Addressee.STATES, Addressee.OPERATORS),
        members=(Belonging(country=named.country),),
        currencies=tuple(Currency(code=code) for code in named.currencies),
        grounds=ordinary.grounds,
        verified_on=ordinary.verified_on,
        verified_by=ordinary.verified_by,
    )


def read_jurisdictions(text: str, file: str = FILE) -> Mapping[str, Jurisdiction]:
    """The jurisdictions of a file by key.

    Raises:
        CatalogueError: It is wrong; the error names file, line and key.

    Example:
        >>> read_jurisdictions("x = 1", "own.toml")
        Traceback (most recent call last):
        article41.model.errors.CatalogueError: own.toml:1 in `x`: object contains unknown field `x`
    """
    return _read(text, file)[0]


def _read(text: str, file: str) -> tuple[Mapping[str, Jurisdiction], _Ordinary]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"line (\d+)", str(error))
        raise CatalogueError(
            f"not TOML: {str(error).lower()}",
            hint="correct the line",
            file=file,
            line=int(said[1]) if said else 0,
        ) from error
    try:
        read = msgspec.convert(table, _File)
    except msgspec.ValidationError as error:
        raise _unfit(text, file, str(error)) from error
    rows = [
        *read.jurisdiction,
        *(_state(named, read.ordinary) for named in read.ordinary.countries),
    ]
    _check(rows, text, file)
    return MappingProxyType({row.key: row for row in rows}), read.ordinary


def _unfit(text: str, file: str, said: str) -> CatalogueError:
    """The validator's sentence with its place turned into file, line and key."""
    message, _, path = said.partition(" - at `$")
    path = path.rstrip("`").lstrip(".")
    unknown = re.search(r"unknown field `([^`]*)`", message)
    key = ".".join(part for part in (path, unknown[1] if unknown else "") if part)
    return CatalogueError(
        message[:1].lower() + message[1:],
        hint="compare with another table of the file",
        file=file,
        line=_line_of(text, key),
        key=key,
    )


def _line_of(text: str, key: str) -> int:
    """The line of the last part of a key, after the table that holds it; 0 if none is found."""
    lines = text.splitlines()
    at = 0
    for name, number in re.findall(r"([^.\[\]]+)(?:\[(\d+)\])?", key):
        given = re.compile(rf"\s*(\[\[?([\w-]+\.)*{re.escape(name)}\]|{re.escape(name)}\s*=)")
        seats = [place for place in range(at, len(lines)) if given.match(lines[place])]
        if not seats:
            break
        at = seats[min(int(number or 0), len(seats) - 1)]
        if number and not lines[at].lstrip().startswith("["):
            return at + 2 + int(number)
    return at + 1 if at or key else 0


def _check(rows: Iterable[Jurisdiction], text: str, file: str) -> None:
    """Refuse what the types cannot: doubled keys, unknown countries, days that run backwards."""
    seen: set[str] = set()
    for row in rows:
        fault = _fault(row) or (f"`{row.key}` stands twice" if row.key in seen else "")
        seen.add(row.key)
        if fault:
            line = text[: max(text.find(f'key = "{row.key}"'), 0)].count("\n") + 1
            raise CatalogueError(fault, hint="correct the table", file=file, line=line, key=row.key)


def _fault(row: Jurisdiction) -> str:
    codes = [entry.country for entry in (*row.members, *row.territories, *row.dissociated)]
    codes += [code for doubt in row.doubtful for code in doubt.countries]
    unknown = next((code for code in codes if code not in COUNTRIES), "")
    if unknown:
        return f"`{unknown}` is no country"
    dated: tuple[Dated, ...] = (
        *row.members, *row.territories, *row.dissociated, *row.doubtful, *row.currencies,
        *row.grounds, *row.subsidiaries, *row.causing,
    )  # fmt: skip
    for entry in dated:
        if entry.valid_from and entry.valid_until and entry.valid_from >= entry.valid_until:
            return f"ends on {entry.valid_until} before it begins on {entry.valid_from}"
    for ground in Ground:
        days = sorted(
            (rule.valid_from or date.min, rule.valid_until or date.max)
            for rule in row.grounds
            if rule.ground is ground
        )
        if any(later[0] < earlier[1] for earlier, later in pairwise(days)):
            return f"two rules for `{ground.value}` hold on one day"
    if not row.members and not row.every_state:
        return "nobody belongs to it"
    return ""
