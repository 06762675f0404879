"""Gathers what the rows of one target say into its listings."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from article41.model.clocks import Interval, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.errors import FormatError
from article41.model.identifiers import Identifier
from article41.model.listings import LegalAct, Listing
from article41.model.scripts import script_of
from article41.sources.declared.cells import Values, birth_dates_in, day_in, values_in
from article41.sources.declared.description import ADDRESS_PARTS, DAYS, Column, Field, IdRule
from article41.sources.declared.loading import Declaration
from article41.sources.tally import Tally

DIGEST_CHARACTERS = 12
"""The length of an id made from names; a collision would be seen as two rows of one id."""

_NAME_KINDS = {
    Field.ALIAS: NameKind.STRONG_ALIAS,
    Field.WEAK_ALIAS: NameKind.WEAK_ALIAS,
    Field.FORMER_NAME: NameKind.FORMER,
    Field.ORIGINAL_SCRIPT: NameKind.PRIMARY,
}
_PARTS = {
    Field.STREET: "street",
    Field.CITY: "city",
    Field.REGION: "region",
    Field.POSTAL_CODE: "postal_code",
    Field.COUNTRY: "country",
}
_WORDS = re.compile(r"[^\W_]+")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row: its cells by column, with line breaks, and how to complain about it."""

    cells: Mapping[str, str]
    """Those that have text, the title of the section among them."""
    place: str
    """Kind of the file and line."""
    error: Callable[[str, str, str], FormatError]
    """Makes an error from message, column and hint."""


def id_of(cells: Mapping[str, str], rule: IdRule) -> str:
    """The id of a row; empty if none of its columns has text.

    A digest looks at letters and digits only, so that a comma more makes no other target.

    Example:
        >>> id_of({"Name": "Ada Example"}, IdRule(columns=("Name",), is_digest=True))
        '08390f85deb5'
        >>> id_of({"Year": "2024", "No": "7"}, IdRule(columns=("Year", "No")))
        '2024/7'
    """
    texts = [" ".join(cells.get(name, "").split()) for name in rule.columns]
    if not any(texts):
        return ""
    if not rule.is_digest:
        return "/".join(texts)
    words = "\0".join(" ".join(_WORDS.findall(text.casefold())) for text in texts)
    return hashlib.sha256(words.encode()).hexdigest()[:DIGEST_CHARACTERS]


