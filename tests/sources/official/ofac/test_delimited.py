import csv
from collections.abc import Callable

import pytest

from article41.model.errors import FormatError
from article41.sources.official.ofac import delimited, kind_of, read_csv
from article41.sources.official.ofac.delimited import ALIASES, WIDTHS, DelimitedFile
from tests.sources.official.ofac.publications import END, NULL, finish, part, primary, read, table

ADA = primary(7, "EXAMPLE, Ada", type_="individual")
BEA = primary(8, "EXAMPLE, Bea", type_="individual", remarks="DOB 1962.")


def refusal(text: str | bytes, *, kind: str = "ofac-primary") -> FormatError:
    with pytest.raises(FormatError) as caught:
        list(delimited.DelimitedFile(part(text, kind=kind, name="given.csv")))
    assert caught.value.hint
    assert caught.value.file == "given.csv"
    return caught.value


@pytest.mark.parametrize("delimiter", ",|@")
@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (table(ADA, end=""), "ofac-primary"),
        ('7,1,"aka","EXAMPLE, A.",-0- ', "ofac-alt"),
        ('7,1,"1 Example Street","Exampleville","Examplia",-0- ', "ofac-add"),
        ("7,\"and so on; a.k.a. 'X'.\"", "ofac-comments"),
    ],
)
def test_the_kind_is_found_in_the_first_row(delimiter: str, row: str, kind: str) -> None:
    cells = next(csv.reader([row]))
    quoted = [cell if cell.isdecimal() or cell == NULL else f'"{cell}"' for cell in cells]

    assert kind_of(delimiter.join(quoted).encode()) == kind
    assert kind_of(b"\xef\xbb\xbf" + delimiter.join(quoted).encode()) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        END.encode(),
        b"\0" * 100,
        b"<?xml version='1.0'?><sdnList/>",
        b"id,name,schema,birth_date,country\n1,Ada,Person,,XA\n",
        b"1,Ada Example\n",
        b"%PDF-1.7",
        table(ADA).encode("utf-16"),
    ],
)
def test_what_is_none_of_ofacs_tables_has_no_kind(head: bytes) -> None:
    assert kind_of(head) is None


def test_a_file_cut_inside_a_quotation_is_refused_with_the_line_of_the_row() -> None:
    found = refusal(table(ADA, BEA)[: -len('62."\r\n' + END)])

    assert (found.message, found.line) == ("the file ends inside a quoted field", 2)


def test_a_file_cut_between_fields_is_refused() -> None:
    found = refusal(table(ADA, BEA).removesuffix("\r\n" + END).rpartition(",")[0])

    assert (found.message, found.line) == ("12 columns expected, 11 found", 2)


def test_bytes_that_are_not_utf_8_are_refused_with_their_line() -> None:
    text = table(ADA, primary(8, "EXAMPLÉ, Béa"))

    found = refusal(text.encode("cp1252"))

    assert (found.message, found.line) == ("the file is not UTF-8 text (byte 0xC9)", 2)


def test_utf_8_with_and_without_a_byte_order_mark_reads_the_same() -> None:
    text = table(ADA, primary(8, "EXAMPLÉ, Béa"))

    assert read(text.encode("utf-8-sig"))[0] == read(text)[0]
    assert read(text)[0][1].entity.names[0].value == "EXAMPLÉ, Béa"


@pytest.mark.parametrize("character", "\0\x01\x0b\x7f\x85\x9f\ufffd")
def test_a_character_that_is_no_text_is_refused_with_its_line(character: str) -> None:
    found = refusal(table(ADA, primary(8, f"EXAMPLE{character}, Bea")))

    assert found.message == f"the character U+{ord(character):04X} does not belong in text"
    assert found.line == 2


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(separator: str) -> None:
    listings, _ = read(table(ADA, BEA).replace("\r\n", separator))

    assert [listing.place for listing in listings] == ["SDN.CSV:1", "SDN.CSV:2"]


