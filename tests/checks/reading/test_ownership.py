"""Who owns whom comes from a file too, and each act takes what concerns its parties."""

from datetime import date
from fractions import Fraction

import pytest

from article41.checks.reading import read_acts
from article41.checks.reading.limits import PARTIES_MAX
from article41.checks.reading.ownership import Register, read_holdings, with_register
from article41.model.acts import Act
from article41.model.errors import ActError
from article41.model.holdings import ControlKind, Holdings
from article41.model.parties import Role

OWNERS = b"""
stakes:
  - {owner: Beda Sample, asset: Sample Holding, percent: 100}
  - {owner: Sample Holding, asset: Specimen Trading, percent: ">50", source: register}
  - {owner: Somebody Else, asset: Another Company, percent: 30}
controls: {owner: Cora Sample, asset: Sample Holding, kind: board-majority}
joint_arrangements: [[Beda Sample, Dora Sample]]
rebuttals: [Specimen Trading, Another Company]
---
stakes: {owner: Dora Sample, asset: Specimen Trading, percent: 5, held_from: 2020-01-01}
"""


def act(parties: str = "payee: Specimen Trading") -> Act:
    text = f"{{act: payment, on: 2024-06-01, asker: payer, parties: {{payer: Ada, {parties}}}}}"
    (read,) = read_acts(text.encode(), file="act")
    return read


def test_documents_of_a_file_are_taken_together() -> None:
    holdings = read_holdings(OWNERS, file="owners")

    assert [one.owner for one in holdings.stakes] == [
        "Beda Sample", "Sample Holding", "Somebody Else", "Dora Sample",
    ]  # fmt: skip
    assert holdings.stakes[3].held_from == date(2020, 1, 1)
    assert holdings.controls[0].kind is ControlKind.BOARD_MAJORITY
    assert read_holdings(b"{}", file="owners") == Holdings()


def test_an_act_takes_all_through_whom_anything_comes_to_its_parties() -> None:
    register = Register([read_holdings(OWNERS, file="owners")])

    whole = with_register(act(), register)

    assert [(one.owner, one.asset) for one in whole.holdings.stakes] == [
        ("Sample Holding", "payee"), ("Dora Sample", "payee"), ("Beda Sample", "Sample Holding"),
    ]  # fmt: skip
    assert whole.holdings.joint_arrangements == (("Beda Sample", "Dora Sample"),)
    assert whole.holdings.rebuttals == ("payee",)
    owners = [(one.key, one.name) for one in whole.parties if one.role is Role.OWNER]
    assert sorted(owners) == [
        (name, name) for name in ("Beda Sample", "Cora Sample", "Dora Sample", "Sample Holding")
    ]


def test_a_key_counts_before_a_name_and_a_name_of_two_parties_stands_for_neither() -> None:
    register = Register([read_holdings(b"stakes: {owner: A, asset: X, percent: 9}", file="o")])

    assert with_register(act("X: {role: payee, name: Y}"), register).holdings.stakes[0].asset == "X"
    two = act("payee: X, payee-bank: X")
    assert with_register(two, register) == two


def test_what_the_act_says_itself_stays_and_stands_once() -> None:
    own = act("payee: Specimen Trading")
    stake = b"stakes: {owner: payer, asset: payee, percent: 60}"
    first = with_register(own, Register([read_holdings(stake, file="o")]))

    again = with_register(first, Register([read_holdings(stake, file="o")]))

    assert again == first
    (only,) = again.holdings.stakes
    assert only.share is not None
    assert only.share.at_least == Fraction(3, 5)


def test_owners_in_a_ring_are_followed_once() -> None:
    ring = b'{"stakes": [{"owner": "A", "asset": "payee"}, {"owner": "payee", "asset": "A"}]}'

    whole = with_register(act(), Register([read_holdings(ring, file="o")]))

    assert [one.key for one in whole.parties] == ["payer", "payee", "A"]


def test_more_owners_than_parties_may_be_are_refused() -> None:
    rows = ",".join(f'{{"owner": "o{n}", "asset": "payee"}}' for n in range(PARTIES_MAX))
    register = Register([read_holdings(f'{{"stakes": [{rows}]}}'.encode(), file="o")])

    with pytest.raises(ActError, match="with the owners there are 502 parties"):
        with_register(act(), register)


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"stakes:\n- {owner: A, asset: B}\n- {owner: A, asse: B}", "o:3 in `stakes[1].asse`",
         "unknown field"),
        (b'{"stakes": [{"owner": "A", "asset": "B",\n"percent": 101}]}', "o:2 in `stakes[0].perc",
         "lies not between"),
        (b"stake: []", "o:1 in `stake`", "unknown field `stake`"),
        (b"- stakes", "o:1", "a mapping with the fields of a holdings"),
        (b"stakes: [", "o:", "this is no YAML"),
        (b"stakes: \xff", "o", "the bytes are not UTF-8"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_names_its_line(data: bytes, place: str, message: str) -> None:
    with pytest.raises(ActError) as caught:
        read_holdings(data, file="o")

    assert str(caught.value).startswith(place)
    assert message in caught.value.message
