"""Words of the catalogue in an act: taken however they are written, refused if there are none."""

import json

import pytest

from article41.checks.reading import read_acts
from article41.model.acts import Act, CargoAct
from article41.model.errors import ActError

CARGO: dict[str, object] = {
    "act": "cargo",
    "on": "2012-07-06",
    "asker": "seller",
    "parties": {"seller": "Ada", "buyer": "Beda"},
    "goods": {"description": "a box"},
}
LICENCE = {"authority": "BAFA", "number": "1", "valid_from": "2012-01-01"}


def read(**fields: object) -> Act:
    [act] = read_acts(json.dumps(CARGO | fields).encode(), file="act.json")
    return act


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ml1", "ML1"),
        ("NONE", "none"),
        ("Deep packet inspection", "deep-packet-inspection"),
        ("annex_v", "annex-v"),
        # Numbers of lists stay as they are written.
        ("ML1.a", "ML1.a"),
        ("ECCN 5A001.f", "ECCN 5A001.f"),
        ("PL5001", "PL5001"),
        ("USML VIII(h)", "USML VIII(h)"),
        ("EAR99", "EAR99"),
    ],
)
def test_an_item_is_one_of_the_vocabulary_or_a_number_of_a_list(written: str, kept: str) -> None:
    act = read(goods={"items": written})

    assert isinstance(act, CargoAct)
    assert act.goods[0].items == (kept,)


def test_words_of_the_catalogue_may_have_any_case_and_blanks() -> None:
    act = read(
        purposes=["Legal fees"],
        facts={"Is_own national": "yes", "is-ex-2208": False, "us-reaches-currency": True},
        end_use="Medical",
        licences=[LICENCE | {"lifts": ["eu syria", "sy"], "purposes": "FOOD"}],
    )

    assert isinstance(act, CargoAct)
    assert act.purposes == ("legal-fees",)
    assert act.facts == {"is-own-national": True, "is-ex-2208": False, "us-reaches-currency": True}
    assert act.end_use == "medical"
    assert (act.licences[0].lifts, act.licences[0].purposes) == (("EU Syria", "SY"), ("food",))


def test_what_is_no_chemical_may_be_said_to_have_no_number() -> None:
    act = read(goods={"description": "a box", "cas": "None"})

    assert isinstance(act, CargoAct)
    assert act.goods[0].cas == ("none",)


def test_an_end_use_may_be_free_text() -> None:
    act = read(end_use="monitoring of subscribers")

    assert isinstance(act, CargoAct)
    assert act.end_use == "monitoring of subscribers"


@pytest.mark.parametrize(
    ("fields", "path", "message", "hint"),
    [
        ({"goods": {"items": "deep-packet-inspecton"}}, "goods.items",
         "unknown item `deep-packet-inspecton`", "did you mean `deep-packet-inspection`"),
        ({"goods": {"items": "imsi-catcher"}}, "goods.items", "unknown item", "description"),
        ({"purposes": "legal-fee"}, "purposes", "unknown purpose `legal-fee`",
         "did you mean `legal-fees`"),
        ({"purposes": ["food", "buying a house"]}, "purposes[1]", "unknown purpose", "`text`"),
        ({"facts": {"is-own-nationl": True}}, "facts.is-own-nationl", "unknown fact",
         "did you mean `is-own-national`"),
        ({"facts": {"is-ex-9999": True}}, "facts.is-ex-9999", "unknown fact", "did you mean"),
        ({"facts": {"us-reaches-nowhere": True}}, "facts.us-reaches-nowhere", "unknown fact", ""),
        ({"facts": {"is-own-national": True, "Is own national": False}}, "facts.Is own national",
         "stands twice", "keep one"),
        ({"end_use": "legal fee"}, "end_use", "unknown end use `legal fee`",
         "did you mean `legal-fees`"),
        ({"licences": LICENCE | {"lifts": "EU Syrian"}}, "licences.lifts",
         "unknown measure, programme or regime `EU Syrian`", "did you mean `EU Syria`"),
        ({"licences": LICENCE | {"purposes": "fod"}}, "licences.purposes",
         "unknown purpose `fod`", "did you mean `food`"),
    ],
)  # fmt: skip
def test_a_word_of_no_catalogue_is_refused_with_the_nearest(
    fields: dict[str, object], path: str, message: str, hint: str
) -> None:
    with pytest.raises(ActError) as caught:
        read(**fields)

    assert caught.value.path == path
    assert message in caught.value.message
    assert hint in caught.value.hint
