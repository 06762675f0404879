"""The table of coverage: of which law the catalogue holds how much, kind by kind and day by day.

Law that is not in the table counts as absent; what is missing is never taken for a permission.
"""

import enum
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import msgspec

from article41.model.errors import CatalogueError
from article41.model.measures import Certainty

COVERAGE_FILE = Path(__file__).parent / "catalogue" / "coverage.toml"
"""The table that comes with the package."""
_HINT = "correct the table; the head of the file explains its keys"
KEPT_MAX = 20_000
"""Regimes of which it is kept what holds on a day."""
_NOT_IN_TABLE = "not in the table of coverage"
_Fact = TypeVar("_Fact")


class CoverageState(enum.Enum):
    """How much of some law the catalogue holds."""

    MODELLED = "modelled"
    """Its measures are in the catalogue."""
    LISTINGS_ONLY = "listings-only"
    """Only what the lists bring: who stands on them, by the measures for all lists."""
    ABSENT = "absent"
    """There is such law, and the catalogue does not hold it."""
    NONE = "none"
    """There is verified to be no such law."""


class CoverageKind(enum.Enum):
    """Groups of measures by what they interrupt."""

    FREEZE = "freeze"
    TRADE = "trade"
    ARMS = "arms"
    SERVICES = "services"
    FINANCE = "finance"
    TRANSPORT = "transport"
    COMMUNICATIONS = "communications"
    TRAVEL = "travel"
    DIPLOMATIC = "diplomatic"
    SECURITIES = "securities"


