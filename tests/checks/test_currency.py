"""An answer says how old its lists are, which could not be brought up to date, and which ended."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.checks import FindingKind, Screener, refresh_index
from article41.checks.currency import aging_until, is_stale
from article41.match import Query
from article41.model.errors import IndexFileError
from article41.sources.registry import Feed
from article41.store import Attempt, AttemptOutcome, Store
from tests.store.made import LIST, listing, moment, version

PUBLISHED = date(2024, 3, 1)
ADA = Query(name="Ada Example")
CURRENT = {
    FindingKind.STALE,
    FindingKind.AGE_NOT_KNOWN,
    FindingKind.FEED_FAILED,
    FindingKind.RETIRED,
    FindingKind.SHRUNKEN,
    FindingKind.INDEX_BEHIND,
}


def feed(**fields: object) -> dict[str, Feed]:
    given = {"id": LIST, "authority": "XA", "title": "Main", **fields}
    return {LIST: Feed(**given)}  # type: ignore[arg-type]


def held(folder: Path, *attempts: tuple[int, AttemptOutcome]) -> None:
    """A store with one publication of 1 March 2024 and attempts at noon on days of that month."""
    with Store(folder) as store:
        one = version([listing(name="Ada Example")], published=PUBLISHED)
        store.add(one, known_at=moment(0))
        for day, outcome in attempts:
            at = datetime(2024, 3, day, 12, tzinfo=UTC)
            store.note_attempt(attempt(at, outcome, one.sha256))
        refresh_index(store)


def attempt(at: datetime, outcome: AttemptOutcome, sha256: str) -> Attempt:
    """An attempt that confirmed a version, or that failed."""
    if outcome.is_failure:
        return Attempt(list_id=LIST, at=at, outcome=outcome, detail="no answer")
    return Attempt(list_id=LIST, at=at, outcome=outcome, version=sha256)


def said(screener: Screener, **asked: date | datetime) -> dict[FindingKind, str]:
    """What the three ways of asking agree on."""
    found = screener.coverage(**asked).findings  # type: ignore[arg-type]
    assert screener.match(ADA, **asked).findings == found  # type: ignore[arg-type]
    [answer] = screener.screen([ADA], **asked)  # type: ignore[arg-type]
    assert answer.findings == found
    return {one.kind: one.detail for one in found if one.kind in CURRENT}


@pytest.mark.parametrize("clock", ["as_of", "asked_on"])
def test_a_list_is_stale_when_more_than_its_time_has_passed(clock: str, tmp_path: Path) -> None:
    held(tmp_path)
    screener = Screener(tmp_path, feeds={})

    assert said(screener, **{clock: date(2024, 3, 1)}) == {}
    assert said(screener, **{clock: date(2024, 3, 2)}) == {}
    # At its end more than 48 hours have passed since the first moment of the day of publication.
    assert said(screener, **{clock: date(2024, 3, 3)}) == {FindingKind.STALE: "2 days old"}
    assert FindingKind.STALE in said(screener)


def test_a_list_of_which_nobody_says_when_it_was_published_has_no_known_age(tmp_path: Path) -> None:
    undated = version([listing(name="Ada Example")])
    with Store(tmp_path) as store:
        store.add(undated, known_at=moment(0))
        refresh_index(store)

    unsure = {FindingKind.AGE_NOT_KNOWN: f"{moment(0).date()}"}
    assert said(Screener(tmp_path, feeds={}), asked_on=moment(0).date()) == unsure

    with Store(tmp_path) as store:
        store.note_attempt(attempt(moment(1), AttemptOutcome.UNCHANGED, undated.sha256))
    assert said(Screener(tmp_path, feeds={}), asked_on=moment(1).date()) == {}


def test_a_version_with_far_fewer_entries_than_the_one_before_is_named(tmp_path: Path) -> None:
    whole = [listing(str(number)) for number in range(50)]
    with Store(tmp_path) as store:
        # The whole list comes after the short one, so that nothing was refused.
        store.add(version(whole[:2], content=b"a", published=PUBLISHED), known_at=moment(0))
        before = version(whole, content=b"b", published=date(2024, 2, 1))
        store.add(before, known_at=moment(1))
        refresh_index(store)
    screener = Screener(tmp_path, feeds={})

    shrunken = {FindingKind.SHRUNKEN: "2 entries where the version of 2024-02-01 has 50"}
    assert said(screener, as_of=PUBLISHED) == shrunken
    assert said(screener, as_of=date(2024, 2, 2)) == {}
    assert said(screener, known_at=moment(0)) == {}


def test_each_feed_has_its_own_time(tmp_path: Path) -> None:
    held(tmp_path)
    screener = Screener(tmp_path, feeds=feed(age_max_hours=24 * 30))

    assert said(screener, as_of=date(2024, 3, 30)) == {}
    assert said(screener, as_of=date(2024, 3, 31)) == {FindingKind.STALE: "30 days old"}
    daily = Screener(tmp_path, feeds=feed(age_max_hours=24))
    assert said(daily, as_of=date(2024, 3, 2)) == {FindingKind.STALE: "47 hours old"}


@pytest.mark.parametrize(
    "outcome",
    [AttemptOutcome.NEW, AttemptOutcome.UNCHANGED, AttemptOutcome.NOT_MODIFIED],
)
def test_a_confirmation_makes_a_list_young_from_its_day_on(
    outcome: AttemptOutcome, tmp_path: Path
) -> None:
    held(tmp_path, (10, outcome))
    screener = Screener(tmp_path, feeds={})

    assert said(screener, as_of=date(2024, 3, 9)) == {FindingKind.STALE: "8 days old"}
    assert said(screener, as_of=date(2024, 3, 10)) == {}
    assert said(screener, as_of=date(2024, 3, 11)) == {}
    assert said(screener, known_at=datetime(2024, 3, 12, 12, tzinfo=UTC)) == {}
    stale = {FindingKind.STALE: "2 days old"}
    assert said(screener, known_at=datetime(2024, 3, 12, 12, 1, tzinfo=UTC)) == stale
    assert said(screener, as_of=date(2024, 3, 12)) == stale


def test_a_confirmation_is_of_one_version_and_of_no_other(tmp_path: Path) -> None:
    held(tmp_path, (10, AttemptOutcome.UNCHANGED))
    by_hand = version([listing(name="Ada Example")], content=b"b", published=date(2024, 3, 5))
    with Store(tmp_path) as store:
        store.add(by_hand, known_at=datetime(2024, 3, 10, 13, tzinfo=UTC))
        refresh_index(store)

    stale = said(Screener(tmp_path, feeds={}), as_of=date(2024, 3, 10))

    assert stale == {FindingKind.STALE: "5 days old"}


def test_a_screener_says_what_came_since_its_index_was_built(tmp_path: Path) -> None:
    held(tmp_path)
    screener = Screener(tmp_path, feeds={})
    assert said(screener, asked_on=PUBLISHED) == {}
    later = version([listing(name="Beda Example")], content=b"b", published=date(2024, 3, 10))
    other = version([listing(list_id="xb-new")], list_id="xb-new", published=date(2024, 3, 10))
    with Store(tmp_path) as store:
        store.add(later, known_at=moment(24 * 9))
        at = moment(24 * 9 + 1)
        store.note_attempt(attempt(at, AttemptOutcome.NEW, later.sha256))
        store.add(other, known_at=at)
        store.add(other, known_at=moment(24 * 10))

    findings = screener.match(ADA, asked_on=date(2024, 3, 10)).findings
    behind = [one for one in findings if one.kind is FindingKind.INDEX_BEHIND]

    # What was confirmed is not what is answered from.
    assert said(screener, asked_on=date(2024, 3, 10))[FindingKind.STALE] == "9 days old"
    since = [(LIST, moment(24 * 9).isoformat()), ("xb-new", at.isoformat())]
    assert [(one.list_id, one.detail) for one in behind] == since
    # By what was known before, the index holds all.
    assert FindingKind.INDEX_BEHIND not in said(screener, known_at=moment(24 * 9 - 1))
    with Store(tmp_path) as store:
        refresh_index(store)
    assert said(Screener(tmp_path, feeds={}), asked_on=date(2024, 3, 10)) == {}


def test_a_screener_refuses_a_store_that_took_the_place_of_its_own(tmp_path: Path) -> None:
    held(tmp_path / "one")
    screener = Screener(tmp_path / "one", feeds={})
    with Store(tmp_path / "two") as store:
        store.add(version([listing()], content=b"b"), known_at=moment(0))
    (tmp_path / "two" / "store.sqlite").replace(tmp_path / "one" / "store.sqlite")

    with pytest.raises(IndexFileError, match="is not of what the store"):
        screener.match(ADA)


@pytest.mark.parametrize("outcome", [AttemptOutcome.REFUSED, AttemptOutcome.UNREACHABLE])
def test_a_failure_is_named_until_an_attempt_succeeds(
    outcome: AttemptOutcome, tmp_path: Path
) -> None:
    held(tmp_path, (2, AttemptOutcome.UNCHANGED), (3, outcome), (5, AttemptOutcome.UNCHANGED))
    screener = Screener(tmp_path, feeds={})

    assert said(screener, as_of=date(2024, 3, 2)) == {}
    failed = said(screener, as_of=date(2024, 3, 4))[FindingKind.FEED_FAILED]
    assert failed.startswith(f"{outcome.value}: no answer")
    assert "2024-03-02" in failed
    assert said(screener, as_of=date(2024, 3, 5)) == {}
    # By what was known on the fourth, the failure is the last word.
    known_at = datetime(2024, 3, 4, tzinfo=UTC)
    assert FindingKind.FEED_FAILED in said(screener, known_at=known_at)
    assert FindingKind.FEED_FAILED in said(screener, as_of=date(2024, 3, 6), known_at=known_at)


def test_a_retired_list_is_named_from_its_day_on(tmp_path: Path) -> None:
    held(tmp_path)
    screener = Screener(tmp_path, feeds=feed(retired_on=date(2024, 3, 2)))

    assert FindingKind.RETIRED not in said(screener, as_of=date(2024, 3, 1))
    assert said(screener, as_of=date(2024, 3, 2)) == {FindingKind.RETIRED: "2024-03-02"}
    assert said(screener)[FindingKind.RETIRED] == "2024-03-02"


def test_a_list_of_which_nothing_good_ever_came_is_named_too(tmp_path: Path) -> None:
    held(tmp_path)
    with Store(tmp_path) as store:
        at = datetime(2024, 3, 1, 12, tzinfo=UTC)
        failed = AttemptOutcome.UNREACHABLE
        store.note_attempt(Attempt(list_id="xb-other", at=at, outcome=failed, detail="no answer"))

    findings = Screener(tmp_path, feeds={}).match(ADA, as_of=PUBLISHED).findings

    named = [one for one in findings if one.kind is FindingKind.FEED_FAILED]
    assert [one.list_id for one in named] == ["xb-other"]
    assert "its feed has confirmed nothing yet" in named[0].detail
    off = Feed(id="xb-other", authority="XB", title="Other", enabled=False)
    assert Screener(tmp_path, feeds={"xb-other": off}).match(ADA, as_of=PUBLISHED).findings == ()


def test_the_file_beside_the_store_says_how_old_a_list_may_be(tmp_path: Path) -> None:
    held(tmp_path)
    text = f'[{LIST}]\nauthority = "XA"\ntitle = "Main"\nfiles = ["a.csv"]\nage_max_hours = 240\n'
    (tmp_path / "feeds.toml").write_text(text, encoding="utf-8")

    assert said(Screener(tmp_path), as_of=date(2024, 3, 10)) == {}
    assert said(Screener(tmp_path), as_of=date(2024, 3, 11)) == {FindingKind.STALE: "10 days old"}


moments = st.floats(0, 24 * 7).map(lambda hours: moment(0) + timedelta(hours=hours))


@given(since=moments, now=moments, later=moments, known_at=st.none() | moments)
def test_what_was_stale_in_the_course_of_a_day_is_so_when_that_day_is_asked_about(
    since: datetime, now: datetime, later: datetime, known_at: datetime | None
) -> None:
    now, later = sorted((now, later))
    day = now.date()

    then = aging_until(day, now=now)
    after = aging_until(day, now=later)

    assert now <= then <= after
    assert is_stale(since, at=then, feed=None) <= is_stale(since, at=after, feed=None)
    assert aging_until(day, now=now, known_at=known_at) <= then
    assert {one.date() for one in (then, after)} == {day}
