"""Descriptions are checked before any table is read; a fault has its line, its key, a remedy."""

from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.sources.declared import own_tables
from article41.sources.declared.loading import DESCRIPTION_BYTES_MAX, read_description
from article41.sources.declared.publication import SHIPPED

GOOD = """list_id = "xa-own"
authority = "XA"
title = "Own list"
header = ["No", "Name"]
schema = "Person"
[id]
columns = ["No"]
[[columns]]
header = "No"
field = "id"
[[columns]]
header = "Name"
field = "name"
"""
"""Its lines are counted below: `[[columns]]` stand on 8 and 11."""


def fault(text: str) -> tuple[int, str, str, str]:
    with pytest.raises(FormatError) as caught:
        read_description(text, "own.toml")
    error = caught.value
    assert error.file == "own.toml"
    return error.line, error.path, error.message, error.hint


def test_a_good_description_is_read() -> None:
    description = read_description(GOOD, "own.toml").description

    assert [column.header for column in description.columns] == ["No", "Name"]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message", "hint"),
    [
        ('authority = "XA"', 'auhtority = "XA"', 2, "auhtority", "no such key", "docs/sources"),
        ('authority = "XA"', "", 0, "", "`authority` is missing", "add the key `authority`"),
        ('authority = "XA"', 'authority = ""', 2, "authority", "expected `str`", "table of keys"),
        ('authority = "XA"', "authority = 7", 2, "authority", "expected `str`", "table of keys"),
        ('authority = "XA"', "authority = XA", 2, "", "not TOML", "quotes"),
        ("xa-own", "XA own", 1, "list_id", "`XA own` is no id", "`xa-main`"),
        ('["No", "Name"]', "[]", 4, "header", "expected `array`", "table of keys"),
        ('"Person"', '"person"', 5, "schema", "`person` is no schema", "Person, Organization"),
        ('schema = "Person"', "", 0, "schema", "one schema or a column", "field"),
        ('columns = ["No"]', 'columns = ["Number"]', 7, "id.columns", "no column `Number`", "desc"),
        ('columns = ["No"]', "columns = []", 7, "id.columns", "expected `array`", "table"),
        ('field = "name"', 'field = "names"', 13, "columns[1].field", "`names` is no field", "ali"),
        ('field = "name"', 'field = "note"', 8, "columns", "no column is the name", "name"),
        ('field = "id"', 'field = "identifier"', 10, "columns[0].field", "needs `kind`", "`kind`"),
        ('field = "id"', 'field = "ignore"', 10, "columns[0].field", "needs `reason`", "`reason`"),
        ('field = "id"', 'field = "same-as"', 10, "columns[0].field", "needs `list`", "`list`"),
        ('field = "name"', 'field = "name"\nkind = "imoNumber"', 14, "columns[1].kind",
         "means nothing for `name`", "identifier"),
        ('field = "name"', 'field = "name"\nformats = ["%d"]', 14, "columns[1].formats",
         "means nothing for `name`", "birth-date"),
        ('field = "name"', "field = \"name\"\npattern = '('", 14, "columns[1].pattern",
         "no pattern", "single"),
        ('field = "name"', "field = \"name\"\npattern = 'a{99999999999}'", 14,
         "columns[1].pattern", "too large", "single"),
        ('field = "name"', "field = \"name\"\npattern = '[a--b]'", 14, "columns[1].pattern",
         "set difference", "single"),
        ('field = "name"', 'field = "name"\nsize = 7', 14, "columns[1].size", "no such key", "doc"),
        ('schema = "Person"', 'schema = "Person"\nmonths = ["Jan"]', 6, "months", "1 months", "tw"),
        ('schema = "Person"', 'schema = "Person"\ndelimiter = "ab"', 6, "delimiter", "no si", "wr"),
        ('schema = "Person"', 'schema = "Person"\nencoding = "u"', 6, "encoding", "no enc", "win"),
        ('schema = "Person"', 'schema = "Person"\nrows = "both"', 6, "rows", "`both` is no", "mer"),
        ('schema = "Person"', 'schema = "Person"\nrows = "periods"', 6, "rows", "need a b", "list"),
        ("[id]", "[published]\npattern = 'of .*'\n[id]", 7, "published.pattern", "0 groups", "br"),
        ("[id]", "[sections]\npattern = 'x'\nheader = 'S'\n[id]", 8, "sections.header", "no column",
         "titles"),
        ("[id]", "[[left_out]]\npattern = 'x'\n[id]", 6, "left_out[0]", "`reason` is", "reason"),
    ],
)  # fmt: skip
def test_a_fault_has_its_line_its_key_and_a_remedy(  # noqa: PLR0917
    old: str, new: str, line: int, key: str, message: str, hint: str
) -> None:
    assert old in GOOD

    found = fault(GOOD.replace(old, new, 1))

    assert found[:2] == (line, key)
    assert message in found[2]
    assert hint in found[3]


def test_a_digest_needs_the_text_somewhere_else() -> None:
    text = GOOD.replace('columns = ["No"]', 'columns = ["No"]\ndigest = true')

    assert fault(text)[2:] == (
        "a digest does not keep the text",
        "give the column the field that it is, or `note`",
    )


def test_values_of_a_schema_must_be_schemas() -> None:
    text = GOOD.replace('schema = "Person"\n', "") + (
        '[[columns]]\nheader = "Type"\nfield = "schema"\nvalues = { "ship" = "Boat" }\n'
    )

    line, key, message, hint = fault(text)

    assert (line, key, message) == (16, "columns[2].values", "`Boat` is no schema (for `ship`)")
    assert "Vessel" in hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "not in UTF-8"),
        (b"#" * (DESCRIPTION_BYTES_MAX + 1), "longer than"),
        (b"", "missing"),
    ],
)
def test_a_file_that_is_no_description_is_refused(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(FormatError, match=message):
        own_tables([path])


@pytest.mark.parametrize("list_id", ["un-sc", "ofac-sdn", "eu-journal", "ch-fiaa"])
def test_the_id_of_an_official_list_is_taken(tmp_path: Path, list_id: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace("xa-own", list_id), encoding="utf-8")

    with pytest.raises(FormatError, match="is the id of another list"):
        own_tables([path])


def test_two_descriptions_of_one_list_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD, encoding="utf-8")

    with pytest.raises(FormatError, match="is the id of another list"):
        own_tables([path, path])


def test_what_is_shipped_is_named_by_its_list() -> None:
    for path in SHIPPED.glob("*.toml"):
        declaration = read_description(path.read_text(encoding="utf-8"), path.name)
        assert path.stem == declaration.description.list_id
