"""A measure that could not be read whole is refused when the catalogue is loaded."""

from pathlib import Path

import pytest

from article41.law.loading import load_catalogue
from article41.model.errors import CatalogueError

MEASURE = """
id = "xa/fleet"
authority = "Council of XA"
jurisdiction = "XA"
programme = "XA Fleet"
regime = "XB"
kind = "port-ban"
class = "economic"
level = "operators"
title = "No port access"
forbids = ["sell"]
outcome = "prohibit"
certainty = "A"
verified_on = 2024-05-01
verified_by = "nobody: invented"
in_force = [{ from = 2024-01-01 }]
texts = [{ instrument = "Regulation 2024/7" }]

[[targets]]
[targets.goods]
codes = [{ code = "2204", nomenclature = "HS 2012", CONDITION }]
"""
WORDS = '[kinds]\nport-ban = "ban on ports"\n'


def load(folder: Path, condition: str) -> None:
    (folder / "words").mkdir()
    (folder / "words" / "xa.toml").write_text(WORDS, encoding="utf-8")
    (folder / "xa").mkdir()
    text = MEASURE.replace("CONDITION", condition)
    (folder / "xa" / "fleet.toml").write_text(text, encoding="utf-8")
    load_catalogue(folder)


@pytest.mark.parametrize(
    ("condition", "unread"),
    [
        ('figure_above = "40"', "figure"),
        ('figure = "output_mw"', "figure"),
        ('price_above = "50"', "price_above"),
        ('currency = "EUR"', "price_above"),
        ('unit = "l"', "unit"),
    ],
)
def test_half_a_condition_of_a_code_is_refused(condition: str, unread: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, condition)

    assert caught.value.message == f"{unread} of 2204 can be compared with nothing"
    assert (caught.value.file, caught.value.line) == ("xa/fleet.toml", 21)


def test_a_whole_condition_is_read(tmp_path: Path) -> None:
    load(tmp_path, 'figure = "output_mw", figure_above = "40"')


PARTY = """
[[targets]]
[[targets.party.listed]]
authority = "XA"
listings = ["Example Fleet", "annex:xa-one"]
"""
ANNEX = """
[xa-one]
title = "Annex of Regulation 2024/7"
names = ["Specimen Fleet"]
certainty = "A"
verified_on = 2024-05-01
verified_by = "nobody: invented"
"""


def load_naming(folder: Path) -> tuple[str, ...]:
    head, _ = MEASURE.split("[[targets]]")
    (folder / "words").mkdir()
    (folder / "words" / "xa.toml").write_text(WORDS, encoding="utf-8")
    (folder / "xa").mkdir()
    (folder / "xa" / "fleet.toml").write_text(head + PARTY, encoding="utf-8")
    [measure] = load_catalogue(folder).measures
    [target] = measure.targets
    assert target.party is not None
    [listed] = target.party.listed
    return listed.listings


def test_an_annex_is_written_once_and_meant_by_its_key(tmp_path: Path) -> None:
    (tmp_path / "annexes.toml").write_text(ANNEX, encoding="utf-8")

    assert load_naming(tmp_path) == ("Example Fleet", "Specimen Fleet")


def test_an_annex_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_naming(tmp_path)

    assert caught.value.message == "there is no annex `xa-one`"
    assert caught.value.file == "xa/fleet.toml"