class Entry:
    """One target as one or several rows describe it."""

    def __init__(self, number: str, row: Row, declaration: Declaration) -> None:
        """Begin with nothing."""
        self._it = declaration.description
        self._declaration = declaration
        self.number = number
        self.row = row
        """The row that it begins with."""
        self._primary = ""
        self._schema: Schema | None = self._it.schema
        self._names: dict[tuple[str, NameKind], Name] = {}
        self._texts: defaultdict[Field, dict[str, None]] = defaultdict(dict)
        self._births: dict[StatedDate, None] = {}
        self._addresses: dict[Address, None] = {}
        self._identifiers: dict[Identifier, None] = {}
        self._notes: dict[tuple[str, str], None] = {}
        self._begins: set[date] = set()
        self._amended: set[date] = set()
        self._ends: date | None = None
        self._is_open = False

    def add(self, row: Row, tally: Tally) -> None:
        """Take every cell of a row.

        Raises:
            FormatError: A cell cannot be what the description says.
        """
        parts: dict[int, dict[str, str]] = {}
        names: list[tuple[int, str]] = []
        aliases: list[tuple[str, NameKind]] = []
        ends: list[date] = []
        whole: set[str] = set()
        for at, column in enumerate(self._it.columns):
            text = row.cells.get(column.header, "")
            # What a target is, another row of it may say.
            if not text and (not column.default or column.field is Field.SCHEMA):
                continue
            if column.field is Field.IGNORE:
                tally.skip(column.reason, row.place)
                whole.add(column.header)
                continue
            found, is_whole = self._values(row, at, text)
            if is_whole:
                whole.add(column.header)
            if column.field is Field.NAME:
                names += [(column.order, one) for one in found]
            elif kind := _NAME_KINDS.get(column.field):
                aliases += [(one, kind) for one in found]
            elif column.field in ADDRESS_PARTS:
                parts.setdefault(column.group, {})[_PARTS[column.field]] = ", ".join(found)
            elif column.field in DAYS:
                ends += self._take_days(row, at, found)
            elif column.field is Field.BIRTH_DATE:
                self._take_births(row, column, found, tally)
            else:
                self._take(row, column, found)
        self._take_name(row, names)
        for value, kind in aliases:
            self._add_name(value, kind, row.place)
        # What no field holds as it was printed is kept beside them.
        self._notes.update({one: None for one in row.cells.items() if one[0] not in whole})
        for group in sorted(parts):
            self._addresses[Address(**parts[group])] = None
        self._is_open = self._is_open or not ends
        self._ends = max([*ends, *filter(None, [self._ends])], default=None)

    def listing(self) -> Listing:
        """The target as one listing."""
        texts = self._texts
        return Listing(
            authority=self._it.authority,
            list_id=self._it.list_id,
            id=self.number,
            entity=Entity(
                schema=self._schema or self._default_schema(),
                names=tuple(sorted(self._names.values(), key=_is_behind)),
                birth_dates=tuple(self._births),
                birth_places=tuple(texts[Field.BIRTH_PLACE]),
                nationalities=tuple(texts[Field.NATIONALITY]),
                genders=tuple(texts[Field.GENDER]),
                titles=tuple(texts[Field.TITLE]),
                addresses=tuple(self._addresses),
                identifiers=tuple(self._identifiers),
                links=tuple(texts[Field.LINK]),
                flags=tuple(texts[Field.FLAG]),
            ),
            programmes=_united(self._it.programmes, texts[Field.PROGRAMME]),
            measures=_united(self._it.measures, texts[Field.MEASURE]),
            legal_acts=tuple(LegalAct(title=title) for title in texts[Field.LEGAL_ACT]),
            listed_on=min(self._begins, default=None),
            amended_on=tuple(sorted(self._amended)),
            # Of several rows the latest end counts; a row without one has no end.
            delisted_on=None if self._is_open else self._ends,
            same_as=tuple(texts[Field.SAME_AS]),
            reasons=tuple(texts[Field.REASON]),
            remarks="\n".join(texts[Field.REMARK]),
            notes=tuple(self._notes),
            place=self.row.place,
        )

    def _values(self, row: Row, at: int, text: str) -> Values:
        column = self._it.columns[at]
        try:
            return values_in(text, column)
        except ValueError as error:
            key = f"columns[{at}].values"
            raise row.error(
                f"`{str(error)[:60]}` is not among the values that the description names",
                column.header,
                f"if it is right, add it to `values` at {self._declaration.where(key)}",
            ) from error

    def _take(self, row: Row, column: Column, found: Sequence[str]) -> None:
        for value in found:
            match column.field:
                case Field.ID:
                    pass
                case Field.NOTE:
                    self._notes[column.header, value] = None
                case Field.SCHEMA:
                    self._take_schema(row, column, value)
                case Field.ADDRESS:
                    self._addresses[Address(street=value)] = None
                case Field.IDENTIFIER:
                    self._take_identifier(column, value)
                case Field.SAME_AS:
                    self._texts[Field.SAME_AS][f"{column.list}/{value}"] = None
                case field:
                    self._texts[field][value] = None

    def _take_schema(self, row: Row, column: Column, value: str) -> None:
        try:
            schema = Schema(value)
        except ValueError as error:
            at = self._it.columns.index(column)
            raise row.error(
                f"`{value[:60]}` is no schema",
                column.header,
                f"say what it means in `values` at {self._declaration.where(f'columns[{at}]')}",
            ) from error
        if self._schema not in (None, schema):
            raise row.error(
                f"`{self.number}` is `{schema.value}` here and another schema before",
                column.header,
                "two targets have one id: name more columns in `id.columns`",
            )
        self._schema = schema

    def _default_schema(self) -> Schema:
        for at, column in enumerate(self._it.columns):
            if column.field is Field.SCHEMA and column.default:
                return Schema(column.default)
            if column.field is Field.SCHEMA:
                raise self.row.error(
                    "nothing says what the target is",
                    column.header,
                    'give an empty cell a meaning, as in `default = "LegalEntity"`, at '
                    f"{self._declaration.where(f'columns[{at}]')}",
                )
        raise AssertionError("a checked description has a schema")

    def _take_identifier(self, column: Column, value: str) -> None:
        assert column.kind is not None
        label = column.label or column.header
        identifier = Identifier(kind=column.kind, value=value, label=label, country=column.country)
        self._identifiers[identifier] = None

    def _take_days(self, row: Row, at: int, found: Sequence[str]) -> list[date]:
        """Keep the days of listing and amendment; give back the first days off the list."""
        column = self._it.columns[at]
        ends = []
        for value in found:
            day = day_in(value, column.formats, self._it.months)
            if day is None:
                raise row.error(
                    f"`{value[:40]}` is no day that can be read for certain",
                    column.header,
                    f'say how days are written, as in `formats = ["%d/%m/%Y"]`, at '
                    f"{self._declaration.where(f'columns[{at}]')}; or make the column a note",
                )
            if column.field is Field.LISTED_ON:
                self._begins.add(day)
            elif column.field is Field.AMENDED_ON:
                self._amended.add(day)
            else:
                is_last = column.field is Field.LAST_DAY
                ends.append(day + timedelta(days=1) if is_last else day)
        return ends

    def _take_births(self, row: Row, column: Column, found: Sequence[str], tally: Tally) -> None:
        for value in found:
            dates, are_whole = birth_dates_in(value, column.formats, self._it.months)
            self._births.update(dict.fromkeys(dates))
            if not are_whole:
                tally.remark("no date of birth that can be read, kept as text", row.place)
                self._notes[column.header, value] = None

    def _take_name(self, row: Row, names: Sequence[tuple[int, str]]) -> None:
        """The parts of the name in their order; several values of one part are several names."""
        columns = [column for column in self._it.columns if column.field is Field.NAME]
        if not names:
            raise row.error(
                "a row without a name",
                columns[0].header,
                "if such rows are no entries, leave them out with `[[left_out]]` in "
                f"{self._declaration.file}",
            )
        if len(columns) > 1:
            ordered = sorted(names, key=lambda one: one[0])
            names = [(0, " ".join(value for _, value in ordered))]
        for number, (_, value) in enumerate(names):
            self._primary = self._primary or value
            is_other = number > 0 or value != self._primary
            kind = NameKind.STRONG_ALIAS if is_other else NameKind.PRIMARY
            self._add_name(value, kind, row.place)

    def _add_name(self, value: str, kind: NameKind, place: str) -> None:
        place = "" if place == self.row.place else place
        name = Name(value=value, kind=kind, script=script_of(value), place=place)
        self._names.setdefault((value, kind), name)


