"""Who is found among customers by a listed name is whom a question for the customer finds."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from article41.match import SCORER, About, Index, IndexRecord, Query, build_index
from article41.match.customers import CustomerIndex, IndexedCustomer, build_customer_index
from article41.model.errors import IndexFileError
from tests.casework.made import SCHEMAS, births, listing
from tests.match.names import dice, like, name


@given(dice)
def test_both_ways_find_the_same_pairs(dice: Random) -> None:
    listed = [
        listing(dice, "xa-main", str(number), *(name(dice) for _ in range(dice.randint(1, 3))))
        for number in range(dice.randint(1, 8))
    ]
    spelled = [one.value for each in listed for one in each.entity.names]
    clients = [
        IndexedCustomer(
            f"c-{number}",
            (
                Query(
                    name=like(dice, dice.choice(spelled)) or "X",
                    schema=dice.choice((*SCHEMAS, None)),
                    birth_dates=births(dice),
                ),
            ),
        )
        for number in range(dice.randint(1, 8))
    ]
    threshold = dice.choice((0.4, 0.65, 0.8, 1.0))
    with TemporaryDirectory() as folder:
        lists, customers = Path(folder, "names.index"), Path(folder, "customers.index")
        records = (
            IndexRecord(listing=one, version_sha256="0" * 64, published=None) for one in listed
        )
        build_index(lists, records, about=About(generation="x", lists=(), scorer=SCORER))
        build_customer_index(customers, clients, state="1")
        index, others = Index(lists), CustomerIndex(customers)

        answers = index.search([one.queries[0] for one in clients], threshold=threshold)
        forward = {
            (client.id, found.listing.key)
            for client, answer in zip(clients, answers, strict=True)
            for found in answer.found
        }
        reverse = {
            (client, one.key)
            for one in index.listings()
            for client in others.resembling([one], threshold=threshold)
        }

    assert forward == reverse


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "customers.index"
    with pytest.raises(IndexFileError):
        CustomerIndex(path)
    path.write_bytes(b"x" * 500)
    with pytest.raises(IndexFileError) as caught:
        CustomerIndex(path)
    assert "import the customers again" in caught.value.hint
