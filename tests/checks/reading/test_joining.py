"""Records of owners come to the parties of an act by a key or a strong number, never by a name."""

from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from article41.checks.reading import canonical, read_acts
from article41.checks.reading.joining import NOTES_MAX, Register
from article41.checks.reading.limits import PARTIES_MAX
from article41.checks.reading.ownership import read_own, read_ownership
from article41.model.acts import Act
from article41.model.entities import Schema
from article41.model.errors import ActError
from article41.model.holdings import ControlKind, Holdings
from article41.model.parties import Role

FILES = Path(__file__).resolve().parents[2] / "golden" / "ownership"
LEI = "XA00SPECIMENCHILD065"
OWNERS = b"""
stakes:
  - {owner: Beda Sample, asset: Sample Holding, percent: 100}
  - {owner: Sample Holding, asset: payee, percent: ">50"}
  - {owner: Somebody Else, asset: Another Company, percent: 30}
  - {owner: Dora Sample, asset: payee, percent: 5}
controls: {owner: Cora Sample, asset: Sample Holding, kind: board-majority}
joint_arrangements: [[Beda Sample, Dora Sample]]
rebuttals: [payee, Another Company]
"""


def act(parties: str = "payee: {name: Specimen  Traders}") -> Act:
    text = f"{{act: payment, on: 2024-06-01, asker: payer, parties: {{payer: Ada, {parties}}}}}"
    (read,) = read_acts(text.encode(), file="act")
    return read


def owned(text: bytes) -> Register:
    return Register([read_own(text, file="owners")])


def of_file(*names: str) -> Register:
    return Register([read_ownership(FILES / name) for name in names])


def ties(found: Act) -> set[tuple[str, str]]:
    links = [(one.owner, one.asset) for one in found.holdings.stakes]
    return {*links, *((one.owner, one.asset) for one in found.holdings.controls)}


def test_an_act_takes_all_through_whom_anything_comes_to_its_parties() -> None:
    joined = owned(OWNERS).joined(act())

    assert [(one.owner, one.asset) for one in joined.act.holdings.stakes] == [
        ("Sample Holding", "payee"), ("Dora Sample", "payee"), ("Beda Sample", "Sample Holding"),
    ]  # fmt: skip
    assert joined.ties == 4
    assert joined.act.holdings.joint_arrangements == (("Beda Sample", "Dora Sample"),)
    assert joined.act.holdings.rebuttals == ("payee",)
    owners = [(one.key, one.name) for one in joined.act.parties if one.role is Role.OWNER]
    assert sorted(owners) == [
        (name, name) for name in ("Beda Sample", "Cora Sample", "Dora Sample", "Sample Holding")
    ]


def test_a_name_joins_nothing_and_tells_what_might_be_meant() -> None:
    register = owned(b"stakes: {owner: Beda Sample, asset: Specimen traders, percent: 100}")

    joined = register.joined(act())

    assert msgspec.structs.replace(joined.act, holdings=Holdings()) == act()
    [note] = joined.notes
    assert note.startswith("`Specimen traders` in owners might be `payee`: a name joins nothing")


def test_a_key_of_ones_own_joins_also_where_it_is_an_id() -> None:
    register = owned(b"stakes: {owner: A, asset: k-7, percent: 9}")

    assert ties(register.joined(act("payee: {id: k-7, name: X}")).act) == {("A", "k-7")}
    assert register.joined(act("payee: {name: X}")).ties == 0


@pytest.mark.parametrize(
    ("file", "party", "found"),
    [
        ("entities.ftm.json", f"lei: {LEI}", {("p-ada", "payee")}),
        ("relations.gleif.json", f"lei: {LEI}", {("XA00EXAMPLEPARENT038", "payee")}),
        ("relations.gleif.csv", f"lei: {LEI}", {("XA00EXAMPLEPARENT038", "payee")}),
        ("statements-0.4.json", f"lei: {LEI}", {("holding", "payee"), ("ada", "holding")}),
        ("statements-0.4.json", "registration: 1234567, country: GB", {("holding", "payee")}),
        ("register.psc.txt", "registration: {value: '1234567', country: GB}",
         {("gb-psc/company/01234567/persons-with-significant-control/individual/3", "payee")}),
        ("table.csv", "id: traders", {("ada", "traders"), ("beda", "traders")}),
    ],
)  # fmt: skip
def test_each_form_is_joined_by_a_number_or_a_key(
    file: str, party: str, found: set[tuple[str, str]]
) -> None:
    joined = of_file(file).joined(act(f"payee: {{name: Specimen, {party}}}"))

    assert found <= ties(joined.act)
    assert not joined.notes
    [again] = read_acts(canonical(joined.act), file="again")
    assert again == joined.act