def test_a_line_end_inside_quotes_belongs_to_the_field_and_counts_as_a_line() -> None:
    broken = primary(8, "EXAMPLE, Bea", title="First line\r\nsecond line")

    listings, _ = read(table(ADA, broken, primary(9, "EXAMPLE, Cai")))

    assert listings[1].entity.titles == ("First line\r\nsecond line",)
    assert [listing.place for listing in listings] == ["SDN.CSV:1", "SDN.CSV:2", "SDN.CSV:4"]


@pytest.mark.parametrize("lines", [1, 1_000])
def test_a_field_of_a_megabyte_is_refused_before_it_is_read_whole(lines: int) -> None:
    field = ("x" * (1_000_000 // lines) + "\r\n") * lines

    found = refusal(table(ADA, primary(8, field)))

    assert found.message == f"a row is longer than {delimited.ROW_CHARS_MAX} characters"
    assert found.line == 2


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "ROWS_MAX", 2)

    assert read(table(ADA, BEA))[1].listings == 2
    assert refusal(table(ADA, BEA, primary(9, "EXAMPLE, Cai"))).message == "more than 2 rows"


def test_a_quote_in_the_middle_of_a_field_is_refused() -> None:
    found = refusal(table(ADA, BEA).replace('"EXAMPLE, Bea"', '"EXAMPLE" Bea"'))

    assert found.line == 2
    assert found.message.startswith("the row cannot be split into fields")


def test_text_after_the_end_mark_is_refused() -> None:
    found = refusal(table(ADA) + "\r\n" + table(BEA))

    assert (found.message, found.line) == ("text after the end mark 0x1A", 3)


def test_blank_lines_after_the_end_mark_and_between_rows_are_nothing() -> None:
    listings, report = read(table(ADA, end="\r\n") + table(BEA) + "\r\n\r\n")

    assert [listing.place for listing in listings] == ["SDN.CSV:1", "SDN.CSV:3"]
    assert (report.read, report.kept) == (2, 2)


def test_a_number_that_is_none_is_refused_with_its_column() -> None:
    found = refusal(table(ADA, ["eight", *BEA[1:]]))

    assert (found.line, found.path) == (2, "ent_num")
    assert str(found) == "given.csv:2 in `ent_num`: `eight` is not a number"


def test_a_header_is_counted_as_skipped_and_only_the_first_row_may_be_one() -> None:
    header = ["Ent_num", *BEA[1:]]

    _, report = read(table(header, ADA))

    (skip,) = report.skipped
    assert (skip.reason, skip.count) == ("header line that OFAC does not publish", 1)
    assert skip.places == ("SDN.CSV:1",)
    assert (report.read, report.kept) == (2, 1)
    assert refusal(table(ADA, header)).path == "ent_num"


def test_a_file_without_ofacs_end_mark_is_read_and_the_gap_is_named() -> None:
    listings, report = read(table(ADA, end=""))

    assert len(listings) == 1
    assert "the end mark of SDN.CSV, which may be cut short" in report.gaps


def test_reading_again_gives_the_same_again() -> None:
    (version,) = read_csv([part(table(ADA, BEA))], published=None)

    assert finish(version) == finish(version)


def fixed(*cells: str) -> str:
    """A row of the alias file in fields of the widths that OFAC prints."""
    return "".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS[ALIASES], strict=True))


def test_a_row_of_fixed_fields_is_cut_at_the_widths_of_the_specification() -> None:
    text = fixed("7", "21", "aka", 'SPECIMEN "Ada"', "-0-") + "\r\n" + END

    (row,) = DelimitedFile(part(text))

    assert row.cells == ["7", "21", "aka", "SPECIMEN 'Ada'", ""]


@pytest.mark.parametrize("change", [lambda row: row[:-1], lambda row: row + " "])
def test_a_row_of_fixed_fields_with_another_length_is_refused_with_its_line(
    change: Callable[[str], str],
) -> None:
    row = fixed("7", "21", "aka", "SPECIMEN", "-0-")

    with pytest.raises(FormatError, match=r"578 characters expected, \d+ found") as caught:
        list(DelimitedFile(part(f"{row}\r\n{change(row)}\r\n")))

    assert caught.value.line == 2
