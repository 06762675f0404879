"""A listing's score depends on the query and the listing: on no other listing, date or order."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, seed

from article41.match import (
    SCORER,
    About,
    BirthEvidence,
    Index,
    IndexRecord,
    Query,
    build_index,
    compare,
)
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Entity, Name, Schema
from article41.model.listings import Listing
from tests.match.names import dice, like, name

SEED = 41
ABOUT = About(generation="of-the-test", lists=(), scorer=SCORER)
SCHEMAS = (Schema.PERSON, Schema.COMPANY, Schema.VESSEL, Schema.LEGAL_ENTITY)
DATES = ("1970-02-14", "1970-02", "1971-03-14", "1982")


def record(dice: Random, number: int, names: Sequence[str]) -> IndexRecord:
    births = tuple(
        StatedDate(first=PartialDate.parse(dice.choice(DATES))) for _ in range(dice.randrange(3))
    )
    entity = Entity(
        schema=dice.choice(SCHEMAS), names=tuple(map(_named, names)), birth_dates=births
    )
    listing = Listing(
        authority="XA", list_id="xa-main", id=str(number), entity=entity, place=f"a:{number}"
    )
    return IndexRecord(listing=listing, version_sha256="0" * 64, published=None)


def _named(value: str) -> Name:
    return Name(value=value)


def records(dice: Random, count: int, first: int = 0) -> list[IndexRecord]:
    names = [name(dice) for _ in range(count + 1)]
    return [
        record(dice, first + number, [like(dice, dice.choice(names)), names[number]])
        for number in range(count)
    ]


def queries(dice: Random, listed: Sequence[IndexRecord]) -> list[Query]:
    known = [one.value for record in listed for one in record.listing.entity.names]
    return [
        Query(
            name=like(dice, dice.choice(known)),
            schema=dice.choice((*SCHEMAS, None)),
            birth_dates=dice.choice(
                ((), (StatedDate(first=PartialDate.parse(dice.choice(DATES))),))
            ),
        )
        for _ in range(3)
    ]


Scores = list[dict[str, tuple[float, float, BirthEvidence, str]]]


def scores(listed: Sequence[IndexRecord], asked: Sequence[Query]) -> Scores:
    """For each query what each listing found scores, and by which name."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "names.index")
        build_index(path, listed, about=ABOUT)
        answers = Index(path).search(asked, threshold=0.3, threads=1)
    return [
        {
            f.listing.id: (f.score, f.name_score, f.birth_evidence, f.name.value)
            for f in answer.found
        }
        for answer in answers
    ]


def without(found: Scores, ids: set[str]) -> Scores:
    return [{id_: score for id_, score in one.items() if id_ not in ids} for one in found]


@seed(SEED)
@given(dice)
def test_adding_or_removing_listings_changes_the_score_of_no_other(dice: Random) -> None:
    kept, added = records(dice, 5), records(dice, 5, first=100)
    asked = queries(dice, kept)

    among_others = scores([*kept, *added], asked)

    ids = {one.listing.id for one in added}
    assert without(among_others, ids) == scores(kept, asked)


@seed(SEED)
@given(dice)
def test_another_date_or_name_of_one_listing_changes_the_score_of_no_other(dice: Random) -> None:
    listed = records(dice, 6)
    asked = queries(dice, listed)
    changed = [record(dice, 0, [name(dice)]), *listed[1:]]

    assert without(scores(changed, asked), {"0"}) == without(scores(listed, asked), {"0"})


@seed(SEED)
@given(dice)
def test_the_order_of_the_listings_changes_no_score(dice: Random) -> None:
    listed = records(dice, 8)
    asked = queries(dice, listed)
    shuffled = dice.sample(listed, len(listed))

    assert scores(shuffled, asked) == scores(listed, asked)


@seed(SEED)
@given(dice)
def test_a_listing_scores_in_an_index_as_it_does_alone(dice: Random) -> None:
    listed = records(dice, 5)
    asked = queries(dice, listed)

    for query, found in zip(asked, scores(listed, asked), strict=True):
        for one in listed:
            entity = one.listing.entity
            pairs = [
                (query, Query(name=n.value, schema=entity.schema, birth_dates=entity.birth_dates))
                for n in entity.names
            ]
            best = max(compare(pairs))
            assert found.get(one.listing.id, (0.0,))[0] == (best if best >= 0.3 else 0)


@seed(SEED)
@given(dice)
def test_the_same_listings_make_the_same_bytes(dice: Random) -> None:
    listed = records(dice, 10)
    with TemporaryDirectory() as folder:
        made = []
        for number in range(2):
            path = Path(folder, f"{number}.index")
            build_index(path, listed, about=ABOUT)
            made.append(path.read_bytes())

    assert made[0] == made[1]
