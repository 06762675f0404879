"""Writes a first description for a table: its columns, with a sample and a guess at each field.

The guesses are a beginning for a person; the description reads the table as it is written.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from article41.model.entities import Schema
from article41.model.errors import FormatError
from article41.model.letters import legible
from article41.model.listings import Part
from article41.sources.declared.cells import birth_dates_in, day_in
from article41.sources.declared.description import DAYS, Field
from article41.sources.declared.publication import decoded_head
from article41.sources.table_heads import (
    DELIMITERS,
    cut_rows,
    first_rows,
    refuse_damaged,
    table_form,
)
from article41.sources.tables import Table
from article41.sources.tally import Tally
from article41.sources.unpacking import Unpacked, unpack

SAMPLE_CHARACTERS = 60
"""How much of a value is shown beside its column."""
WORDS_MAX = 30
"""A column with more different values says no schema."""
NAME_CHARACTERS = 100
"""A column whose values are longer in the mean holds no names."""
FALLBACK = "windows-1252"
"""Tried where the text is not UTF-8."""

_GUESSES: tuple[tuple[str, Field], ...] = (
    (r"(former|previous|old|maiden).*name|f\.?k\.?a|früher", Field.FORMER_NAME),
    (r"alias|a\.?k\.?a|other names?|also known|aliasname", Field.ALIAS),
    (r"acronym|short name|kürzel", Field.WEAK_ALIAS),
    (r"original script|non-?latin|native name", Field.ORIGINAL_SCRIPT),
    (r"(birth|born|geburt).*(place|ort|city)|(place|city).*birth|geburtsort", Field.BIRTH_PLACE),
    (r"birth|born|\bdob\b|geboren|geburt|naissance", Field.BIRTH_DATE),
    (r"delisted|removed|\b(end|expir\w*|until)\b|to date|gelöscht|\bbis\b", Field.DELISTED_ON),
    (r"amended|updated?|modified|geändert", Field.AMENDED_ON),
    (r"listed|\b(start|effective|added|entry|entered|since|from|seit)|date", Field.LISTED_ON),
    (r"nationalit|citizenship|staatsangeh", Field.NATIONALITY),
    (r"gender|\bsex\b|geschlecht", Field.GENDER),
    (r"e-?mail|phone|\btel\b|website|\burl\b|source", Field.NOTE),
    (r"\b(imo|swift|bic|lei|tax|passport|registration|national id)\b|reisepass", Field.IDENTIFIER),
    (r"programme?|regime", Field.PROGRAMME),
    (r"\bmeasures?|sanctions? imposed", Field.MEASURE),
    (r"regulation|legal act|citation", Field.LEGAL_ACT),
    (r"street|stra(ß|ss)e", Field.STREET),
    (r"\bcity|town|\bort\b", Field.CITY),
    (r"state|province|region", Field.REGION),
    (r"zip|post(al)? ?code|plz", Field.POSTAL_CODE),
    (r"address|adresse|anschrift", Field.ADDRESS),
    (r"country|\bland\b", Field.COUNTRY),
    (r"reason|ground|\bwhy\b|begründung", Field.REASON),
    (r"remark|comment|notes?\b|bemerkung", Field.REMARK),
    (r"title|position|funktion|designation", Field.TITLE),
    (r"name|entity|company|organi[sz]ation|firma|party|nom\b", Field.NAME),
)
"""Words of a header, in many tongues, and the field they tell; the first that fits counts."""
_KINDS = (
    ("imo", "imoNumber"), ("swift|bic", "swiftBic"), ("lei", "leiCode"), ("tax", "taxNumber"),
    ("passport|reisepass", "passportNumber"), ("registration", "registrationNumber"),
    ("national id", "idNumber"),
)  # fmt: skip
_SCHEMAS = (
    (r"person|individual|natural|\bmale\b|female", Schema.PERSON),
    (r"vessel|ship|schiff", Schema.VESSEL),
    (r"aircraft|plane|flugzeug", Schema.AIRPLANE),
    (r"compan|firma|business|corporation", Schema.COMPANY),
    (r"organi[sz]ation|group|entity|entities", Schema.ORGANIZATION),
)
_NUMBER = re.compile(
    r"(id|no\.?|nr\.?|number|ref(erence)?|key|uid|code)( .*)?|.* (id|no|nr|number)\.?"
)
_FORMATS = ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d-%b-%Y")


class _Seen:
    """A column: its name, its different values in order, and whether every row has one."""

    def __init__(self, header: str) -> None:
        self.header = header
        self.values: dict[str, None] = {}
        self.count = 0

    def add(self, text: str) -> None:
        if text:
            self.values[text] = None
            self.count += 1


def starting_description(file: Path, *, list_id: str = "") -> str:
    r"""A description in TOML that reads the table in a file, for a person to correct.

    Raises:
        FormatError: The file is no table with a header, or a spreadsheet that cannot be read.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "own list.csv")
        ...     _ = file.write_text("Name;Born\nAda Example;1965\n", encoding="utf-8")
        ...     print(starting_description(file)[:20])
        list_id = "own-list"
    """
    unpacked = next(iter(unpack(file)))
    header, mark = _header(unpacked)
    part = Part(
        kind="table",
        file_name=unpacked.name,
        sha256=unpacked.sha256,
        size_bytes=unpacked.size_bytes,
        open=unpacked.open,
    )
    tally = Tally()
    table = Table(
        part, tally, is_header=lambda cells: [*cells] == header, delimiter=mark or ",",
        fallback_encoding=FALLBACK,
    )  # fmt: skip
    columns = [_Seen(name) for name in table.columns]
    rows = 0
    for record in table:
        rows += 1
        for column in columns:
            column.add(record.take(column.header))
    is_foreign = any("not UTF-8" in one.reason for one in tally.skipped)
    fields = _fields(columns)
    # A name that was made up for a column stands in no file.
    folded = {" ".join(cell.split()) for cell in header}
    printed = [column.header for column in columns if column.header in folded]
    head = _head(list_id or _id_from(file), printed, fields, mark, is_foreign=is_foreign)
    return "\n".join(
        [*head, *_id_lines(columns, fields, rows), *_column_lines(columns, fields, rows)]
    )


def _header(unpacked: Unpacked) -> tuple[list[str], str]:
    """The likeliest header, and what parts its cells."""
    if table_form(unpacked.head) != "delimited":
        refuse_damaged(unpacked.head, unpacked.open, unpacked.name)
        rows, mark = first_rows(unpacked.head, unpacked.open), ""
    else:
        text = decoded_head(unpacked.head, FALLBACK)
        # Of the marks that part cells, the one that gives most rows the width of the header.
        rows, mark = max(
            ((cut_rows(text, mark), mark) for mark in DELIMITERS), key=lambda cut: _fit(cut[0])
        )
    header = _fullest(rows)
    if _filled(header) < (2 if mark else 1):
        raise FormatError(
            "no table with a header",
            hint="give delimited text, a spreadsheet, or a web page with a table",
            file=unpacked.name,
        )
    return header, mark


def _fit(rows: Sequence[Sequence[str]]) -> tuple[bool, float, int]:
    header = _fullest(rows)
    share = sum(1 for row in rows if len(row) == len(header)) / max(len(rows), 1)
    return _filled(header) > 1, share, len(header)


def _fullest(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first row that is about as full as any: titles above a header have fewer cells."""
    most = max(map(_filled, rows), default=0)
    return next(([*row] for row in rows if 4 * _filled(row) >= 3 * most > 0), [])


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _fields(columns: Sequence[_Seen]) -> dict[str, Field]:
    """A field for each column; one of them is the name."""
    fields: dict[str, Field] = {}
    for column in columns:
        words = column.header.casefold()
        guesses = (field for pattern, field in _GUESSES if re.search(pattern, words))
        guess = next(guesses, Field.NOTE)
        if re.fullmatch(r"(schema|type|kind|.* type|art)", words) and _schemas(column):
            guess = Field.SCHEMA
        if guess is Field.NAME and Field.NAME in fields.values():
            is_part = re.search("first|last|given|family|sur|vor|nach|middle", words)
            guess = Field.NAME if is_part else Field.NOTE
        if guess in DAYS and _formats(column) is None:
            guess = Field.NOTE
        fields[column.header] = guess
    if Field.NAME not in fields.values():
        fields[max(columns, key=_nameliness).header] = Field.NAME
    return fields


