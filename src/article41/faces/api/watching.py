"""What somebody who watches the server is to be told, beside what is counted.

It is seen anew each time that it is asked for, by whichever worker is asked: all see the same
files, and none has to tell another.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from article41.faces.api.answerer import Answerer
from article41.faces.api.currency import Current, currency
from article41.model.errors import Article41Error

_OF_LISTS: tuple[tuple[str, str, Callable[[Current], float | None]], ...] = (
    ("article41_list_age_hours",
     "Hours since a list was last confirmed or published, as every answer reckons them.",
     lambda one: one.age_hours),
    ("article41_list_stale", "1 if a list is older than it may be.", lambda one: one.is_stale),
    ("article41_list_feed_failing",
     "1 if whoever last asked for a list got nothing that is taken for it.",
     lambda one: one.is_failing),
    ("article41_list_index_behind",
     "1 if more of a list came to the store since the index was built that answers.",
     lambda one: one.is_behind),
)  # fmt: skip
"""Name and meaning of each, and what of a list it is."""


class Watched(Collector):
    """What is to be told of one worker's lists and record at a moment.

    Args:
        answerer: What all routes share.
        now: The moment (UTC).
    """

    def __init__(self, answerer: Answerer, *, now: datetime) -> None:
        """Look at nothing yet."""
        self._answerer = answerer
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each gauge; those of the lists are missing where these cannot be read."""
        lists, writer = self._answerer.lists, self._answerer.writer
        found: list[Current] = []
        is_ready = True
        try:
            found += currency(lists.opened(), now=self._now)
            writer.see_writable()
        except Article41Error:
            is_ready = False
        yield _one("article41_ready", "1 if the server can answer, as `/ready` says.", is_ready)
        yield _one(
            "article41_index_unopened",
            "1 if the newest index could not be opened and the one before answers.",
            lists.failure is not None,
        )
        for name, meaning, of in _OF_LISTS:
            gauge = GaugeMetricFamily(name, meaning, labels=["list"])
            for one in found:
                value = of(one)
                if value is not None:
                    gauge.add_metric([one.list_id], float(value))
            yield gauge


def _one(name: str, meaning: str, value: bool) -> GaugeMetricFamily:  # noqa: FBT001 -- it is one
    return GaugeMetricFamily(name, meaning, value=float(value))
