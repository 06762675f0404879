"""`screen`: every row goes out once, whatever is in it, then its matches."""

import csv
import gc
import io
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article41.checks import Screener
from article41.faces.cli import customers, screening
from article41.faces.cli.screening import OUTPUT_COLUMNS
from article41.store import Attempt, AttemptOutcome, Store
from tests.faces.made import call, rows_of, run, write

UNUSED = "birth date not used (write 1965, 1965-09 or 1965-09-11)"
HEADER = "id,name,schema,birth_date,country\n"


def screened(
    tmp_path: Path, store: Path, data: str | bytes, *options: object
) -> tuple[list[dict[str, str]], Any]:  # a summary is JSON
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(data if isinstance(data, bytes) else data.encode())
    result = call("screen", source, "-o", output, "--json", "--store", store, *options)
    return rows_of(output), json.loads(result.stdout)


def test_a_row_goes_out_once_and_its_matches_follow(filled: Path, tmp_path: Path) -> None:
    rows, summary = screened(
        tmp_path,
        filled,
        HEADER + "a,Ada Example,Person,1965-09-11,XA\nb,Qwertz Uiop,,,\n",
        "--threshold",
        "0.9",
    )

    assert [(row["row_type"], row["id"]) for row in rows] == [
        ("input", "a"), ("match", "a"), ("match", "a"), ("input", "b"),
    ]  # fmt: skip
    assert [row["matches"] for row in rows] == ["2", "", "", "0"]
    first = rows[1]
    assert first["list"] == "ofac-sdn"
    assert first["listing_id"] == "7"
    assert first["published"] == "2024-01-02"
    assert len(first["version"]) == 64
    assert first["alias"] == first["primary_name"] == "EXAMPLE, Ada"
    assert first["alias_kind"] == "primary"
    assert first["programmes"] == "XA-FLEET"
    assert first["birth_evidence"] == "same-day"
    assert float(first["score"]) >= 0.9
    assert summary["rows"] == 2
    assert summary["rows_with_matches"] == 1
    assert summary["matches"] == 2
    assert summary["rows_rejected"] == 0


def test_screen_finds_what_match_finds(filled: Path, tmp_path: Path) -> None:
    names = ["Ada Exampel", "Adka Primer", "Specimen Trading", "Example Bedda"]
    rows, _ = screened(tmp_path, filled, "name\n" + "\n".join(names), "--threshold", "0.6")
    one_by_one = call("match", *names, "--json", "--threshold", "0.6", "--store", filled).stdout

    matched = [
        (row["name"], row["list"], row["listing_id"], row["alias"], row["score"])
        for row in rows
        if row["row_type"] == "match"
    ]

    assert matched == [
        (
            answer["query"]["name"],
            match["list"],
            match["listing"]["id"],
            match["alias"]["value"],
            f"{match['score']:.6f}",
        )
        for answer in map(json.loads, one_by_one.splitlines())
        for match in answer["matches"]
    ]
    assert matched


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("1,,,,", "name missing"),
        ("1,   ,,,", "name missing"),
        ("1,Ada,Robot,,", "unknown schema: `Robot`"),
        ("1,A\0da,,,", "NUL in the name"),
        ("1,Ada", "fewer cells than the header: 3 of 5"),
        ("1,Ada,,,,x,y", "more cells than the header: x | y"),
        ("1,?!,,,", "no letter of the name is legible; nothing was compared"),
        (
            f"1,{'?' * 1001},,,",
            "the name is longer than what is compared; only its beginning was compared; "
            "no letter of the name is legible; nothing was compared",
        ),
        (b"1,Ad\xe9,,,", "name not in the encoding (give --encoding, such as cp1252)"),
    ],
)
def test_a_row_that_cannot_be_read_goes_out_with_its_reason(
    row: str | bytes, error: str, filled: Path, tmp_path: Path
) -> None:
    data = row if isinstance(row, bytes) else row.encode()
    before, after = HEADER.encode() + b"0,Ada Example,,,\n", b"\n2,Ada Example,,,\n"

    rows, summary = screened(tmp_path, filled, before + data + after)

    inputs = [row for row in rows if row["row_type"] == "input"]
    assert [one["id"] for one in inputs] == ["0", "1", "2"]
    assert [one["error"] for one in inputs] == ["", error, ""]
    assert [one["matches"] == "" for one in inputs] == [False, True, False]
    assert summary["rows_rejected"] == 1
    [rejection] = summary["rejected"]
    assert rejection["rows"] == [2]
    assert error.startswith(rejection["reason"])


