"""One feed, from its authority to the store: asked, read, compared, and kept or refused.

Whatever fails, the last good version stays, and the attempt is noted with its reason.
"""

import logging
from collections.abc import Callable, Generator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from article41.model.errors import FetchError, FormatError, InputError, SourceError
from article41.model.letters import legible
from article41.model.listings import Listing, ListVersion, ReadingReport
from article41.sources.fetch import Fetcher
from article41.sources.publications import read_publications
from article41.sources.registry import Feed
from article41.sources.transfer import Validators
from article41.store import Attempt, AttemptOutcome, Shrink, Standing
from article41.store.scratch import scratch_folder
from article41.store.versions import Store

UNCONFIRMED_HINT = (
    "see why the address fails, and name the right one in `feeds.toml`; what a mirror sends again "
    "confirms a list only if the hash that its authority publishes fits"
)
WHOLE_AFTER = timedelta(days=7)
"""So long a server is believed that nothing changed; then the whole file is asked for again."""

_LOG = logging.getLogger("article41.feeds")


class FeedUpdate(msgspec.Struct, frozen=True, kw_only=True, rename={"list_id": "list"}):
    """What became of one feed.

    Example:
        >>> FeedUpdate.__struct_fields__
        ('list_id', 'outcome', 'detail', 'hint', 'entries', 'published', 'in_force_since')
    """

    list_id: str
    """Which list."""
    outcome: AttemptOutcome
    """What came of it."""
    detail: str = ""
    """Why it failed, or that it came from a mirror; empty if there is nothing to say."""
    hint: str = ""
    """What to do about it; empty if there is nothing to do."""
    entries: int | None
    """Of the version that is in force now; absent if none is held."""
    published: date | None
    """Its day of publication, if anybody says so."""
    in_force_since: date | None
    """The day from which it stands; absent if none is held."""

    @property
    def is_failure(self) -> bool:
        """True if somebody has to look after it."""
        return self.outcome.is_failure or self.outcome is AttemptOutcome.RETIRED


