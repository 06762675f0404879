"""The intake: files as an authority publishes them become list versions.

What a file is, its content tells and never its name. A file that is no list we read is refused.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import msgspec

from article41.model.errors import Article41Error, FormatError, InputError
from article41.model.letters import legible
from article41.model.listings import ListVersion, Part
from article41.sources import declared, ftm
from article41.sources.official import au, ca, ch, eu, eu_journal, ofac, uk, un, us_bis, us_csl
from article41.sources.official.ofac import enhanced, xml_list
from article41.sources.prolog import checked_head, looks_like_xml, root_name
from article41.sources.table_heads import first_cuts, refuse_damaged, table_form
from article41.sources.unpacking import Unpacked, encodable, unpack

FILES_MAX = 200
"""The most files given at once."""


class _Reader(Protocol):
    def __call__(
        self, parts: Sequence[Part], *, published: date | None
    ) -> tuple[ListVersion, ...]: ...


_FORMATS: tuple[tuple[Callable[[bytes], str | None], _Reader], ...] = (
    (un.kind_of, un.read),
    (xml_list.kind_of, xml_list.read),
    (enhanced.kind_of, enhanced.read),
    (ofac.kind_of, ofac.read_csv),
    (eu.xml_list.kind_of, eu.xml_list.read),
    (eu.old_forms.xml_kind_of, eu.old_forms.read_xml),
    (eu.old_forms.csv_kind_of, eu.old_forms.read_csv),
    (ca.kind_of, ca.read),
    (ch.kind_of, ch.read),
    (uk.xml_list.kind_of, uk.xml_list.read),
    (ftm.kind_of, ftm.read),
)
"""Formats told by the first bytes."""
_TABLES: tuple[tuple[Callable[[Sequence[Sequence[str]]], str | None], _Reader], ...] = (
    (eu_journal.kind_of_rows, eu_journal.read),
    (eu.csv_list.kind_of_rows, eu.csv_list.read),
    (au.kind_of_rows, au.read),
    (us_csl.kind_of_rows, us_csl.read),
    (us_bis.kind_of_rows, us_bis.read),
    (uk.sheet.kind_of_rows, uk.sheet.read),
    (uk.conlist.kind_of_rows, uk.conlist.read),
    (ftm.kind_of_rows, ftm.read_simple),
)
"""Formats told by the first rows of a table: delimited text, spreadsheets, web pages."""
_OTHER_ROOTS = {
    "Sanctions": "OFAC's advanced XML",
    "ArrayOfFinancialSanctionsTarget": "the closed British list as XML, which is read as a table",
    "schema": "an XML schema",
    "Error": "a server's answer with an error",
}
_MARKS = (
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "an archive inside an archive"),
    (b"PK\x03\x04", "an archive inside an archive, or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"ALPHABETICAL LISTING OF SPECIALLY DESIGNATED", "OFAC's alphabetical list in prose"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
_HINT = (
    "give a list as the UN, the EU, the UK, Switzerland, Canada, Australia or the USA publish it,"
    " or a file of FollowTheMoney; docs/sources/README.md names the forms that are read"
)

_HINT_OWN = (
    "describe a table of your own: `article41 lists describe FILE` writes the beginning of a "
    "description, `lists add FILE --table DESCRIPTION` reads by it"
)


def read_publications(
    files: Sequence[Path],
    *,
    published: date | None = None,
    descriptions: Sequence[Path] = (),
) -> tuple[ListVersion, ...]:
    r"""The list versions that the files make, those of one publication together.

    Nothing but the beginning of the XML, and the keys of the CSV, has been read by then: damage
    further in is found when `listings` is iterated.

    Args:
        files: In any order; .gz and .zip are unpacked.
        published: The day of publication, for files that do not carry it.
        descriptions: What tables of your own are, in TOML; they are tried before every format.

    Returns:
        The versions by list, then by date, then by the number of their files.

    Raises:
        FormatError: A file is missing, damaged, or no list we read, or a description is wrong; the
            error names it.
        InputError: Nothing was given, the same bytes were given twice, or `published` differs
            from the date that a file carries.

    Example:
        >>> import tempfile
        >>> row = '7,"EXAMPLE, Ada","individual","XA-FLEET"' + ",-0- " * 8 + "\r\n"
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "any-name.csv")
        ...     _ = file.write_text(row, newline="")
        ...     [version] = read_publications([file], published=date(2024, 3, 1))
        ...     [listing.key for listing in version.listings()]
        ['ofac-sdn/7']
    """
    if not files or len(files) > FILES_MAX:
        raise InputError(
            f"{len(files)} files given, between 1 and {FILES_MAX} expected",
            hint="name the files of one or more publications",
        )
    own_tables = declared.own_tables(descriptions)
    parts = [_part(unpacked, own_tables) for file in files for unpacked in unpack(file)]
    _refuse_doubles(parts)
    versions: list[ListVersion] = []
    for read in dict.fromkeys(reader for _, reader in parts):
        own = [part for part, reader in parts if reader == read]
        versions += read(own, published=published)
    for version in versions:
        _refuse_contradiction(version, published)
    return _in_order(versions)


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A file of which nothing was read, and why.

    Example:
        >>> Unread(file_name="a.txt", error=InputError("no list", hint="see")).file_name
        'a.txt'
    """

    file_name: str
    """Its name; of a member of an archive as `archive.zip/member`."""
    error: Article41Error
    """What is wrong with it."""


