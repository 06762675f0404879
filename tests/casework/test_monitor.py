"""What a change makes of the alerts is what screening everybody makes of them."""

from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings

from article41.casework.monitor import (
    ChangeKind,
    Customer,
    Ending,
    Moment,
    Monitor,
    Register,
)
from article41.checks import Screener
from article41.model.errors import CorruptStoreError, InputError
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document
from tests.casework.made import (
    DAY,
    LISTS,
    changed,
    copied,
    customers,
    kept,
    lists,
    publish,
    reported,
    screened,
    take_in,
)
from tests.checks.made import PASSPORT, entry
from tests.match.names import dice
from tests.store.made import KNOWN, listing, moment

ADA = Customer(id="c-1", names=("Ada Example",))


def without_cost(run: object) -> dict[str, object]:
    """What a run says, without how it went about it."""
    made = msgspec.to_builtins(run)
    return {name: one for name, one in made.items() if name not in {"screened", "entries_changed"}}


@given(dice)
@settings(max_examples=10)
def test_what_changed_is_what_screening_everybody_finds(dice: Random) -> None:
    before = lists(dice, dice.randint(1, 6))
    after = {key: changed(dice, state, key) for key, state in before.items()}
    clients = customers(dice, [*before.values(), *after.values()], dice.randint(1, 12))
    others = customers(dice, after.values(), len(clients))
    later = [dice.choice(pair) for pair in zip(clients, others, strict=True)][dice.randint(0, 1) :]
    with TemporaryDirectory() as name:
        folder = Path(name, "a")
        for days, list_id in enumerate(LISTS):
            publish(folder, list_id, before[list_id], days=days)
        take_in(folder, clients)
        screened(folder, on=DAY)
        for days, list_id in enumerate(LISTS[: dice.randint(0, 2)], start=10):
            publish(folder, list_id, after[list_id], days=days, late=dice.choice((0, 0, 15)))
        if dice.randrange(2):
            take_in(folder, later)
        other = copied(folder, Path(name, "b"))

        later_on = DAY + timedelta(days=dice.choice((0, 0, 1, 2)))
        run, told = screened(folder, on=later_on, since="last")
        full, expected = screened(other, on=later_on)

        assert told == expected
        assert without_cost(run) == without_cost(full)
        assert kept(folder) == kept(other)
        assert screened(other, on=later_on)[1] == []
        assert screened(folder, on=later_on, since="last")[0].screened == 0


@given(dice)
@settings(max_examples=10)
def test_what_a_list_changed_since_a_version_is_what_two_full_runs_differ_in(dice: Random) -> None:
    before = lists(dice, dice.randint(1, 6))
    after = {key: changed(dice, state, key) for key, state in before.items()}
    clients = customers(dice, [*before.values(), *after.values()], dice.randint(1, 12))
    with TemporaryDirectory() as name:
        folder = Path(name, "a")
        for days, list_id in enumerate(LISTS):
            publish(folder, list_id, before[list_id], days=days)
        take_in(folder, clients)
        screened(folder, on=KNOWN.date())
        publish(folder, LISTS[0], after[LISTS[0]], days=10)

        _, expected = screened(folder, on=DAY)
        _, told = reported(folder, moment(0), on=DAY, list_id=LISTS[0])
        _, told_of_all = reported(folder, moment(24 * 5), on=DAY)

    def shown(changes: list[object]) -> list[object]:
        return [msgspec.structs.replace(one, why=None) for one in changes]  # type: ignore[type-var]

    own = [one for one in expected if one.alert.listing.startswith(LISTS[0])]
    assert shown([*told]) == shown([*own])
    assert shown([*told_of_all]) == shown([*expected])


