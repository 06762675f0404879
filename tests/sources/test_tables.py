from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.errors import FormatError
from article41.model.listings import Skip
from article41.sources import table_heads, tables
from article41.sources.tables import Table
from article41.sources.tally import Tally
from tests.sources.documents import part_of


def named(name: str) -> Callable[[Sequence[str]], bool]:
    return lambda cells: name in cells


def read(
    data: bytes, *, tally: Tally | None = None, delimiter: str = ",", fallback: str = ""
) -> list[tuple[int, dict[str, str]]]:
    """The line and the cells of each record, all of them taken."""
    table = Table(
        part_of(data, "xa", "a.csv"),
        tally or Tally(),
        is_header=named("id"),
        delimiter=delimiter,
        fallback_encoding=fallback,
    )
    return [
        (record.line, {name: record.take_prose(name) for name in table.columns}) for record in table
    ]


def skipped(tally: Tally) -> list[tuple[str, int]]:
    return [(one.reason, one.count) for one in tally.skipped]


def test_the_header_is_found_below_other_rows() -> None:
    table = Table(
        part_of(b"List of XA\n\nas of today\nid,name\n7,Ada\n", "xa"),
        Tally(),
        is_header=named("id"),
    )

    assert [row.cells for row in table.preamble] == [["List of XA"], ["as of today"]]
    assert (table.header_line, table.columns) == (4, ("id", "name"))
    assert [record.place for record in table if record.take("id") and record.take("name")] == [
        "xa:5"
    ]


def test_a_table_whose_header_stands_too_low_is_refused() -> None:
    rows = b"x,y\n" * table_heads.HEADER_ROWS_MAX

    with pytest.raises(FormatError, match="no row names the columns"):
        read(rows + b"id,name\n7,Ada\n")
    assert read(rows[4:] + b"id,name\n7,Ada\n")[0][1] == {"id": "7", "name": "Ada"}


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"name\nAda\n"])
def test_a_file_without_the_header_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="no row names the columns"):
        read(data)


def test_a_record_must_be_taken_whole() -> None:
    table = Table(part_of(b"id,name\n7,Ada\n", "xa", "a.csv"), Tally(), is_header=named("id"))

    with pytest.raises(FormatError, match=r"a\.csv:2 in `name`: a column that this format"):
        [record.take("id") for record in table]


def test_a_column_that_is_not_there_cannot_be_taken() -> None:
    table = Table(part_of(b"id,name\n7,Ada\n", "xa", "a.csv"), Tally(), is_header=named("id"))
    record = next(iter(table))

    with pytest.raises(FormatError, match=r"a\.csv:1 in `born`: the column is missing"):
        record.take("born")
    assert record.take_if_there("born") == ""
    assert record.has_any("na")


def test_cells_beyond_the_header_are_refused_if_they_have_text() -> None:
    assert read(b"id,name\n7,Ada,,\n")[0][1] == {"id": "7", "name": "Ada"}
    with pytest.raises(FormatError, match="2 cells expected, 4 found"):
        read(b"id,name\n7,Ada,,more\n")


def test_a_cell_below_a_column_without_a_name_is_not_lost() -> None:
    assert read(b"id,,name,,x\n7,a,Ada,b,c\n")[0][1] == {
        "id": "7", "column 2": "a", "name": "Ada", "column 4": "b", "x": "c"
    }  # fmt: skip


def test_lines_are_right_after_line_breaks_inside_quotes() -> None:
    data = b'id,"na\nme"\n7,"Ada\r\nof\nXA"\n\n8,Bo\r9,"C\n"\n10,D\n'

    found = read(data)

    assert [line for line, _ in found] == [3, 7, 8, 10]
    assert found[0][1] == {"id": "7", "na me": "Ada\r\nof\nXA"}


def test_blanks_are_folded_where_prose_is_not_asked_for() -> None:
    table = Table(part_of(b'id,name\n7," Ada\n \tof XA "\n', "xa"), Tally(), is_header=named("id"))
    record = next(iter(table))

    assert (record.take("id"), record.take("name")) == ("7", "Ada of XA")


def test_a_file_that_ends_inside_quotes_is_refused_at_the_row_that_began_them() -> None:
    with pytest.raises(FormatError, match=r"a\.csv:3: the file ends inside a quoted field"):
        read(b'id,name\n7,Ada\n8,"Bo\n9,Cy\n')