@pytest.mark.parametrize("born", ["11/09/1965", "07.10.1952", "circa 1965", "1965-02-30", "0001"])
def test_a_birth_date_that_cannot_be_read_leaves_the_name_compared(
    born: str, filled: Path, tmp_path: Path
) -> None:
    rows, summary = screened(tmp_path, filled, f"{HEADER}1,Ada Example,Person,{born},\n")
    without, _ = screened(tmp_path, filled, f"{HEADER}1,Ada Example,Person,,\n")

    assert rows[0]["error"] == f"{UNUSED}: `{born}`"
    assert rows[0]["matches"] == without[0]["matches"] != "0"
    assert [row["score"] for row in rows] == [row["score"] for row in without]
    assert (summary["rows_rejected"], summary["rows_compared_in_part"]) == (0, 1)
    assert summary["compared_in_part"] == [{"reason": UNUSED, "count": 1, "rows": [1]}]


def test_all_that_was_not_compared_of_a_row_is_said(filled: Path, tmp_path: Path) -> None:
    name = "Ada Example " * 200
    rows, summary = screened(tmp_path, filled, f"{HEADER}1,{name},,circa,\n2,?!,,circa,\n")

    errors = [row["error"] for row in rows if row["row_type"] == "input"]
    assert errors[0].endswith(f"only its beginning was compared; {UNUSED}: `circa`")
    assert errors[1].endswith(f"nothing was compared; {UNUSED}: `circa`")
    assert (summary["rows_rejected"], summary["rows_compared_in_part"]) == (1, 1)


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_file_of_which_no_row_could_be_compared_is_told_and_fails(
    options: tuple[str, ...], filled: Path, tmp_path: Path
) -> None:
    source, output = (
        write(tmp_path, "in.csv", "name,schema\n?!,\nAda,Robot\n"),
        tmp_path / "out.csv",
    )

    failed = call("screen", source, "-o", output, *options, "--store", filled, code=3)

    assert failed.stderr.startswith("error: ")
    assert "no row could be compared" in failed.stderr
    assert "unknown schema" in failed.stdout
    assert [row["matches"] for row in rows_of(output)] == ["", ""]


@pytest.mark.parametrize("name", ["Ada Example " + "x " * 100, "Ada Example " * 200])
def test_a_name_compared_in_part_is_compared_and_said_so(
    name: str, filled: Path, tmp_path: Path
) -> None:
    rows, summary = screened(tmp_path, filled, f"name\n{name}\n")

    said = "the name is longer than what is compared; only its beginning was compared"
    assert rows[0]["error"] == said
    assert rows[0]["matches"] != ""
    assert summary["rows_rejected"] == 0
    assert summary["compared_in_part"] == [{"reason": said, "count": 1, "rows": [1]}]


def test_the_summary_names_the_versions_of_the_day_and_the_tables(
    filled: Path, tmp_path: Path
) -> None:
    _, summary = screened(tmp_path, filled, "name\nAda\n", "--as-of", "2024-01-15")

    assert [one["version"] is None for one in summary["coverage"]] == [False, True]
    assert {one["kind"] for one in summary["findings"]} == {"gap", "not-known-before", "stale"}
    assert len(summary["scorer"]["weights_sha256"]) == 64


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (b"\xef\xbb\xbfid,name\n1,Ada Example\n", ()),
        (b"id,name\r\n1,Ada Example\r\n", ()),
        (b"id,name\r1,Ada Example\r", ()),
        (b"id;name\n1;Ada Example\n", ()),
        (b"id\tname\n1\tAda Example", ()),
        (b'id,name\n\n1,"Ada\nExample"\n\n', ()),
        ("id,name\n1,Ada Example\n".encode("utf-16"), ("--encoding", "utf-16")),
        (b"nr,Kunde\n1,Ada Example\n", ("--column", "name=Kunde", "--column", "id=nr")),
        (b"name,id\nAda Example,1\n", ()),
    ],
)
def test_tables_are_read_as_programs_write_them(
    data: bytes, options: tuple[str, ...], filled: Path, tmp_path: Path
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(data)

    result = call("screen", source, "-o", output, "--json", "--store", filled, *options)

    summary = json.loads(result.stdout)
    assert (summary["rows"], summary["rows_with_matches"]) == (1, 1)
    assert summary["rows_rejected"] == 0


def test_letters_outside_the_name_survive_in_any_encoding(filled: Path, tmp_path: Path) -> None:
    data = HEADER.encode() + b"\xff\xfe,Ada Example,,,caf\xe9\n"

    screened(tmp_path, filled, data)

    assert (tmp_path / "out.csv").read_bytes().count(b"\xff\xfe,Ada Example,,,caf\xe9,") == 3


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        (b"", (), "there is no header"),
        (b"id,customer\n1,Ada\n", (), "the column `name` is missing"),
        (b"name,name\n1,Ada\n", (), "the column `name` is there twice"),
        (b"name\n1\n", ("--column", "schema=Art"), "the column `Art` is missing"),
        (b"name,score\nAda,1\n", (), "the column `score` is one that the output adds"),
        ("id,name\n".encode("utf-16"), (), "looks like UTF-16"),
        (b"\xff\xfe\x00", ("--encoding", "utf-16"), "cannot be read"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(
    data: bytes, options: tuple[str, ...], message: str, filled: Path, tmp_path: Path
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(data)

    result = call("screen", source, "-o", output, "--store", filled, *options, code=3)

    assert message in result.stderr
    assert list(tmp_path.iterdir()) == [source]


def test_a_quote_that_nobody_closes_is_an_error_and_no_row_is_lost_silently(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "CELL_CHARACTERS_MAX", 1_000)
    source = write(tmp_path, "in.csv", 'name\n"Ada\n' + "Beda\n" * 1_000)
    output = write(tmp_path, "out.csv", "what was there before")

    result = call("screen", source, "-o", output, "--store", filled, code=3)

    assert "cannot be read: field larger than field limit" in result.stderr
    assert output.read_text() == "what was there before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--threshold", "2"), "threshold `2.0`"),
        (("--column", "Kunde"), "`Kunde` maps no column"),
        (("--column", "surname=Kunde"), "`surname=Kunde` maps no column"),
        (("--encoding", "klingon"), "unknown encoding `klingon`"),
        (("--encoding", "base64"), "unknown encoding `base64`"),
        (("--encoding", "\udcff"), "unknown encoding `<U+DCFF>`"),
        (("-o", "out\udcff.csv"), "`out\\udcff.csv` holds bytes of another encoding"),
        (("-o", "none/out.csv"), "cannot be written: No such file or directory"),
        (("-o", "in.csv"), "is the input itself"),
    ],
)
def test_options_that_cannot_be_used_leave_no_output(
    options: tuple[str, ...],
    message: str,
    filled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "in.csv", "name\nAda Example\n")

    result = call("screen", "in.csv", "-o", "out.csv", *options, "--store", filled, code=2)

    assert message in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_the_input_is_blamed_for_what_is_wrong_with_the_input(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path, "in.csv", "name\nAda\n")

    def broken(_self: customers.CustomerFile) -> Iterator[customers.Row]:
        raise OSError(5, "Input/output error")
        yield

    monkeypatch.setattr(customers.CustomerFile, "__iter__", broken)

    with pytest.raises(OSError, match="Input/output error"):
        call("screen", source, "-o", tmp_path / "out.csv", "--store", filled)
    assert list(tmp_path.iterdir()) == [source]


