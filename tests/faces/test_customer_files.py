"""Files of customers as systems write them: no row is lost by what stands beside it."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faces.made import call, rows_of, write
from tests.faces.test_customers import imported, screened, store

__all__ = ["store"]


@pytest.mark.parametrize(
    "text",
    [
        'id,name\n1,Beda\n2,"Cora\n3,Ada Example\n',
        'id,name\n1,Beda\n2,"Cora\n3,"Ada Example"\n4,Beda\n',
        'id,name\n1,Beda\n2,"Cora',
        'id,name,schema\n1,Beda,\n2,"Cora,\n3,Ada Example,Person\n4,"Dora",Person\n',
    ],
)
def test_a_quote_that_takes_other_rows_with_it_is_refused_at_the_row_where_it_begins(
    text: str, filled: Path, tmp_path: Path
) -> None:
    source, output = write(tmp_path, "in.csv", text), tmp_path / "out.csv"

    result = call("screen", source, "-o", output, "--store", filled, code=3)

    assert "in.csv:3: cannot be read" in result.stderr
    assert "a quote that is opened and never closed" in result.stderr
    assert not output.exists()


def test_a_quote_out_of_place_takes_no_other_line_with_it(filled: Path, tmp_path: Path) -> None:
    text = 'id,name\n1,"Ada" Example\n2,"Cora "C, Sample\n3,"Ada\nExample"\n4,Ada Example\n'
    source, output = write(tmp_path, "in.csv", text), tmp_path / "out.csv"

    call("screen", source, "-o", output, "--store", filled)

    rows = [row for row in rows_of(output) if row["row_type"] == "input"]
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert [bool(row["error"]) for row in rows] == [False, True, False, False]


def test_a_table_that_comes_through_a_pipe_is_refused_where_it_has_to_be_read_twice(
    filled: Path, tmp_path: Path
) -> None:
    source = tmp_path / "pipe"
    os.mkfifo(source)

    result = call("screen", source, "-o", tmp_path / "out.csv", "--store", filled, code=2)

    assert "pipe` is no file that can be read twice" in result.stderr


def test_several_names_of_the_cell_of_the_name_are_compared_each(store: Path) -> None:
    imported(store, "id,name,schema\n1,Bruno Nobody; Ada Example,Person\n")

    alerts = [one["alert"] for one in screened(store)["changes"]]

    assert ("Ada Example", 1.0) in {(one["asked"], one["score"]) for one in alerts}


def test_a_number_that_can_be_none_of_its_kind_is_told_with_its_row(store: Path) -> None:
    text = (
        "id,name,imo,bic,lei\n1,Ada,IMO 9074729,examxaxx,5493 001K JTII GC8Y 1R12\n"
        "2,Beda,9074729.0;9074729,,5493001KJTIIGC8Y1R13\n3,Cora,,N/A,\n"
    )

    summary = imported(store, text)

    assert [(one["line"], one["reason"], one["is_compared"]) for one in summary["rows"]] == [
        (3, "LEI without its form or check digit; IMO without its form or check digit", True),
        (4, "BIC without its form or check digit", True),
    ]


def test_a_table_may_come_through_a_pipe(store: Path) -> None:
    rows = "".join(f"{number},Ada Example {number}\n" for number in range(5_000))
    pipe = store.parent / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(max_workers=1) as writing:
        writing.submit(pipe.write_text, f"id,name\n{rows}")

        told = call("customers", "import", pipe, "--store", store)

    assert "5,000 customers kept" in told.stdout
