"""Which item a written word stands for, and which others are left open by it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.law.items import can_also_be, item_of, left_open, list_of
from article41.law.loading import load_catalogue, load_words

WORDS = load_words()
ITEMS = sorted(WORDS.items)


@pytest.mark.parametrize(
    ("word", "item"),
    [
        ("ML1", "ML1"),
        ("ml-1", "ML1"),
        ("ML 1", "ML1"),
        ("ML10.a.1", "ML10"),
        ("EU ML 22", "ML22"),
        ("Common Military List 4", "ML4"),
        ("ECCN 5A001.f", "5A001"),
        ("1c350.b.4", "1C350"),
        ("9A610.x", "9A610"),
        ("ix.a2.001", "IX.A2.001"),
        ("Deep Packet_inspection", "deep-packet-inspection"),
        ("EAR 99", "EAR99"),
        ("None", "none"),
    ],
)
def test_a_number_is_recognised_however_it_is_written(word: str, item: str) -> None:
    assert item_of(word, WORDS) == item


@pytest.mark.parametrize(
    "word", ["imsi-catcher", "ML23", "ML0", "not ML1", "ML1 and ML2", "PL5001", "5A001 no", "1A1"]
)
def test_what_is_not_certain_is_no_item(word: str) -> None:
    assert item_of(word, WORDS) == ""


@given(st.sampled_from(ITEMS))
def test_every_item_is_itself_and_stays_open_beside_a_word_that_nobody_knows(item: str) -> None:
    assert item_of(item, WORDS) == item
    assert left_open(["", item], (item,), WORDS) == (item,)
    assert left_open(["none"], (item,), WORDS) == ()


@given(st.sampled_from(ITEMS), st.sampled_from(ITEMS))
def test_whether_one_can_be_the_other_is_asked_from_either_side(one: str, other: str) -> None:
    assert can_also_be(one, other, WORDS) is can_also_be(other, one, WORDS)


def test_what_names_equipment_is_no_chemical_and_what_is_of_two_lists_can_be_both() -> None:
    assert not can_also_be("hydrotreater", "cas", WORDS)
    assert can_also_be("octane-additive", "cas", WORDS)
    assert can_also_be("hydrotreater", "2B350", WORDS)
    assert can_also_be("cultural-property", "luxury-goods", WORDS)
    assert not can_also_be("1C350", "luxury-goods", WORDS)
    assert not can_also_be("ML6", "water-cannon", WORDS)
    assert not can_also_be("5A001", "2B350", WORDS)


def test_every_list_that_a_measure_means_is_told_by_the_vocabulary() -> None:
    alone = {"ca-syria-schedule-2", "luxury-goods", "syrian-banknotes-or-coinage"}

    assert {item for item in ITEMS if not list_of(item, WORDS)} - set(WORDS.lists) == alone


def test_the_vocabulary_is_read_alone_as_with_the_measures() -> None:
    # By what they hold: a vocabulary is the same as itself alone.
    assert msgspec.structs.asdict(load_catalogue().words) == msgspec.structs.asdict(WORDS)