def test_a_run_leaves_the_process_as_it_was(filled: Path, tmp_path: Path) -> None:
    before = csv.field_size_limit()

    screened(tmp_path, filled, "name\nAda\n")

    assert csv.field_size_limit() == before
    assert gc.isenabled()


def test_chunks_change_nothing(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = "id,name\n" + "".join(f"{n},{'Ada Example' if n % 3 else ''}\n" for n in range(50))
    whole, _ = screened(tmp_path, filled, data)

    monkeypatch.setattr(screening, "ROWS_PER_CHUNK", 7)
    in_chunks, summary = screened(tmp_path, filled, data)

    assert in_chunks == whole
    assert (summary["rows"], summary["rows_rejected"]) == (50, 17)


CELLS = st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=8), min_size=5, max_size=5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(rows=st.lists(CELLS, min_size=1, max_size=8))
def test_every_cell_of_every_row_goes_out_once(
    rows: list[list[str]], filled: Path, tmp_path: Path
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    # A file of which no row can be compared fails; here it is all about the rows.
    screened(tmp_path, filled, f"{HEADER}0,Ada,,,\n{text.getvalue()}")

    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))

    assert written[0] == [OUTPUT_COLUMNS[0], *HEADER.strip().split(","), *OUTPUT_COLUMNS[1:]]
    assert [row[1:6] for row in written if row[0] == "input"][1:] == rows


def test_the_summary_is_told_to_people_too(filled: Path, tmp_path: Path) -> None:
    source = write(tmp_path, "in.csv", "name\nAda Example\n\n?!\n")

    result = run("screen", source, "-o", tmp_path / "out.csv", "--store", filled)

    assert result.returncode == 0, result.stderr
    assert "1 x no letter of the name is legible; nothing was compared (row 2)" in result.stdout
    assert "rows a second" in result.stdout
    assert "gap: ofac-sdn lacks aliases (ALT.CSV)" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_text_and_json_tell_one_coverage_whatever_comes_meanwhile(
    options: tuple[str, ...], filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(filled, tmp_path / "store")
    answered = Screener.screen

    def failing(screener: Screener, *asked: Any, **how: Any) -> Any:  # as `screen` takes and gives
        with Store(folder) as store:
            failed = AttemptOutcome.UNREACHABLE
            store.note_attempt(Attempt(list_id="ofac-sdn", at=datetime.now(UTC), outcome=failed))
        return answered(screener, *asked, **how)

    monkeypatch.setattr(Screener, "screen", failing)
    source = write(tmp_path, "in.csv", "name\nAda Example\n")

    asking = ("screen", source, "-o", tmp_path / "out.csv", "--store", folder, *options)
    first, second = call(*asking).stdout, call(*asking).stdout

    # What came during the first run is told by the second.
    words = "feed-failed" if options else "the last try to get ofac-sdn failed"
    assert (words in first, words in second) == (False, True)
