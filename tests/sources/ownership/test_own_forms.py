"""Tables of one's own: what is wrong in them is refused with its place and a remedy."""

from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.model.holdings import ControlKind
from article41.sources.ownership import OwnershipFormat, form_of, leading_to, read_holdings
from tests.sources.ownership.files import INPUTS, reading_of


def refusal_of(folder: Path, text: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        reading_of(folder, text.encode())
    assert caught.value.file == "any-name"
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("row", "line", "column", "said"),
    [
        ("L1,C,half,", 2, "percent", "`half` is no share"),
        ("L1,C,101,", 2, "percent", "`101` is no share"),
        (",C,50,", 2, "owner", "an empty cell"),
        ("L1,C,50,2020-02-30", 2, "held_from", "`2020-02-30` is no day"),
        ("L1,C,50,2020", 2, "held_from", "`2020` is no day"),
        ('L1,C,"50,', 2, "", "the file ends inside a quoted field"),
        ("L1,C,50,,surplus", 2, "column 5", "4 cells expected, 5 found"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line_and_column(
    row: str, line: int, column: str, said: str, tmp_path: Path
) -> None:
    error = refusal_of(tmp_path, f"owner,asset,percent,held_from\n{row}\n")

    assert (error.line, error.path, error.message) == (line, column, said)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("owner,asset,colour", "L1,C,red", "a column that this format does not have"),
        ("owner,asset,right", "L1,C,dividends", "`dividends` is no right"),
        ("owner,asset,control", "L1,C,magic", "`magic` is no kind of control"),
        ("owner,asset,is_nominee", "L1,C,perhaps", "`perhaps` is neither yes nor no"),
    ],
)
def test_a_word_that_is_not_known_is_refused(
    header: str, row: str, said: str, tmp_path: Path
) -> None:
    assert refusal_of(tmp_path, f"{header}\n{row}\n").message == said


def test_a_row_may_be_a_stake_a_control_or_both(tmp_path: Path) -> None:
    text = "asset\towner\tpercent\tcontrol\nC\tL1\t\t\nC\tL1\t\tBoard majority\nC\tL2\t49\tfamily\n"

    holdings = reading_of(tmp_path, text.encode()).holdings

    assert [(one.owner, one.share is None) for one in holdings.stakes] == [
        ("L1", True), ("L2", False),
    ]  # fmt: skip
    assert [one.kind for one in holdings.controls] == [
        ControlKind.BOARD_MAJORITY, ControlKind.FAMILY,
    ]  # fmt: skip


def test_a_country_is_taken_by_any_name_and_what_is_none_is_refused(tmp_path: Path) -> None:
    text = "owner,asset,percent,owner_country\nL1,C,60,Syria\n"

    [_, owner] = reading_of(tmp_path, text.encode()).parties

    assert (owner.key, owner.country) == ("L1", "SY")
    assert refusal_of(tmp_path, text.replace("Syria", "Xandu")).message == "`Xandu` is no country"


def test_what_is_written_as_an_act_has_it_is_read_elsewhere(tmp_path: Path) -> None:
    for text in ('{"stakes": [{"owner": "L1", "asset": "C"}]}', "stakes: {owner: L1, asset: C}"):
        refusal_of(tmp_path, text)
        assert form_of(tmp_path / "any-name") is None


def test_a_form_that_was_named_and_is_not_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(INPUTS["register.psc.txt"])

    assert read_holdings(file, format=OwnershipFormat.PSC).kind == "psc"
    with pytest.raises(FormatError, match="looks like `psc`, not like `own-csv`"):
        read_holdings(file, format=OwnershipFormat.OWN_CSV)


def test_what_leads_to_a_party_is_cut_out_whole(tmp_path: Path) -> None:
    text = (
        "owner,asset,percent,control\nL1,A,60,\nA,C,60,\nC,D,60,\nN1,E,60,\nSP,C,10,\n"
        "L2,SP,,family\nN2,E,,directorship\n"
    )

    record = leading_to(reading_of(tmp_path, text.encode()), ["C"])

    assert {(one.owner, one.asset) for one in record.holdings.stakes} == {
        ("L1", "A"), ("A", "C"), ("SP", "C"),
    }  # fmt: skip
    assert [one.owner for one in record.holdings.controls] == ["L2"]
    assert {party.key for party in record.parties} == {"A", "C", "L1", "L2", "SP"}