def _nameliness(column: _Seen) -> tuple[bool, int]:
    """How much a column of unknown header looks like names: short, and all different."""
    letters = sum(any(map(str.isalpha, value)) for value in column.values)
    is_short = sum(map(len, column.values)) <= NAME_CHARACTERS * len(column.values)
    is_words = is_short and 2 * letters > len(column.values) and _formats(column) is None
    return is_words, len(column.values)


def _formats(column: _Seen) -> tuple[str, ...] | None:
    """The formats by which all values are dates; nothing if there are none."""
    values = [*column.values]
    for formats in ((), *((one,) for one in _FORMATS)):
        if all(day_in(value, formats, ()) for value in values):
            return formats
    return None


def _birth_formats(column: _Seen) -> tuple[str, ...]:
    for formats in ((), *((one,) for one in _FORMATS)):
        if all(birth_dates_in(value, formats, ())[1] for value in column.values):
            return formats
    return ()


def _schemas(column: _Seen) -> Mapping[str, str]:
    """What the values of a column are; nothing if they are too many to be kinds of target."""
    if not 0 < len(column.values) <= WORDS_MAX:
        return {}
    named = {schema.value: schema for schema in Schema}
    found = {}
    for value in column.values:
        found[value] = (named.get(value) or _told_schema(value) or Schema.LEGAL_ENTITY).value
    return found


