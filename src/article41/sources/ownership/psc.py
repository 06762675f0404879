"""The British register of persons with significant control, as its bulk file writes it.

A nature of control is a band and never a number. What somebody holds through a trust or a firm that
it only influences is kept as held for others: it can make a review, never an owner.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from article41.model.countries import country_code
from article41.model.entities import Schema
from article41.model.holdings import Control, ControlKind, Right, Share, Stake
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role
from article41.sources.ownership.documents import Placed
from article41.sources.ownership.percents import first_day
from article41.sources.ownership.record import Gathering

KIND = "psc"

_REGISTER_BEGAN = date(2016, 4, 6)
# QUIRK: the register writes 50-to-75 for more than 50, and 75-to-100 for 75 or more.
_BANDS = {
    "25-to-50": Share(at_least=Fraction(1, 4), at_most=Fraction(1, 2), excludes_least=True),
    "50-to-75": Share(at_least=Fraction(1, 2), at_most=Fraction(3, 4), excludes_least=True),
    "75-to-100": Share(at_least=Fraction(3, 4), at_most=Fraction(1)),
    "more-than-25": Share(at_least=Fraction(1, 4), at_most=Fraction(1), excludes_least=True),
}
_SHARE = re.compile(
    r"(ownership-of-shares|voting-rights|(?:part-)?right-to-share-surplus-assets)"
    rf"-({'|'.join(_BANDS)})-percent(-.*)?"
)
_BOARD = re.compile(r"right-to-appoint-and-remove-(?:directors|members|person)(-.*)?")
_INFLUENCE = re.compile(r"(?:significant-influence-or-control|registered-owner-as-nominee)(?:-.*)?")
_THROUGH = re.compile(r"-as-(?:control-over-)?(?:trust|firm)\b")
_HOME = re.compile(
    r"(?i)\b(?:england|wales|scotland|northern ireland|united kingdom|great britain|uk|gb"
    r"|companies house)\b"
)
_PERSONS = ("individual-person-with-significant-control", "individual-beneficial-owner")
_UNNAMED = ("super-secure-person-with-significant-control", "super-secure-beneficial-owner")
_BODIES = (
    "corporate-entity-person-with-significant-control", "corporate-entity-beneficial-owner",
    "legal-person-person-with-significant-control", "legal-person-beneficial-owner",
)  # fmt: skip


def is_mine(value: Mapping[str, Any]) -> bool:
    """True if an object is a line of the bulk file."""
    data = value.get("data")
    return (
        isinstance(data, dict) and "kind" in data and ("company_number" in value or _is_end(data))
    )


def _is_end(data: Mapping[str, Any]) -> bool:
    return str(data["kind"]).startswith("totals#")


def read(given: Iterator[Placed], into: Gathering) -> None:
    """Read the lines of a bulk file."""
    for placed in given:
        into.tally.read += 1
        data, number = placed.value.get("data"), placed.value.get("company_number")
        place = into.place(placed.line)
        if not isinstance(data, dict):
            into.tally.skip("a line that is none of the register", place)
            continue
        kind = str(data.get("kind", ""))
        if kind.startswith("totals#"):
            into.tally.pass_over("the count at the end of the file", place)
        elif not isinstance(number, str) or not number.strip():
            into.tally.skip("a line without the number of a company", place)
        elif kind in (*_PERSONS, *_UNNAMED, *_BODIES):
            _Entry(into, number.strip(), data, placed.line).read()
        else:
            # What a company states of itself (nobody found, exempt) names no owner.
            said = str(data.get("statement", "")) or kind or "no kind"
            into.tally.skip(f"no owner is named: {said[:80]}", place)


class _Entry:
    """One person or body in the register of one company."""

    # Any: whatever JSON holds; each value is looked at before it is kept.
    def __init__(self, into: Gathering, number: str, data: Mapping[str, Any], line: int) -> None:
        self._into = into
        self._data = data
        self._place = into.place(line)
        self._company = f"gb-coh/{number}"
        into.party(_company(number))
        self._is_unnamed = data.get("kind") in _UNNAMED
        self._owner = self._own_key(line)
        self._begins, self._ends = self._days()

    def read(self) -> None:
        natures = self._data.get("natures_of_control")
        if not isinstance(natures, list) or not natures:
            self._into.tally.skip("an entry without a nature of control", self._place)
            natures = []
        for nature in natures:
            self._nature(str(nature))
        if self._data.get("is_sanctioned") is True:
            self._into.tally.remark("the register says that the owner is sanctioned", self._place)

    def _nature(self, nature: str) -> None:
        if share := _SHARE.fullmatch(nature):
            is_through = bool(_THROUGH.search(share[3] or ""))
            self._into.stake(
                Stake(
                    owner=self._owner,
                    asset=self._company,
                    share=_BANDS[share[2]],
                    right=Right.VOTES if share[1] == "voting-rights" else Right.CAPITAL,
                    held_from=self._begins,
                    held_until=self._ends,
                    # Whose name is protected may be anybody, as who is behind a nominee.
                    is_nominee=True if is_through or self._is_unnamed else None,
                    source=f"register of persons with significant control: {nature}",
                )
            )
            return
        board = _BOARD.fullmatch(nature)
        if board is None and not _INFLUENCE.fullmatch(nature):
            reason = f"a nature of control that is not known, kept as a link: {nature[:80]}"
            self._into.tally.remark(reason, self._place)
        is_own_board = board is not None and not _THROUGH.search(board[1] or "")
        self._into.control(
            Control(
                owner=self._owner,
                asset=self._company,
                kind=ControlKind.BOARD_MAJORITY if is_own_board else ControlKind.LINKED,
                held_from=self._begins,
                held_until=self._ends,
                source=f"register of persons with significant control: {nature[:200]}",
            )
        )

    def _days(self) -> tuple[date | None, date | None]:
        begins, ends = self._day("notified_on"), self._day("ceased_on")
        # Who was notified when the register began had held before.
        return (None if begins == _REGISTER_BEGAN else begins), ends

    def _day(self, key: str) -> date | None:
        said = self._data.get(key)
        day = first_day(said) if isinstance(said, str) and len(said) == 10 else None
        if said is not None and day is None:
            self._into.tally.skip(f"a day that cannot be read (`{key}`)", self._place)
        return day

    def _own_key(self, line: int) -> str:
        party = self._party(line)
        self._into.party(party)
        return party.key

    def _party(self, line: int) -> Party:
        data = self._data
        links = data.get("links")
        own = str(links.get("self", "")) if isinstance(links, dict) else ""
        key = f"gb-psc{own}" if own else f"{self._company}/psc/{line}"
        name = _text(data.get("name"))
        kind = str(data.get("kind"))
        if self._is_unnamed:
            self._into.tally.remark("an owner whose name is protected", self._place)
            return Party(role=Role.OWNER, id=key)
        if kind in _PERSONS:
            return Party(
                role=Role.OWNER,
                id=key,
                name=_plain_name(data) or name,
                other_names=(name,) if name and _plain_name(data) not in {"", name} else (),
                schema=Schema.PERSON,
                nationalities=_codes(data.get("nationality")),
                residence=country_code(_text(data.get("country_of_residence"))),
                birth_date=_birth(data.get("date_of_birth")),
            )
        return self._body(key, name)

    def _body(self, key: str, name: str) -> Party:
        said = self._data.get("identification")
        about = said if isinstance(said, dict) else {}
        number = _text(about.get("registration_number"))
        where = " ".join(
            _text(about.get(one)) for one in ("country_registered", "place_registered")
        )
        is_home = bool(_HOME.search(where)) and bool(re.fullmatch(r"[A-Za-z0-9]{6,8}", number))
        country = "GB" if is_home else country_code(_text(about.get("country_registered")))
        if is_home:
            company = _company(number.upper().rjust(8, "0"))
            return Party(role=Role.OWNER, id=company.id, name=name, schema=Schema.COMPANY,
                         country="GB", documents=company.documents)  # fmt: skip
        documents = (
            (Document(kind=IdentifierKind.REGISTRATION, value=number, country=country),)
            if number
            else ()
        )
        return Party(role=Role.OWNER, id=key, name=name, schema=Schema.LEGAL_ENTITY,
                     country=country, documents=documents)  # fmt: skip


def _company(number: str) -> Party:
    document = Document(kind=IdentifierKind.REGISTRATION, value=number, country="GB")
    return Party(role=Role.OWNER, id=f"gb-coh/{number}", schema=Schema.COMPANY, country="GB",
                 documents=(document,))  # fmt: skip


def _plain_name(data: Mapping[str, Any]) -> str:
    """The name without the title that the register writes before it."""
    parts = data.get("name_elements")
    if not isinstance(parts, dict):
        return ""
    words = (_text(parts.get(one)) for one in ("forename", "middle_name", "surname"))
    return " ".join(filter(None, words))


# Any: whatever JSON holds.
def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _codes(value: Any) -> tuple[str, ...]:  # whatever JSON holds
    found = (country_code(one) for one in re.split(r"[,;/]", _text(value)))
    return tuple(dict.fromkeys(filter(None, found)))


def _birth(value: Any) -> str:  # whatever JSON holds
    if not isinstance(value, dict):
        return ""
    year, month = value.get("year"), value.get("month")
    if not isinstance(year, int) or not 1000 <= year <= 2200:
        return ""
    is_month = isinstance(month, int) and 1 <= month <= 12
    return f"{year:04d}-{month:02d}" if is_month else f"{year:04d}"
