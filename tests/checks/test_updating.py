"""Whatever a server sends, the last good version stays in force, and the attempt says why."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from article41.checks.updating import WHOLE_AFTER, FeedUpdate, Updater
from article41.sources.fetch import Fetcher, FetchLimits
from article41.sources.registry import Feed
from article41.store import AttemptOutcome, Shrink, Store
from tests.sources.misbehaving import (
    Answer,
    Server,
    cut,
    file,
    hung_up,
    moved,
    not_modified,
    packed,
    said,
    serving,
)
from tests.sources.official.ofac.publications import primary, table

BEGAN = datetime(2024, 3, 1, 12, tzinfo=UTC)
NEW, UNCHANGED = AttemptOutcome.NEW, AttemptOutcome.UNCHANGED
REFUSED, UNREACHABLE = AttemptOutcome.REFUSED, AttemptOutcome.UNREACHABLE


def un(day: int, numbers: range = range(1, 41)) -> bytes:
    """The list of one day in February 2024."""
    entries = "\n".join(
        f"<INDIVIDUAL><DATAID>{number}</DATAID><FIRST_NAME>ADA {number}</FIRST_NAME>"
        f"<UN_LIST_TYPE>Examplia</UN_LIST_TYPE><REFERENCE_NUMBER>XAi.{number:03}"
        f"</REFERENCE_NUMBER><LISTED_ON>2011-06-29</LISTED_ON></INDIVIDUAL>"
        for number in numbers
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<CONSOLIDATED_LIST dateGenerated="2024-02-{day:02}T00:00:09.554Z">'
        f"<INDIVIDUALS>{entries}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>\n"
    ).encode()


SDN = table(primary(7, "EXAMPLE, Ada", type_="individual")).encode()
HTML = b"<!DOCTYPE html><html><body>Our servers are being repaired</body></html>"


class Desk:
    """A store, a server, and a clock that goes on by an hour with every update."""

    def __init__(self, store: Store, server: Server, fetcher: Fetcher) -> None:
        self.store, self.server, self.fetcher = store, server, fetcher
        self.moment = BEGAN
        self.feed = Feed(
            id="un-sc", authority="UN", title="List", addresses=(server.at("/un.xml"),),
            size_bytes_max=1_000_000,
        )  # fmt: skip

    def update(
        self, *answers: Answer, feed: Feed | None = None, shrink: Shrink = Shrink.REFUSE
    ) -> FeedUpdate:
        if answers:
            self.server.on("/un.xml", *answers)
        self.moment += timedelta(hours=1)
        updater = Updater(self.store, self.fetcher, now=lambda: self.moment, shrink=shrink)
        return updater.update(feed or self.feed)

    @property
    def in_force(self) -> int:
        return self.store.standings("un-sc")[-1].version.number


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    limits = FetchLimits(read_timeout_s=5, tries_max=2)
    with (
        serving() as server,
        Store(tmp_path / "store") as store,
        Fetcher(limits=limits, sleep=lambda _s: None) as fetcher,
    ):
        yield Desk(store, server, fetcher)


def test_a_new_publication_is_kept_and_the_same_again_is_only_noted(desk: Desk) -> None:
    assert desk.update(file(un(3))).outcome is NEW
    assert desk.update(said(200, un(3))).outcome is UNCHANGED
    assert desk.update(not_modified()).outcome is UNREACHABLE
    update = desk.update(file(un(4)))

    assert (update.outcome, update.entries, str(update.published)) == (NEW, 40, "2024-02-04")
    assert len(desk.store.versions()) == 2
    assert [len(one.sightings) for one in desk.store.versions()] == [1, 1]
    outcomes = [one.outcome for one in desk.store.attempts("un-sc")]
    assert outcomes == [NEW, UNCHANGED, UNREACHABLE, NEW]


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (cut(un(4)), UNREACHABLE, "the connection failed"),
        (hung_up, UNREACHABLE, "the connection failed"),
        (said(500, b"busy"), UNREACHABLE, "answers 500"),
        (moved("/un.xml"), UNREACHABLE, "leads on and on"),
        (packed(b"\0" * 20_000_000), UNREACHABLE, "more than 1,000,000 bytes"),
        (said(200, HTML), REFUSED, "a web page"),
        (said(200, b'{"message": "quota used up"}'), REFUSED, "quota used up"),
        (said(200, b"<Error><Code>AccessDenied</Code></Error>"), REFUSED, "server's answer"),
        (said(200, un(4)[:-60]), REFUSED, "un.xml"),
        (said(200, un(4), Content_Length=str(len(un(4)) - 60)), REFUSED, "un.xml"),
        (said(200, SDN), REFUSED, "`ofac-sdn`, not one publication of `un-sc`"),
        (said(200, un(2)), REFUSED, "older than what is held"),
        (said(200, un(4, range(1, 11))), REFUSED, "fell from 40 entries"),
        (said(200, b"\x1b[2Jnot a list"), REFUSED, "text that begins"),
    ],
    ids=[
        "cut", "hung-up", "error", "loop", "bomb", "html", "json", "xml-error", "truncated",
        "wrong-length", "other-list", "stale", "shrunk", "text",
    ],
)  # fmt: skip
def test_what_is_wrong_leaves_the_last_good_version_in_force_and_is_loud(
    answer: Answer,
    outcome: AttemptOutcome,
    words: str,
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk.update(file(un(3)))
    generation = desk.store.generation

    with caplog.at_level(logging.WARNING):
        update = desk.update(answer)

    assert update.outcome is outcome
    assert words in update.detail
    assert update.is_failure
    assert (update.entries, str(update.published)) == (40, "2024-02-03")
    assert (desk.store.generation, desk.in_force) == (generation, 1)
    assert desk.store.attempts("un-sc")[-1].detail == update.detail
    [record] = caplog.records
    assert words in record.getMessage()
    assert record.getMessage().isprintable()

    assert desk.update(file(un(4))).outcome is NEW


def test_a_list_that_shrank_is_kept_if_somebody_says_so(desk: Desk) -> None:
    desk.update(file(un(3)))

    update = desk.update(file(un(4, range(1, 11))), shrink=Shrink.ACCEPT)

    assert (update.outcome, update.entries) == (NEW, 10)


def test_a_server_that_knows_what_it_was_asked_confirms_without_a_file(desk: Desk) -> None:
    desk.update(file(un(3)))

    update = desk.update(not_modified())

    assert update.outcome is AttemptOutcome.NOT_MODIFIED
    assert "If-None-Match" in desk.server.asked[-1].headers
    assert desk.update(not_modified()).outcome is AttemptOutcome.NOT_MODIFIED


def test_a_version_added_by_hand_in_between_makes_the_next_question_unconditional(
    desk: Desk, tmp_path: Path
) -> None:
    desk.update(file(un(3)))
    by_hand = tmp_path / "un.xml"
    by_hand.write_bytes(un(5))
    own = Feed(id="un-sc", authority="UN", title="List", files=(by_hand,), age_max_hours=10**6)
    desk.update(feed=own)

    update = desk.update(not_modified())

    assert update.outcome is UNREACHABLE
    assert "If-None-Match" not in desk.server.asked[-1].headers


def test_not_modified_is_not_believed_for_ever(desk: Desk) -> None:
    desk.update(file(un(3)))
    assert desk.update(not_modified()).outcome is AttemptOutcome.NOT_MODIFIED
    desk.moment += WHOLE_AFTER

    assert desk.update(file(un(4))).outcome is NEW
    assert "If-None-Match" not in desk.server.asked[-1].headers


def test_a_retired_list_is_not_asked_for_and_says_so(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.update(file(un(3)))
    desk.server.asked.clear()
    closed = Feed(
        id="un-sc", authority="UN", title="List", addresses=desk.feed.addresses,
        retired_on=BEGAN.date(),
    )  # fmt: skip

    update = desk.update(feed=closed)

    assert (update.outcome, update.is_failure) == (AttemptOutcome.RETIRED, True)
    assert "closed on 2024-03-01" in update.detail
    assert desk.server.asked == []
    assert "un-sc: retired" in caplog.text


def test_a_mirror_stands_in_and_is_named(desk: Desk) -> None:
    mirror = desk.server.on("/mirror.xml", file(un(3)))
    feed = Feed(
        id="un-sc", authority="UN", title="List", addresses=(desk.server.at("/gone.xml"),),
        mirrors=(mirror,),
    )  # fmt: skip

    update = desk.update(feed=feed)

    assert (update.outcome, update.detail) == (NEW, "from the mirror")


def test_the_first_answer_that_fails_leaves_a_store_without_the_list(desk: Desk) -> None:
    update = desk.update(said(200, HTML))

    assert (update.outcome, update.entries, update.in_force_since) == (REFUSED, None, None)
    assert desk.store.versions() == ()
