"""Reads the forms that the Commission published until 2018: XML `WHOLE`, and CSV with 59 columns.

Both say the same in other words than XML 1.1: the words are translated here.
"""

import csv
import io
import re
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from article41.model.errors import FormatError
from article41.model.listings import (
    LegalAct,
    Listing,
    ListVersion,
    Part,
    ReadingReport,
)
from article41.sources.official.eu.data import (
    AUTHORITY,
    HINT,
    LIST_ID,
    Gathering,
    Take,
    day_of,
    schema_of,
)
from article41.sources.prolog import root_name
from article41.sources.roots import root_attributes
from article41.sources.table_heads import named_columns
from article41.sources.tally import Tally
from article41.sources.versions import version_of
from article41.sources.xml import Element, Layout
from article41.sources.xml_listings import listings_in

XML_KIND = "eu-old-xml"
CSV_KIND = "eu-old-csv"

_LAYOUT = Layout(root="WHOLE", entries=frozenset({"ENTITY"}), root_attributes=frozenset({"Date"}))
_WORDS = {
    "lastName": "LASTNAME", "firstName": "FIRSTNAME", "middleName": "MIDDLENAME",
    "wholeName": "WHOLENAME", "gender": "GENDER", "title": "TITLE", "function": "FUNCTION",
    "nameLanguage": "LANGUAGE", "street": "STREET", "zipCode": "ZIPCODE", "city": "CITY",
    "countryDescription": "COUNTRY", "birthdate": "DATE", "place": "PLACE", "number": "NUMBER",
    "other": "OTHER",
}  # fmt: skip
"""The words of the old forms for the fields of XML 1.1."""
_GROUPS = (
    ("Naal", "name"),
    ("Addr", "address"),
    ("Birt", "birth"),
    ("Iden", "identification"),
    ("Citi", "citizenship"),
)
"""The groups of columns in their order."""
_ACT_COLUMNS = {
    "legal_basis": "Leba_numtitle",
    "reg_date": "Leba_publication_date",
    "pdf_link": "Leba_url",
    "programme": "Programme",
}
_DOCUMENT = re.compile(r"(?P<number>.+?) \((?P<code>\w+)-(?P<kind>[^()]+)\)(?: \((?P<note>.*)\))?")
_ROW_CHARACTERS_MAX = 100_000


def xml_kind_of(head: bytes) -> str | None:
    """`eu-old-xml` if the head is that of the old XML, else `None`.

    Example:
        >>> xml_kind_of(b'<WHOLE Date="11/02/2016">')
        'eu-old-xml'
    """
    return XML_KIND if root_name(head) == _LAYOUT.root else None


def csv_kind_of(head: bytes) -> str | None:
    """`eu-old-csv` if the first line names the columns of the old CSV, else `None`.

    Example:
        >>> csv_kind_of(b"Date_file;Entity_logical_id;Subject_type;Leba_numtitle")
        'eu-old-csv'
    """
    line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].lstrip(b'"')
    is_it = line.startswith(b"Date_file") and b";Entity_logical_id;" in line
    return CSV_KIND if is_it else None


