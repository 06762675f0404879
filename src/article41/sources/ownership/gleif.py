"""Relationship records of the LEI system: who consolidates whom, and who manages which fund.

Consolidation is never a percentage: each record is a sign, and the share is to be asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from article41.model.entities import Schema
from article41.model.holdings import Control, ControlKind
from article41.model.identifiers import IdentifierKind, Lei
from article41.model.parties import Document, Party, Role
from article41.sources.ownership.documents import Placed
from article41.sources.ownership.percents import first_day
from article41.sources.ownership.record import Gathering
from article41.sources.tables import Record, Remedies, Table
from article41.sources.tally import Tally

KIND = "gleif"
PERIODS_MAX = 20
"""The most periods of one record."""

_KINDS = {
    "IS_DIRECTLY_CONSOLIDATED_BY": ControlKind.ACCOUNTING_CONSOLIDATION,
    "IS_ULTIMATELY_CONSOLIDATED_BY": ControlKind.ACCOUNTING_CONSOLIDATION,
    "IS_INTERNATIONAL_BRANCH_OF": ControlKind.LINKED,
    "IS_FUND-MANAGED_BY": ControlKind.LINKED,
    "IS_SUBFUND_OF": ControlKind.LINKED,
    "IS_FEEDER_TO": ControlKind.LINKED,
}
_VOID = ("ANNULLED", "DUPLICATE", "TRANSFERRED")
_START, _END = "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"
_PERIOD = re.compile(r"Relationship\.Period\.(\d+)\.periodType")
_REMEDIES = Remedies(
    table="get the relationship records again as GLEIF publishes them",
    encoding="get the relationship records again as GLEIF publishes them",
)


class _Said(NamedTuple):
    """One record, whatever the file that it stands in."""

    start: str
    end: str
    kind: str
    status: str
    registration: str
    begins: str
    ends: str
    updated: str


def is_header(cells: Sequence[str]) -> bool:
    """True if a row names the columns of the golden copy.

    Example:
        >>> is_header(["Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"])
        True
    """
    return {_START, _END} <= {cell.strip() for cell in cells}


def is_mine(value: Mapping[str, Any]) -> bool:
    """True if an object is a relationship record, or holds an array of them."""
    return next(_records(value), None) is not None


def read(given: Iterator[Placed], into: Gathering) -> None:
    """Read records written as JSON, by line or as one document."""
    for placed in given:
        found = False
        for record in _records(placed.value):
            found = True
            _keep(_from_json(record), placed.line, into)
        if not found:
            into.tally.read += 1
            into.tally.skip("an object that is no relationship record", into.place(placed.line))


def read_table(delimiter: str, into: Gathering) -> None:
    """Read the records of the golden copy as a table.

    Raises:
        FormatError: The table cannot be read; the error names the line.
    """
    cells = Tally()
    table = Table(into.part, cells, is_header=is_header, delimiter=delimiter, remedies=_REMEDIES)
    for record in table:
        _keep(_from_row(record, table.columns), record.line, into)
    into.remarks_of(cells)


# Any: whatever JSON holds.
def _records(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The relationships in an object: in the forms of the golden copy, a record, or the API."""
    for key in ("relations", "data", "RelationshipRecords"):
        many = value.get(key)
        for one in many if isinstance(many, list) else ():
            if isinstance(one, dict):
                yield from _records(one)
        if isinstance(many, dict):
            yield from _records(many)
    inner = value.get("RelationshipRecord", value.get("attributes"))
    if isinstance(inner, dict):
        yield from _records(inner)
    relation = value.get("Relationship", value.get("relationship"))
    if isinstance(relation, dict):
        yield value


def _from_json(record: Mapping[str, Any]) -> _Said:
    relation = _at(record, "Relationship")
    registration = _at(record, "Registration")
    periods = _at(relation, "RelationshipPeriods", "Periods")
    many = _at(periods, "RelationshipPeriod") if isinstance(periods, dict) else periods
    listed = many if isinstance(many, list) else [many]
    begins, ends = _period(
        [
            (_word(_at(one, "PeriodType", "Type")), _word(_at(one, "StartDate")),
             _word(_at(one, "EndDate")))
            for one in listed[:PERIODS_MAX]
        ]
    )  # fmt: skip
    return _Said(
        start=_node(_at(relation, "StartNode")),
        end=_node(_at(relation, "EndNode")),
        kind=_word(_at(relation, "RelationshipType", "Type")),
        status=_word(_at(relation, "RelationshipStatus", "Status")),
        registration=_word(_at(registration, "RegistrationStatus", "Status")),
        begins=begins,
        ends=ends,
        updated=_word(_at(registration, "LastUpdateDate")),
    )


