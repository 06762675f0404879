"""Entries of several lists become one target by evidence that can be read and taken back."""

from collections import Counter
from itertools import combinations, product
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.checks.clusters import Targets, joined
from article41.checks.links import SHARED_NUMBER_MAX, Link, LinkBasis
from article41.model.entities import Name, Schema
from article41.model.identifiers import IdentifierKind
from article41.store import LinkVerdict
from tests.checks.made import BORN, PASSPORT, SHIP, TAX, decided, entry, linked, only


def test_an_entry_that_an_authority_names_is_one_target_with_it(tmp_path: Path) -> None:
    names_it = entry("xa-main/7", "Beda Specimen", same_as=("xb-list/1", "xc-absent/9"))

    link = only(linked(tmp_path, names_it, entry("xb-list/1")))

    assert (link.basis, link.reason) == (LinkBasis.PUBLISHED, "xa-main/7 names it")


def test_an_entry_that_repeats_another_is_one_target_with_it(tmp_path: Path) -> None:
    repeats = entry("xa-copy/7", "Beda Specimen", restates=("xa-main/7",))

    link = only(linked(tmp_path, repeats, entry("xa-main/7")))

    assert (link.basis, link.reason) == (LinkBasis.PUBLISHED, "xa-copy/7 repeats it")


@pytest.mark.parametrize("printed", ["XA 000123", "xa-000123", "XA000123"])
def test_the_same_number_joins_however_it_is_printed(printed: str, tmp_path: Path) -> None:
    other = msgspec.structs.replace(PASSPORT, value=printed, kind=IdentifierKind.NATIONAL_ID)

    link = only(
        linked(
            tmp_path,
            entry("xa-main/7", "Ada Exampel", numbers=[PASSPORT]),
            entry("xb-list/1", numbers=[other]),
        )
    )

    assert (link.basis, link.reason) == (LinkBasis.NUMBER, "document XA000123")


def test_a_number_joins_nobody_whose_names_are_unlike(tmp_path: Path) -> None:
    one, other = entry("xa-main/7", numbers=[TAX]), entry("xb-list/1", "Qwertz Uiop", numbers=[TAX])

    assert linked(tmp_path, one, other).clusters == ()


@pytest.mark.parametrize("value", ["123", "ABCDEFGH", "000000000"])
def test_what_marks_nobody_is_no_number(value: str, tmp_path: Path) -> None:
    number = msgspec.structs.replace(TAX, value=value)

    found = linked(
        tmp_path, entry("xa-main/7", numbers=[number]), entry("xb-list/1", numbers=[number])
    )

    assert found.clusters == ()


@pytest.mark.parametrize(("count", "is_joined"), [(SHARED_NUMBER_MAX, 1), (13, 0)])
def test_a_number_that_many_print_marks_none_of_them(
    count: int, is_joined: int, tmp_path: Path
) -> None:
    entries = [entry(f"x{chr(97 + place)}-list/1", numbers=[TAX]) for place in range(count)]

    assert len(linked(tmp_path, *entries).clusters) == is_joined


def test_ships_with_one_imo_number_are_one_whatever_their_names(tmp_path: Path) -> None:
    ships = (
        entry("xa-main/7", "Morning", schema=Schema.VESSEL, numbers=[SHIP]),
        entry("xb-list/1", "Evening", schema=Schema.VESSEL, numbers=[SHIP]),
        entry("xb-list/2", "Twilight", schema=Schema.VESSEL, numbers=[SHIP]),
    )

    assert linked(tmp_path, *ships).clusters == (("xa-main/7", "xb-list/1", "xb-list/2"),)


def test_a_company_is_not_the_ship_whose_number_it_prints(tmp_path: Path) -> None:
    owner = entry("xa-main/7", "Morning", schema=Schema.COMPANY, numbers=[SHIP])
    manager = entry("xb-list/2", "Qwertz Uiop", schema=Schema.COMPANY, numbers=[SHIP])
    ship = entry("xb-list/1", "Morning", schema=Schema.VESSEL, numbers=[SHIP])

    assert linked(tmp_path, owner, manager, ship).clusters == ()


def test_a_number_joins_two_entries_of_one_list_that_agree_to_the_letter(tmp_path: Path) -> None:
    link = only(
        linked(
            tmp_path,
            entry("xa-main/7", "EXAMPLE, Ada", numbers=[PASSPORT]),
            entry("xa-main/8", numbers=[PASSPORT]),
        )
    )

    assert link.basis is LinkBasis.NUMBER


def test_parent_and_subsidiary_with_one_number_stay_two(tmp_path: Path) -> None:
    parent = "Specimen Bank", {"schema": Schema.COMPANY, "numbers": [TAX]}
    child = "Specimen Bank Xandu", {"schema": Schema.COMPANY, "numbers": [TAX]}
    entries = [
        entry(f"{list_id}/{number}", name, **fields)  # type: ignore[arg-type]
        for list_id in ("xa-main", "xb-list")
        for number, (name, fields) in ((1, parent), (2, child))
    ]

    found = linked(tmp_path, *entries)

    assert all("xa-main/1" not in one or "xa-main/2" not in one for one in found.clusters)
    assert found.conflicts


