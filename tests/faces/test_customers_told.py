"""A run on the customers is kept after it was told: what nobody heard, the next one tells."""

import json
from pathlib import Path
from typing import NoReturn

import pytest

from article41.faces.cli import rescreening
from article41.faces.cli.customers_record import CustomersRecord
from article41.model.errors import RecordError
from tests.faces.made import LATER_SDN, call, write
from tests.faces.test_customers import TABLE
from tests.faces.test_on_record import recording, store

__all__ = ["recording", "store"]


def full(*_: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def unrecorded(*_: object) -> NoReturn:
    raise RecordError("nothing can be recorded", hint="make room")


def interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def changes(*options: str) -> list[tuple[str, str]]:
    found = json.loads(call("screen", "customers", "--json", *options).stdout)["changes"]
    return [(one["kind"], one["alert"]["customer"]) for one in found]


@pytest.mark.parametrize(
    ("holder", "name", "failing"),
    [
        (CustomersRecord, "answered", unrecorded),
        (Path, "replace", full),
        (rescreening, "write_json", full),
        (rescreening, "write_json", interrupted),
    ],
)
def test_changes_that_could_not_be_told_are_told_by_the_next_run(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    holder: object,
    name: str,
    failing: object,
) -> None:
    assert store.is_dir()
    call("customers", "import", write(Path(), "customers.csv", TABLE))
    call("screen", "customers")
    later = write(Path(), "later.csv", LATER_SDN)
    call("lists", "add", later, "--published", "2024-02-02", "--accept-shrink")
    with monkeypatch.context() as broken:
        broken.setattr(holder, name, failing)
        with pytest.raises((OSError, AssertionError)):
            changes("--since", "last", "-o", "changes.csv")

    found = changes("--since", "last")

    assert found == [("changed", "c-1"), ("released", "c-2"), ("new", "c-3")]
    assert changes("--since", "last") == []
