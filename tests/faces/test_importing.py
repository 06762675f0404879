"""`lists import` keeps dated snapshots by their days and contents, whatever their order."""

from datetime import date
from itertools import permutations
from pathlib import Path

from article41.store import Store
from tests.faces.made import LATER_SDN, SDN, call, write


def test_bytes_that_come_again_on_a_later_day_are_told_by_that_day(tmp_path: Path) -> None:
    days = {"2024-01-01": SDN, "2024-01-02": LATER_SDN, "2024-01-03": SDN}
    files = [write(tmp_path, f"sdn-{day}.csv", text) for day, text in days.items()]

    shown = call("lists", "import", *files, "--store", tmp_path / "store").stdout

    assert shown.splitlines() == [
        "ofac-sdn  2024-01-01  3 entries",
        "ofac-sdn  2024-01-02  3 entries",
        "ofac-sdn  2024-01-03  3 entries  (held already)",
    ]


def test_two_publications_of_one_day_stand_in_the_same_order_whatever_the_order_of_the_files(
    tmp_path: Path,
) -> None:
    """Names decide, and contents where they are the same."""
    texts = {"a/sdn-2024-01-02.csv": SDN, "b/sdn-2024-01-02.csv": LATER_SDN}
    before = write(tmp_path, "sdn-2024-01-01.csv", SDN.replace("Ada", "Eda"))
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    files = [before, *(write(tmp_path, name, text) for name, text in texts.items())]

    found = set()
    for number, order in enumerate(permutations(files)):
        store = tmp_path / f"store-{number}"
        said = call("lists", "import", *order, "--store", store).stderr
        entries = call("lists", "entries", "--as-of", "2024-01-02", "--store", store).stdout
        with Store(store) as opened:
            *_, other, last = (one.version.sha256[:8] for one in opened.standings())
        assert (
            f"2 publications of 2024-01-02: {last} (sdn-2024-01-02.csv; 3 entries) stands" in said
        )
        assert f"stands, {other} (sdn-2024-01-02.csv; 3 entries) on that day alone" in said
        found.add((entries, last))

    assert len(found) == 1


def test_the_last_name_of_a_day_stands(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "sdn-2024-01-02-b.csv", LATER_SDN),
        write(tmp_path, "sdn-2024-01-02-a.csv", SDN),
    ]

    said = call("lists", "import", *files, "--store", tmp_path / "store").stderr

    assert "(sdn-2024-01-02-b.csv; 3 entries) stands, " in said


def test_what_only_one_of_two_publications_of_a_day_has_stood_on_that_day(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "sdn-2024-01-02-a.csv", SDN),
        write(tmp_path, "sdn-2024-01-02-b.csv", LATER_SDN),
    ]
    store = tmp_path / "store"
    call("lists", "import", *files, "--store", store)

    with Store(store) as opened:
        on_days = [
            [one.listing.id for one in opened.entries(as_of=day)]
            for day in (date(2024, 1, 2), date(2024, 1, 3), None)
        ]
    matched = call("match", "Beda Example", "--as-of", "2024-01-02", "--store", store).stdout

    assert on_days == [["10", "7", "8", "9"], ["10", "7", "9"], ["10", "7", "9"]]
    assert "ofac-sdn/8" in matched
