"""What the server counts, in the form that Prometheus reads; over all workers, where several."""

import os
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.registry import Collector

from article41.faces.settings import COUNTS_VARIABLE

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Counts:
    """The counts of one server."""

    def __init__(self) -> None:
        """Begin at nothing."""
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