def test_the_end_that_a_list_stated_releases_without_a_new_version(tmp_path: Path) -> None:
    publish(tmp_path, LISTS[0], {"7": listing(delisted_on=DAY), "8": listing("8")}, days=0)
    take_in(tmp_path, [ADA])
    screened(tmp_path, on=DAY - timedelta(days=1))

    run, told = screened(tmp_path, on=DAY, since="last")

    assert [(one.kind, one.alert.listing, one.why) for one in told] == [
        (ChangeKind.RELEASED, "xa-main/7", Ending.NOT_LISTED)
    ]
    assert (run.alerts, run.customers_with_alerts, run.entries_changed) == (1, 1, 1)


@pytest.mark.parametrize("since", ["", "last"])
def test_each_way_in_which_an_alert_ends_is_told(tmp_path: Path, since: str) -> None:
    entries = {number: listing(number, name=name) for number, name in (
        ("1", "Ada Example"), ("2", "Beda Specimen"), ("3", "Cora Sample"), ("4", "Dora Muster")
    )}  # fmt: skip
    clients = [
        Customer(id=f"c-{number}", names=(one.entity.names[0].value,))
        for number, one in entries.items()
    ]
    publish(tmp_path, LISTS[0], entries, days=0)
    take_in(tmp_path, clients)
    screened(tmp_path, on=DAY)
    renamed = {**entries, "2": listing("2", name="Qwertz Uiop")}
    del renamed["1"]
    publish(tmp_path, LISTS[0], renamed, days=1)
    take_in(tmp_path, [*clients[:2], msgspec.structs.replace(clients[2], names=("Zyx Wvu",))])

    _, told = screened(tmp_path, on=DAY, since=since)

    assert [(one.alert.customer, one.why) for one in told] == [
        ("c-1", Ending.NOT_LISTED),
        ("c-2", Ending.NO_RESEMBLANCE),
        ("c-3", Ending.CUSTOMER_CHANGED),
        ("c-4", Ending.CUSTOMER_REMOVED),
    ]
    assert kept(tmp_path) == []


def test_what_nobody_sees_of_an_entry_changes_no_alert(tmp_path: Path) -> None:
    publish(tmp_path, LISTS[0], {"7": listing()}, days=0)
    take_in(tmp_path, [ADA])
    screened(tmp_path, on=DAY)
    publish(tmp_path, LISTS[0], {"7": listing(notes=(("reviewed", "yes"),))}, days=1)

    assert screened(tmp_path, on=DAY, since="last")[1] == []


def test_another_programme_is_a_change_and_says_what_differs(tmp_path: Path) -> None:
    publish(tmp_path, LISTS[0], {"7": listing()}, days=0)
    take_in(tmp_path, [ADA])
    screened(tmp_path, on=DAY)
    publish(tmp_path, LISTS[0], {"7": listing(programmes=("XA-FLEET",))}, days=1)

    [change] = screened(tmp_path, on=DAY, since="last")[1]

    assert change.kind is ChangeKind.CHANGED
    assert change.fields == ("programmes", "entry")


def test_everybody_is_screened_where_another_release_made_the_alerts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, LISTS[0], {"7": listing()}, days=0)
    take_in(tmp_path, [ADA])
    screened(tmp_path, on=DAY)
    monkeypatch.setattr("article41.casework.monitor.monitor.comparing_code", lambda: "other")

    run, _ = screened(tmp_path, on=DAY, since="last")

    assert (run.screened, run.entries_changed) == (1, None)
    assert "another release" in run.why_everybody


def test_a_change_is_not_told_of_nothing_and_not_at_another_threshold(tmp_path: Path) -> None:
    publish(tmp_path, LISTS[0], {"7": listing()}, days=0)
    take_in(tmp_path, [ADA])
    with pytest.raises(InputError, match="no run has been kept"):
        screened(tmp_path, on=DAY, since="last")
    screened(tmp_path, on=DAY)

    with Register(tmp_path) as register:
        monitor = Monitor(register, Screener(tmp_path, feeds={}), now=Moment(KNOWN, DAY))
        with pytest.raises(InputError, match=r"had the threshold 0\.65, not 0\.8"):
            monitor.since_last(threshold=0.8, told=lambda _: None)