class Readable(msgspec.Struct, frozen=True, kw_only=True):
    """What many files hold that can be read, and what cannot; no file is in neither.

    Example:
        >>> Readable(versions=(), unread=(), doubles=()).versions
        ()
    """

    versions: tuple[ListVersion, ...]
    """As `read_publications` gives them; of several of one list and day the last one lacks
    least."""
    unread: tuple[Unread, ...]
    """What is no list, or belongs to none that was given."""
    doubles: tuple[tuple[str, str], ...]
    """Files that hold the same bytes as another one, with the name of that one."""


def read_readable(
    files: Sequence[Path], *, day: date | None = None, descriptions: Sequence[Path] = ()
) -> Readable:
    """The list versions that files make, whatever stands among them.

    A file that hinders the others is read by itself: they are read without it.

    Args:
        files: In any order; .gz and .zip are unpacked.
        day: The day of the files, for what is said of those that cannot be read.
        descriptions: As for `read_publications`.

    Raises:
        FormatError: A description is wrong.

    Example:
        >>> [one.error.message for one in read_readable([Path("none.csv")]).unread]
        ['no such file']
    """
    own_tables = declared.own_tables(descriptions)
    parts: dict[_Reader, list[Part]] = {}
    unread: list[Unread] = []
    doubles: list[tuple[str, str]] = []
    names: dict[str, str] = {}
    for name, unpacked in _each_unpacked(files):
        try:
            if isinstance(unpacked, Article41Error):
                raise unpacked
            part, read = _part(unpacked, own_tables)
        except Article41Error as error:
            unread.append(Unread(file_name=name, error=error))
            continue
        if part.sha256 in names and part.kind != eu_journal.EMPTY:
            doubles.append((part.file_name, names[part.sha256]))
        else:
            names[part.sha256] = part.file_name
            parts.setdefault(read, []).append(part)
    versions: list[ListVersion] = []
    for read, own in parts.items():
        found, refused = _readable(read, own, day)
        versions += found
        unread += refused
    return Readable(versions=_in_order(versions), unread=tuple(unread), doubles=tuple(doubles))


def _each_unpacked(files: Sequence[Path]) -> Iterator[tuple[str, Unpacked | Article41Error]]:
    for file in files:
        try:
            for unpacked in unpack(file):
                yield unpacked.name, unpacked
        except Article41Error as error:
            yield encodable(file.name), error


def _readable(
    read: _Reader, parts: Sequence[Part], day: date | None
) -> tuple[list[ListVersion], list[Unread]]:
    """What a reader makes of its files without those that it refuses, and of those alone."""
    rest = list(parts)
    together: tuple[ListVersion, ...] = ()
    refused: list[tuple[Part, Article41Error]] = []
    while rest:
        try:
            together = _dated(read, rest, day)
            break
        except Article41Error as error:
            named = error.file if isinstance(error, FormatError) else ""
            blamed = [part for part in rest if part.file_name == named] or rest
            refused += [(part, error) for part in blamed]
            rest = [part for part in rest if part not in blamed]
    alone: list[ListVersion] = []
    unread: list[Unread] = []
    for part, reason in refused:
        try:
            if len(parts) == 1:
                raise reason
            alone += _dated(read, [part], day)
        except Article41Error:
            # Alone it lacks what was given: what was wrong beside the others is the reason.
            unread.append(Unread(file_name=part.file_name, error=reason))
    return [*together, *alone], unread


def _dated(read: _Reader, parts: Sequence[Part], day: date | None) -> tuple[ListVersion, ...]:
    """The versions with their own days; a refusal says of which day the files are."""
    try:
        return read(parts, published=None)
    except Article41Error:
        if day is not None:
            read(parts, published=day)
        raise


