"""What the British lists say of other lists, of several regimes, and of one name twice."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from article41.model.entities import NameKind
from article41.model.errors import FormatError
from article41.model.listings import Listing, ReadingReport
from article41.sources.publications import read_publications
from tests.sources.documents import read_all
from tests.sources.golden_inputs import INPUTS

XML = INPUTS["uk/list.xml"].decode()
COLUMNS = [
    "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title",
    "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language", "DOB",
    "Town of Birth", "Country of Birth", "Nationality", "Passport Details", "NI Number",
    "Position", "Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6",
    "Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type", "Alias Quality",
    "Regime", "Listed On", "Last Updated", "Group ID",
]  # fmt: skip
ADA = {
    "Name 6": "EXAMPLE", "Name 1": "Ada", "Group Type": "Individual", "Alias Type": "AKA",
    "Regime": "Examplia", "Listed On": "03/04/2009", "Last Updated": "01/02/2014",
    "Group ID": "41",
}  # fmt: skip


def closed(folder: Path, *rows: dict[str, str]) -> tuple[Listing, ReadingReport]:
    """The one target of a closed list with these rows."""
    text = io.StringIO("Last Updated,02/04/2014\r\n", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({**ADA, **row} for row in rows)
    (listing,), report = whole(folder, text.getvalue())
    return listing, report


def whole(folder: Path, text: str) -> tuple[list[Listing], ReadingReport]:
    file = folder / "any-name"
    file.write_text(text, encoding="utf-8", newline="")
    (version,) = read_publications([file])
    return read_all(version)


def changed(old: str, new: str) -> str:
    assert old in XML
    return XML.replace(old, new, 1)


def test_a_target_under_two_regimes_keeps_both_days(tmp_path: Path) -> None:
    later = {"Regime": "Xandu", "Listed On": "05/06/2011"}

    listing, _ = closed(tmp_path, later, {})

    assert listing.listed_on == date(2009, 4, 3)
    assert listing.programmes == ("Xandu", "Examplia")
    assert ("Listed On (Xandu)", "05/06/2011") in listing.notes
    assert ("Listed On (Examplia)", "03/04/2009") in listing.notes


@pytest.mark.parametrize(
    ("said", "restates", "same_as"),
    [
        ("(UK Sanctions List Ref):XAM0041.", ("uk-sl/XAM0041",), ()),
        (
            "(UK Sanctions List Ref):XAM0041 and XBM0007. Listed under both.",
            ("uk-sl/XAM0041", "uk-sl/XBM0007"),
            (),
        ),
        (
            "(UN Ref):XAi.041 and XBi.002. Brother of the listed (XAi.999).",
            (),
            ("un-sc/XAi.041", "un-sc/XBi.002"),
        ),
        ("(UN Ref):XAE.041. In Exampleville.", (), ("un-sc/XAe.041",)),
        ("(UN Ref):XAi. 041.", (), ("un-sc/XAi.041",)),
        ("UN Ref XAi.041. Has a wife.", (), ("un-sc/XAi.041",)),
        ("Brother of the listed (XAi.999).", (), ()),
    ],
)
def test_references_are_those_that_stand_first(
    tmp_path: Path, said: str, restates: tuple[str, ...], same_as: tuple[str, ...]
) -> None:
    listing, _ = closed(tmp_path, {"Other Information": said})

    assert listing.restates == restates
    assert listing.same_as == same_as
    assert listing.remarks == said


def test_a_reference_to_no_own_entry_is_counted(tmp_path: Path) -> None:
    listing, report = closed(tmp_path, {"Other Information": "(UK Sanctions List Ref):XAi.041."})

    assert listing.restates == ()
    assert "reference to no entry of the UK Sanctions List" in {
        skip.reason for skip in report.skipped
    }


def test_prose_behind_a_reference_is_kept(tmp_path: Path) -> None:
    said = "XAi.041 (formerly XAi.007)"

    listings, _ = whole(tmp_path, changed(">XAi.041<", f">{said}<"))

    assert listings[0].same_as == ("un-sc/XAi.041",)
    assert ("UNReferenceNumber", said) in listings[0].notes


@pytest.mark.parametrize("qualities", [("Low quality", "Good quality"), ("Good quality", "Low")])
def test_a_name_that_is_once_a_good_alias_is_no_weak_one(
    tmp_path: Path, qualities: tuple[str, str]
) -> None:
    listing, _ = closed(tmp_path, *({"Alias Quality": quality} for quality in qualities))

    (name,) = listing.entity.names
    assert name.kind is NameKind.STRONG_ALIAS


def test_a_script_without_a_name_is_kept(tmp_path: Path) -> None:
    listing, _ = closed(tmp_path, {"Non-Latin Script Language": "Persian"})

    assert ("Non-Latin Script Language", "Persian") in listing.notes


@pytest.mark.parametrize("mark", ["yes", "1", "tru"])
def test_a_measure_marked_neither_true_nor_false_is_refused(tmp_path: Path, mark: str) -> None:
    text = changed("<AssetFreeze>true<", f"<AssetFreeze>{mark}<")

    with pytest.raises(FormatError, match=f"`{mark}` is neither true nor false") as caught:
        whole(tmp_path, text)

    assert "SanctionsImposedIndicators/AssetFreeze" in (caught.value.path or "")