def periods(entries: Sequence[Entry]) -> list[Listing]:
    """The history of one target, whose rows each hold until the next begins or their own end.

    Raises:
        FormatError: Two rows begin on one day, or one ends before it begins.
    """
    rows = sorted(
        ((entry.listing(), entry) for entry in entries),
        key=lambda pair: pair[0].listed_on or date.min,
    )
    found: list[Listing] = []
    spell: date | None = None
    amended: tuple[date, ...] = ()
    for at, (listing, entry) in enumerate(rows):
        begin, end = listing.listed_on, listing.delisted_on
        following = rows[at + 1][0].listed_on if at + 1 < len(rows) else None
        if begin is None or following == begin or (end is not None and end <= begin):
            raise entry.row.error(
                f"the days of `{listing.id}` from {begin} on are no period of their own",
                "",
                "each row of one id needs a beginning of its own, before its end",
            )
        if spell is None:
            spell, amended = begin, ()
        else:
            amended = (*amended, begin)
        until = min(filter(None, (end, following)), default=None)
        found.append(
            msgspec.structs.replace(
                listing,
                listed_on=spell,
                delisted_on=end if end == until else None,
                amended_on=tuple(sorted({*listing.amended_on, *amended})),
                during=Interval(valid_from=begin, valid_until=until),
            )
        )
        if until is not None and until != following:
            spell = None
    return found


def _united(*texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for several in texts for text in several))


def _is_behind(name: Name) -> bool:
    """The primary names stand first, otherwise the order of the table."""
    return name.kind is not NameKind.PRIMARY
