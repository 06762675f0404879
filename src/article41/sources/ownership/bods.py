"""Beneficial Ownership Data Standard 0.4, and what 0.2 and 0.3 wrote otherwise, made into holdings.

A statement that replaces another ends what the older one said on the day of the newer one. What a
statement says of an indirect interest is left to its components, if they are in the file.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from article41.model.countries import COUNTRIES
from article41.model.entities import Schema
from article41.model.holdings import Control, Share, Stake
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Document, Party, Role
from article41.sources.ownership.documents import Placed
from article41.sources.ownership.interests import Interest, interest_of
from article41.sources.ownership.percents import first_day
from article41.sources.ownership.record import Gathering

KIND = "bods"

_TYPES = {
    "entity": "entity",
    "person": "person",
    "relationship": "relationship",
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
_UNNAMED = {"unknownPerson", "anonymousPerson", "unknownEntity", "anonymousEntity"}
_SCHEMES = {"XI-LEI": IdentifierKind.LEI, "GB-COH": IdentifierKind.REGISTRATION}
_PAPERS = {
    "PASSPORT": IdentifierKind.PASSPORT,
    "TAXID": IdentifierKind.TAX,
    "IDCARD": IdentifierKind.NATIONAL_ID,
}


class _Version(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement says of a relationship."""

    id: str
    day: date | None
    line: int
    # Any: whatever JSON holds; each value is looked at before it is kept.
    details: dict[str, Any]
    is_closed: bool

    def order(self) -> tuple[date, int]:
        return self.day or date.min, self.line


def is_mine(value: Mapping[str, Any]) -> bool:
    """True if an object is a statement, or holds an array of statements."""
    if isinstance(value.get("statements"), list):
        return True
    has_id = "statementId" in value or "statementID" in value
    return has_id and ("recordType" in value or "statementType" in value)


def read(given: Iterator[Placed], into: Gathering) -> None:
    """Read the statements of a file."""
    statements = _Statements(into)
    for placed in given:
        many = placed.value.get("statements")
        if isinstance(many, list):
            for number, one in enumerate(many, start=1):
                statements.add(one, number)
        else:
            statements.add(placed.value, placed.line)
    statements.close()


class _Statements:
    """All statements of a file: parties at once, relationships when every version is known."""

    def __init__(self, into: Gathering) -> None:
        self._into = into
        self._versions: dict[str, list[_Version]] = defaultdict(list)
        self._first: dict[str, str] = {}
        self._unnamed: set[str] = set()
        self._known: set[str] = set()

    def add(self, value: Any, line: int) -> None:  # whatever JSON holds
        tally, place = self._into.tally, self._into.place(line)
        tally.read += 1
        if not isinstance(value, dict):
            tally.skip("a statement that is no object", place)
            return
        kind = _TYPES.get(str(value.get("recordType") or value.get("statementType")))
        own = _text(value.get("statementId") or value.get("statementID"))
        details = value.get("recordDetails", value)
        if kind is None or not own or not isinstance(details, dict):
            tally.skip("a statement of a kind that is not known", place)
            return
        key = _text(value.get("recordId")) or self._replaced(value, own)
        self._known |= {own, key}
        if kind == "relationship":
            version = _Version(
                id=own,
                day=_day(value.get("statementDate")),
                line=line,
                details=details,
                is_closed=value.get("recordStatus") == "closed",
            )
            self._versions[key].append(version)
            return
        party, is_unnamed = _party(key, kind, details)
        self._into.party(party)
        if is_unnamed:
            self._unnamed.add(key)

    def close(self) -> None:
        for key, versions in self._versions.items():
            ordered = sorted(versions, key=_Version.order)
            for version, following in zip(ordered, [*ordered[1:], None], strict=True):
                if version.is_closed:
                    self._into.tally.pass_over(
                        "a record that was closed", self._into.place(version.line)
                    )
                else:
                    self._relationship(key, version, None if following is None else following.day)

    def _replaced(self, value: Mapping[str, Any], own: str) -> str:
        """Before 0.4 a statement names those that it replaces: they speak of one record."""
        replaced = value.get("replacesStatements")
        for older in replaced if isinstance(replaced, list) else ():
            self._first[own] = self._key_of(_text(older))
        return self._key_of(own)

    def _key_of(self, statement: str) -> str:
        return self._first.get(statement, statement)

    def _relationship(self, key: str, version: _Version, ends: date | None) -> None:
        tally, place = self._into.tally, self._into.place(version.line)
        details = version.details
        subject, _ = self._reference(details.get("subject"))
        owner, reason = self._reference(details.get("interestedParty"))
        interests = details.get("interests")
        many = interests if isinstance(interests, list) else []
        if not subject:
            tally.skip("a relationship whose subject is not named", place)
            return
        if not owner and not many:
            tally.skip(f"an owner is not named: {reason[:60] or 'no reason'}", place)
            return
        is_unnamed = not owner or owner in self._unnamed
        told = self._are_told(details)
        if not many:
            tally.skip("a relationship without an interest", place)
        for said in many:
            interest = interest_of(said) if isinstance(said, dict) else None
            if interest is None:
                tally.skip("an interest that cannot be read", place)
            elif interest.is_indirect and told:
                tally.pass_over("an indirect interest that its components tell", place)
            else:
                for fault in interest.faults:
                    tally.skip(fault, place)
                ends_by = min(filter(None, (interest.held_until, ends)), default=None)
                holder = owner or f"{key}/unnamed"
                self._keep(interest, (holder, subject), ends_by, version, is_unnamed=is_unnamed)

    def _keep(
        self,
        interest: Interest,
        ends: tuple[str, str],
        held_until: date | None,
        version: _Version,
        *,
        is_unnamed: bool,
    ) -> None:
        owner, asset = ends
        source = f"statement {version.id}: {interest.words}"
        begins = interest.held_from
        if begins is not None and held_until is not None and held_until <= begins:
            self._into.tally.pass_over(
                "an interest that was replaced before it began", self._into.place(version.line)
            )
        elif interest.control is not None:
            self._into.control(
                Control(
                    owner=owner, asset=asset, kind=interest.control, held_from=begins,
                    held_until=held_until, source=source,
                )
            )  # fmt: skip
        else:
            share: Share | None = interest.share
            self._into.stake(
                Stake(
                    owner=owner, asset=asset, share=share, right=interest.right, held_from=begins,
                    held_until=held_until, source=source,
                    # Who is not named may be anybody, as who is behind a nominee.
                    is_nominee=True if is_unnamed or interest.is_nominee else None,
                )
            )  # fmt: skip

    def _are_told(self, details: Mapping[str, Any]) -> bool:
        """True if the components of an indirect relationship are all in the file."""
        many = details.get("componentRecords") or details.get("componentStatementIDs")
        if not isinstance(many, list) or not many:
            return False
        # Beside relationships they may be the parties that stand between.
        return all(_text(one) in self._known for one in many)

    # Any: whatever JSON holds.
    def _reference(self, value: Any) -> tuple[str, str]:
        """The key of a party, or why there is none."""
        if isinstance(value, str):
            return value.strip(), ""
        if not isinstance(value, dict):
            return "", ""
        for key in ("describedByEntityStatement", "describedByPersonStatement"):
            if _text(value.get(key)):
                return self._key_of(_text(value[key])), ""
        why = value.get("unspecified", value)
        return "", _text(why.get("reason")) if isinstance(why, dict) else ""