def test_a_quote_that_closes_too_early_is_refused() -> None:
    with pytest.raises(FormatError, match=r"a\.csv:2: the row cannot be split"):
        read(b'id,name\n7,"Ada" of XA\n')


def test_a_nul_byte_is_refused_with_its_line() -> None:
    with pytest.raises(FormatError, match=r"a\.csv:3: a NUL byte"):
        read(b"id,name\n7,Ada\n8,B\0o\n")


def test_control_characters_become_blanks_and_are_counted() -> None:
    tally = Tally()

    assert read(b"id,name\n7,A\x02d\x7fa\n8,Bo\n", tally=tally)[0][1]["name"] == "A d a"
    assert skipped(tally) == [("control character read as a blank", 1)]


def test_other_encodings_are_read_only_where_the_format_says_so() -> None:
    tally = Tally()
    data = "id,name\n7,Ada\n8,Zoë\n".encode("windows-1252")

    with pytest.raises(FormatError, match=r"a\.csv:3 in `column 2`: the file is not UTF-8 text"):
        read(data)
    assert read(data, tally=tally, fallback="windows-1252")[1][1]["name"] == "Zoë"
    assert tally.skipped == (
        Skip(reason="text in windows-1252, not UTF-8", count=1, places=("xa:3",), is_lost=False),
    )


def test_a_byte_that_no_encoding_knows_is_refused() -> None:
    with pytest.raises(
        FormatError, match=r"a\.csv:2 in `column 2`: the file is neither UTF-8 nor windows-1252"
    ):
        read(b"id,name\n7,A\x81da\n", fallback="windows-1252")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_are_refused(encoding: str) -> None:
    with pytest.raises(FormatError):
        read("id,name\n7,Ada\n".encode(encoding), fallback="latin-1")


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert read(b"\xef\xbb\xbfid,name\n7,Ada\n")[0][1] == {"id": "7", "name": "Ada"}


def test_a_huge_cell_is_refused_on_one_line_and_on_many() -> None:
    size = tables.CELL_CHARACTERS_MAX

    with pytest.raises(FormatError, match=r"a\.csv:2: longer than"):
        read(b"id,name\n7," + b"x" * size + b"\n")
    with pytest.raises(FormatError, match=r"a\.csv:2: a cell longer than"):
        read(b'id,name\n7,"' + b"x\n" * (size // 2 + 1) + b'"\n')
    assert len(read(b'id,name\n7,"' + b"x" * (size - 5) + b'"\n')[0][1]["name"]) == size - 5


def test_too_many_cells_and_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FormatError, match="more than 1000 cells"):
        read(b"id,name\n7" + b"," * tables.COLUMNS_MAX + b"\n")
    monkeypatch.setattr(tables, "ROWS_MAX", 3)
    with pytest.raises(FormatError, match="more than 3 rows"):
        read(b"id\n1\n2\n3\n")


def test_an_empty_column_that_nobody_asks_for_is_refused_if_it_has_a_name() -> None:
    table = Table(part_of(b"id,,more\n7,,\n", "xa"), Tally(), is_header=named("id"))

    with pytest.raises(FormatError, match="does not have") as caught:
        [record.take("id") for record in table]

    assert (caught.value.line, caught.value.path) == (1, "more")


def test_every_cell_with_text_is_counted() -> None:
    tally = Tally()

    read(b"id,name\n7,Ada\n8,\n, \n", tally=tally)

    assert tally.read == 3


def test_a_table_can_be_read_twice() -> None:
    table = Table(part_of(b"id\n7\n8\n", "xa"), Tally(), is_header=named("id"))

    assert [record.take("id") for record in table] == ["7", "8"]
    assert [record.take("id") for record in table] == ["7", "8"]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9), min_size=2,
                 max_size=2),
        max_size=5,
    )
)  # fmt: skip
def test_what_a_writer_of_tables_writes_is_read_as_it_was(rows: list[list[str]]) -> None:
    text = "id,name\n" + "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    )

    found = [list(cells.values()) for _, cells in read(text.encode())]

    kept = [[cell.strip() for cell in row] for row in rows]
    assert found == [row for row in kept if any(row)]
