"""An answer says which version of each list stood on its day, by what its moment knew."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article41.checks import Coverage, FindingKind, PartyAnswer, Screener, refresh_index
from article41.match import SCORER, Query
from article41.model.clocks import InForce, Interval
from article41.model.errors import IndexFileError, InputError, StoreError
from article41.model.listings import Gap, Listing, ListVersion, Past, ReadingReport
from article41.store import Shrink, Store
from tests.store.made import listing, moment, version

ADA = Query(name="Ada Example")
FIRST, SECOND, THIRD = date(2024, 1, 1), date(2024, 1, 8), date(2024, 1, 15)


@contextmanager
def screener(*added: tuple[int, ListVersion]) -> Iterator[Screener]:
    """A screener of a store that learned of versions, each at an hour."""
    with TemporaryDirectory() as folder, Store(Path(folder)) as store:
        for hour, one in added:
            store.add(one, known_at=moment(hour))
        refresh_index(store)
        yield Screener(folder)


def publication(
    content: str, published: date | None = None, *names: str, list_id: str = "xa-main"
) -> ListVersion:
    listings = [
        listing(str(number), name=name, list_id=list_id)
        for number, name in enumerate(names or ("Ada Example",))
    ]
    return version(listings, content=content.encode(), published=published, list_id=list_id)


def lacking(one: ListVersion, gap: str) -> ListVersion:
    """The same publication with something missing."""

    def read() -> Generator[Listing, None, ReadingReport]:
        report = yield from one.listings()
        return msgspec.structs.replace(report, gaps=(gap,))

    return msgspec.structs.replace(one, listings=read)


def telling_from(one: ListVersion, day: date, *gaps: Gap) -> ListVersion:
    """The same publication, which prints its own history from a day on."""

    def read() -> Generator[Listing, None, ReadingReport]:
        report = yield from one.listings()
        return msgspec.structs.replace(report, past=Past(first_day=day, gaps=gaps))

    return msgspec.structs.replace(one, listings=read)


def covered(coverage: Coverage) -> list[tuple[date, date | None, str] | None]:
    """Day, publication and identity of each version, or nothing."""
    return [
        None
        if one.version is None
        else (one.version.day, one.version.published, one.version.sha256)
        for one in coverage.lists
    ]


def kinds(answer: PartyAnswer) -> list[tuple[FindingKind, str, str]]:
    return [(finding.kind, finding.list_id, finding.detail) for finding in answer.findings]


def test_a_day_is_answered_by_the_version_that_stood_then() -> None:
    a, b = publication("a", FIRST), publication("b", SECOND)
    with screener((0, a), (1, b)) as asked:
        for day, expected in (
            (FIRST - timedelta(1), None),
            (FIRST, (FIRST, FIRST, a.sha256)),
            (SECOND - timedelta(1), (FIRST, FIRST, a.sha256)),
            (SECOND, (SECOND, SECOND, b.sha256)),
            (None, (SECOND, SECOND, b.sha256)),
        ):
            assert covered(asked.match(ADA, as_of=day).coverage) == [expected]


def test_a_list_that_returned_to_its_bytes_is_covered_by_them_and_their_new_date() -> None:
    a, b = publication("a", FIRST), publication("b", SECOND, "Ada Exampel")
    with screener((0, a), (1, b), (2, publication("a", THIRD))) as asked:
        assert covered(asked.coverage()) == [(THIRD, THIRD, a.sha256)]
        assert covered(asked.coverage(as_of=SECOND)) == [(SECOND, SECOND, b.sha256)]
        assert covered(asked.coverage(known_at=moment(1))) == [(SECOND, SECOND, b.sha256)]
        for day in (FIRST, SECOND, THIRD, None):
            for at in (moment(0), moment(1), moment(2), None):
                answer = asked.match(ADA, as_of=day, known_at=at)
                [version] = [one.version for one in answer.coverage.lists]
                assert version is not None
                [match] = answer.matches
                assert match.listing.published == version.published


def test_a_day_before_a_list_is_known_is_a_finding() -> None:
    with screener((0, publication("a", FIRST)), (0, publication("b", SECOND, list_id="xb"))) as (
        asked
    ):
        answer = asked.match(ADA, as_of=FIRST)

    assert kinds(answer) == [(FindingKind.NOT_KNOWN_BEFORE, "xb", "2024-01-08")]


def test_a_moment_before_anything_was_known_gives_a_finding_and_not_silence() -> None:
    with screener((0, publication("a", FIRST)), (5, publication("b", SECOND, list_id="xb"))) as (
        asked
    ):
        before, between = (
            asked.match(ADA, known_at=moment(-1)),
            asked.match(ADA, known_at=moment(1)),
        )

    at = moment(-1).isoformat()
    assert before.matches == ()
    assert kinds(before) == [(FindingKind.NOT_KNOWN_AT, one, at) for one in ("xa-main", "xb")]
    assert covered(before.coverage) == [None, None]
    assert [match.listing.list_id for match in between.matches] == ["xa-main"]
    assert kinds(between) == [
        (FindingKind.STALE, "xa-main", "60 days old"),
        (FindingKind.NOT_KNOWN_AT, "xb", moment(1).isoformat()),
    ]


def test_a_date_given_later_is_not_known_earlier() -> None:
    undated = publication("a")
    arrived = moment(0).date()
    with screener((0, undated), (3, publication("a", FIRST))) as asked:
        then = asked.match(ADA, known_at=moment(2))
        now = asked.match(ADA)

    assert covered(then.coverage) == [(arrived, None, undated.sha256)]
    assert covered(now.coverage) == [(FIRST, FIRST, undated.sha256)]
    published = [answer.matches[0].listing.published for answer in (then, now)]
    assert published == [None, FIRST]


def test_gaps_are_those_of_the_version_that_stood_then() -> None:
    whole, cut = publication("a", FIRST), lacking(publication("b", SECOND), "aliases")
    with screener((0, whole), (1, cut)) as asked:
        assert kinds(asked.match(ADA, as_of=FIRST)) == []
        newest = asked.match(ADA, asked_on=SECOND)
        assert kinds(newest) == [(FindingKind.GAP, "xa-main", "aliases")]


def test_a_publication_that_prints_its_history_covers_the_days_of_which_it_tells() -> None:
    one = telling_from(publication("a", THIRD), FIRST, Gap(what="vessels", during=Interval(
        valid_from=SECOND, valid_until=THIRD)))  # fmt: skip
    with screener((0, one)) as asked:
        found = {day: asked.match(ADA, as_of=day) for day in (FIRST, SECOND, THIRD, None)}
        before = asked.match(ADA, as_of=FIRST - timedelta(1))

    for answer in found.values():
        assert covered(answer.coverage) == [(THIRD, THIRD, one.sha256)]
        assert answer.coverage.lists[0].first_day == FIRST
    gaps = {day: [one for one in kinds(answer) if one[0] is FindingKind.GAP]
            for day, answer in found.items()}  # fmt: skip
    assert gaps == {
        FIRST: [],
        SECOND: [(FindingKind.GAP, "xa-main", "vessels")],
        THIRD: [],
        None: [],
    }
    assert covered(before.coverage) == [None]
    assert kinds(before) == [(FindingKind.NOT_KNOWN_BEFORE, "xa-main", FIRST.isoformat())]


def test_an_earlier_publication_answers_for_its_days_before_a_later_one_that_tells_of_them() -> (
    None
):
    early = publication("a", FIRST)
    late = telling_from(publication("b", THIRD), FIRST - timedelta(9))
    with screener((0, early), (1, late)) as asked:
        days = (FIRST - timedelta(10), FIRST - timedelta(9), FIRST, SECOND, THIRD)
        found = [covered(asked.coverage(as_of=day))[0] for day in days]

    assert [one and one[2] for one in found] == [
        None, late.sha256, early.sha256, early.sha256, late.sha256,
    ]  # fmt: skip


def test_names_that_cannot_be_compared_are_findings_of_every_answer() -> None:
    names = ("Ada Example", "???", "!!", "Example " * 60)
    with screener((0, publication("a", FIRST, *names))) as asked:
        found = asked.match(Query(name="Nobody Known"), asked_on=FIRST)
        illegible = asked.match(Query(name="?"), asked_on=FIRST)
        [cut] = asked.screen([Query(name="Ada Example " * 60)], asked_on=FIRST)

    of_list = [
        (FindingKind.LISTED_NAMES_CUT_SHORT, "xa-main", "1"),
        (FindingKind.LISTED_NAMES_NOT_COMPARED, "xa-main", "2"),
    ]
    assert kinds(found) == of_list
    assert kinds(illegible) == [(FindingKind.NAME_NOT_COMPARED, "", "?"), *of_list]
    assert kinds(cut)[0][0] is FindingKind.NAME_CUT_SHORT


def test_every_answer_names_what_defines_its_score() -> None:
    with screener((0, publication("a", FIRST))) as asked:
        assert asked.match(ADA).coverage.scorer == SCORER
        one, other = asked.screen([ADA, ADA], as_of=FIRST)

    assert one.coverage is other.coverage
    assert one.coverage.as_of == FIRST


def test_a_moment_is_the_same_in_every_zone_and_needs_one() -> None:
    with screener((0, publication("a", FIRST)), (2, publication("b", SECOND))) as asked:
        elsewhere = moment(1).astimezone(timezone(timedelta(hours=9)))
        assert covered(asked.coverage(known_at=elsewhere)) == covered(
            asked.coverage(known_at=moment(1))
        )
        zoneless = moment(1).replace(tzinfo=None)
        with pytest.raises(InputError, match="time zone"):
            asked.coverage(known_at=zoneless)
        with pytest.raises(InputError, match="time zone"):
            asked.match(ADA, known_at=zoneless)


def test_an_index_that_other_code_built_gives_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as store:
        store.add(publication("a", FIRST, "Ada Example"), known_at=moment(0))
        with monkeypatch.context() as other:
            other.setattr("article41.checks.indexing.indexing_code", lambda: "f" * 64)
            refresh_index(store)

        with pytest.raises(IndexFileError, match="another release"):
            Screener(store)
        refresh_index(store)
        assert Screener(store).match(ADA).matches


def test_a_store_that_is_absent_empty_or_ahead_of_its_index_gives_no_answer(
    tmp_path: Path,
) -> None:
    with pytest.raises(StoreError, match="no store"):
        Screener(tmp_path / "none")
    with Store(tmp_path) as store:
        refresh_index(store)
        with pytest.raises(StoreError, match="holds no list"):
            Screener(store)
        store.add(publication("a", FIRST), known_at=moment(0))
        with pytest.raises(IndexFileError, match="older"):
            Screener(tmp_path)
        refresh_index(store)
        assert Screener(str(tmp_path)).match(ADA).matches


ADDITIONS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([None, FIRST, SECOND, THIRD]),
        st.sampled_from(["a", "b", "c"]),
    ),
    min_size=1,
    max_size=6,
)
CONTENTS = {"a": ("Ada Example",), "b": ("Ada Example", "Beda Example"), "c": ()}


@settings(max_examples=max(settings().max_examples // 50, 10))
@given(ADDITIONS)
def test_the_version_covered_is_the_one_whose_listings_answer(
    additions: list[tuple[int, date | None, str]],
) -> None:
    hour = 0
    with TemporaryDirectory() as folder, Store(Path(folder)) as store:
        for hours, published, content in additions:
            hour += hours
            names = (*CONTENTS[content], "Cora Sample")
            version = publication(content, published, *names)
            store.add(version, known_at=moment(hour), shrink=Shrink.ACCEPT)
        refresh_index(store)
        days = (FIRST, SECOND, THIRD, moment(0).date(), date(2030, 1, 1))
        moments = range(-1, hour + 1)
        held = {
            (day, at): list(store.entries(as_of=day, known_at=moment(at)))
            for day in days
            for at in moments
        }
        standings = {at: store.standings(known_at=moment(at)) for at in moments}
        asked = Screener(store)
        for (day, at), records in held.items():
            [one] = asked.coverage(as_of=day, known_at=moment(at)).lists
            if one.version is None:
                assert {record.listed.on(day) for record in records} <= {InForce.UNKNOWN}
                continue
            sure = [record for record in records if record.form.on(day) is InForce.YES]
            # What only an earlier publication of the day holds stood on that day too.
            of_day = [that.version.entries for that in standings[at] if that.day == day]
            assert len(sure) <= max(one.version.listings, sum(of_day))
            if len(of_day) == 1:
                assert len(sure) == len(records) == one.version.listings