class CoverageRow(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What the catalogue holds of one jurisdiction's law on one regime, some kinds, some days.

    Example:
        >>> CoverageRow(jurisdiction="XA", regime="XB", state=CoverageState.ABSENT).holds_on(
        ...     date(2024, 6, 1))
        True
    """

    jurisdiction: str
    """Whose law."""
    regime: str
    """On what: a country or a theme."""
    state: CoverageState
    """How much of it is held."""
    kinds: tuple[CoverageKind, ...] = tuple(CoverageKind)
    """Of which kinds of measure."""
    valid_from: date | None = None
    """First day; absent if it was always so."""
    valid_until: date | None = None
    """First day no longer; absent if it is still so."""
    instruments: str = ""
    """The acts, or what was looked at, in words."""
    goods: tuple[str, ...] = ()
    """Items or beginnings of codes, if it is about these goods alone; `arms` for those of arms."""
    region: str = ""
    """The region that it is about alone; empty if it is about the whole country."""
    exports: bool = False
    """True if it is about goods that go there alone."""
    touches: tuple[str, ...] = ()
    """Countries by which an act touches the regime; none for a theme."""
    certainty: Certainty = Certainty.C
    """How sure this is."""
    verified_on: date | None = None
    """When it was last looked at; absent for law that is not in the table."""

    def holds_on(self, day: date) -> bool:
        """Whether the row speaks of the day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


class CoverageTable(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All rows, and for which jurisdictions a missing row counts as absent law.

    Example:
        >>> CoverageTable(jurisdictions=("XA",), touches={}, rows=()).by_law
        {}
    """

    jurisdictions: tuple[str, ...]
    """Those whose law on every regime the table is about."""
    touches: dict[str, tuple[str, ...]]
    """Every regime, with the countries by which an act touches it."""
    rows: tuple[CoverageRow, ...]
    """In the order of the file."""

    @cached_property
    def kept(self) -> dict[tuple[object, ...], list[CoverageRow]]:
        """What was found of a regime before."""
        return {}

    @cached_property
    def by_law(self) -> Mapping[tuple[str, str], tuple[CoverageRow, ...]]:
        """The rows by jurisdiction and regime."""
        found: dict[tuple[str, str], list[CoverageRow]] = defaultdict(list)
        for row in self.rows:
            found[row.jurisdiction, row.regime].append(row)
        return {law: tuple(rows) for law, rows in found.items()}

    @cached_property
    def regimes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every regime with its countries, in the order of the table."""
        return tuple(self.touches.items())

    @cached_property
    def by_country(self) -> Mapping[str, tuple[int, ...]]:
        """The places among the regimes of those that a country touches."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, (_, touches) in enumerate(self.regimes):
            for country in touches:
                found[country].append(place)
        return {country: tuple(places) for country, places in found.items()}

    @cached_property
    def by_jurisdiction(self) -> Mapping[str, tuple[CoverageRow, ...]]:
        """The rows by jurisdiction."""
        found: dict[str, list[CoverageRow]] = defaultdict(list)
        for row in self.rows:
            found[row.jurisdiction].append(row)
        return {key: tuple(rows) for key, rows in found.items()}


def coverage_on(
    table: CoverageTable,
    *,
    jurisdiction: str,
    countries: Mapping[str, _Fact],
    kinds: Sequence[CoverageKind],
    day: date,
) -> list[tuple[CoverageRow, _Fact]]:
    """Which state holds on a day for every regime touched and every kind asked for.

    Each kind of each regime is answered once. A row that comes back has of its kinds only those
    asked for. Where the table has no row for a jurisdiction that it is about, the law counts as
    absent; of other jurisdictions only what the table says comes back.

    Args:
        table: The table.
        jurisdiction: Whose law.
        countries: The countries of the act, each with the fact that names it.
        kinds: Kinds of measure that could bear on the act.
        day: The day of the act.

    Example:
        >>> table = CoverageTable(jurisdictions=("XA",), touches={"XB": ("XB",)}, rows=())
        >>> [(row, fact)] = coverage_on(table, jurisdiction="XA", countries={"XB": "payee"},
        ...                             kinds=[CoverageKind.TRADE], day=date(2024, 6, 1))
        >>> row.state.value, fact
        ('absent', 'payee')
    """
    found: list[tuple[CoverageRow, _Fact]] = []
    asked = tuple(dict.fromkeys(kinds))
    places = {place for country in countries for place in table.by_country.get(country, ())}
    for place in sorted(places) if asked else ():
        regime, touches = table.regimes[place]
        fact = next(countries[name] for name in touches if name in countries)
        found += [(row, fact) for row in _on_regime(table, (jurisdiction, regime), asked, day)]
    return found


def _on_regime(
    table: CoverageTable, law: tuple[str, str], asked: tuple[CoverageKind, ...], day: date
) -> list[CoverageRow]:
    found = table.kept.get((law, asked, day))
    if found is None:
        left, found = set(asked), []
        for row in table.by_law.get(law, ()):
            if row.holds_on(day) and (kinds := tuple(one for one in asked if one in row.kinds)):
                found.append(msgspec.structs.replace(row, kinds=kinds))
                left -= set(kinds)
        if left and law[0] in table.jurisdictions:
            rest = tuple(kind for kind in asked if kind in left)
            found.append(_unknown(*law, table.touches[law[1]], rest))
        if len(table.kept) >= KEPT_MAX:
            table.kept.clear()
        table.kept[law, asked, day] = found
    return found


@lru_cache(maxsize=8)
def load_coverage(file: Path = COVERAGE_FILE) -> CoverageTable:
    """The table of coverage, checked.

    Raises:
        CatalogueError: A key, a word or a day is wrong, or two rows speak of the same kind of the
            same law on the same day; the error names file, line and key.

    Example:
        >>> "EU" in load_coverage().jurisdictions
        True
    """
    text = file.read_text(encoding="utf-8")
    try:
        head = msgspec.convert(tomllib.loads(text), type=_Head)
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"at line (\d+)", str(error))
        line = int(said[1]) if said else 0
        raise _fault("not TOML", file.name, line, "") from error
    except msgspec.ValidationError as error:
        raise _misshapen(error, text, file.name) from error
    if set(head.kinds) != {kind.value for kind in CoverageKind}:
        raise _fault("the kinds are not those of the program", file.name, 0, "kinds")
    laws = tuple(_located(head.laws, text))
    rows = tuple(chain.from_iterable(_rows(law, head, file.name) for law in laws))
    touches = {name: regime.touches for name, regime in head.regimes.items()}
    return CoverageTable(jurisdictions=head.jurisdictions, touches=touches, rows=rows)


class _Regime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    touches: tuple[str, ...] = ()


class _Row(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"valid_from": "from", "valid_until": "until"},
):
    state: CoverageState
    kinds: tuple[CoverageKind, ...] = tuple(CoverageKind)
    valid_from: date | None = None
    valid_until: date | None = None
    instruments: str = ""
    goods: tuple[str, ...] = ()
    region: str = ""
    exports: bool = False
    certainty: Certainty | None = None
    verified_on: date | None = None


class _Law(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    regime: str
    jurisdictions: tuple[str, ...]
    certainty: Certainty
    rest: Literal["none"] | None = None
    rest_instruments: str = ""
    rows: tuple[_Row, ...] = ()


class _Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    jurisdictions: tuple[str, ...]
    verified_on: date
    verified_by: str
    kinds: dict[str, str]
    regimes: dict[str, _Regime]
    laws: tuple[_Law, ...] = ()


class _Located(NamedTuple):
    law: _Law
    line: int
    rows: tuple[tuple[_Row, int], ...]


def _located(laws: Sequence[_Law], text: str) -> Iterator[_Located]:
    lines = text.splitlines()
    law_lines = [at for at, line in enumerate(lines, start=1) if line == "[[laws]]"]
    row_lines = iter([at for at, line in enumerate(lines, start=1) if line == "[[laws.rows]]"])
    for law, line in zip(laws, law_lines, strict=True):
        yield _Located(law, line, tuple((row, next(row_lines)) for row in law.rows))


def _rows(located: _Located, head: _Head, file: str) -> Iterator[CoverageRow]:
    law, line, rows = located
    if law.regime not in head.regimes:
        raise _fault(f"no regime `{law.regime}`", file, line, "regime")
    if not law.jurisdictions or len(set(law.jurisdictions)) < len(law.jurisdictions):
        raise _fault("every jurisdiction stands once", file, line, "jurisdictions")
    if law.rest and law.certainty is Certainty.C:
        raise _fault("that there is no law must be sure; else it is absent", file, line, "rest")
    for row, at in rows:
        _refuse_nonsense(row, row.certainty or law.certainty, file, at)
    rest = _rest_of(law, rows, file)
    said = [*(row for row, _ in rows), *(rest if law.rest else ())]
    for jurisdiction in law.jurisdictions:
        for row in said:
            yield CoverageRow(
                jurisdiction=jurisdiction,
                regime=law.regime,
                state=row.state,
                kinds=row.kinds,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                instruments=row.instruments,
                goods=row.goods,
                region=row.region,
                exports=row.exports,
                touches=head.regimes[law.regime].touches,
                certainty=row.certainty or law.certainty,
                verified_on=row.verified_on or head.verified_on,
            )


def _refuse_nonsense(row: _Row, certainty: Certainty, file: str, line: int) -> None:
    if not row.kinds or len(set(row.kinds)) < len(row.kinds):
        raise _fault("every kind stands once", file, line, "kinds")
    if row.valid_from and row.valid_until and row.valid_from >= row.valid_until:
        raise _fault("it ends before it begins", file, line, "until")
    if row.state is CoverageState.NONE and certainty is Certainty.C:
        raise _fault("that there is no law must be sure; else it is absent", file, line, "state")
    narrowed = next((key for key in ("goods", "region", "exports") if getattr(row, key)), "")
    if narrowed and row.state is not CoverageState.ABSENT:
        raise _fault("only what is absent is narrowed", file, line, narrowed)
    if row.state in (CoverageState.ABSENT, CoverageState.LISTINGS_ONLY) and not row.instruments:
        raise _fault("what is missing must be named", file, line, "instruments")


def _rest_of(law: _Law, rows: Sequence[tuple[_Row, int]], file: str) -> list[_Row]:
    """Rows for the days of each kind of which none of the rows speaks.

    Raises:
        CatalogueError: Two rows speak of one kind on one day.
    """
    kinds_by_gap: dict[tuple[date | None, date | None], list[CoverageKind]] = defaultdict(list)
    for kind in CoverageKind:
        said = sorted(
            ((row, line) for row, line in rows if kind in row.kinds),
            key=lambda found: found[0].valid_from or date.min,
        )
        last: date | None = date.min
        for row, line in said:
            begins = row.valid_from or date.min
            if last is None or begins < last:
                raise _fault(
                    f"another row speaks of `{kind.value}` on the same days", file, line, "from"
                )
            if begins > last:
                kinds_by_gap[last if said[0][0] is not row else None, begins].append(kind)
            last = row.valid_until
        if last is not None:
            kinds_by_gap[last if said else None, None].append(kind)
    return [
        _Row(
            state=CoverageState.NONE,
            kinds=tuple(kinds),
            valid_from=first,
            valid_until=until,
            instruments=law.rest_instruments,
        )
        for (first, until), kinds in kinds_by_gap.items()
    ]


def _misshapen(error: msgspec.ValidationError, text: str, file: str) -> CatalogueError:
    message, _, path = str(error).partition(" - at `$")
    key = path.rstrip("`").lstrip(".")
    numbers = [int(found) for found in re.findall(r"\[(\d+)\]", key)]
    line = 0
    if key.startswith("laws") and numbers:
        heads = [at for at, said in enumerate(text.splitlines(), start=1) if said == "[[laws]]"]
        line = heads[numbers[0]]
    return _fault(message[:1].lower() + message[1:], file, line, key)


def _fault(message: str, file: str, line: int, key: str) -> CatalogueError:
    return CatalogueError(message, hint=_HINT, file=file, line=line, key=key)


def _unknown(
    jurisdiction: str, regime: str, touches: tuple[str, ...], kinds: tuple[CoverageKind, ...]
) -> CoverageRow:
    return CoverageRow(
        jurisdiction=jurisdiction,
        regime=regime,
        state=CoverageState.ABSENT,
        kinds=kinds,
        touches=touches,
        instruments=_NOT_IN_TABLE,
    )
