"""A feed that is broken in any way leaves the last good version in force, and says so."""

import gzip
import hashlib
import logging
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from article41.checks import FindingKind, Screener, refresh_index
from article41.checks.updating import FeedUpdate, Updater
from article41.match import Query
from article41.model.errors import StoreError
from article41.sources.fetch import Fetcher, FetchLimits
from article41.sources.registry import Feed, load_feeds
from article41.store import AttemptOutcome, Shrink, Store, read_feeds
from tests.faces.made import LATER_SDN, SDN, UN
from tests.sources.official.ofac.publications import primary, table
from tests.sources.servers import Answer, Server, cut, sent, serving, status

BEGIN = datetime(2024, 2, 4, 12, tzinfo=UTC)
LATER_UN = UN.replace("2024-02-03", "2024-02-04").replace("ADA", "ADELA")
NEW, UNCHANGED, NOT_MODIFIED, UNCONFIRMED, REFUSED, UNREACHABLE, RETIRED = AttemptOutcome


class Desk:
    """A store, a server, a feed of each and a clock that is set by hand."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.server = server
        self.store = Store(folder)
        self.now = BEGIN
        self.fetcher = Fetcher(
            limits=FetchLimits(tries_max=2, read_timeout_s=5.0), sleep=lambda _seconds: None
        )
        self.un = msgspec.structs.replace(
            load_feeds()["un-sc"], addresses=(server.on("/un.xml", sent(UN.encode(), ETag='"1"')),)
        )
        self.sdn = msgspec.structs.replace(
            load_feeds()["ofac-sdn"],
            addresses=(server.on("/sdn.csv", sent(SDN.encode())),),
            mirrors=(),
        )

    def update(self, feed: Feed, *answers: Answer, shrink: Shrink = Shrink.REFUSE) -> FeedUpdate:
        """Update an hour later, the server answering so."""
        self.now += timedelta(hours=1)
        if answers:
            self.server.on("/" + feed.addresses[0].rpartition("/")[2], *answers)
        updater = Updater(self.store, self.fetcher, now=lambda: self.now, shrink=shrink)
        return updater.update(feed)

    def outcomes(self, feed: Feed) -> list[AttemptOutcome]:
        return [attempt.outcome for attempt in self.store.attempts(feed.id)]

    def close(self) -> None:
        self.fetcher.close()
        self.store.close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in ("HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving() as server:
        one = Desk(tmp_path / "store", server)
        yield one
        one.close()


def test_a_list_is_kept_once_and_seen_again_without_a_second_version(desk: Desk) -> None:
    first = desk.update(desk.un)
    again = desk.update(desk.un)
    later = desk.update(desk.un, sent(LATER_UN.encode()))

    assert (first.outcome, first.entries, first.published) == (NEW, 1, date(2024, 2, 3))
    assert (again.outcome, later.outcome) == (UNCHANGED, NEW)
    assert [one.published for one in desk.store.versions()] == [date(2024, 2, 3), date(2024, 2, 4)]
    assert [len(one.sightings) for one in desk.store.versions()] == [1, 1]
    assert desk.outcomes(desk.un) == [NEW, UNCHANGED, NEW]


def test_a_true_not_modified_confirms_and_after_a_week_the_whole_is_asked_for(desk: Desk) -> None:
    desk.update(desk.un)
    second = desk.update(desk.un, status(304, ETag='"1"'))
    third = desk.update(desk.un)
    desk.now += timedelta(days=7)
    fourth = desk.update(desk.un, sent(UN.encode(), ETag='"1"'))

    assert [one.outcome for one in (second, third, fourth)] == [NOT_MODIFIED] * 2 + [UNCHANGED]
    asked = [headers.get("If-None-Match") for _, headers in desk.server.asked]
    assert asked == [None, '"1"', '"1"', None]
    assert read_feeds(desk.store.folder)["un-sc"].confirmed_at == desk.now


def test_not_modified_where_nothing_is_held_confirms_nothing(desk: Desk) -> None:
    update = desk.update(desk.un, status(304, ETag='"1"'))

    assert (update.outcome, update.entries) == (UNREACHABLE, None)
    assert read_feeds(desk.store.folder)["un-sc"].confirmed_at is None


def test_nothing_is_asked_with_the_validators_of_another_version(desk: Desk) -> None:
    desk.update(desk.un)
    desk.update(desk.un, sent(LATER_UN.encode()))

    assert desk.update(desk.un).outcome is UNCHANGED
    assert "If-None-Match" not in desk.server.asked[-1][1]


BROKEN = {
    "a web page": (sent(b"<!doctype html><html>Maintenance</html>"), REFUSED, "a web page"),
    "JSON": (sent(b'{"message": "try later"}'), REFUSED, "JSON that says `try later`"),
    "cut XML": (sent(LATER_UN[:-60].encode()), REFUSED, "un.xml"),
    "an unknown element": (
        sent(LATER_UN.replace("DATAID>", "DATUM>").encode()), REFUSED, "unknown element `DATUM`",
    ),
    "another list": (sent(SDN.encode()), REFUSED, "`ofac-sdn`, not one publication of `un-sc`"),
    "an older one": (
        sent(UN.replace("2024-02-03", "2024-01-03").encode()), REFUSED, "older than what is held",
    ),
    "a wrong length": (sent(LATER_UN.encode(), Content_Length="400"), REFUSED, "un.xml"),
    "half of it": (cut(LATER_UN.encode()), UNREACHABLE, "the connection failed"),
    "an error": (status(500), UNREACHABLE, "answers 500"),
    "nothing": (sent(b""), UNREACHABLE, "empty"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_not_the_list_leaves_the_last_good_version_and_is_loud(
    what: str, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    answer, outcome, said = BROKEN[what]
    desk.update(desk.un)
    good = desk.now

    with caplog.at_level(logging.WARNING, logger="article41.feeds"):
        update = desk.update(desk.un, answer)

    assert (update.outcome, update.is_failure) == (outcome, True)
    assert said in update.detail
    assert (update.entries, update.published) == (1, date(2024, 2, 3))
    assert update.hint
    assert [record.args[0] for record in caplog.records if record.args] == ["un-sc"]  # type: ignore[index]
    state = read_feeds(desk.store.folder)["un-sc"]
    assert (state.confirmed_at, state.failing_since) == (good, desk.now)
    refresh_index(desk.store)
    answered = Screener(desk.store).match(Query(name="Ada Example"))
    assert [match.listing.key for match in answered.matches] == ["un-sc/XAi.001"]
    [failed] = [one for one in answered.findings if one.kind is FindingKind.FEED_FAILED]
    assert failed.list_id == "un-sc"
    assert failed.detail.startswith(f"{outcome.value}: ")
    assert "what is held was last confirmed on 2024-02-04" in failed.detail


def test_a_feed_that_works_again_is_no_finding_any_more(desk: Desk) -> None:
    desk.update(desk.un)
    desk.update(desk.un, status(500))
    desk.update(desk.un, sent(UN.encode()))
    refresh_index(desk.store)

    kinds = {one.kind for one in Screener(desk.store).coverage().findings}

    assert FindingKind.FEED_FAILED not in kinds


def test_a_list_that_never_came_is_named_by_every_answer(desk: Desk) -> None:
    desk.update(desk.un)
    desk.update(desk.sdn, status(503))
    refresh_index(desk.store)

    findings = Screener(desk.store).coverage(asked_on=date(2024, 2, 3)).findings

    assert [(one.kind, one.list_id) for one in findings] == [(FindingKind.FEED_FAILED, "ofac-sdn")]
    assert "its feed has confirmed nothing yet" in findings[0].detail


def test_a_list_that_shrank_is_refused_until_somebody_accepts_it(desk: Desk) -> None:
    whole = table(*(primary(number, f"EXAMPLE, {number}") for number in range(1, 101)))
    rest = table(*(primary(number, f"EXAMPLE, {number}") for number in range(1, 31)))
    desk.update(desk.sdn, sent(whole.encode()))

    refused = desk.update(desk.sdn, sent(rest.encode()))
    accepted = desk.update(desk.sdn, shrink=Shrink.ACCEPT)

    assert (refused.outcome, refused.entries) == (REFUSED, 100)
    assert "fell from 100 entries" in refused.detail
    assert (accepted.outcome, accepted.entries) == (NEW, 30)


def test_a_list_without_dates_loses_entries_by_its_authority_and_by_no_mirror(desk: Desk) -> None:
    mirror = desk.server.on("/m", sent(LATER_SDN.encode()))
    feed = msgspec.structs.replace(desk.sdn, mirrors=(mirror,))
    desk.update(feed)

    refused = desk.update(feed, status(404))
    accepted = desk.update(feed, sent(LATER_SDN.encode()))

    assert refused.outcome is REFUSED
    assert "nobody says of which day" in refused.detail
    assert accepted.outcome is NEW


def test_a_list_whose_end_is_missing_is_refused_if_the_one_held_has_it(desk: Desk) -> None:
    rows = [primary(number, f"EXAMPLE, {number}") for number in range(1, 11)]
    desk.update(desk.sdn, sent(table(*rows).encode()))

    refused = desk.update(desk.sdn, sent(table(*rows[:9], end="").encode()))

    assert (refused.outcome, refused.entries) == (REFUSED, 10)
    assert "lacks its end" in refused.detail


def test_a_list_without_dates_that_returns_to_earlier_bytes_says_them_again(desk: Desk) -> None:
    desk.update(desk.sdn)
    desk.now += timedelta(days=1)
    desk.update(desk.sdn, sent(LATER_SDN.encode()))
    desk.now += timedelta(days=1)

    back = desk.update(desk.sdn, sent(SDN.encode()))
    again = desk.update(desk.sdn)

    assert (back.outcome, again.outcome) == (NEW, UNCHANGED)
    names = [one.listing.entity.names[0].value for one in desk.store.entries()]
    assert "EXAMPLE, Beda" in names


def test_a_mirror_is_told(desk: Desk) -> None:
    feed = msgspec.structs.replace(desk.un, mirrors=(desk.server.on("/m", sent(UN.encode())),))

    update = desk.update(feed, status(404))

    assert (update.outcome, update.detail, update.is_failure) == (NEW, "from the mirror", False)


def test_a_mirror_that_stands_still_confirms_nothing(desk: Desk) -> None:
    feed = msgspec.structs.replace(desk.un, mirrors=(desk.server.on("/m", sent(UN.encode())),))
    desk.update(feed)
    confirmed_at = desk.now
    for _ in range(3):
        desk.now += timedelta(days=1)
        update = desk.update(feed, status(404))
    refresh_index(desk.store)

    assert (update.outcome, update.is_failure, update.entries) == (UNCONFIRMED, True, 1)
    assert "answers 404" in update.detail
    assert update.detail.endswith("; the mirror sent what is held")
    assert update.hint
    state = read_feeds(desk.store.folder)["un-sc"]
    assert state.confirmed_at == confirmed_at
    assert state.failing_since == confirmed_at + timedelta(days=1, hours=1)
    findings = Screener(desk.store).coverage(asked_on=desk.now.date()).findings
    kinds = [one.kind for one in findings]
    assert kinds == [FindingKind.FEED_FAILED, FindingKind.STALE]
    assert desk.update(feed, sent(UN.encode())).outcome is UNCHANGED


def test_a_mirror_whose_bytes_fit_the_hash_of_the_authority_confirms(desk: Desk) -> None:
    page = desk.server.on("/sums", sent(hashlib.sha256(UN.encode()).hexdigest().encode()))
    mirror = desk.server.on("/m", sent(UN.encode()))
    feed = msgspec.structs.replace(desk.un, mirrors=(mirror,), hashes=(page,))
    desk.update(feed)

    update = desk.update(feed, status(404))

    assert (update.outcome, update.detail) == (UNCHANGED, "from the mirror")


def test_a_mirror_that_hands_out_an_earlier_version_without_a_date_is_refused(desk: Desk) -> None:
    desk.update(desk.sdn)
    desk.update(desk.sdn, sent(LATER_SDN.encode()))
    feed = msgspec.structs.replace(desk.sdn, mirrors=(desk.server.on("/m", sent(SDN.encode())),))

    update = desk.update(feed, status(404))

    assert update.outcome is REFUSED
    assert update.detail == "what came from the mirror carries no date and is what was held before"
    assert "SAMPLE, Cora" in {one.listing.entity.names[0].value for one in desk.store.entries()}


def test_a_closed_list_is_not_asked_for_and_raises_its_own_alarm(desk: Desk) -> None:
    desk.now = datetime(2026, 1, 28, tzinfo=UTC)

    update = desk.update(load_feeds()["uk-conlist"])

    assert (update.outcome, update.is_failure) == (RETIRED, True)
    assert update.detail.startswith("closed on 2026-01-28 by its authority")
    assert desk.server.asked == []


def test_files_stand_in_for_addresses_as_long_as_somebody_writes_them(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "un.xml"
    file.write_text(UN, encoding="utf-8")
    os.utime(file, (BEGIN.timestamp(), BEGIN.timestamp()))
    feed = msgspec.structs.replace(desk.un, files=(file,))

    first = desk.update(feed)
    desk.now += timedelta(hours=40)
    fresh = desk.update(feed)
    desk.now += timedelta(hours=10)
    old = desk.update(feed)
    file.unlink()
    gone = desk.update(feed)

    outcomes = [one.outcome for one in (first, fresh, old, gone)]
    assert outcomes == [NEW, UNCHANGED, REFUSED, REFUSED]
    assert "was last written on 2024-02-04" in old.detail
    assert "no such file" in gone.detail
    assert desk.server.asked == []


def test_a_store_that_cannot_keep_it_is_no_failure_of_the_feed(desk: Desk) -> None:
    desk.update(desk.un)
    desk.store.close()
    database = desk.store.folder / "store.sqlite"
    database.write_bytes(b"id,name\n" * 1000)

    with pytest.raises(StoreError):
        desk.update(desk.un)


REAL = {
    "un-sc": ["un/un-consolidated-2026-02-27.xml.gz"],
    "eu-fsd": ["eu/eu-fsd-xml-1.1-excerpt-2018-12-21.xml"],
    "ofac-sdn": [f"ofac/ofac-{name}-2022-01-31.csv" for name in ("sdn", "alt", "add")],
    "ofac-cons": [f"ofac/ofac-cons_{name}-2025-12-19.csv" for name in ("prim", "alt", "add")],
    "uk-sl": ["uk/uk-sanctions-list-excerpt-2026-03-26.xml"],
    "ch-seco": ["ch/ch-seco-excerpt-2026-08-27.xml"],
    "ca-sema": ["ca/ca-sema-2025-05-25.xml.gz"],
    "au-dfat": ["au/au-dfat-consolidated-2024-12-17.xlsx"],
    "us-csl": ["us-csl/us-csl-consolidated-2022-05-16.csv.gz"],
    "us-dpl": ["us-bis/us-bis-dpl-2022-09-07.txt"],
}
"""A publication of every list that a shipped feed names, as far as one is at hand."""


def unpacked(path: Path) -> bytes:
    packed = path if path.exists() else path.with_name(f"{path.name}.gz")
    content = packed.read_bytes()
    return gzip.decompress(content) if packed.suffix == ".gz" else content


@pytest.mark.slow
@pytest.mark.parametrize("list_id", REAL)
def test_every_shipped_feed_takes_what_its_authority_publishes(
    list_id: str, desk: Desk, shared: Path
) -> None:
    desk.now = datetime(2026, 9, 1, tzinfo=UTC)
    addresses = tuple(
        desk.server.on(
            f"/{number}", sent(gzip.compress(unpacked(shared / "data" / name), 1),
                               Content_Encoding="gzip", ETag=f'"{number}"'),
        )
        for number, name in enumerate(REAL[list_id])
    )  # fmt: skip
    feed = msgspec.structs.replace(load_feeds()[list_id], addresses=addresses, mirrors=())

    first, again = desk.update(feed), desk.update(feed)

    assert (first.outcome, first.detail) == (NEW, "")
    assert first.entries
    assert (again.outcome, again.entries) == (UNCHANGED, first.entries)
    assert desk.server.asked[-1][1]["If-None-Match"] == f'"{len(addresses) - 1}"'


def test_every_shipped_feed_that_goes_on_is_tried_with_a_real_publication() -> None:
    assert set(REAL) == {one.id for one in load_feeds().values() if one.retired_on is None}