@pytest.mark.parametrize("party", ["registration: 1234567", "registration: 1234567, country: XA"])
def test_a_number_of_a_register_marks_nobody_without_its_country(party: str) -> None:
    assert of_file("register.psc.txt").joined(act(f"payee: {{name: X, {party}}}")).ties == 0


def test_a_number_of_one_court_among_many_joins_with_the_name_alone() -> None:
    numbered = "registration: HRB 1234, country: DE"
    register = owned(
        b"stakes: {owner: A, asset: k}\n"
        b"parties: {k: {name: Muster GmbH, registration: HRB 1234, country: DE}}"
    )

    assert register.joined(act(f"payee: {{name: MUSTER gmbh, {numbered}}}")).ties == 1
    assert register.joined(act(f"payee: {{name: Beispiel GmbH, {numbered}}}")).ties == 0


@pytest.mark.parametrize("number", ["n/a", "000000", "123"])
def test_what_stands_for_a_number_that_is_not_known_joins_nothing(number: str) -> None:
    party = f"{{name: X, registration: '{number}', country: FR}}"
    register = owned(f"stakes: {{owner: A, asset: k}}\nparties: {{k: {party}}}".encode())

    assert register.joined(act(f"payee: {party}")).ties == 0


def test_owners_that_come_from_a_register_are_described_and_screened() -> None:
    joined = of_file("register.psc.txt").joined(
        act("payee: {name: X, registration: 01234567, country: GB}")
    )

    [owner] = [party for party in joined.act.parties if party.role is Role.OWNER]
    assert (owner.name, owner.schema) == ("Ada Example", Schema.PERSON)
    assert (owner.nationalities, owner.birth_date) == (("FR",), "1965-03")
    capital = joined.act.holdings.stakes[0].share
    assert capital is not None
    assert (capital.at_least, capital.excludes_least) == (Fraction(1, 2), True)


def test_consolidation_in_the_accounts_is_a_sign_and_no_share() -> None:
    joined = of_file("relations.gleif.csv").joined(act(f"payee: {{name: X, lei: {LEI}}}"))

    assert not joined.act.holdings.stakes
    assert {one.kind for one in joined.act.holdings.controls} == {
        ControlKind.ACCOUNTING_CONSOLIDATION
    }


def test_files_are_brought_together_by_the_numbers_that_they_have_in_common() -> None:
    register = of_file("relations.gleif.csv", "register.psc.txt", "statements-0.4.json")

    # The statements name both the LEI and the company number.
    joined = register.joined(act(f"payee: {{name: X, lei: {LEI}}}"))

    assert {("XA00EXAMPLEPARENT038", "payee"), ("holding", "payee")} <= ties(joined.act)
    assert any(owner.startswith("gb-psc/company/01234567") for owner, _ in ties(joined.act))


def test_the_same_key_in_two_files_of_statements_is_not_one_party() -> None:
    twice = of_file("statements-0.4.json", "statements-0.4.json")

    joined = twice.joined(act(f"payee: {{name: X, lei: {LEI}}}"))

    # One number makes one company of both; their persons have none, and stay two.
    assert {"ada", "ada (2)", "holding", "holding (2)"} <= {one.key for one in joined.act.parties}


def test_a_number_that_another_contradicts_joins_nothing() -> None:
    register = of_file("statements-0.4.json")
    party = "{name: X, registration: 01234567, country: GB, lei: 529900T8BM49AURSDO55}"

    joined = register.joined(act(f"payee: {party}"))

    assert joined.ties == 0
    assert "has a number of `payee`, and another LEI or IMO" in joined.notes[0]


def test_one_record_may_be_of_two_parties() -> None:
    register = owned(f"stakes: {{owner: A, asset: k}}\nparties: {{k: {{lei: {LEI}}}}}".encode())

    both = register.joined(act(f"payee: {{name: X, lei: {LEI}}}, ultimate-payee: {{lei: {LEI}}}"))

    assert ties(both.act) == {("A", "payee"), ("A", "ultimate-payee")}


