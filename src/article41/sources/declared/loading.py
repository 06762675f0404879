"""Loads a description of a table and checks it before any table is read.

Unknown keys, keys that mean nothing for a field, and patterns that are none are refused with their
line.
"""

import codecs
import enum
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import msgspec

from article41.model.entities import Schema
from article41.model.errors import FormatError
from article41.model.identifiers import IdentifierKind
from article41.model.tomls import line_of, read_toml
from article41.sources.declared.description import (
    ADDRESS_PARTS,
    DAYS,
    Column,
    Description,
    Field,
    Rows,
)

DESCRIPTION_BYTES_MAX = 2**20
"""The longest description read."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ONLY_FOR = {
    "formats": DAYS | {Field.BIRTH_DATE},
    "kind": {Field.IDENTIFIER},
    "label": {Field.IDENTIFIER},
    "country": {Field.IDENTIFIER},
    "order": {Field.NAME},
    "group": ADDRESS_PARTS,
    "list": {Field.SAME_AS},
    "reason": {Field.IGNORE},
}
_NEEDED = {Field.IDENTIFIER: "kind", Field.SAME_AS: "list", Field.IGNORE: "reason"}
_PLAIN = Column(header="", field=Field.NOTE)


class Declaration:
    """A checked description and where each key of it stands."""

    def __init__(self, description: Description, file: str, text: str) -> None:
        """Keep them."""
        self.description = description
        self.file = file
        self._text = text

    def where(self, key: str) -> str:
        """File and line of a key, for a remedy: `mylist.toml:7`."""
        line = line_of(self._text, key)
        return f"{self.file}:{line}" if line else self.file

    def wrong(self, key: str, message: str, hint: str) -> FormatError:
        """A format error at a key of the description."""
        return FormatError(
            message, hint=hint, file=self.file, line=line_of(self._text, key), path=key
        )


def load_description(path: Path) -> Declaration:
    """The description in a file.

    Raises:
        FormatError: It is missing or wrong; the error names the line and the key.
    """
    try:
        if path.stat().st_size > DESCRIPTION_BYTES_MAX:
            raise FormatError(
                f"longer than {DESCRIPTION_BYTES_MAX} bytes",
                hint="give the description of the table, not the table",
                file=str(path),
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FormatError(
            f"cannot be read: {error.strerror}", hint="check the name", file=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise FormatError("not in UTF-8", hint="save it as UTF-8", file=str(path)) from error
    return read_description(text, str(path))


def read_description(text: str, file: str) -> Declaration:
    r"""The description in a text.

    Raises:
        FormatError: It is wrong; the error names the line and the key.

    Example:
        >>> read_description('list_id = "xa-own"\nauthor = "XA"\n', "own.toml")
        Traceback (most recent call last):
        article41.model.errors.FormatError: own.toml:2 in `author`: no such key
    """
    table = read_toml(text, file)
    try:
        description = msgspec.convert(table, Description)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), text, file) from error
    declaration = Declaration(description, file, text)
    for key, message, hint in _faults(description):
        raise declaration.wrong(key, message, hint)
    return declaration


def _invalid(said: str, text: str, file: str) -> FormatError:
    """What msgspec says, as a fault at a line."""
    message, _, at = said.partition(" - at `$")
    key = at.rstrip("`").lstrip(".")
    hint = "see the table of keys in `docs/sources/declared.md`"
    if unknown := re.search(r"unknown field `(.*)`", message):
        key, message = f"{key}.{unknown[1]}".lstrip("."), "no such key"
    elif missing := re.search(r"missing required field `(.*)`", message):
        message, hint = f"`{missing[1]}` is missing", f"add the key `{missing[1]}`"
    elif wrong := re.fullmatch("Invalid enum value (.*)", message):
        value = wrong[1].strip("'")
        message = f"`{value}` is no {key.rpartition('.')[2]}"
        hint = f"write one of {', '.join(_choices(key))}"
    else:
        message = message[:1].lower() + message[1:]
    return FormatError(message, hint=hint, file=file, line=line_of(text, key), path=key)


def _choices(key: str) -> list[str]:
    kinds: dict[str, type[enum.Enum]] = {
        "kind": IdentifierKind, "schema": Schema, "rows": Rows, "field": Field
    }  # fmt: skip
    return [str(one.value) for one in kinds[key.rpartition(".")[2]]]


def _faults(it: Description) -> Iterator[tuple[str, str, str]]:
    """What is wrong in a description of the right shape: key, message and remedy."""
    if not _ID.fullmatch(it.list_id):
        yield "list_id", f"`{it.list_id}` is no id of a list", "write it like `xa-main`"
    if len(it.delimiter) > 1 or it.delimiter in ('"', "\n", "\r"):
        yield "delimiter", "no single character", 'write it like ";"'
    if it.encoding and not _is_encoding(it.encoding):
        yield "encoding", f"`{it.encoding}` is no encoding", "write it like `windows-1252`"
    if it.months and len(it.months) != 12:
        yield "months", f"{len(it.months)} months", "name all twelve, from January on"
    headers = {column.header for column in it.columns}
    for name in it.id.columns:
        if name not in headers:
            yield "id.columns", f"no column `{name}` is described", "describe it in `[[columns]]`"
    if it.sections and it.sections.header not in headers:
        yield (
            "sections.header", f"no column `{it.sections.header}` is described",
            "describe what becomes of the titles in `[[columns]]`",
        )  # fmt: skip
    fields = {column.field for column in it.columns}
    if Field.NAME not in fields:
        yield "columns", "no column is the name", 'give one `field = "name"`'
    if (it.schema is None) == (Field.SCHEMA not in fields):
        yield (
            "schema", "either all targets have one schema or a column says it",
            'write `schema = "Organization"` above, or `field = "schema"` at one column',
        )  # fmt: skip
    if it.rows is Rows.PERIODS and Field.LISTED_ON not in fields:
        yield "rows", "periods need a beginning", 'give one column `field = "listed-on"`'
    yield from _pattern_faults(it)
    for number, column in enumerate(it.columns):
        yield from _column_faults(column, f"columns[{number}]", it)


def _pattern_faults(it: Description) -> Iterator[tuple[str, str, str]]:
    patterns = [
        (f"columns[{number}].{key}", getattr(column, key))
        for number, column in enumerate(it.columns)
        for key in ("pattern", "remove", "separator_pattern")
    ]
    patterns += [(f"left_out[{at}].pattern", rule.pattern) for at, rule in enumerate(it.left_out)]
    patterns += [("published.pattern", it.published.pattern)] if it.published else []
    patterns += [("sections.pattern", it.sections.pattern)] if it.sections else []
    for key, pattern in patterns:
        try:
            # A pattern that a later Python reads otherwise (`[a--b]`) is none.
            with warnings.catch_warnings(action="error", category=FutureWarning):
                groups = re.compile(pattern).groups
        except (re.error, OverflowError, RecursionError, FutureWarning) as error:
            yield key, f"no pattern ({error})", "write a regular expression in single quotes"
            return
        if groups != 1 and key == "published.pattern":
            yield key, f"{groups} groups", "put the date, and nothing else, in round brackets"


def _column_faults(column: Column, key: str, it: Description) -> Iterator[tuple[str, str, str]]:
    field = column.field
    for name, fields in _ONLY_FOR.items():
        is_given = getattr(column, name) != getattr(_PLAIN, name)
        if is_given and field not in fields:
            names = ", ".join(sorted(one.value for one in fields))
            yield f"{key}.{name}", f"means nothing for `{field.value}`", f"it is for {names}"
    needed = _NEEDED.get(field, "")
    if needed and not getattr(column, needed):
        yield f"{key}.field", f"`{field.value}` needs `{needed}`", f"add the key `{needed}`"
    if field is Field.ID and column.header not in it.id.columns:
        yield f"{key}.field", "the column is no part of the id", "name it in `id.columns`"
    if field is Field.ID and it.id.is_digest:
        yield (
            f"{key}.field", "a digest does not keep the text",
            "give the column the field that it is, or `note`",
        )  # fmt: skip
    if field is Field.SCHEMA:
        for word, schema in [*column.values.items(), ("", column.default)]:
            if schema and schema not in _choices("schema"):
                hint = f"write one of {', '.join(_choices('schema'))}"
                yield f"{key}.values", f"`{schema}` is no schema (for `{word}`)", hint


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
