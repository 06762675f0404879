"""Files of customers as systems write them: no row is lost by what stands beside it."""

import os
from pathlib import Path

import pytest

from tests.faces.made import call, rows_of, write


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
