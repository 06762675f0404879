"""What the server counts, in the form that Prometheus reads; over all workers, where several."""

import os
import secrets
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.registry import Collector

from article41.faces.settings import COUNTS_VARIABLE
from article41.model.errors import StoreError
from article41.store.syncing import ONLY_OWNER

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_SHARED = ("counter", "histogram")
"""What is counted, each in a file of its own where several workers count together."""
SHARED_BYTES = 1 << 20
"""Of such a file: several times what all routes with all statuses and codes take."""


class Counts:
    """The counts of one server.

    Raises:
        StoreError: There is no room for them.
    """

    def __init__(self) -> None:
        """Begin at nothing."""
        if folder := os.environ.get(COUNTS_VARIABLE):
            make_room(Path(folder))
        self._registry = CollectorRegistry()
        requests = Counter(
            "article41_requests",
            "Requests by route and status.",
            ["route", "status"],
            registry=self._registry,
        )
        seconds = Histogram(
            "article41_request_seconds",
            "Seconds from the first byte to the last, by route.",
            ["route"],
            registry=self._registry,
            buckets=_SECONDS,
        )
        answers = Counter(
            "article41_answers",
            "Answers given and put on record, by kind.",
            ["kind"],
            registry=self._registry,
        )
        self.swaps = Counter(
            "article41_index_swaps",
            "Times that a newer index was taken.",
            registry=self._registry,
        )

        problems = Counter(
            "article41_problems",
            "Problems by the route that gave them, and their code.",
            ["route", "code"],
            registry=self._registry,
        )
        self.record_failures = Counter(
            "article41_record_failures",
            "Times that answers could not be put on record, so that none left.",
            registry=self._registry,
        )

        # To find the count of some labels takes longer than to count; there are few of them.
        self._requests, self._seconds = cache(requests.labels), cache(seconds.labels)
        self._answers, self._problems = cache(answers.labels), cache(problems.labels)

    def request(self, path: str, status: int, seconds: float) -> None:
        """Count a request that took so long."""
        self._requests(path, str(status)).inc()
        self._seconds(path).observe(seconds)

    def answered(self, kind: str, number: int) -> None:
        """Count answers that are on record."""
        self._answers(kind).inc(number)

    def problem(self, path: str, code: str) -> None:
        """Count a problem that was given in place of an answer."""
        self._problems(path, code).inc()

    def written(self, watched: Collector) -> bytes:
        """All counts as text, of all workers, and what is seen at the moment.

        Args:
            watched: What is seen.
        """
        seen = CollectorRegistry()
        seen.register(watched)
        folder = os.environ.get(COUNTS_VARIABLE)
        counted = self._registry
        if folder and Path(folder).is_dir():
            counted = CollectorRegistry()
            multiprocess.MultiProcessCollector(counted, folder)  # type: ignore[no-untyped-call]
        return generate_latest(counted) + generate_latest(seen)


def make_room(folder: Path) -> None:
    """Take all room that this worker will need to count together with others.

    The files are mapped: where a disk is full, who counts in room that it has not yet is killed.

    Args:
        folder: In which they count.

    Raises:
        StoreError: There is none.
    """
    for path in (folder / f"{kind}_{os.getpid()}.db" for kind in _SHARED):
        if path.exists():
            continue  # Of one that died and had the same number: its counts go on.
        # Put in place whole, and so called that nobody takes one for a count before it is.
        beside = folder / f".{secrets.token_hex(8)}"
        try:
            handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, ONLY_OWNER)
            try:
                os.posix_fallocate(handle, 0, SHARED_BYTES)
            finally:
                os.close(handle)
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise StoreError(
                f"`{folder}` has no room for what the server counts: {error.strerror}",
                hint="make room, or name another folder for such files in TMPDIR",
            ) from error
