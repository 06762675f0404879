import io

import pytest

from article41.model.errors import FormatError
from article41.sources import webpages
from article41.sources.tables import Table
from article41.sources.tally import Tally
from tests.sources.documents import part_of


def cells(page: str | bytes, which: str = "") -> list[list[str]]:
    data = page.encode() if isinstance(page, str) else page
    return [found for _, found in webpages.rows(lambda: io.BytesIO(data), "a.html", which)]


def page(rows: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><table>{rows}</table></body></html>"


def test_rows_have_their_lines() -> None:
    data = page("\n<tr><th>id<th>name\n\n<tr><td>7<td>Ada</tr>\n").encode()

    assert list(webpages.rows(lambda: io.BytesIO(data), "", "")) == [
        (2, ["id", "name"]),
        (4, ["7", "Ada"]),
    ]


def test_rows_on_one_line_are_all_read() -> None:
    data = page("<tr><td>id</td></tr><tr><td>7</td></tr><tr><td>8</td></tr>").encode()
    table = Table(part_of(data, "xa"), Tally(), is_header=lambda row: "id" in row)

    assert [record.take("id") for record in table] == ["7", "8"]


def test_inline_marks_do_not_part_a_word_and_blocks_do() -> None:
    rows = "<tr><td><b>A</b>da<br>of <i>X</i>A<p>Bo</p>Cy<ul><li>D<li>E</ul></td></tr>"

    assert cells(page(rows)) == [["Ada of XA Bo Cy D E"]]


def test_scripts_styles_and_comments_are_no_text() -> None:
    rows = "<tr><td>Ada<script>x<1</script> of<!-- no --> XA<style>p{}</style>!</td></tr>"

    assert cells(page(rows)) == [["Ada of XA!"]]


def test_a_table_in_a_cell_is_text_of_the_cell_and_a_table_of_its_own() -> None:
    rows = "<tr><td>7</td><td><table><tr><td>in</td><td>side</td></tr></table></td></tr>"

    assert cells(page(rows)) == [["7", "in side"]]
    assert cells(page(rows), "2") == [["in", "side"]]


def test_a_cell_over_rows_stands_in_each_of_them() -> None:
    rows = (
        "<tr><td rowspan=3>XA</td><td>1</td><td rowspan=2>y</td></tr>"
        "<tr><td>2</td></tr><tr><td>3</td><td>z</td></tr><tr><td>XB</td></tr>"
    )

    assert cells(page(rows)) == [["XA", "1", "y"], ["XA", "2", "y"], ["XA", "3", "z"], ["XB"]]


def test_a_cell_over_columns_keeps_the_columns_behind_it_in_place() -> None:
    rows = "<tr><td colspan=2>a</td><td>b</td></tr><tr><td>1<td>2<td>3</tr>"

    assert cells(page(rows)) == [["a", "", "b"], ["1", "2", "3"]]


@pytest.mark.parametrize("span", ["0", "-1", "many", "9" * 30, "1.5", ""])
def test_a_span_that_is_none_is_one(span: str) -> None:
    assert cells(page(f'<tr><td colspan="{span}">a</td><td>b</td></tr>')) == [["a", "b"]]


def test_a_vast_span_is_cut_to_what_a_row_may_have() -> None:
    (row,) = cells(page('<tr><td colspan="999999999">a</td></tr>'))

    assert len(row) == webpages.SPAN_MAX


def test_the_text_is_utf_8_though_the_page_does_not_say_so() -> None:
    assert cells(page("<tr><td>Zoë Ада</td></tr>")) == [["Zoë Ада"]]


def test_a_page_in_another_encoding_is_read_by_what_it_says() -> None:
    text = page("<tr><td>Ада</td></tr>", '<meta charset="windows-1251">')

    assert cells(text.encode("windows-1251")) == [["Ада"]]


def test_entities_are_read_and_not_resolved_from_elsewhere() -> None:
    text = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page(
        "<tr><td>A &amp; B &eacute;&x;</td></tr>"
    )

    assert cells(text)[0][0].startswith("A & B é")
    assert "root" not in cells(text)[0][0]


@pytest.mark.parametrize("end", ["<tr><td>8", "<tr><td>8</td></tr>", '<tr><td class="'])
def test_a_page_that_was_cut_inside_a_table_is_refused(end: str) -> None:
    with pytest.raises(FormatError, match="ends inside a table"):
        cells("<html><table><tr><td>7</td></tr>" + end)


@pytest.mark.parametrize("which", ["2", "0", "-1", "Persons", "²"])
def test_a_table_that_is_not_there_is_refused(which: str) -> None:
    with pytest.raises(FormatError, match="the page has 1 tables"):
        cells(page("<tr><td>7</td></tr>"), which)


@pytest.mark.parametrize("data", ["", " ", "<html></html>", "<html><table></table></html>"])
def test_a_page_without_a_table_is_refused(data: str) -> None:
    with pytest.raises(FormatError):
        cells(data)


def test_a_deep_page_is_read_or_refused() -> None:
    deep = "<div>" * 50_000 + "Ada"

    try:
        found = cells(page(f"<tr><td>{deep}</td></tr>"))
    except FormatError:
        return
    assert all(isinstance(text, str) for row in found for text in row)


def test_a_page_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpages, "PAGE_BYTES_MAX", 100)

    with pytest.raises(FormatError, match="longer than 100 bytes"):
        cells(page("<tr><td>" + "x" * 100))