def _party(key: str, kind: str, details: Mapping[str, Any]) -> tuple[Party, bool]:
    """The party, and whether it is one that nobody names."""
    names = _names(details)
    said = details.get("personType") or details.get("entityType")
    type_ = _text(said.get("type")) if isinstance(said, dict) else _text(said)
    place = details.get("jurisdiction") or details.get("incorporatedInJurisdiction")
    is_person = kind == "person"
    party = Party(
        role=Role.OWNER,
        id=key,
        name=next(iter(names), ""),
        other_names=tuple(names[1:]),
        schema=Schema.PERSON if is_person else Schema.LEGAL_ENTITY,
        country="" if is_person else _code(place),
        nationalities=tuple(
            _code(one) for one in _list(details.get("nationalities")) if _code(one)
        ),
        birth_date=_text(details.get("birthDate"))[:10] if is_person else "",
        documents=tuple(_documents(details)),
    )
    return party, type_ in _UNNAMED and not names


def _names(details: Mapping[str, Any]) -> list[str]:
    found = [_text(details.get("name"))]
    found += [_text(one) for one in _list(details.get("alternateNames"))]
    for one in _list(details.get("names")):
        if isinstance(one, dict):
            parts = (_text(one.get(key)) for key in ("givenName", "familyName"))
            found.append(_text(one.get("fullName")) or " ".join(filter(None, parts)))
    return list(dict.fromkeys(filter(None, found)))


def _documents(details: Mapping[str, Any]) -> Iterator[Document]:
    for one in _list(details.get("identifiers")):
        value = _text(one.get("id")) if isinstance(one, dict) else ""
        if value:
            scheme = _text(one.get("scheme"))
            country, _, paper = scheme.partition("-")
            kind = _SCHEMES.get(scheme) or _PAPERS.get(paper) or IdentifierKind.OTHER
            is_country = len(country) == 2 and country in COUNTRIES
            yield Document(kind=kind, value=value, country=country if is_country else "")


# Any: whatever JSON holds.
def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _text(value: Any) -> str:  # whatever JSON holds
    return " ".join(value.split()) if isinstance(value, str) else ""


def _code(value: Any) -> str:  # whatever JSON holds
    code = _text(value.get("code")) if isinstance(value, dict) else ""
    # A subdivision (`GB-SCT`) is a part of its country.
    return code[:2].upper() if code[2:3] in {"", "-"} else ""


def _day(value: Any) -> date | None:  # whatever JSON holds
    return first_day(value) if isinstance(value, str) else None