def read_xml(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is the root's `Date`."""
    return tuple(
        _version(part, root_attributes(part).get("Date", ""), published, partial(_of_xml, part))
        for part in parts
    )


def read_csv(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; its date is that of its rows."""
    versions = []
    for part in parts:
        first = next(_records(part, Tally()), None)
        text = first.cells.get("Date_file", "") if first is not None else ""
        versions.append(_version(part, text, published, partial(_of_csv, part)))
    return tuple(versions)


def _version(part: Part, text: str, published: date | None, listings: "_Listings") -> ListVersion:
    own = day_of(text.strip()) if text.strip() else None
    if text.strip() and own is None:
        raise FormatError(f"`{text[:40]}` is no date", hint=HINT, file=part.file_name, line=1)
    return version_of(
        part,
        authority=AUTHORITY,
        list_id=LIST_ID,
        printed=own,
        stated=published,
        listings=listings,
    )


_Listings = partial[Generator[Listing, None, ReadingReport]]


def _of_xml(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()

    def read_entry(element: Element, place: str) -> Listing:
        return _listing_of(element, place, tally)

    yield from listings_in(part, _LAYOUT, tally, number="@Id", read=read_entry)
    return tally.report(part.file_name)


def _listing_of(element: Element, place: str, tally: Tally) -> Listing:
    found = Gathering(place, tally)
    number = element.take_attribute("Id")
    if not number:
        raise FormatError("the entry has no number", hint=HINT, file=element.file,
                          line=element.line, path=f"{element.path}/@Id")  # fmt: skip
    code = element.take_attribute("Type")
    remark = element.take_attribute("remark")
    found.remarks += [remark] if remark else []
    found.acts.append(_act(found, element.take_attribute))
    for group, field in (
        ("NAME", "name"), ("BIRTH", "birth"), ("PASSPORT", "identification"),
        ("CITIZEN", "citizenship"), ("ADDRESS", "address"),
    ):  # fmt: skip
        for datum in element.groups(group):
            attributes = {
                name: datum.take_attribute(name)
                for name in ("Id", "Entity_id", "legal_basis", "reg_date", "pdf_link", "programme")
            }
            if attributes["Entity_id"] not in {"", number}:
                raise _strange(attributes["Entity_id"], element.file, datum.line, "Entity_id")
            _count_repeated(found, attributes, tally)
            words = {name: datum.take(word) for name, word in _WORDS.items()}
            _add(found, field, words, attributes)
    return _finished(found, number, code, element.file, element.line)


def _act(found: Gathering, take: Take) -> LegalAct:
    stated = take("reg_date")
    found.note("reg_date", stated if day_of(stated) is None else "")
    return LegalAct(
        title=take("legal_basis"),
        published=day_of(stated),
        url=take("pdf_link"),
        programme=take("programme"),
    )


def _count_repeated(found: Gathering, attributes: dict[str, str], tally: Tally) -> None:
    """The entry's own number and programme, and where the act of a datum can be read."""
    if attributes["Entity_id"]:
        tally.pass_over("number of the entry, again", found.place)
    if attributes["pdf_link"]:
        tally.pass_over("address of the act of a datum", found.place)
    if (programme := attributes["programme"]) in {act.programme for act in found.acts}:
        tally.pass_over("programme of the entry, again", found.place, count=bool(programme))
    else:
        found.note("programme of a datum", programme)


def _strange(number: str, file: str, line: int, path: str) -> FormatError:
    return FormatError(f"the number `{number[:40]}` is that of another entry", hint=HINT,
                       file=file, line=line, path=path)  # fmt: skip


def _add(found: Gathering, field: str, words: dict[str, str], attributes: dict[str, str]) -> None:
    """Add a datum of the old forms in the words of XML 1.1."""
    given = {**words, "logicalId": attributes["Id"]}
    other = given.pop("other")
    remarks = [other] if other else []
    if field == "address":
        given["street"] = " ".join(filter(None, (given["street"], given.pop("number"))))
    elif document := _DOCUMENT.fullmatch(given["number"]):
        given["number"] = document["number"]
        given["identificationTypeCode"] = document["code"]
        given["identificationTypeDescription"] = document["kind"]
        remarks += [document["note"]] if document["note"] else []
    act = " of ".join(filter(None, (attributes["legal_basis"], attributes["reg_date"])))

    def take(name: str) -> str:
        return given.pop(name, "")

    match field:
        case "name":
            found.add_name(take, act, remarks)
        case "birth":
            found.add_birth(take, act, remarks)
        case "identification":
            found.add_identification(take, act, remarks)
        case "citizenship":
            found.add_citizenship(take, act, remarks)
        case _:
            found.add_address(take, act, remarks)
    for name, text in given.items():
        found.note(f"{field}/{name}", text)


def _finished(found: Gathering, number: str, code: str, file: str, line: int) -> Listing:
    if not found.names:
        raise FormatError("the entry has no name", hint=HINT, file=file, line=line, path="NAME")
    schema = schema_of(code, file, line)
    return found.listing(number, schema, listed_on=None, same_as=())


class _Row:
    """One row by the names of its columns, and its line."""

    def __init__(self, line: int, cells: dict[str, str]) -> None:
        self.line = line
        self.cells = cells


def _of_csv(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    seen: set[str] = set()
    for number, rows in groupby(
        _records(part, tally), key=lambda row: row.cells["Entity_logical_id"]
    ):
        listing = _of_rows(number, list(rows), tally, part)
        if listing.id in seen:
            raise FormatError(f"the rows of `{listing.id}` do not stand together", hint=HINT,
                              file=part.file_name)  # fmt: skip
        seen.add(listing.id)
        tally.count(listing)
        yield listing
    return tally.report(part.file_name)


def _of_rows(number: str, rows: list[_Row], tally: Tally, part: Part) -> Listing:
    place = f"{CSV_KIND}:{rows[0].line}"
    found = Gathering(place, tally)
    reference = code = ""
    for row in rows:
        take = row.cells.pop
        for name in ("Date_file", "Entity_logical_id"):
            if take(name, ""):
                tally.pass_over("date of the file and number of the entry, in every row", place)
        reference = take("EU_ref_num", "") or reference
        code = take("Subject_type", "") or code
        remark = take("Entity_remark", "")
        if remark and remark not in found.remarks:
            found.remarks.append(remark)
        act = _act(found, lambda name, take=take: take(_ACT_COLUMNS[name], ""))  # type: ignore[misc]
        if act not in found.acts:
            found.acts.append(act)
        for group in range(len(_GROUPS)):
            _add_group(found, row.cells, group, tally)
            column = f"Entity_logical_id {group + 2}"
            if (again := take(column, "")) not in {"", number}:
                raise _strange(again, part.file_name, row.line, column)
            # The number of the entry stands again in each group.
            tally.pass_over("number of the entry, again", place, count=bool(again))
        for name, text in row.cells.items():
            raise FormatError(f"a column that this format does not have holds `{text[:40]}`",
                              hint=HINT, file=part.file_name, line=row.line, path=name)  # fmt: skip
    found.note("logicalId", number if reference else "")
    return _finished(found, reference or number, code, part.file_name, rows[0].line)


def _add_group(found: Gathering, cells: dict[str, str], place: int, tally: Tally) -> None:
    prefix, field = _GROUPS[place]
    own = {name: cells.pop(name) for name in list(cells) if name.startswith(f"{prefix}_")}
    if not own:
        return
    take = own.pop
    attributes = {
        "Id": take(f"{prefix}_logical_id", ""),
        "Entity_id": "",
        "legal_basis": take(f"{prefix}_leba_numtitle", ""),
        "reg_date": take(f"{prefix}_leba_publication_date", ""),
        "pdf_link": take(f"{prefix}_leba_url", ""),
        "programme": take(f"{prefix}_programme", ""),
    }
    _count_repeated(found, attributes, tally)
    words = {name: take(f"{prefix}_{word.lower()}", "") for name, word in _WORDS.items()}
    _add(found, field, words, attributes)
    cells.update(own)


def _records(part: Part, tally: Tally) -> Iterator[_Row]:
    """The rows, taken out of the quotes and tabs that a keeper's spreadsheet put around them."""
    with part.open() as stream:
        raw = stream.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("windows-1252")
        except UnicodeDecodeError as error:
            raise FormatError("the text is neither UTF-8 nor windows-1252", hint=HINT,
                              file=part.file_name) from error  # fmt: skip
        # QUIRK: eu 2018-07-04: the keeper's copy is not UTF-8.
        tally.remark("text in windows-1252, not UTF-8", f"{CSV_KIND}:1")
    columns: tuple[str, ...] = ()
    reader = csv.reader(_lines(text, part, tally), delimiter=";", strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FormatError(f"the row cannot be split into cells ({error})", hint=HINT,
                              file=part.file_name, line=line) from error  # fmt: skip
        if not columns:
            # QUIRK: eu 2018-07-04: the first column is called `Date_filexxxx`.
            columns = ("Date_file", *named_columns(cells)[1:])
        elif any(cell.strip() for cell in cells):
            yield _Row(line, _by_column(columns, cells, part, line, tally))
        line = reader.line_num + 1


def _by_column(
    columns: tuple[str, ...], cells: list[str], part: Part, line: int, tally: Tally
) -> dict[str, str]:
    if len(cells) != len(columns):
        raise FormatError(f"{len(columns)} cells expected, {len(cells)} found", hint=HINT,
                          file=part.file_name, line=line)  # fmt: skip
    found = {}
    for name, cell in zip(columns, cells, strict=False):
        if text := " ".join(cell.split()):
            found[name] = text
            tally.read += 1
    if "Entity_logical_id" not in found:
        raise FormatError("the row names no target", hint=HINT, file=part.file_name, line=line,
                          path="Entity_logical_id")  # fmt: skip
    return found


def _lines(text: str, part: Part, tally: Tally) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > _ROW_CHARACTERS_MAX or "\0" in line:
            raise FormatError("a line that is too long, or holds a NUL byte", hint=HINT,
                              file=part.file_name, line=number)  # fmt: skip
        bare = line.rstrip("\r\n")
        # QUIRK: eu 2018-07-04: a keeper put each line into quotes, with tabs for commas.
        if bare.startswith('"') and bare.endswith('\t"'):
            tally.remark("line in a keeper's quotes, with tabs for commas", f"{CSV_KIND}:{number}")
            bare = bare[1:-1].replace('""', '"').rstrip("\t").replace("\t", ",")
        yield bare + "\n"
