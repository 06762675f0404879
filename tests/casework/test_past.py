"""What was screened is screened again from what is kept of customers, alerts and lists."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given, settings

from article41.casework.monitor import (
    AlertChange,
    Customer,
    Moment,
    Monitor,
    Register,
    Report,
    Run,
    put_back,
)
from article41.checks import Screener
from tests.casework.made import (
    DAY,
    LISTS,
    changed,
    customers,
    lists,
    publish,
    screened,
    take_in,
)
from tests.match.names import dice
from tests.store.made import moment

ADA = Customer(id="c-1", names=("Ada Example",))


def states(folder: Path) -> tuple[int, int]:
    """The state of the customers, and the number of the last run."""
    with Register(folder) as register:
        [run] = register.database.connection.execute(
            "SELECT coalesce(max(number), 0) FROM runs"
        ).fetchone()
        return register.revision, run


def asked(
    lists_of: Path, register_of: Path, since: str | datetime, now: Moment
) -> tuple[Run | Report, list[AlertChange]]:
    told: list[AlertChange] = []
    with Register(register_of) as register:
        monitor = Monitor(register, Screener(lists_of, feeds={}), now=now)
        if isinstance(since, datetime):
            return monitor.since(since, told=told.append), told
        if since:
            return monitor.since_last(told=told.append), told
        return monitor.everybody(told=told.append), told


def without_store(found: Run | Report) -> dict[str, object]:
    """What a run or report says, without the state of the store, which has grown."""
    return {name: one for name, one in msgspec.to_builtins(found).items() if name != "generation"}


@given(dice)
@settings(max_examples=10)
def test_a_run_of_the_past_is_done_again(dice: Random) -> None:
    state = dict(lists(dice, dice.randint(1, 6)))
    seen = [*state.values()]
    clients = customers(dice, seen, dice.randint(2, 12))
    done = []
    with TemporaryDirectory() as name:
        folder = Path(name, "store")
        for days, list_id in enumerate(LISTS):
            publish(folder, list_id, state[list_id], days=days)
        take_in(folder, clients)
        for days in range(5, 40, 5):
            on = DAY + timedelta(days=days)
            now = Moment(moment(24 * days + 1), on)
            since = dice.choice(("", "last", "last", moment(24 * (days - 5) + 1)))
            since = "" if days == 5 else since
            before = states(folder)
            done.append((before, since, now, asked(folder, folder, since, now)))
            if dice.randrange(3):
                list_id = dice.choice(LISTS)
                state[list_id] = changed(dice, state[list_id], list_id)
                publish(folder, list_id, state[list_id], days=days + 1)
            if dice.randrange(3):
                others = customers(dice, [*seen, *state.values()], len(clients))
                pairs = zip(clients, others, strict=True)
                clients = [dice.choice(pair) for pair in pairs]
                take_in(folder, clients[dice.randint(0, 1) :])

        for number, ((revision, run), since, now, (found, told)) in enumerate(done):
            scratch = Path(name, str(number))
            scratch.mkdir()
            assert put_back(folder, scratch, revision=revision, run=run) == ""
            again = Moment(now.at, now.asked_on, known_at=now.at)

            found_again, told_again = asked(folder, scratch, since, again)

            assert told_again == told
            assert without_store(found_again) == without_store(found)


def test_what_is_gone_is_named(tmp_path: Path) -> None:
    folder, scratch = tmp_path / "store", tmp_path / "scratch"
    nobody = put_back(folder, scratch, revision=1, run=0)
    publish(folder, LISTS[0], {}, days=0)
    take_in(folder, [ADA])
    screened(folder, on=DAY)

    assert nobody == "the customers are gone from the folder of the store"
    later = put_back(folder, scratch, revision=2, run=1)
    assert later == "the state 2 of the customers is gone: the newest is 1"
    other = put_back(folder, scratch, revision=1, run=2)
    assert other == "the run 2 on the customers is gone: the last one is 1"