def _at(value: Any, *keys: str) -> Any:  # whatever JSON holds
    """What stands under a key, in the letters of the golden copy or of the API."""
    if not isinstance(value, dict):
        return None
    for key in keys:
        for form in (key, key[:1].lower() + key[1:]):
            if form in value:
                return value[form]
    return None


def _word(value: Any) -> str:  # whatever JSON holds
    inner = value.get("$") if isinstance(value, dict) else value
    return inner.strip() if isinstance(inner, str) else ""


def _node(value: Any) -> str:  # whatever JSON holds
    return _word(_at(value, "NodeID", "id"))


def _from_row(record: Record, columns: Sequence[str]) -> _Said:
    periods = []
    for column in columns:
        if found := _PERIOD.fullmatch(column):
            at = f"Relationship.Period.{found[1]}"
            periods.append(
                (record.take_if_there(column), record.take_if_there(f"{at}.startDate"),
                 record.take_if_there(f"{at}.endDate"))
            )  # fmt: skip
    begins, ends = _period(periods)
    said = _Said(
        start=record.take(_START),
        end=record.take(_END),
        kind=record.take_if_there("Relationship.RelationshipType"),
        status=record.take_if_there("Relationship.RelationshipStatus"),
        registration=record.take_if_there("Registration.RegistrationStatus"),
        begins=begins,
        ends=ends,
        updated=record.take_if_there("Registration.LastUpdateDate"),
    )
    for column in columns:
        # Qualifiers, quantifiers and how it was validated say nothing of who stands behind whom.
        record.take_if_there(column)
    return said


def _period(periods: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """Of the relationship itself; those of accounts and documents tell nothing of its end."""
    own = [one for one in periods if one[0] == "RELATIONSHIP_PERIOD"]
    return (own[0][1], own[0][2]) if own else ("", "")


def _keep(said: _Said, line: int, into: Gathering) -> None:
    into.tally.read += 1
    place = into.place(line)
    if not said.start or not said.end or said.start == said.end:
        into.tally.skip("a record without two ends", place)
        return
    if said.registration in _VOID:
        into.tally.pass_over(f"a record that is void ({said.registration})", place)
        return
    kind = _KINDS.get(said.kind, ControlKind.LINKED)
    if said.kind not in _KINDS:
        into.tally.remark(f"a relationship that is not known, kept as a link: {said.kind[:60]}",
                          place)  # fmt: skip
    for lei in (said.start, said.end):
        into.party(_party(lei, into, place))
    into.control(
        Control(
            owner=said.end,
            asset=said.start,
            kind=kind,
            held_from=_day(said.begins, into, place),
            held_until=_end_of(said, into, place),
            source=f"LEI relationship record: {said.kind[:100]}",
        )
    )


def _end_of(said: _Said, into: Gathering, place: str) -> date | None:
    ended = _day(said.ends, into, place)
    if ended is not None or said.status != "INACTIVE":
        return ended
    # It has ended, and no later than when that was recorded.
    recorded = _day(said.updated, into, place)
    if recorded is None:
        into.tally.remark("a relationship that has ended nobody says when", place)
    return recorded


def _day(text: str, into: Gathering, place: str) -> date | None:
    day = first_day(text[:10]) if text else None
    if text and day is None:
        into.tally.skip("a day that cannot be read", place)
    return day


def _party(lei: str, into: Gathering, place: str) -> Party:
    try:
        Lei.parse(lei)
    except ValueError:
        into.tally.remark("an LEI whose check digits are wrong", place)
    return Party(
        role=Role.OWNER,
        id=lei,
        schema=Schema.LEGAL_ENTITY,
        documents=(Document(kind=IdentifierKind.LEI, value=lei),),
    )
