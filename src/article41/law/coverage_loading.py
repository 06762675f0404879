"""Reads the table of coverage, and refuses what contradicts itself."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from article41.law.coverage import CoverageKind, CoverageRow, CoverageState, CoverageTable
from article41.model.errors import CatalogueError
from article41.model.measures import Certainty

COVERAGE_FILE = Path(__file__).parent / "catalogue" / "coverage.toml"
"""The table that comes with the package."""
_HINT = "correct the table; the head of the file explains its keys"


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
    return CoverageTable(
        jurisdictions=head.jurisdictions,
        others=head.others,
        others_until=head.others_until,
        touches=touches,
        of_single_ones=frozenset(
            name for name, regime in head.regimes.items() if regime.single_ones
        ),
        rows=rows,
    )


class _Regime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    touches: tuple[str, ...] = ()
    single_ones: bool = False


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
    others: tuple[str, ...] = ()
    others_until: dict[str, date] = {}
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
