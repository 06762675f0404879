"""A listing whose authority has said when it ends stands until then, whoever asks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from article41.checks import Screener, refresh_index
from article41.match import Query
from article41.model.clocks import InForce
from article41.store import Store
from tests.store.made import listing, moment, version

ADA = Query(name="Ada Example")
PUBLISHED = date(2024, 3, 1)
TODAY = datetime.now(UTC).date()
ENDS = TODAY + timedelta(days=30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    ended = listing("6", delisted_on=TODAY)
    with Store(tmp_path) as store:
        given = version([ended, listing("7", delisted_on=ENDS)], published=PUBLISHED)
        store.add(given, known_at=moment(0))
        refresh_index(store)
        yield store


def found(store: Store, **asked: date | datetime) -> list[str]:
    screener = Screener(store)
    answer = screener.match(ADA, **asked)  # type: ignore[arg-type]
    [screened] = screener.screen([ADA], **asked)  # type: ignore[arg-type]
    assert [one.listing for one in screened.matches] == [one.listing for one in answer.matches]
    return sorted(one.listing.id for one in answer.matches)


def test_what_has_yet_to_end_stands(store: Store) -> None:
    [match] = Screener(store).match(ADA).matches

    assert (match.listing.id, match.in_force) == ("7", InForce.YES)
    assert found(store) == ["7"]
    assert [record.listing.id for record in store.entries()] == ["7"]


def test_what_has_ended_by_the_day_of_the_question_does_not(store: Store) -> None:
    assert found(store, asked_on=ENDS - timedelta(days=1)) == ["7"]
    assert found(store, asked_on=ENDS) == []


def test_a_question_put_back_to_a_moment_is_asked_on_its_day(store: Store) -> None:
    then = datetime.combine(TODAY - timedelta(days=1), datetime.min.time(), tzinfo=UTC)

    assert found(store, known_at=then) == ["6", "7"]
    assert [one.listing.id for one in store.entries(known_at=then)] == ["6", "7"]