def test_a_third_list_joins_two_entries_that_agree_to_the_letter_and_no_others(
    tmp_path: Path,
) -> None:
    third = entry("xb-list/1", born=BORN)
    doubled = entry("xa-main/7", born=BORN), entry("xa-main/8", born=BORN)
    spelt = entry("xa-main/7", born=BORN), entry("xa-main/8", "Ada Exemple Example", born=BORN)
    named = msgspec.structs.replace(
        spelt[1].entity, names=(*spelt[1].entity.names, Name(value="Ada Example"))
    )

    one = linked(tmp_path / "one", third, *doubled)
    two = linked(tmp_path / "two", third, spelt[0], msgspec.structs.replace(spelt[1], entity=named))

    assert one.clusters == (("xa-main/7", "xa-main/8", "xb-list/1"),)
    assert two.clusters == (("xa-main/7", "xb-list/1"),)
    assert [(link.left, link.right) for link in two.conflicts] == [("xa-main/8", "xb-list/1")]


ADA = entry("xa-main/7", born=BORN), entry("xb-list/1", born=BORN)


def test_a_decision_joins_what_evidence_does_not_and_says_whose_it_is(tmp_path: Path) -> None:
    pair = entry("xa-main/7"), entry("xa-main/8", "Beda Specimen")
    same = decided("xa-main/8", "xa-main/7", LinkVerdict.SAME)

    link = only(linked(tmp_path, *pair, decisions=[same]))

    assert (link.basis, link.reason) == (LinkBasis.DECIDED, "seen (Eva, 2024-03-01)")


def test_a_decision_parts_what_evidence_joins_and_another_takes_it_back(tmp_path: Path) -> None:
    words = [decided("xa-main/7", "xb-list/1", LinkVerdict.DIFFERENT)]
    parted = linked(tmp_path / "parted", *ADA, decisions=words)
    words.append(decided("xa-main/7", "xb-list/1", LinkVerdict.OPEN))
    reopened = linked(tmp_path / "reopened", *ADA, decisions=words)

    assert parted.clusters == ()
    assert [link.basis for link in parted.conflicts] == [LinkBasis.NAME]
    assert only(reopened).basis is LinkBasis.NAME


def test_what_a_decision_parts_no_third_entry_joins(tmp_path: Path) -> None:
    third = entry("xc-list/1", born=BORN)
    apart = decided("xa-main/7", "xb-list/1", LinkVerdict.DIFFERENT)

    found = linked(tmp_path, *ADA, third, decisions=[apart])

    assert found.clusters == (("xa-main/7", "xc-list/1"),)
    assert len(found.conflicts) == 2


def test_an_entry_without_others_is_its_own_target(tmp_path: Path) -> None:
    targets = Targets(linked(tmp_path, *ADA))

    assert targets.of("xb-list/1").keys == ("xa-main/7", "xb-list/1")
    assert targets.of("xz-list/9").keys == ("xz-list/9",)


KEYS = [f"x{list_letter}/{number}" for list_letter in "abcd" for number in (1, 2)]
pairs = st.sampled_from(list(combinations(KEYS, 2)))
links = st.builds(
    lambda pair, basis, score: Link(
        left=pair[0], right=pair[1], basis=basis, reason="", score=score
    ),
    pairs,
    st.sampled_from(LinkBasis),
    st.sampled_from([0.97, 0.98, 1.0]),
)


@given(st.lists(links, max_size=20), st.sets(pairs, max_size=4), st.sets(pairs), st.randoms())
def test_clusters_part_the_entries_and_hold_every_link(
    found: list[Link],
    parted: set[tuple[str, str]],
    twins: set[tuple[str, str]],
    shuffled: Random,
) -> None:
    def are_one(one: str, other: str) -> bool:
        return (one, other) in twins

    made = joined(found, parted, are_one=are_one)

    members = Counter(key for cluster in made.clusters for key in cluster)
    assert all(count == 1 for count in members.values())
    assert all(len(cluster) > 1 for cluster in made.clusters)
    targets = Targets(made)
    for link in made.links:
        assert link.right in targets.of(link.left).keys
        assert (link.left, link.right) not in parted
    for cluster in made.clusters:
        assert not parted & set(combinations(cluster, 2))
    for link in made.conflicts:
        assert link.right not in targets.of(link.left).keys
    for key in KEYS:
        target = targets.of(key)
        inside = set(target.keys)
        assert target.links == tuple(one for one in made.links if one.left in inside)
        assert target.conflicts == tuple(
            one for one in made.conflicts if {one.left, one.right} & inside
        )
    assert {(one.left, one.right) for one in (*made.links, *made.conflicts)} == {
        (one.left, one.right) for one in found
    }
    again = list(found)
    shuffled.shuffle(again)
    assert joined(again, parted, are_one=are_one) == made


@given(st.lists(links, max_size=20))
def test_evidence_never_joins_two_entries_of_one_list_that_are_not_twins(found: list[Link]) -> None:
    evidence = [one for one in found if one.basis in {LinkBasis.NUMBER, LinkBasis.NAME}]

    made = joined(evidence, set(), are_one=lambda one, other: False)

    for one, other in (pair for cluster in made.clusters for pair in product(cluster, repeat=2)):
        assert one == other or one.partition("/")[0] != other.partition("/")[0]