def test_an_owner_that_takes_part_is_no_new_party() -> None:
    register = of_file("relations.gleif.csv")
    parent = "payer-bank: {name: Y, lei: XA00EXAMPLEPARENT038}"

    joined = register.joined(act(f"{parent}, payee: {{name: X, lei: {LEI}}}"))

    assert ties(joined.act) == {("payer-bank", "payee")}
    assert len(joined.act.parties) == 3


def test_what_the_act_says_itself_stays_and_stands_once() -> None:
    register = owned(b"stakes: {owner: payer, asset: payee, percent: 60}")
    first = register.joined(act()).act

    again = register.joined(first).act

    assert again == first
    (only,) = again.holdings.stakes
    assert only.share is not None
    assert only.share.at_least == Fraction(3, 5)
    assert (register.ties, register.ties_joined) == (1, 1)


def test_shares_that_a_register_tells_twice_are_told_and_not_refused() -> None:
    text = b"""stakes:
      - {owner: A, asset: payee, percent: 80}
      - {owner: B, asset: payee, percent: 60}"""

    *_, last = owned(text).joined(act()).act.holdings.notes

    assert last.startswith("the stakes in `payee` come to 140 % of its votes on ")


def test_owners_in_a_ring_are_followed_once() -> None:
    ring = b'{"stakes": [{"owner": "A", "asset": "payee"}, {"owner": "payee", "asset": "A"}]}'

    whole = owned(ring).joined(act()).act

    assert [one.key for one in whole.parties] == ["payer", "payee", "A"]


def test_more_owners_than_parties_may_be_are_refused() -> None:
    rows = ",".join(f'{{"owner": "o{n}", "asset": "payee"}}' for n in range(PARTIES_MAX))

    with pytest.raises(ActError, match="with the owners there are 502 parties"):
        owned(f'{{"stakes": [{rows}]}}'.encode()).joined(act())


def test_acts_are_read_with_their_owners() -> None:
    text = b"{act: party, on: 2024-06-01, asker: institution, parties: {institution: A}}"
    register = owned(b"stakes: {owner: B, asset: institution, percent: 60}")

    [read] = read_acts(text, file="act", ownership=register)

    assert [party.key for party in read.parties] == ["institution", "B"]


def test_what_of_each_file_came_to_an_act_stands_in_the_act() -> None:
    register = Register([read_own(OWNERS, file="owners"), read_own(b"stakes: []", file="none")])
    one = act("payee: Specimen Traders, payee-bank: {name: Sample Holding}")

    [of_owners, of_none] = register.joined(act()).act.holdings.notes
    [*_, unjoined] = register.joined(one).act.holdings.notes

    assert of_owners == ("owners (own): 3 of its 4 stakes and 1 of its 1 controls concern this act")
    assert of_none == "none (own): 0 of its 0 stakes and 0 of its 0 controls concern this act"
    assert unjoined.startswith("`Sample Holding` in owners might be `payee-bank`: a name")


def test_a_file_is_named_with_its_content_and_what_was_left_out_of_it() -> None:
    register = of_file("register.psc.txt")

    first, *skipped = register.joined(act()).act.holdings.notes

    assert first.startswith("register.psc.txt (psc, sha256 ")
    assert skipped
    assert all(note.startswith("register.psc.txt: ") and " × " in note for note in skipped)


def test_notes_are_part_of_the_act_as_it_is_written() -> None:
    joined = owned(OWNERS).joined(act()).act

    [again] = read_acts(canonical(joined), file="act")

    assert again == joined
    assert again.holdings.notes


def test_a_file_of_ones_own_has_no_notes() -> None:
    with pytest.raises(ActError, match="unknown field `notes`"):
        read_own(b"notes: [x]", file="owners")


def test_of_very_many_notes_the_further_are_counted() -> None:
    rows = ", ".join(f"{{owner: O{n}, asset: A{n}}}" for n in range(NOTES_MAX + 20))
    names = ", ".join(f"A{n}: {{name: Specimen Traders}}" for n in range(NOTES_MAX + 20))
    register = owned(f"{{stakes: [{rows}], parties: {{{names}}}}}".encode())

    notes = register.joined(act()).act.holdings.notes

    assert len(notes) == NOTES_MAX + 1
    assert notes[-1] == "and 21 further notes"