def _told_schema(value: str) -> Schema | None:
    """The schema that a word tells, if it tells one."""
    words = (schema for pattern, schema in _SCHEMAS if re.search(pattern, value.casefold()))
    return next(words, None)


def _head(
    list_id: str, printed: Sequence[str], fields: Mapping[str, Field], mark: str,
    *, is_foreign: bool,
) -> list[str]:  # fmt: skip
    lines = [
        f"list_id = {_quoted(list_id)}",
        'authority = "OWN" # who decides what is on the list',
        f"title = {_quoted(list_id)}",
        "# The columns by which a file is recognised; keep those that it always has.",
        f"header = [{', '.join(map(_quoted, printed))}]",
    ]
    lines += [f"delimiter = {_quoted(mark)}"] if mark else []
    lines += [f'encoding = "{FALLBACK}"'] if is_foreign else []
    if Field.SCHEMA not in fields.values():
        choices = ", ".join(schema.value for schema in Schema)
        lines.append(f'schema = "LegalEntity" # what all of them are: {choices}')
    lines.append('measures = [] # what is imposed on all of them, as in ["No business"]')
    return lines


def _id_lines(columns: Sequence[_Seen], fields: dict[str, Field], rows: int) -> list[str]:
    """The rule for the id; a numbering column becomes the id if no number comes twice."""
    for column in columns:
        is_number = _NUMBER.fullmatch(column.header.casefold())
        if is_number and len(column.values) == column.count == rows:
            fields[column.header] = Field.ID
            return ["", "[id]", f"columns = [{_quoted(column.header)}]"]
    names = [column for column in columns if fields[column.header] is Field.NAME]
    lines = ["", "[id] # no column has a number of its own for each row"]
    lines += [f"columns = [{', '.join(_quoted(one.header) for one in names)}]", "digest = true"]
    if any(len(one.values) < rows for one in names):
        # A key of the whole description cannot stand below `[id]`.
        lines = ['rows = "merge" # or "periods": what several rows of one id are', *lines]
    return lines


def _column_lines(columns: Sequence[_Seen], fields: Mapping[str, Field], rows: int) -> list[str]:
    lines: list[str] = []
    for column in columns:
        field = fields[column.header]
        sample = legible(next(iter(column.values), ""))[:SAMPLE_CHARACTERS]
        comment = f"# {sample}" if sample else "# empty in every row"
        lines += ["", f"[[columns]] {comment}", f"header = {_quoted(column.header)}"]
        lines.append(f"field = {_quoted(field.value)}")
        if field is Field.IDENTIFIER:
            words = column.header.casefold()
            kind = next((kind for word, kind in _KINDS if re.search(word, words)), "other")
            lines.append(f"kind = {_quoted(kind)}")
        if field in (Field.ALIAS, Field.FORMER_NAME):
            marks = [mark for mark in ";|" if any(mark in one for one in column.values)]
            lines += [f"separator = {_quoted(mark)}" for mark in marks[:1]]
        if field is Field.SCHEMA:
            pairs = (f"{_quoted(word)} = {_quoted(to)}" for word, to in _schemas(column).items())
            lines.append(f"values = {{ {', '.join(pairs)} }}{_is_guess(column)}")
            lines += [] if column.count == rows else ['default = "LegalEntity"']
        formats = _birth_formats(column) if field is Field.BIRTH_DATE else ()
        formats = (_formats(column) or ()) if field in DAYS else formats
        if formats:
            other = _is_either(column, formats)
            lines.append(f"formats = [{_quoted(formats[0])}]{other}")
    return [*lines, ""]


def _is_guess(column: _Seen) -> str:
    """A warning where values are no words that tell a schema."""
    told = {schema.value for schema in Schema}
    unknown = [
        _quoted(value)
        for value in column.values
        if value not in told and not _told_schema(value)
    ]  # fmt: skip
    if not unknown:
        return ""
    return f" # say what these are, LegalEntity is no guess: {', '.join(unknown)}"


def _is_either(column: _Seen, formats: Sequence[str]) -> str:
    """A warning where days and months could be exchanged."""
    if formats == ("%d/%m/%Y",) and all(
        isinstance(day_in(value, ("%m/%d/%Y",), ()), date) for value in column.values
    ):
        return ' # or "%m/%d/%Y": all of them can be read both ways'
    return ""


def _id_from(file: Path) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", file.name.casefold().split(".")[0]).strip("-")
    return name or "own-list"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
