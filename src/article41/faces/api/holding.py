"""The lists that the server asks: one index for all questions, and the next once it is built.

A question that has begun keeps the index with which it began; nobody waits for the next one but the
first who asks for it.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from article41.checks import INDEX_FILE, THRESHOLD, Behind, Coverage, Screener
from article41.checks.acts import Checker
from article41.checks.payment.checking import PaymentChecker
from article41.faces.cli.opening import known_feeds
from article41.faces.recording import GENERATION, Settings, answer_settings
from article41.faces.settings import code_version, feeds_file
from article41.law.gaps import Law
from article41.model.errors import Article41Error
from article41.sources.registry import FEEDS_FILE, Feed
from article41.store.syncing import Stamp, stamp_of

_LOG = logging.getLogger("article41.server")
CHECKERS_MAX = 8
"""Thresholds for which what follows from the lists is kept."""
PAYMENT_CHECKERS_MAX = 2
"""Days, moments and thresholds for which it is kept what was found of payments."""
AGAIN_S = 1.0
"""Seconds after which an index that could not be opened is tried again; twice as many each time."""
AGAIN_MAX_S = 60.0
"""The most of them."""
Stamps = tuple[Stamp | None, ...]


class Opened:
    """An index that is open, with what follows from it.

    Args:
        screener: Asks it.
        law: The law.
        stamp: Of the files from which it was opened.
        feeds: Where lists come from.
        settings: What else decides its answers, as entries name it.
    """

    def __init__(
        self,
        screener: Screener,
        law: Law,
        stamp: Stamps,
        feeds: Mapping[str, Feed],
        settings: Settings,
    ) -> None:
        """Nothing follows from it yet."""
        self.screener = screener
        self.feeds = feeds
        self.settings = {**settings, GENERATION: screener.index.about.generation}
        self.stamp = stamp
        self._law = law
        self._checkers: dict[float, Checker] = {}
        self._payments: dict[tuple[float, date, str, date], PaymentChecker] = {}

    def checker(self, threshold: float = THRESHOLD) -> Checker:
        """Asks the law, by resemblances from a score on."""
        found = self._checkers.get(threshold)
        if found is None:
            if len(self._checkers) >= CHECKERS_MAX:
                self._checkers = {}
            found = Checker(
                self.screener, self._law, threshold=threshold, code_version=code_version()
            )
            self._checkers[threshold] = found
        return found

    def payments(
        self, threshold: float, *, day: date, known_at: datetime | None, asked_on: date
    ) -> PaymentChecker:
        """Answers payments of a day; the same one for all requests, with what it keeps of them."""
        # Equal moments of two zones are written in two ways.
        key = (threshold, day, known_at.isoformat() if known_at else "", asked_on)
        found = self._payments.get(key)
        if found is None:
            if len(self._payments) >= PAYMENT_CHECKERS_MAX:
                self._payments = {}
            found = PaymentChecker(
                self.screener,
                self.checker(threshold),
                day=day,
                known_at=known_at,
                asked_on=asked_on,
            )
            self._payments[key] = found
        return found

    def coverage(self, as_of: date | None, known_at: datetime | None, asked_on: date) -> Coverage:
        """What answers about a day rest on."""
        return self.screener.coverage(as_of=as_of, known_at=known_at, asked_on=asked_on)


class Lists:
    """The lists of a store as they are now.

    Args:
        folder: Of the store.
        swapped: Told each time that another index is asked.
        clock: Seconds that only grow.

    Raises:
        StoreError: There is no store, or it holds no list.
        IndexFileError: There is no index, or it cannot be used.
        FormatError: The file of feeds is wrong.
    """

    def __init__(
        self,
        folder: Path,
        *,
        swapped: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the index."""
        self.folder = folder
        self._files = (folder / INDEX_FILE, feeds_file(folder) or folder / FEEDS_FILE)
        self._swapped = swapped
        self._law = Law.shipped()
        self._opening = threading.Lock()
        self.failure: Article41Error | None = None
        """Why the newest index could not be opened; the one before it is asked."""
        self._clock = clock
        self._refused: Stamps | None = None
        self._again_s = AGAIN_S
        self._again_at = 0.0
        self._opened = self._open(self._stamp())

    def opened_already(self) -> Opened | None:
        """The newest index, if it is open: to open another one takes its time."""
        opened = self._opened
        return opened if self._stamp() == opened.stamp else None

    def opened(self) -> Opened:
        """The newest index that can be opened."""
        stamp = self._stamp()
        if stamp == self._opened.stamp:
            self._go_on()
            return self._opened
        if stamp == self._refused and self._clock() < self._again_at:
            return self._opened
        # Whoever comes first opens it, the others ask the one that is open.
        if self._opening.acquire(blocking=False):
            try:
                self._opened = self._open(stamp)
            except Article41Error as error:
                self._try_later(stamp, error)
            else:
                self._go_on()
                self._swapped()
            finally:
                self._opening.release()
        return self._opened

    def _go_on(self) -> None:
        """Forget what failed."""
        if self.failure is not None:
            self.failure = self._refused = None
            _LOG.warning("the newest index is open")

    def _try_later(self, stamp: Stamps, error: Article41Error) -> None:
        """Keep why it could not be opened; try again when it has changed, or some time later."""
        is_same = stamp == self._refused
        self._again_s = min(2 * self._again_s, AGAIN_MAX_S) if is_same else AGAIN_S
        self._again_at = self._clock() + self._again_s
        if self.failure is None:
            _LOG.error("the index before answers: %s; %s", error.message, error.hint)
        self.failure, self._refused = error, stamp

    def _open(self, stamp: Stamps) -> Opened:
        feeds, settings = known_feeds(self.folder), answer_settings(self.folder)
        screener = Screener(self.folder, feeds=feeds, behind=Behind.TELL, is_kept=True)
        return Opened(screener, self._law, stamp, feeds, settings)

    def _stamp(self) -> Stamps:
        return tuple(map(stamp_of, self._files))