def _in_order(versions: Sequence[ListVersion]) -> tuple[ListVersion, ...]:
    """By list and date; of several of one day the last counts, which is the one of most files."""
    return tuple(
        sorted(
            versions,
            key=lambda one: (one.list_id, one.published or date.min, len(one.parts)),
        )
    )


def _part(unpacked: Unpacked, own_tables: Sequence[declared.DeclaredTable]) -> tuple[Part, _Reader]:
    found = _declared(unpacked, own_tables) or _recognised(unpacked)
    found = found or _declared(unpacked, declared.shipped_tables())
    if found is None:
        for table in own_tables:
            raise table.mismatch(unpacked.name, unpacked.head, unpacked.open)
        raise _not_a_list(unpacked)
    kind, read = found
    part = Part(
        kind=kind,
        file_name=unpacked.name,
        sha256=unpacked.sha256,
        size_bytes=unpacked.size_bytes,
        open=unpacked.open,
    )
    return part, read


def _recognised(unpacked: Unpacked) -> tuple[str, _Reader] | None:
    for kind_of, read in _FORMATS:
        kind = kind_of(unpacked.head)
        if kind is not None:
            return kind, read
    for rows in first_cuts(unpacked.head, unpacked.open):
        for kind_of_rows, read in _TABLES:
            kind = kind_of_rows(rows)
            if kind is not None:
                return kind, read
    return None


def _declared(
    unpacked: Unpacked, tables: Sequence[declared.DeclaredTable]
) -> tuple[str, _Reader] | None:
    for table in tables:
        kind = table.kind_of(unpacked.head, unpacked.open)
        if kind is not None:
            return kind, table.read
    return None


def _not_a_list(unpacked: Unpacked) -> FormatError:
    head, name = unpacked.head, unpacked.name
    if looks_like_xml(head) and not _is_html(head):
        # A hostile head raises here what is wrong with it.
        checked_head(head, name)
        root = root_name(head)
        what = _OTHER_ROOTS.get(root, f"XML with the root `{root[:60]}`")
        return FormatError(f"looks like {what}, not like a list we read", hint=_HINT, file=name)
    refuse_damaged(head, unpacked.open, name)
    what, hint = _described(head), _HINT
    cuts = [rows for rows in first_cuts(head, unpacked.open) if _are_table(rows)]
    if cuts and table_form(head) == "spreadsheet":
        begins = " | ".join(cuts[0][0])[:60]
        what, hint = f"a spreadsheet that begins `{legible(begins)}`", _HINT_OWN
    elif cuts and what.startswith("text"):
        hint = _HINT_OWN
    return FormatError(f"looks like {what}, not like a list we read", hint=hint, file=name)


def _are_table(rows: Sequence[Sequence[str]]) -> bool:
    """True if two rows have as many cells, more than one."""
    widths = [len(row) for row in rows]
    return any(width > 1 and widths.count(width) > 1 for width in widths)


def _is_html(head: bytes) -> bool:
    text = head[:1_000].lower()
    return b"<html" in text or b"<!doctype html" in text


def _described(head: bytes) -> str:
    """What bytes that are neither XML nor a table we know look like, in words."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _is_html(start):
        return "a web page (perhaps a server's error)"
    for mark, words in _MARKS:
        if start.startswith(mark):
            return words + (_said_in(start) if words == "JSON" else "")
    if b"\0" in head:
        return "binary data"
    first = start.splitlines()[0][:60].decode("utf-8", "replace") if start else ""
    return f"text that begins `{first}`" if first else "blanks only"


def _said_in(start: bytes) -> str:
    """The message of a server's error, if that is all there is."""
    try:
        answer = json.loads(start)
    except (ValueError, RecursionError):
        return ""
    said = answer.get("message") or answer.get("error") if isinstance(answer, dict) else None
    return f" that says `{legible(said[:60])}`" if isinstance(said, str) else ""


def _refuse_doubles(parts: Sequence[tuple[Part, _Reader]]) -> None:
    names: dict[str, str] = {}
    for part, _ in parts:
        # The tables of acts whose annexes are empty are all the same header.
        if part.sha256 in names and part.kind != eu_journal.EMPTY:
            raise InputError(
                f"`{names[part.sha256]}` and `{part.file_name}` hold the same bytes",
                hint="give each file once",
            )
        names[part.sha256] = part.file_name


def _refuse_contradiction(version: ListVersion, published: date | None) -> None:
    if published in {None, version.published} or version.published is None:
        return
    names = ", ".join(f"`{part.file_name}`" for part in version.parts)
    raise InputError(
        f"{names} says it was published on {version.published}, not on {published}",
        hint="leave the date out: it is for files that carry none; add those by themselves",
    )
