"""Holdings as a table of one's own: one row for each stake or control."""

from collections.abc import Sequence
from datetime import date

from article41.model.countries import country_code
from article41.model.errors import FormatError
from article41.model.holdings import Control, ControlKind, Right, Stake
from article41.model.parties import Party, Role
from article41.sources.ownership.percents import first_day, percent_share
from article41.sources.ownership.record import Gathering
from article41.sources.tables import Record, Remedies, Table
from article41.sources.tally import Tally

KIND = "own-csv"
PERCENT_HINT = "write it as 55, 33 1/3, 25-50, >50 or >=25"
COLUMNS = (
    "owner", "asset", "percent", "right", "control", "held_from", "held_until", "is_nominee",
    "source", "owner_name", "asset_name", "owner_country", "asset_country",
)  # fmt: skip
"""The columns; `owner` and `asset` must be there, in whatever order and letters."""

_REMEDIES = Remedies(
    table=f"the columns are {', '.join(COLUMNS)}; a row is a stake, or a control with its kind",
    encoding="save it as UTF-8",
)
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def is_header(cells: Sequence[str]) -> bool:
    """True if a row names the columns of such a table.

    Example:
        >>> is_header(["Owner", "Asset", "Percent"]), is_header(["owner", "percent"])
        (True, False)
    """
    return {"owner", "asset"} <= {_folded(cell) for cell in cells}


def read(delimiter: str, into: Gathering) -> None:
    """Read the rows of the table.

    Raises:
        FormatError: A column or a cell is not as described; the error names its line.
    """
    cells = Tally()
    table = Table(into.part, cells, is_header=is_header, delimiter=delimiter, remedies=_REMEDIES)
    columns = {_folded(name): name for name in table.columns}
    for record in table:
        into.tally.read += 1
        _read_row(_Row(record, columns), into)
    into.remarks_of(cells)


class _Row:
    """A row whose cells are asked for by the folded names of their columns."""

    def __init__(self, record: Record, columns: dict[str, str]) -> None:
        self._record = record
        self._columns = columns

    @property
    def place(self) -> str:
        return self._record.place

    def take(self, column: str) -> str:
        name = self._columns.get(column)
        return "" if name is None else self._record.take_if_there(name)

    def error(self, message: str, hint: str, column: str) -> FormatError:
        found = self._record.error(message, column)
        found.hint = hint
        return found

    def key(self, column: str) -> str:
        key = self.take(column)
        if not key:
            raise self.error("an empty cell", "name both ends of every row", column)
        return key

    def country(self, column: str) -> str:
        text = self.take(column)
        code = country_code(text) if text else ""
        if text and not code:
            raise self.error(f"`{text[:40]}` is no country", "write its code or name", column)
        return code

    def day(self, column: str) -> date | None:
        text = self.take(column)
        day = first_day(text) if len(text) == 10 else None
        if text and day is None:
            raise self.error(f"`{text[:40]}` is no day", "write it as 2020-05-31", column)
        return day


def _read_row(row: _Row, into: Gathering) -> None:
    owner, asset = row.key("owner"), row.key("asset")
    for key, kind in ((owner, "owner"), (asset, "asset")):
        name, country = row.take(f"{kind}_name"), row.country(f"{kind}_country")
        if name or country:
            into.party(Party(role=Role.OWNER, id=key, name=name, country=country))
    held_from, held_until = row.day("held_from"), row.day("held_until")
    percent, kind = row.take("percent"), row.take("control")
    right, nominee = row.take("right").lower(), row.take("is_nominee").lower()
    source = row.take("source")
    if kind:
        into.control(
            Control(
                owner=owner, asset=asset, kind=_control_kind(row, kind), held_from=held_from,
                held_until=held_until, source=source,
            )
        )  # fmt: skip
    if kind and not (percent or right or nominee):
        return
    share = percent_share(percent) if percent else None
    if percent and share is None:
        raise row.error(f"`{percent[:40]}` is no share", PERCENT_HINT, "percent")
    if nominee and nominee not in _TRUTHS:
        raise row.error(f"`{nominee[:40]}` is neither yes nor no", "write yes or no", "is_nominee")
    into.stake(
        Stake(
            owner=owner, asset=asset, share=share, right=_right(row, right), held_from=held_from,
            held_until=held_until, is_nominee=_TRUTHS.get(nominee), source=source,
        )
    )  # fmt: skip


def _control_kind(row: _Row, text: str) -> ControlKind:
    word = _folded(text).replace("_", "-")
    try:
        return ControlKind(word)
    except ValueError:
        hint = f"write one of {', '.join(one.value for one in ControlKind)}"
        raise row.error(f"`{text[:40]}` is no kind of control", hint, "control") from None


def _right(row: _Row, text: str) -> Right:
    try:
        return Right(text or "unspecified")
    except ValueError:
        hint = f"write one of {', '.join(one.value for one in Right)}, or leave it empty"
        raise row.error(f"`{text[:40]}` is no right", hint, "right") from None


def _folded(text: str) -> str:
    return "_".join(text.strip().casefold().replace("-", " ").replace("_", " ").split())
