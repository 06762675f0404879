"""The table of measures at their boundaries: for each an act, what takes it out, and its days."""

import hashlib
import io
from collections.abc import Generator, Iterator
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

import msgspec
import yaml

from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.model.entities import Entity, Name, Schema
from article41.model.listings import Listing, ListVersion, Part, ReadingReport, identity_of
from article41.model.measures import Days, Measure
from article41.store import Store
from tests.situations.book import FOLDER, Tree, changed
from tests.situations.stores import ASKED_AT, ASKED_ON

NONE = "none"
"""The measure says nothing of the act."""
FIRST_DAY = date(1960, 1, 1)
ONE_DAY = timedelta(days=1)


class Listed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invented entry of a list, with the tags and words that bring the measure."""

    list: str
    authority: str
    tags: tuple[str, ...] = ()
    imposed: tuple[str, ...] = ()
    schema: Schema = Schema.LEGAL_ENTITY
    name: str = ""


class ReliefDays(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"first": "from"},
):
    """From and until when a relief is named."""

    first: date | None = None
    until: date | None = None
    act: str = ""
    """The act for which it is, if another than that of the row."""
    but: Tree = {}
    """What else the act must say."""
    listed: Listed | None = None
    """Whom it is for, if not for everybody who is listed."""
    is_outside: bool = False
    """True if the measure says nothing at all of what it fits."""


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One measure."""

    measure: str
    act: str
    here: str
    """Country of who is bound."""
    but: Tree = {}
    """What is different from the act of that name."""
    listed: Listed | None = None
    against: Tree = {}
    """After what the measure does not bear any more; that the party is not listed, if empty."""
    answers: dict[date, str]
    reliefs: dict[str, ReliefDays] = {}
    note: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """The file."""

    acts: dict[str, Tree]
    measures: tuple[Row, ...]
    on_record: tuple[str, ...]
    """Measures that forbid nobody anything, and stand in the catalogue for a reader."""

    @cached_property
    def number(self) -> dict[str, int]:
        """The place of each measure, which is the number of its entry."""
        return {row.measure: place for place, row in enumerate(self.measures, start=1)}


@cache
def table(path: Path = FOLDER / "measures-at-their-boundaries.yaml") -> Table:
    """The table as it is written."""
    tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return msgspec.convert(tree, type=Table, strict=False)


def act_for(row: Row, day: date) -> Tree:
    """The act of a row on a day."""
    return _act(row, row.act, day, _key(row), row.but)


def act_against(row: Row, day: date) -> Tree:
    """The same act with what takes it out of the measure."""
    key = _key(row) if row.against else ""
    return _act(row, row.act, day, key, row.but, row.against)


def act_relieved(row: Row, name: str, day: date) -> Tree:
    """The act for which a relief of the row is."""
    relief = row.reliefs[name]
    key = f"{_key(row)}-{name}" if relief.listed is not None else _key(row)
    own = {} if relief.act else row.but
    return _act(row, relief.act or row.act, day, key, own, relief.but)


def _key(row: Row) -> str:
    return f"{row.listed.list}/{table().number[row.measure]}" if row.listed is not None else ""


def _act(row: Row, name: str, day: date, key: str, *changes: Tree) -> Tree:
    tree = table().acts[name]
    for change in changes:
        tree = changed(tree, change)
    filled = _filled({"on": str(day), **tree}, {"HERE": row.here, "ON": str(day), "LISTED": key})
    assert isinstance(filled, dict)
    return filled


def _filled(value: object, words: dict[str, str]) -> object:
    """The same with every word replaced; what is replaced by nothing is left out."""
    if isinstance(value, dict):
        filled = {name: _filled(one, words) for name, one in value.items()}
        return {name: one for name, one in filled.items() if one not in ("", [])}
    if isinstance(value, list):
        return [one for one in (_filled(item, words) for item in value) if one != ""]
    return words.get(value, value) if isinstance(value, str) else value


def boundary_days(measure: Measure) -> Iterator[date]:
    """The days on which a measure changes, and the days before."""
    days: tuple[Days, ...] = (*measure.in_force, *measure.suspended, *measure.states_only)
    for one in days:
        for turn in (one.valid_from, one.valid_until):
            if turn is not None and turn <= ASKED_ON:
                yield turn - ONE_DAY
                yield turn


def specimen_checker(folder: Path) -> Checker:
    """Asks of acts with the entries of the table alone, each listed on every day."""
    by_list: dict[str, list[Listing]] = {}
    for row in table().measures:
        number = f"{table().number[row.measure]}"
        entries = {number: row.listed}
        entries |= {f"{number}-{name}": one.listed for name, one in row.reliefs.items()}
        for own, listed in entries.items():
            if listed is not None:
                by_list.setdefault(listed.list, []).append(_listing(listed, own))
    with Store(folder) as store:
        for list_id, listings in by_list.items():
            store.add(_version(list_id, listings), known_at=ASKED_AT)
        refresh_index(store)
    return Checker(Screener(folder))


def _listing(listed: Listed, number: str) -> Listing:
    name = listed.name or f"Zorvak Quelm {number}"
    return Listing(
        authority=listed.authority,
        list_id=listed.list,
        id=number,
        entity=Entity(schema=listed.schema, names=(Name(value=name),)),
        programmes=listed.tags,
        measures=listed.imposed,
        listed_on=FIRST_DAY,
        place=f"row {number}",
    )


def _version(list_id: str, listings: list[Listing]) -> ListVersion:
    content = list_id.encode()
    part = Part(
        kind="specimen",
        file_name="specimens",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        open=lambda: io.BytesIO(content),
    )

    def read() -> Generator[Listing, None, ReadingReport]:
        yield from listings
        return ReadingReport(read=len(listings), kept=len(listings), listings=len(listings))

    return ListVersion(
        authority=listings[0].authority,
        list_id=list_id,
        parts=(part,),
        sha256=identity_of((part,)),
        published=FIRST_DAY,
        listings=read,
    )
