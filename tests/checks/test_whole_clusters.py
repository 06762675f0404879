"""Whole official files: what numbers and names find of what authorities say of each other."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from article41.checks import refresh_index
from article41.checks.clusters import Clusters, Targets, clusters_of
from article41.checks.links import by_name, by_number
from article41.match import Index
from article41.sources.publications import read_publications
from article41.store import Store

READ_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def of_four_lists(four_lists: Path) -> Clusters:
    with Store(four_lists) as store:
        return clusters_of(store, Index(refresh_index(store).path))


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys",
    [
        ("au-dfat/1101", "ofac-sdn/11322", "uk-conlist/10752", "un-sc/QDi.261"),
        ("au-dfat/1105", "ofac-sdn/10691", "uk-conlist/9217", "un-sc/QDi.265"),
        ("au-dfat/1295", "ofac-sdn/12823", "uk-conlist/12030", "un-sc/SOi.010"),
        ("au-dfat/199", "ofac-sdn/6948", "uk-conlist/6974", "un-sc/QDi.029"),
    ],
)
def test_a_target_of_four_authorities_is_one(
    of_four_lists: Clusters, keys: tuple[str, ...]
) -> None:
    assert Targets(of_four_lists).of(keys[0]).keys == keys


@pytest.mark.slow
def test_numbers_and_names_find_what_the_united_kingdom_says_of_the_united_nations(
    shared: Path, tmp_path: Path
) -> None:
    data = shared / "data"
    files = [data / "un/un-consolidated-2025-04-19.xml.gz", data / "uk/uk-conlist-2025-04-10.xlsx"]
    with Store(tmp_path) as store:
        for one in read_publications(files):
            store.add(one, known_at=READ_AT)
        listings = {one.listing.key: one.listing for one in store.records()}
        index = Index(refresh_index(store).path)
    said = {(key, to) for key, one in listings.items() for to in one.same_as if to in listings}
    found = {(link.left, link.right) for link in (*by_number(listings), *by_name(listings, index))}
    numbered = {key for key, _ in said}, {to for _, to in said}
    of_these = {pair for pair in found if pair[0] in numbered[0] and pair[1] in numbered[1]}

    assert len(found & said) / len(said) > 0.7
    assert len(of_these - said) <= 5