class Updater:
    """Brings feeds into a store, one after the other.

    Args:
        store: Where the versions go.
        fetcher: Asks the servers.
        now: The present moment, with its zone.
        shrink: What becomes of a publication that lost more entries than is plausible.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        *,
        now: Callable[[], datetime],
        shrink: Shrink = Shrink.REFUSE,
    ) -> None:
        """Ask nobody yet."""
        self._store = store
        self._fetcher = fetcher
        self._now = now
        self._shrink = shrink

    def update(self, feed: Feed, *, progress: Callable[[int], None] | None = None) -> FeedUpdate:
        """Ask for one list, keep what is new, and note what came of it.

        Args:
            feed: Which one.
            progress: Called now and then with the bytes fetched, then with the listings written.

        Raises:
            StoreError: The store cannot keep it.
        """
        standings = self._store.standings(feed.id)
        newest = standings[-1] if standings else None
        hint = ""
        with scratch_folder("update") as scratch:
            try:
                attempt = self._attempt(feed, newest, scratch, progress)
            except (SourceError, InputError) as error:
                outcome = (
                    AttemptOutcome.UNREACHABLE
                    if isinstance(error, FetchError)
                    else AttemptOutcome.REFUSED
                )
                attempt = self._noted(feed, outcome, detail=str(error))
                hint = error.hint
        if attempt.outcome is AttemptOutcome.UNCONFIRMED:
            hint = UNCONFIRMED_HINT
        self._store.note_attempt(attempt)
        update = self._update(attempt, hint)
        if update.is_failure:
            # What a server sent is quoted in it: nothing in a log moves a cursor or begins a line.
            said = legible(attempt.detail)
            _LOG.warning("%s: %s: %s", feed.id, attempt.outcome.value, said)
        return update

    def _attempt(
        self,
        feed: Feed,
        newest: Standing | None,
        scratch: Path,
        progress: Callable[[int], None] | None,
    ) -> Attempt:
        if feed.is_retired(self._now().date()):
            words = f"closed on {feed.retired_on} by its authority"
            words += f" ({feed.rhythm})" if feed.rhythm else ""
            return self._noted(feed, AttemptOutcome.RETIRED, detail=words)
        files: Sequence[Path] = feed.files
        validators: tuple[Validators, ...] = ()
        why_mirror = ""
        if not files:
            held = self._validators(feed, newest)
            fetched = self._fetcher.fetch(feed, scratch, held=held, progress=progress)
            validators = fetched.validators
            if not fetched.is_modified:
                assert newest is not None  # Without a version nobody asks whether it changed.
                return self._noted(
                    feed,
                    AttemptOutcome.NOT_MODIFIED,
                    version=newest.version.sha256,
                    validators=validators,
                )
            files, why_mirror = fetched.files, fetched.why_mirror
        version = _expected(read_publications(files, descriptions=_descriptions(feed)), feed)
        if newest is not None and version.sha256 == newest.version.sha256:
            _refuse_left_alone(feed, self._now())
            if why_mirror and len(feed.hashes) < len(files):
                words = f"{why_mirror}; the mirror sent what is held"
                return self._noted(feed, AttemptOutcome.UNCONFIRMED, detail=words)
            outcome = AttemptOutcome.UNCHANGED
        else:
            _refuse_older(version, newest)
            self._keep(version, newest, progress, is_mirror=bool(why_mirror))
            outcome = AttemptOutcome.NEW
        detail = "from the mirror" if why_mirror else ""
        return self._noted(
            feed, outcome, detail=detail, version=version.sha256, validators=validators
        )

    def _keep(
        self,
        version: ListVersion,
        newest: Standing | None,
        progress: Callable[[int], None] | None,
        *,
        is_mirror: bool,
    ) -> None:
        known_at = self._now()
        if version.published is None and newest is not None:
            held = {one.sha256 for one in self._store.versions(version.list_id)}
            if version.sha256 in held and is_mirror:
                raise FormatError(
                    "what came from the mirror carries no date and is what was held before",
                    hint="see whether the mirror holds an old copy",
                )
            if version.sha256 in held:
                # The list returned to earlier bytes that carry no date: they stand from today.
                version = msgspec.structs.replace(
                    version, published=known_at.date(), published_is_stated=True
                )
        version = _until_its_end(version, newest)
        shrink = self._shrink
        if shrink is Shrink.REFUSE and not is_mirror:
            # The authority hands out what is in force; a mirror may hold an old copy.
            shrink = Shrink.REFUSE_MANY
        self._store.add(version, known_at=known_at, shrink=shrink, progress=progress)

    def _validators(self, feed: Feed, newest: Standing | None) -> tuple[Validators, ...]:
        """What the servers said of the newest version held; nothing if it is time to doubt them."""
        confirming = [
            one for one in self._store.attempts(feed.id) if one.outcome.is_confirmation
        ]  # fmt: skip
        if newest is None or not confirming or confirming[-1].version != newest.version.sha256:
            return ()
        whole = [one for one in confirming if one.outcome is not AttemptOutcome.NOT_MODIFIED]
        if not whole or self._now() - whole[-1].at > WHOLE_AFTER:
            return ()
        return tuple(
            Validators(address=address, etag=etag, last_modified=last_modified)
            for address, etag, last_modified in confirming[-1].validators
        )

    def _noted(
        self,
        feed: Feed,
        outcome: AttemptOutcome,
        *,
        detail: str = "",
        version: str = "",
        validators: Sequence[Validators] = (),
    ) -> Attempt:
        return Attempt(
            list_id=feed.id,
            at=self._now(),
            outcome=outcome,
            detail=detail,
            version=version,
            validators=tuple((one.address, one.etag, one.last_modified) for one in validators),
        )

    def _update(self, attempt: Attempt, hint: str) -> FeedUpdate:
        standings = self._store.standings(attempt.list_id)
        newest = standings[-1] if standings else None
        return FeedUpdate(
            list_id=attempt.list_id,
            outcome=attempt.outcome,
            detail=attempt.detail,
            hint=hint,
            entries=None if newest is None else newest.version.entries,
            published=None if newest is None else newest.sighting.published,
            in_force_since=None if newest is None else newest.day,
        )


def _descriptions(feed: Feed) -> tuple[Path, ...]:
    return () if feed.table is None else (feed.table,)


def _expected(versions: Sequence[ListVersion], feed: Feed) -> ListVersion:
    found = sorted({version.list_id for version in versions})
    if found != [feed.id] or len(versions) != 1:
        names = ", ".join(f"`{list_id}`" for list_id in found)
        raise FormatError(
            f"what came is {names}, not one publication of `{feed.id}`",
            hint="name the right address or file in `feeds.toml`",
        )
    return versions[0]


def _until_its_end(version: ListVersion, newest: Standing | None) -> ListVersion:
    """The version, refused once it is read if it lacks the end that the one held has."""
    if newest is None or newest.version.report.may_be_cut:
        return version

    def listings() -> Generator[Listing, None, ReadingReport]:
        report = yield from version.listings()
        if report.may_be_cut:
            raise FormatError(
                f"what came of `{version.list_id}` lacks its end and may be cut short; "
                "nothing was added",
                hint="try again later; if the authority has left the end mark out, add the files "
                "with `article41 lists add`",
            )
        return report

    return msgspec.structs.replace(version, listings=listings)


def _refuse_older(version: ListVersion, newest: Standing | None) -> None:
    """A server that hands out what it had before would take entries away again."""
    held = None if newest is None else newest.sighting.published
    if held is not None and version.published is not None and version.published < held:
        raise FormatError(
            f"what came was published on {version.published}, older than what is held, of {held}",
            hint="try again later; add an old publication with `article41 lists add`",
        )


def _refuse_left_alone(feed: Feed, now: datetime) -> None:
    """A file that nobody wrote again says nothing about what the authority publishes now."""
    if not feed.files:
        return
    written = [datetime.fromtimestamp(file.stat().st_mtime, tz=UTC) for file in feed.files]
    if now - min(written) > timedelta(hours=feed.age_max_hours):
        raise FormatError(
            f"`{feed.files[0].name}` holds what is held and was last written on "
            f"{min(written).date()}",
            hint="see why nobody writes it again; `age_max_hours` in `feeds.toml` allows more",
        )
