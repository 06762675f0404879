"""Entries of several lists become one target by evidence that can be read and taken back."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import combinations, product
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.checks import refresh_index
from article41.checks.clusters import Clusters, clusters_of, joined
from article41.checks.links import SHARED_NUMBER_MAX, Link, LinkBasis
from article41.match import Index
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, NameKind, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing
from article41.store import LinkDecision, LinkVerdict, Store
from tests.store.made import moment, version

BORN = PartialDate(year=1965, month=9, day=11)
PASSPORT = Identifier(kind=IdentifierKind.PASSPORT, value="XA 000123")
TAX = Identifier(kind=IdentifierKind.TAX, value="7700012345")
SHIP = Identifier(kind=IdentifierKind.IMO, value="IMO 9074729")
OTHER_SHIP = Identifier(kind=IdentifierKind.IMO, value="9321483")


def entry(
    key: str,
    name: str = "Ada Example",
    *,
    schema: Schema = Schema.PERSON,
    born: PartialDate | None = None,
    numbers: Iterable[Identifier] = (),
    country: str = "",
    **fields: object,
) -> Listing:
    list_id, _, number = key.partition("/")
    entity = Entity(
        schema=schema,
        names=(Name(value=name),),
        birth_dates=(StatedDate(first=born),) if born else (),
        addresses=(Address(country=country),) if country else (),
        identifiers=tuple(numbers),
    )
    one = {"authority": "XA", "list_id": list_id, "id": number, "entity": entity}
    return Listing(place=f"{key}:1", **{**one, **fields})  # type: ignore[arg-type]


def decided(one: str, other: str, verdict: LinkVerdict) -> LinkDecision:
    pair = (min(one, other), max(one, other))
    return LinkDecision(
        pair=pair, verdict=verdict, decided_by="Eva", reason="seen", decided_at=moment(9)
    )


def linked(folder: Path, *listings: Listing, decisions: Iterable[LinkDecision] = ()) -> Clusters:
    with Store(folder) as store:
        for list_id in sorted({one.list_id for one in listings}):
            kept = [one for one in listings if one.list_id == list_id]
            store.add(version(kept, content=list_id.encode(), list_id=list_id), known_at=moment(0))
        for decision in decisions:
            store.decide_link(decision)
        return clusters_of(store, Index(refresh_index(store).path))


def only(found: Clusters) -> Link:
    [link] = found.links
    assert found.conflicts == ()
    assert found.clusters == ((link.left, link.right),)
    return link


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


def test_names_join_persons_born_on_the_same_day(tmp_path: Path) -> None:
    link = only(
        linked(
            tmp_path,
            entry("xa-main/7", "EXAMPLE, Ada", born=BORN),
            entry("xb-list/1", born=BORN),
        )
    )

    assert link.basis is LinkBasis.NAME
    assert link.reason.endswith(", born on the same day")


def test_names_join_companies_of_one_country(tmp_path: Path) -> None:
    names = ("xa-main/7", "Specimen Trading"), ("xb-list/1", "Specimen Trading")

    link = only(
        linked(
            tmp_path,
            *(entry(*one, schema=Schema.COMPANY, country=where) for one, where in
              zip(names, ("XANDU", "Xandu"), strict=True)),
        )
    )  # fmt: skip

    assert (link.basis, link.reason[-7:]) == (LinkBasis.NAME, ", xandu")


YEAR = PartialDate(year=1965)
OTHER_YEAR = PartialDate(year=1980)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({}, {}, id="nothing else is printed"),
        pytest.param({"country": "XA"}, {"country": "XA"}, id="persons of one country"),
        pytest.param({"born": BORN}, {"born": OTHER_YEAR}, id="births differ"),
        pytest.param({"born": YEAR}, {"born": BORN}, id="births fit, without a country"),
        pytest.param({"born": BORN, "name": "Ada"}, {"born": BORN, "name": "Ada"}, id="one word"),
        pytest.param(
            {"schema": Schema.VESSEL, "country": "XA", "numbers": [SHIP]},
            {"schema": Schema.VESSEL, "country": "XA", "numbers": [OTHER_SHIP]},
            id="ships with two numbers",
        ),
        pytest.param(
            {"schema": Schema.VESSEL, "country": "XA"},
            {"schema": Schema.COMPANY, "country": "XA"},
            id="a ship and a company",
        ),
    ],
)
def test_names_alone_join_nobody(
    one: dict[str, object], other: dict[str, object], tmp_path: Path
) -> None:
    pair = entry("xa-main/7", **one), entry("xb-list/1", **other)  # type: ignore[arg-type]

    assert linked(tmp_path, *pair).clusters == ()


def test_weak_aliases_join_nobody(tmp_path: Path) -> None:
    weak = (Name(value="Beda Specimen"), Name(value="Ada Example", kind=NameKind.WEAK_ALIAS))
    one = entry("xa-main/7", born=BORN)
    aliased = msgspec.structs.replace(one.entity, names=weak)
    other = msgspec.structs.replace(entry("xb-list/1"), entity=aliased)

    assert linked(tmp_path, one, other).clusters == ()


def test_a_strong_name_joins_where_a_weak_one_resembles_more(tmp_path: Path) -> None:
    one = entry("xa-main/7", "Ada Example Specimen Sample", born=BORN)
    other = entry("xb-list/1", born=BORN)
    weak, strong = (
        msgspec.structs.replace(
            other,
            entity=msgspec.structs.replace(
                other.entity,
                names=(
                    Name(value=name),
                    Name(value="Ada Example Specimen Sample", kind=NameKind.WEAK_ALIAS),
                ),
            ),
        )
        for name in ("Cora Example", "Ada Example Spesimen Sample")
    )

    assert linked(tmp_path / "weak", one, weak).clusters == ()
    link = only(linked(tmp_path / "strong", one, strong))
    assert "`Ada Example Spesimen Sample`" in link.reason
    assert link.score < 1


def test_past_entries_are_joined(tmp_path: Path) -> None:
    past = entry("xb-list/1", born=BORN, delisted_on=date(2020, 1, 1))

    assert only(linked(tmp_path, entry("xa-main/7", born=BORN), past)).basis is LinkBasis.NAME


def test_what_an_entry_said_once_joins_nobody(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add(
            version([entry("xa-main/7", born=BORN)], content=b"a", list_id="xa-main"),
            known_at=moment(0),
        )
        for day, name in enumerate(("Ada Example", "Beda Specimen"), start=1):
            said = version([entry("xb-list/1", name, born=BORN)], content=name.encode(),
                           list_id="xb-list", published=date(2024, 3, day))  # fmt: skip
            store.add(said, known_at=moment(day))
        found = clusters_of(store, Index(refresh_index(store).path))

    assert found.clusters == ()


def test_names_never_join_two_entries_of_one_list(tmp_path: Path) -> None:
    twins = entry("xa-main/7", born=BORN), entry("xa-main/8", born=BORN)

    assert linked(tmp_path, *twins).clusters == ()


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
    found = linked(tmp_path, *ADA)

    assert found.of("xb-list/1") == ("xa-main/7", "xb-list/1")
    assert found.of("xz-list/9") == ("xz-list/9",)


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
    for link in made.links:
        assert link.right in made.of(link.left)
        assert (link.left, link.right) not in parted
    for cluster in made.clusters:
        assert not parted & set(combinations(cluster, 2))
    for link in made.conflicts:
        assert link.right not in made.of(link.left)
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
