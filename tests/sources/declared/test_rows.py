"""What rows of a table are: targets, parts of one, its history, titles, or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.model.clocks import Interval
from article41.model.entities import NameKind, Schema
from article41.model.errors import FormatError
from tests.sources.declared.descriptions import NO_AND_NAME, described, only, read


def test_a_second_row_of_one_id_is_refused() -> None:
    with pytest.raises(FormatError, match=r"own\.csv:3 in `No`: a second row of `7`") as caught:
        read(described(NO_AND_NAME), "No,Name\n7,Ada\n7,Beda\n")

    assert "merge" in caught.value.hint


def test_rows_of_one_id_are_merged_where_the_description_says_so() -> None:
    columns = f"""{NO_AND_NAME}
        City: field = "city"
        From: field = "listed-on"
        Until: field = "delisted-on"
    """
    data = (
        "No,Name,City,From,Until\n7,Ada,Exampleville,2024-03-01,2025-01-01\n"
        "8,Cora,,2024-01-01,\n7,Adah,Sampleton,2023-02-01,\n"
    )

    listings, _ = read(described(columns, rows='"merge"'), data)

    assert [listing.id for listing in listings] == ["7", "8"]
    assert [(name.value, name.kind) for name in listings[0].entity.names] == [
        ("Ada", NameKind.PRIMARY),
        ("Adah", NameKind.STRONG_ALIAS),
    ]
    assert [one.city for one in listings[0].entity.addresses] == ["Exampleville", "Sampleton"]
    assert listings[0].listed_on == date(2023, 2, 1)
    assert listings[0].delisted_on is None


def test_merged_rows_may_not_be_of_two_kinds() -> None:
    columns = f'{NO_AND_NAME}\nType: field = "schema" & default = "Thing"'
    description = described(columns, schema="", rows='"merge"')

    assert only(description, "No,Name,Type\n7,A,\n7,A,Person\n").entity.schema is Schema.PERSON
    with pytest.raises(FormatError, match=r"own\.csv:3 in `Type`: `7` is `Vessel` here"):
        read(description, "No,Name,Type\n7,A,Person\n7,A,Vessel\n")


PERIODS = described(
    f"""{NO_AND_NAME}
        From: field = "listed-on"
        Until: field = "delisted-on"
    """,
    rows='"periods"',
)


def test_rows_may_be_the_history_of_a_target_in_any_order() -> None:
    data = (
        "No,Name,From,Until\n7,Ada C,2026-06-08,\n7,Ada A,2021-06-03,\n"
        "7,Ada B,2025-01-07,2026-02-17\n"
    )

    listings, _ = read(PERIODS, data)

    assert [
        (one.entity.names[0].value, one.listed_on, one.amended_on, one.delisted_on, one.during)
        for one in listings
    ] == [
        ("Ada A", date(2021, 6, 3), (), None, interval("2021-06-03", "2025-01-07")),
        ("Ada B", date(2021, 6, 3), (date(2025, 1, 7),), date(2026, 2, 17),
         interval("2025-01-07", "2026-02-17")),
        ("Ada C", date(2026, 6, 8), (), None, interval("2026-06-08", "")),
    ]  # fmt: skip


def interval(begin: str, end: str) -> Interval:
    until = date.fromisoformat(end) if end else None
    return Interval(valid_from=date.fromisoformat(begin), valid_until=until)


@pytest.mark.parametrize(
    "rows", ["7,A,,", "7,A,2024-01-01,\n7,B,2024-01-01,", "7,A,2024-01-01,2024-01-01"]
)
def test_periods_need_a_beginning_of_their_own_before_their_end(rows: str) -> None:
    with pytest.raises(FormatError, match="no period of their own"):
        read(PERIODS, f"No,Name,From,Until\n{rows}\n")


@given(
    st.lists(
        st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 3_000)),
        min_size=1, max_size=6, unique_by=lambda one: one[0],
    )
)  # fmt: skip
def test_periods_never_overlap_and_cover_every_day_that_a_row_covers(
    rows: list[tuple[date, int]],
) -> None:
    ends = [date.fromordinal(day.toordinal() + length) if length else None for day, length in rows]
    lines = [
        f"7,Ada,{day},{end or ''}" for (day, _), end in zip(rows, ends, strict=True)
    ]  # fmt: skip

    listings, _ = read(PERIODS, "No,Name,From,Until\n" + "\n".join(lines) + "\n")

    spans = [one.during for one in listings if one.during is not None]
    assert len(spans) == len(rows)
    assert not any(a.overlaps(b) for at, a in enumerate(spans) for b in spans[at + 1 :])
    for (day, _), end in zip(rows, ends, strict=True):
        last = date.fromordinal(end.toordinal() - 1) if end else date(2099, 1, 1)
        later = [other for other, _ in rows if day < other <= last]
        assert any(span.holds(day) for span in spans)
        assert later or any(span.holds(last) for span in spans)


def test_an_id_may_be_made_of_several_columns_or_of_the_name() -> None:
    columns = 'No: field = "id"\nYear: field = "id"\nName: field = "name"'
    digest = 'columns = ["Name"]\ndigest = true'

    listing = only(described(columns, id_='columns = ["Year", "No"]'), "No,Year,Name\n7,2024,Ada\n")
    made = [
        only(described('Name: field = "name"', id_=digest), f"Name\n{name}\n").id
        for name in ("Ada Example Ltd.", "ADA  EXAMPLE LTD", "Ada Example Inc.")
    ]

    assert listing.id == "2024/7"
    assert made[0] == made[1] != made[2]
    assert len(made[0]) == 12


@pytest.mark.parametrize("row", ["7,", ",Ada"])
def test_a_row_without_a_name_or_an_id_is_refused(row: str) -> None:
    with pytest.raises(FormatError, match=r"own\.csv:2 in `.*`: a row without an? (name|id)"):
        read(described(NO_AND_NAME), f"No,Name\n{row}\n")


def test_rows_that_are_no_entries_are_left_out_with_a_reason() -> None:
    more = '[[left_out]]\ncolumn = "Name"\npattern = \'^see \'\nreason = "a reference"'

    (listing,), report = read(
        described(NO_AND_NAME, more=more), "No,Name\n7,Ada\n8,see 7\nNo,Name\n"
    )

    assert listing.id == "7"
    assert (report.read, report.kept) == (6, 2)
    assert {one.reason for one in report.skipped} == {"a reference", "header that comes again"}


def test_titles_between_rows_count_for_the_rows_below_them() -> None:
    columns = f"""{NO_AND_NAME}
        Part: field = "schema" & pattern = '^(\\w+)' & values = {{ "Persons" = "Person" }}
        Part: field = "programme" & pattern = 'of (\\w+)'
    """
    more = "[sections]\npattern = ' of '\nheader = \"Part\""
    description = described(columns, more=more, schema="", header='["No"]')

    listings, report = read(description, "No,Name\nPersons of XA,\n7,Ada\nPersons of XB\n8,Bo\n")

    assert [one.programmes for one in listings] == [("XA",), ("XB",)]
    assert report.read == report.kept == 6
    with pytest.raises(FormatError, match=r"own\.csv:2: a row above the first section"):
        read(description, "No,Name\n7,Ada\n")


def test_a_cut_row_is_refused() -> None:
    with pytest.raises(FormatError, match=r"own\.csv:3 in `Name`: fewer cells than columns"):
        read(described(NO_AND_NAME), "No,Name\n7,Ada\n8\n")


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(FormatError, match="there is no entry in the list"):
        read(described(NO_AND_NAME), "No,Name\n")


def test_a_second_row_on_the_same_line_of_a_page_is_refused() -> None:
    rows = "".join(
        f"<tr><td>{no}</td><td>{name}</td></tr>" for no, name in (("7", "A"), ("7", "B"))
    )
    page = f"<html><table><tr><td>No</td><td>Name</td></tr>{rows}</table></html>"

    with pytest.raises(FormatError, match="a second row of `7`"):
        read(described(NO_AND_NAME), page)
