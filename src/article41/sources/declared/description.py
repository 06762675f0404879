"""What a description of a table says: the keys of the TOML file and what they mean."""

import enum
from typing import Annotated

import msgspec

from article41.model.entities import Schema
from article41.model.identifiers import IdentifierKind

_Given = Annotated[str, msgspec.Meta(min_length=1)]


class Field(enum.Enum):
    """Where the text of a column goes."""

    NAME = "name"
    ALIAS = "alias"
    WEAK_ALIAS = "weak-alias"
    FORMER_NAME = "former-name"
    ORIGINAL_SCRIPT = "original-script"
    SCHEMA = "schema"
    BIRTH_DATE = "birth-date"
    BIRTH_PLACE = "birth-place"
    NATIONALITY = "nationality"
    GENDER = "gender"
    TITLE = "title"
    FLAG = "flag"
    LINK = "link"
    PROGRAMME = "programme"
    MEASURE = "measure"
    LEGAL_ACT = "legal-act"
    LISTED_ON = "listed-on"
    AMENDED_ON = "amended-on"
    DELISTED_ON = "delisted-on"
    LAST_DAY = "last-day"
    ADDRESS = "address"
    STREET = "street"
    CITY = "city"
    REGION = "region"
    POSTAL_CODE = "postal-code"
    COUNTRY = "country"
    IDENTIFIER = "identifier"
    SAME_AS = "same-as"
    REASON = "reason"
    REMARK = "remark"
    NOTE = "note"
    ID = "id"
    IGNORE = "ignore"


class Rows(enum.Enum):
    """What several rows of one id are."""

    REFUSE = "refuse"
    """A fault."""
    MERGE = "merge"
    """One target, each row with something more about it."""
    PERIODS = "periods"
    """Its history: each row holds until the next one begins, or until its own end."""


DAYS = {Field.LISTED_ON, Field.AMENDED_ON, Field.DELISTED_ON, Field.LAST_DAY}
PROSE = {Field.REASON, Field.REMARK, Field.NOTE}
ADDRESS_PARTS = {Field.STREET, Field.CITY, Field.REGION, Field.POSTAL_CODE, Field.COUNTRY}


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of one column; a column with several of these goes to several fields."""

    header: str
    """Its name in the table, blanks folded; ` 2` behind a name that comes again."""
    field: Field
    """Where its text goes."""
    is_optional: bool = msgspec.field(default=False, name="optional")
    """True if some publications lack the column."""
    pattern: str = ""
    """The part of the text that counts, everywhere it fits: its first group, or all of it."""
    remove: str = ""
    """Parts of the text that do not count."""
    separator: str = ""
    """What stands between several values."""
    separator_pattern: str = ""
    """The same as a pattern."""
    values: dict[str, str] = {}
    """What the authority's words become; a word that is not here is a fault."""
    default: str = ""
    """What an empty cell becomes."""
    formats: tuple[str, ...] = ()
    """How dates are written (`%d/%m/%Y`); ISO dates and English words are read without."""
    kind: IdentifierKind | None = None
    """Of an identifier."""
    label: str = ""
    """The authority's word for an identifier; the name of the column if empty."""
    country: str = ""
    """Who issues an identifier."""
    order: int = 0
    """The place of a part of the name among its parts."""
    group: int = 1
    """Which of several addresses a part belongs to."""
    list: str = ""
    """The list whose entry of this number is the same target."""
    reason: str = ""
    """Why a column is left out."""


class IdRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What tells one target of the list from another."""

    columns: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    """The columns that make the id together."""
    is_digest: bool = msgspec.field(default=False, name="digest")
    """True to make a short number of their letters and digits, for lists that have none."""


class PublishedRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the text above the header says when the list was published."""

    pattern: _Given
    """Its first group is the date."""
    formats: tuple[str, ...] = ()
    """How it is written."""


class SectionRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows with one cell that are titles; a title counts for the rows below it."""

    pattern: _Given
    """What a title looks like."""
    header: _Given
    """The name under which the title is a column of these rows."""


class LeftOutRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows that are no entries."""

    pattern: _Given
    """Found in the cells, joined by blanks, or in one of them."""
    reason: _Given
    """Why they are left out."""
    column: str = ""
    """The one cell looked at; all if empty."""


class Description(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table that is a list."""

    list_id: _Given
    """The list."""
    authority: _Given
    """Who decides what is on it."""
    title: _Given
    """What it is called."""
    header: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    """Columns by which the table is recognised; all of them must be there."""
    id: IdRule
    """What tells its targets apart."""
    columns: Annotated[tuple[Column, ...], msgspec.Meta(min_length=1)]
    """What becomes of each column."""
    sheet: str | int = ""
    """Name of the sheet, or number of the table in a page; the first if empty."""
    delimiter: str = ""
    """What parts the cells of delimited text; found by the header if empty."""
    encoding: str = ""
    """Tried where the text is not UTF-8; refused if empty."""
    rows: Rows = Rows.REFUSE
    """What several rows of one id are."""
    nothing: tuple[str, ...] = ()
    """Texts that stand for an empty cell (`N/A`)."""
    months: tuple[str, ...] = ()
    """The twelve months as dates of this list name them."""
    schema: Schema | None = None
    """What all targets are, if no column says it."""
    programmes: tuple[str, ...] = ()
    """Programmes of all targets."""
    measures: tuple[str, ...] = ()
    """What is imposed on all targets."""
    published: PublishedRule | None = None
    """Where the day of publication stands; if nowhere, the caller states it."""
    sections: SectionRule | None = None
    """Rows that are titles."""
    left_out: tuple[LeftOutRule, ...] = ()
    """Rows that are no entries."""
