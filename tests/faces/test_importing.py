"""`lists import` keeps dated snapshots by their days and contents, whatever their order."""

from pathlib import Path

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
