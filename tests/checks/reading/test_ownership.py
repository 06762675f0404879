"""Who owns whom in a file of one's own: what an act has under `holdings`, and its parties."""

from datetime import date
from pathlib import Path

import pytest

from article41.checks.reading.ownership import read_own, read_ownership
from article41.model.errors import ActError, FormatError
from article41.model.holdings import ControlKind, Holdings
from article41.model.identifiers import IdentifierKind
from article41.sources.ownership import OwnershipFormat

OWNERS = b"""
stakes:
  - {owner: Beda Sample, asset: Sample Holding, percent: 100}
  - {owner: Sample Holding, asset: traders, percent: ">50", source: register}
controls: {owner: Cora Sample, asset: Sample Holding, kind: board-majority}
joint_arrangements: [[Beda Sample, Dora Sample]]
rebuttals: [traders]
parties:
  traders: {name: Specimen Trading, country: XA, lei: XA00SPECIMENCHILD065}
  Cora Sample: Cora B. Sample
---
stakes: {owner: Dora Sample, asset: traders, percent: 5, held_from: 2020-01-01}
"""


def test_documents_of_a_file_are_taken_together() -> None:
    record = read_own(OWNERS, file="owners")

    assert [one.owner for one in record.holdings.stakes] == [
        "Beda Sample", "Sample Holding", "Dora Sample",
    ]  # fmt: skip
    assert record.holdings.stakes[2].held_from == date(2020, 1, 1)
    assert record.holdings.controls[0].kind is ControlKind.BOARD_MAJORITY
    assert record.read == 4
    assert read_own(b"{}", file="owners").holdings == Holdings()


def test_parties_are_described_by_their_keys() -> None:
    by_key = {party.key: party for party in read_own(OWNERS, file="owners").parties}

    assert sorted(by_key) == [
        "Beda Sample", "Cora Sample", "Dora Sample", "Sample Holding", "traders",
    ]  # fmt: skip
    assert by_key["Cora Sample"].name == "Cora B. Sample"
    [lei] = by_key["traders"].documents
    assert (lei.kind, lei.value) == (IdentifierKind.LEI, "XA00SPECIMENCHILD065")


def test_the_holdings_of_an_act_are_read_alone_too() -> None:
    text = b'{"holdings": {"stakes": [{"owner": "L1", "asset": "C", "share": "1/3"}]}}'

    assert len(read_own(text, file="o").holdings.stakes) == 1


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"stakes:\n- {owner: A, asset: B}\n- {owner: A, asse: B}", "o:3 in `stakes[1].asse`",
         "unknown field"),
        (b'{"stakes": [{"owner": "A", "asset": "B",\n"percent": 101}]}', "o:2 in `stakes[0].perc",
         "lies not between"),
        (b'{"holdings":\n{"stakes": [{"owner": "A"}]}}', "o:2 in `holdings.stakes[0].asset`",
         "`asset` is missing"),
        (b"parties:\n  A: {lei: 5}", "o:2 in `parties.A.lei`", "has not the form"),
        (b"parties:\n  A: [7]", "o:2 in `parties.A`", "is expected, not"),
        (b"stake: []", "o:1 in `stake`", "unknown field `stake`"),
        (b"- stakes", "o:1", "this says nothing of who owns whom"),
        (b"stakes: [", "o:", "this is no YAML"),
        (b"stakes: \xff", "o", "the bytes are not UTF-8"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_names_its_line(data: bytes, place: str, message: str) -> None:
    with pytest.raises(ActError) as caught:
        read_own(data, file="o")

    assert str(caught.value).startswith(place)
    assert message in caught.value.message
    assert caught.value.hint


def test_what_a_file_is_its_content_tells(tmp_path: Path) -> None:
    own, table = tmp_path / "a.csv", tmp_path / "b.yaml"
    own.write_bytes(OWNERS)
    table.write_text("owner,asset,percent\nA,B,60\n")

    assert read_ownership(own).kind == "own"
    assert read_ownership(table).kind == "own-csv"
    assert read_ownership(table, format=OwnershipFormat.OWN_CSV).kind == "own-csv"
    assert read_ownership(str(own), format=OwnershipFormat.OWN).file_name == "a.csv"


def test_a_file_that_is_not_what_was_said_is_refused(tmp_path: Path) -> None:
    own, table = tmp_path / "a.yaml", tmp_path / "b.csv"
    own.write_bytes(OWNERS)
    table.write_text("owner,asset,percent\nA,B,60\n")

    with pytest.raises(FormatError, match="none of the forms"):
        read_ownership(own, format=OwnershipFormat.PSC)
    with pytest.raises(FormatError, match="looks like `own-csv`, not like `own`"):
        read_ownership(table, format=OwnershipFormat.OWN)
