"""Lists that change, customers who resemble them, and two ways to hold these against those."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import msgspec

from article41.casework.monitor import (
    AlertChange,
    Customer,
    Moment,
    Monitor,
    Register,
    Report,
    Run,
    all_alerts,
)
from article41.checks import Screener, refresh_index
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Entity, Name, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing
from article41.model.parties import Document
from article41.store import Shrink, Store
from tests.match.names import like, name
from tests.store.made import KNOWN, moment, version

LISTS = ("xa-main", "xb-main")
SCHEMAS = (Schema.PERSON, Schema.PERSON, Schema.COMPANY, Schema.VESSEL, Schema.THING)
BORN = tuple(
    StatedDate(first=PartialDate.parse(text))
    for text in ("1970-02-14", "1970-02-15", "1970-03-14", "1971-02-14", "1970-02", "1970", "1985")
)
DAY = date(2024, 6, 1)
"""The present day, around which some entries end."""
NUMBERS = ("XA 000123", "XA 000124", "7700012345")

State = dict[str, Listing]
"""What a list says, by number."""


def lists(dice: Random, count: int) -> Mapping[str, State]:
    """Two lists."""
    return {
        list_id: {str(one): listing(dice, list_id, str(one), name(dice)) for one in range(count)}
        for list_id in LISTS
    }


def listing(dice: Random, list_id: str, number: str, *names: str) -> Listing:
    entity = Entity(
        schema=dice.choice(SCHEMAS),
        names=tuple(Name(value=one) for one in names),
        birth_dates=births(dice),
        identifiers=tuple(
            Identifier(kind=IdentifierKind.PASSPORT, value=one) for one in numbers(dice)
        ),
    )
    programmes = (dice.choice(("XA-FLEET", "XA-PORTS")),)
    return Listing(
        authority="XA",
        list_id=list_id,
        id=number,
        entity=entity,
        programmes=programmes,
        place="a:1",
    )


def births(dice: Random) -> tuple[StatedDate, ...]:
    return tuple(dice.sample(BORN, dice.choice((0, 1, 1, 2))))


def numbers(dice: Random) -> tuple[str, ...]:
    return (dice.choice(NUMBERS),) if dice.randrange(4) == 0 else ()


def changed(dice: Random, before: State, list_id: str) -> State:
    """The list after a publication: delisted, renamed, with other aliases, births or numbers."""
    after = dict(before)
    for number in dice.sample(sorted(before), min(len(before), dice.randint(0, 3))):
        names = [one.value for one in before[number].entity.names]
        what = dice.choice(("delist", "rename", "alias", "no alias", "same names"))
        if what == "delist":
            del after[number]
            continue
        if what == "rename":
            names[0] = like(dice, names[0])
        elif what == "alias":
            names.append(name(dice))
        elif what == "no alias":
            names = names[:1]
        after[number] = listing(dice, list_id, number, *(names if all(names) else ["X"]))
    if dice.randrange(2):
        number = str(dice.randint(50, 60))
        after.setdefault(number, listing(dice, list_id, number, name(dice)))
    return after


def customers(dice: Random, states: Iterable[State], count: int) -> list[Customer]:
    """Customers, most of whom resemble somebody who is listed at some time."""
    listed = [one.value for state in states for each in state.values() for one in each.entity.names]
    return [customer(dice, f"c-{number:03}", listed) for number in range(count)]


def customer(dice: Random, number: str, listed: Sequence[str]) -> Customer:
    names = [
        like(dice, dice.choice(listed)) if listed and dice.randrange(4) else name(dice)
        for _ in range(dice.choice((1, 1, 2)))
    ]
    return Customer(
        id=number,
        names=tuple(dict.fromkeys(one for one in names if one.strip())),
        schema=dice.choice((*SCHEMAS, None)),
        birth_dates=births(dice)[:1],
        numbers=tuple(Document(kind=IdentifierKind.PASSPORT, value=one) for one in numbers(dice)),
    )


def publish(folder: Path, list_id: str, state: State, *, days: int, late: int = 0) -> None:
    """Keep a publication, which may have come late, and index it."""
    with Store(folder) as store:
        day = (KNOWN + timedelta(days=days - late)).date()
        content = f"{list_id} {days}".encode()
        made = version(state.values(), content=content, published=day, list_id=list_id)
        store.add(made, known_at=moment(24 * days), shrink=Shrink.ACCEPT)
        refresh_index(store)


def take_in(folder: Path, known: Iterable[Customer]) -> None:
    with Register(folder, is_made=True) as register:
        register.take_in(known, at=KNOWN, source="customers.csv", may_shrink=True)


def screened(
    folder: Path, *, on: date, since: str = "", threshold: float = 0.65
) -> tuple[Run, list[AlertChange]]:
    """A run over everybody, or over what changed since the last one."""
    told: list[AlertChange] = []
    with Register(folder) as register:
        monitor = Monitor(register, Screener(folder, feeds={}), now=Moment(KNOWN, on))
        if since:
            run = monitor.since_last(told=told.append)
        else:
            run = monitor.everybody(threshold=threshold, told=told.append)
    return run, told


def reported(
    folder: Path, since: datetime, *, on: date, list_id: str | None = None
) -> tuple[Report, list[AlertChange]]:
    told: list[AlertChange] = []
    with Register(folder) as register:
        monitor = Monitor(register, Screener(folder, feeds={}), now=Moment(KNOWN, on))
        report = monitor.since(since, list_id=list_id, told=told.append)
    return report, told


def kept(folder: Path) -> list[bytes]:
    with Register(folder) as register:
        return [msgspec.json.encode(one) for one in all_alerts(register.database.connection)]


def copied(folder: Path, to: Path) -> Path:
    """The same store and register again, for the other way."""
    return Path(shutil.copytree(folder, to))
