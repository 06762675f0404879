"""What registers say, read and then examined under a rule: bands, signs, what nobody names."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from article41.law.ownership import examine, rule_on
from article41.model.clocks import InForce
from article41.model.holdings import ControlKind, Right
from article41.model.ownership import Owned, OwnershipNote
from article41.sources.ownership import OwnershipRecord
from tests.sources.ownership.files import INPUTS, reading_of

TODAY = date(2025, 12, 31)


def lines(folder: Path, *objects: Mapping[str, Any]) -> OwnershipRecord:
    return reading_of(folder, "".join(json.dumps(one) + "\n" for one in objects).encode())


def asked(record: OwnershipRecord, party: str, owner: str, family: str) -> OwnershipNote:
    [note] = examine(
        record.holdings,
        asked=[party],
        listed={owner: InForce.YES},
        rule=rule_on(family, TODAY),
        day=TODAY,
    )
    return note


def person(natures: list[str], **said: Any) -> dict[str, Any]:
    data = {
        "kind": "individual-person-with-significant-control",
        "name": "Ada Example",
        "natures_of_control": natures,
        "links": {"self": "/company/01234567/persons-with-significant-control/individual/a"},
        **said,
    }
    return {"company_number": "01234567", "data": data}


OWNER = "gb-psc/company/01234567/persons-with-significant-control/individual/a"
COMPANY = "gb-coh/01234567"


@pytest.mark.parametrize(
    ("nature", "british", "american"),
    [
        ("ownership-of-shares-75-to-100-percent", Owned.OWNED, Owned.OWNED),
        ("ownership-of-shares-50-to-75-percent", Owned.OWNED, Owned.OWNED),
        ("ownership-of-shares-25-to-50-percent", Owned.NOT_OWNED, Owned.REVIEW),
        ("ownership-of-shares-50-to-75-percent-as-trust", Owned.REVIEW, Owned.REVIEW),
        ("ownership-of-shares-more-than-25-percent-registered-overseas-entity", Owned.REVIEW,
         Owned.REVIEW),
        ("voting-rights-50-to-75-percent", Owned.OWNED, Owned.NOT_OWNED),
        ("voting-rights-75-to-100-percent-limited-liability-partnership", Owned.OWNED,
         Owned.NOT_OWNED),
        ("part-right-to-share-surplus-assets-75-to-100-percent", Owned.OWNED, Owned.OWNED),
        ("right-to-appoint-and-remove-directors", Owned.CONTROLLED, Owned.NOT_OWNED),
        ("right-to-appoint-and-remove-members-limited-liability-partnership", Owned.CONTROLLED,
         Owned.NOT_OWNED),
        ("right-to-appoint-and-remove-directors-as-firm", Owned.NOT_OWNED, Owned.NOT_OWNED),
        ("significant-influence-or-control", Owned.NOT_OWNED, Owned.NOT_OWNED),
        ("a-nature-of-next-year", Owned.NOT_OWNED, Owned.NOT_OWNED),
    ],
)  # fmt: skip
def test_a_nature_of_control_is_what_its_band_proves(
    nature: str, british: Owned, american: Owned, tmp_path: Path
) -> None:
    record = lines(tmp_path, person([nature]))

    notes = [asked(record, COMPANY, OWNER, family) for family in ("uk", "us")]

    assert [note.owned for note in notes] == [british, american]
    assert notes[0].needs_judgment == (british in {Owned.NOT_OWNED, Owned.REVIEW})


def test_who_held_when_the_register_began_had_held_before(tmp_path: Path) -> None:
    nature = "ownership-of-shares-75-to-100-percent"
    said = [
        person([nature], notified_on="2016-04-06", ceased_on="2019-05-01"),
        person([nature], notified_on="2019-05-01"),
    ]

    stakes = lines(tmp_path, *said).holdings.stakes

    assert [(one.held_from, one.held_until) for one in stakes] == [
        (None, date(2019, 5, 1)),
        (date(2019, 5, 1), None),
    ]


def test_a_british_company_is_the_same_as_owner_and_as_owned(tmp_path: Path) -> None:
    record = reading_of(tmp_path, INPUTS["register.psc.txt"])

    assert any(one.owner == COMPANY for one in record.holdings.stakes)
    assert any(one.asset == COMPANY for one in record.holdings.stakes)


def test_an_owner_whose_name_is_protected_may_be_anybody(tmp_path: Path) -> None:
    hidden = person(["ownership-of-shares-75-to-100-percent"])
    hidden["data"]["kind"] = "super-secure-person-with-significant-control"

    note = asked(lines(tmp_path, hidden), COMPANY, "somebody-else", "us")

    assert note.owned is Owned.REVIEW


@pytest.mark.parametrize("name", ["relations.gleif.json", "relations.gleif.csv"])
def test_consolidation_is_a_sign_and_never_a_percentage(name: str, tmp_path: Path) -> None:
    record = reading_of(tmp_path, INPUTS[name])

    [control] = [one for one in record.holdings.controls
                 if one.kind is ControlKind.ACCOUNTING_CONSOLIDATION]  # fmt: skip

    assert record.holdings.stakes == ()
    assert control.held_from == date(2017, 12, 6)


def test_a_subsidiary_in_the_accounts_is_asked_about_in_america_and_in_the_union(
    tmp_path: Path,
) -> None:
    record = reading_of(tmp_path, INPUTS["relations.gleif.json"])
    parent, child = record.holdings.controls[0].owner, record.holdings.controls[0].asset

    for family in ("us", "eu", "uk"):
        note = asked(record, child, parent, family)
        assert (note.owned, note.needs_judgment) == (Owned.NOT_OWNED, True)
        assert any("which it consolidates" in ask for ask in note.asks)


def test_the_form_of_the_interface_reads_as_the_golden_copy(tmp_path: Path) -> None:
    record = {
        "type": "relationship-records",
        "attributes": {
            "relationship": {
                "startNode": {"id": "XA00SPECIMENCHILD065", "type": "LEI"},
                "endNode": {"id": "XA00EXAMPLEPARENT038", "type": "LEI"},
                "type": "IS_DIRECTLY_CONSOLIDATED_BY",
                "status": "ACTIVE",
                "periods": [{"startDate": "2017-12-06T00:00:00Z", "type": "RELATIONSHIP_PERIOD"}],
            },
            "registration": {"status": "PUBLISHED", "lastUpdateDate": "2024-05-01T00:00:00Z"},
        },
    }

    found = lines(tmp_path, {"data": [record]}).holdings.controls

    assert found == reading_of(tmp_path, INPUTS["relations.gleif.json"]).holdings.controls[:1]


def statement(key: str, kind: str, details: Mapping[str, Any], **said: Any) -> dict[str, Any]:
    return {
        "statementId": f"s-{key}-{said.get('statementDate', '')}",
        "recordId": key,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
        **said,
    }


def relation(interests: Sequence[Mapping[str, Any]], **said: Any) -> dict[str, Any]:
    return {"subject": "C", "interestedParty": "L1", "interests": interests, **said}


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        ("shareholding", Right.CAPITAL),
        ("votingRights", Right.VOTES),
        ("rightsToProfitOrIncome", Right.CAPITAL),
        ("beneficiaryOfLegalArrangement", Right.CAPITAL),
        ("unknownInterest", Right.UNSPECIFIED),
    ],
)
def test_an_interest_without_a_share_is_a_stake_of_an_unknown_share(
    kind: str, right: Right, tmp_path: Path
) -> None:
    record = lines(tmp_path, statement("r", "relationship", relation([{"type": kind}])))

    [stake] = record.holdings.stakes

    assert (stake.right, stake.share) == (right, None)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("boardChair", ControlKind.DIRECTORSHIP),
        ("settlor", ControlKind.LINKED),
        ("controlByLegalFramework", ControlKind.LINKED),
        ("enjoymentAndUseOfAssets", ControlKind.USE_OF_ASSETS),
        ("appointmentOfBoard", ControlKind.LINKED),
        ("anInterestOfNextYear", ControlKind.LINKED),
    ],
)
def test_an_interest_that_is_no_stake_is_a_sign(
    kind: str, found: ControlKind, tmp_path: Path
) -> None:
    record = lines(tmp_path, statement("r", "relationship", relation([{"type": kind}])))

    assert [one.kind for one in record.holdings.controls] == [found]


def test_several_rights_of_one_share_are_not_added(tmp_path: Path) -> None:
    sixty = {"exact": 60}
    kinds = ("shareholding", "rightsToProfitOrIncome", "rightsToSurplusAssetsOnDissolution")
    interests = [{"type": kind, "share": sixty} for kind in kinds]

    record = lines(tmp_path, statement("r", "relationship", relation(interests)))

    assert asked(record, "C", "L1", "us").owned is Owned.OWNED


def test_a_newer_statement_ends_what_the_older_one_said(tmp_path: Path) -> None:
    versions = [
        statement("r", "relationship", relation([{"type": "shareholding", "share": {"exact": n}}]),
                  statementDate=day)
        for n, day in ((60, "2020-01-01"), (10, "2022-01-01"))
    ]  # fmt: skip
    closed = statement("r", "relationship", relation([]), statementDate="2024-01-01",
                       recordStatus="closed")  # fmt: skip

    stakes = lines(tmp_path, closed, *versions).holdings.stakes

    assert [one.held_until for one in stakes] == [date(2022, 1, 1), date(2024, 1, 1)]


def test_an_indirect_interest_is_told_link_by_link_if_its_components_are_there(
    tmp_path: Path,
) -> None:
    indirect = {"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 36}}
    direct = {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 60}}
    whole = statement("w", "relationship", relation([indirect], componentRecords=["a", "b"]))
    upper = statement("a", "relationship", relation([direct], subject="A", isComponent=True))
    lower = statement("b", "relationship", relation([direct], interestedParty="A"))

    both, one = lines(tmp_path, upper, lower, whole), lines(tmp_path, upper, whole)

    assert {(it.owner, it.asset) for it in both.holdings.stakes} == {("L1", "A"), ("A", "C")}
    assert asked(both, "C", "L1", "uk").owned is Owned.OWNED
    assert ("L1", "C") in {(it.owner, it.asset) for it in one.holdings.stakes}


def test_an_owner_who_is_not_named_may_be_anybody(tmp_path: Path) -> None:
    hidden = relation([{"type": "shareholding", "share": {"exact": 60}}],
                      interestedParty={"reason": "unknown"})  # fmt: skip

    record = lines(tmp_path, statement("r", "relationship", hidden))

    assert asked(record, "C", "L1", "us").owned is Owned.REVIEW


def test_every_percentage_of_a_link_is_a_statement_of_its_own(tmp_path: Path) -> None:
    record = reading_of(tmp_path, INPUTS["entities.ftm.json"])

    note = asked(record, "c-traders", "p-ada", "us")

    # 25 to 50 until June 2024, then 30 or 40 by two figures of one link.
    assert note.owned is Owned.REVIEW
    assert note.share == "40 to 70 %"


@pytest.mark.parametrize("words", ["Nominee shareholder", "as trustee", "Bearer shares"])
def test_who_holds_for_another_or_for_the_bearer_may_be_anybody(words: str, tmp_path: Path) -> None:
    given = INPUTS["entities.ftm.json"].replace(b"Nominee shareholder", words.encode())

    holdings = reading_of(tmp_path, given).holdings

    assert [one.source for one in holdings.stakes if one.is_nominee] == ["o-2"]
