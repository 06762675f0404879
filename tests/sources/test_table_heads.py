import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.sources.table_heads import (
    DELIMITERS,
    first_cuts,
    first_rows,
    named_columns,
    table_form,
)


@pytest.mark.parametrize("mark", DELIMITERS)
def test_the_first_rows_are_cut_by_each_mark(mark: str) -> None:
    values = "; ".join(["Ada, of XA"] * 9)
    head = f'id{mark}name{mark}born\n7{mark}"{values}"{mark}1965\n'.encode()

    headers = [rows[0] for rows in first_cuts(head, lambda: io.BytesIO(head))]

    assert headers.count(["id", "name", "born"]) == 1


def test_a_head_that_ends_inside_quotes_still_has_rows() -> None:
    head = b'id,name\n7,"Ada'

    assert first_cuts(head, lambda: io.BytesIO(head))[0][0] == ["id", "name"]


@pytest.mark.parametrize("head", [b"PK\x03\x04broken", b"<html><p>none</p></html>", b"<html>"])
def test_what_is_no_table_has_no_rows(head: bytes) -> None:
    assert first_rows(head, lambda: io.BytesIO(head)) == []


def test_the_form_is_told_by_the_first_bytes() -> None:
    assert table_form(b"\xef\xbb\xbf\n <!DOCTYPE HTML><html>") == "webpage"
    assert table_form(b"id,<html>") == "delimited"
    assert table_form(b"PK\x03\x04") == "spreadsheet"


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["id", "id", "id"], ("id", "id 2", "id 3")),
        (["id", "id 2", "id"], ("id", "id 2", "id 3")),
        (["id", "id", "id 2"], ("id", "id 3", "id 2")),
        (["", "id", "", ""], ("column 1", "id")),
        (["", "column 1"], ("column 1 2", "column 1")),
        (["a\n b", "a b"], ("a b", "a b 2")),
    ],
)
def test_no_two_columns_have_one_name(header: list[str], columns: tuple[str, ...]) -> None:
    assert named_columns(header) == columns


@given(st.lists(st.sampled_from(["", "id", "id 2", "column 1", "column 2", "id 2 2"]), max_size=9))
def test_names_of_columns_never_collide(header: list[str]) -> None:
    names = named_columns(header)

    assert len(set(names)) == len(names)
    assert all(names)