def test_a_number_alone_makes_an_alert_and_its_removal_releases_it(tmp_path: Path) -> None:
    numbered = Customer(
        id="c-1",
        names=("Qwertz Uiop",),
        numbers=(Document(kind=IdentifierKind.PASSPORT, value="xa-000123"),),
    )
    publish(tmp_path, LISTS[0], {"7": entry("xa-main/7", numbers=[PASSPORT])}, days=0)
    take_in(tmp_path, [numbered])
    _, [new] = screened(tmp_path, on=DAY)
    publish(tmp_path, LISTS[0], {"7": entry("xa-main/7")}, days=1)

    _, [released] = screened(tmp_path, on=DAY, since="last")

    assert (new.alert.score, new.alert.numbers) == (0.0, ("passport XA 000123",))
    assert released.why is Ending.NO_RESEMBLANCE


def test_an_import_is_the_whole_register_and_tells_who_came_changed_and_left(
    tmp_path: Path,
) -> None:
    beda, cora = (Customer(id=f"c-{one}", names=(one,)) for one in ("Beda", "Cora"))
    other = msgspec.structs.replace(beda, country="XA")
    with Register(tmp_path, is_made=True) as register:
        first = register.take_in([ADA, beda], at=KNOWN, source="a.csv")
        again = register.take_in([ADA, beda], at=KNOWN, source="a.csv")
        second = register.take_in([other, cora], at=KNOWN, source="b.csv")
        part = register.take_in([ADA], at=KNOWN, source="c.csv", is_part=True)
        ids = [one.id for chunk in register.chunks() for one in chunk]

    assert (first.added, first.revision, again.unchanged, again.revision) == (2, 1, 2, 1)
    assert (second.added, second.changed, second.removed, second.customers) == (1, 1, 1, 2)
    assert (part.added, part.removed, ids) == (1, 0, ["c-1", "c-Beda", "c-Cora"])


def test_an_id_that_stands_twice_imports_nothing(tmp_path: Path) -> None:
    with Register(tmp_path, is_made=True) as register:
        with pytest.raises(InputError, match="`c-1` stands twice"):
            register.take_in([ADA, ADA], at=KNOWN, source="a.csv")
        assert register.count == 0


def test_a_run_that_dies_keeps_nothing_of_what_it_found(tmp_path: Path) -> None:
    publish(tmp_path, LISTS[0], {"7": listing()}, days=0)
    take_in(tmp_path, [ADA])

    def dies(_change: object) -> None:
        raise KeyboardInterrupt

    with Register(tmp_path) as register:
        monitor = Monitor(register, Screener(tmp_path, feeds={}), now=Moment(KNOWN, DAY))
        with pytest.raises(KeyboardInterrupt):
            monitor.everybody(told=dies)

    assert kept(tmp_path) == []
    assert [one.kind for one in screened(tmp_path, on=DAY)[1]] == [ChangeKind.NEW]


def test_who_looks_does_not_wait_for_a_run(tmp_path: Path) -> None:
    take_in(tmp_path, [ADA])

    with Register(tmp_path) as running, running.database.writing(), Register(tmp_path) as looking:
        assert looking.count == 1


def test_an_index_of_another_state_is_built_anew(tmp_path: Path) -> None:
    take_in(tmp_path, [ADA])
    (tmp_path / "customers.index").write_bytes(b"damaged")

    with Register(tmp_path) as register:
        assert register.index().state == "1"


def test_a_damaged_register_and_one_of_another_release_are_refused(tmp_path: Path) -> None:
    take_in(tmp_path, [ADA])
    with Register(tmp_path) as register:
        register.database.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CorruptStoreError, match="schema version 99"):
        Register(tmp_path)
    for path in tmp_path.glob("customers.sqlite*"):
        path.unlink()
    (tmp_path / "customers.sqlite").write_bytes(b"no database, and long enough for one" * 99)
    with pytest.raises(CorruptStoreError, match="is damaged"):
        Register(tmp_path)
