"""Reads the Denied Persons List: orders that deny export privileges, one row for each address.

The list has no numbers: a name and the day from which the order has effect name an entry.
"""

from collections.abc import Generator, Sequence
from datetime import date, datetime, timedelta

from article41.model.entities import Address, Entity, Name, Schema
from article41.model.listings import (
    LegalAct,
    Listing,
    ListVersion,
    Part,
    ReadingReport,
)
from article41.model.scripts import script_of
from article41.sources.tables import Record, Table
from article41.sources.tally import Tally
from article41.sources.versions import undated_versions

AUTHORITY = "BIS"
LIST_ID = "us-dpl"
KIND = "us-dpl-txt"
YEAR_MIN = 1900
"""An earlier year is a slip of the pen."""

_COLUMNS = {"Name", "Street_Address", "Effective_Date", "Expiration_Date", "FR_Citation"}


def kind_of_rows(rows: Sequence[Sequence[str]]) -> str | None:
    """`us-dpl-txt` if the first row names the columns of the list, else `None`.

    Example:
        >>> kind_of_rows([["Name", "Street_Address", "Effective_Date", "Expiration_Date",
        ...                "FR_Citation"]])
        'us-dpl-txt'
    """
    return KIND if rows and _is_header(rows[0]) else None


def _is_header(cells: Sequence[str]) -> bool:
    return {cell.strip() for cell in cells} >= _COLUMNS


def read(parts: Sequence[Part], *, published: date | None) -> tuple[ListVersion, ...]:
    """One version for each file; the file carries no date."""
    return undated_versions(
        parts, authority=AUTHORITY, list_id=LIST_ID, stated=published, read=_listings
    )


def _listings(part: Part) -> Generator[Listing, None, ReadingReport]:
    tally = Tally()
    table = Table(part, tally, is_header=_is_header, delimiter="\t",
                  fallback_encoding="windows-1252")  # fmt: skip
    orders: dict[str, _Order] = {}
    for row in table:
        if row.width < len(table.columns):
            raise row.error("a row with fewer cells than columns; the file may have been cut")
        name = row.take("Name")
        if not name:
            raise row.error("an order without a name", "Name")
        begins, _ = _day(row, "Effective_Date")
        number = f"{name.upper()}/{begins or 'undated'}"
        orders.setdefault(number, _Order(number, name, begins, row.place)).add(row, tally)
    for order in orders.values():
        listing = order.listing()
        tally.count(listing)
        yield listing
    return tally.report(part.file_name)


class _Order:
    """An order against one person, gathered from its rows."""

    def __init__(self, number: str, name: str, begins: date | None, place: str) -> None:
        self._number = number
        self._name = name
        self._begins = begins
        self._place = place
        self._ends: date | None = None
        self._is_open = False
        self._amended: set[date] = set()
        self._addresses: dict[Address, None] = {}
        self._acts: dict[LegalAct, None] = {}
        self._notes: dict[tuple[str, str], None] = {}

    def add(self, row: Record, tally: Tally) -> None:
        ends, printed = _day(row, "Expiration_Date")
        if printed:
            self._notes["Expiration_Date", printed] = None
        # Of several rows of one order the latest end counts; a row without one has no end.
        self._is_open = self._is_open or ends is None
        self._ends = max(filter(None, (self._ends, ends)), default=None)
        updated = row.take("Last_Update")
        if day := _day_in(updated):
            self._amended.add(day)
        elif updated:
            # QUIRK: bis 2022-09-07: a Last_Update of the year 222.
            tally.remark("no day in Last_Update, kept as text", f"{row.place}: {updated[:20]}")
            self._notes["Last_Update", updated] = None
        street, city, state = (row.take(name) for name in ("Street_Address", "City", "State"))
        address = Address(
            street=street,
            city=city,
            region=state,
            postal_code=row.take("Postal_Code"),
            country=row.take("Country"),
        )
        if address != Address():
            self._addresses[address] = None
        if citation := row.take("FR_Citation"):
            self._acts[LegalAct(title=citation, in_force_from=self._begins)] = None
        for name in ("Standard_Order", "Action"):
            if text := row.take(name):
                self._notes[name, text] = None

    def listing(self) -> Listing:
        # The order is taken to hold on the day on which it expires.
        off = None
        if not self._is_open and self._ends not in {None, date.max}:
            off = self._ends + timedelta(days=1)
        return Listing(
            authority=AUTHORITY,
            list_id=LIST_ID,
            id=self._number,
            entity=Entity(
                schema=Schema.LEGAL_ENTITY,
                names=(Name(value=self._name, script=script_of(self._name)),),
                addresses=tuple(self._addresses),
            ),
            programmes=("DPL",),
            measures=("Denial of export privileges",),
            legal_acts=tuple(self._acts),
            listed_on=self._begins,
            amended_on=tuple(sorted(self._amended)),
            delisted_on=off,
            notes=tuple(self._notes),
            place=self._place,
        )


def _day(row: Record, column: str) -> tuple[date | None, str]:
    """The day that an order begins or ends, and as printed; no other text says its term."""
    text = row.take(column)
    day = _day_in(text)
    if text and day is None:
        raise row.error(f"`{text[:40]}` is no day", column)
    return day, text


def _day_in(text: str) -> date | None:
    try:
        if "/" in text:
            day = datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007
        else:
            day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= YEAR_MIN else None
