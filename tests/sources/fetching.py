"""A feed of invented files, and a fetcher that waits for nobody."""

import ssl
from collections.abc import Callable
from pathlib import Path

from article41.sources.fetch import Fetched, Fetcher, FetchLimits
from article41.sources.registry import Feed
from article41.sources.transfer import Validators

BODY = b"7,EXAMPLE,individual\r\n" * 100
ETAG = '"abc"'


class Waits(list[float]):
    """Waits by noting how long, and a clock that goes on by as much."""

    def sleep(self, seconds: float) -> None:
        self.append(seconds)

    def clock(self) -> float:
        return sum(self)


def feed(*addresses: str, **fields: object) -> Feed:
    given = {"id": "xa-main", "authority": "XA", "title": "Main", "addresses": addresses, **fields}
    return Feed(**given)  # type: ignore[arg-type]


def fetch(
    one: Feed,
    folder: Path,
    *held: Validators,
    waits: Waits | None = None,
    clock: Callable[[], float] | None = None,
    proxy: str | None = None,
    trust: ssl.SSLContext | None = None,
    **limits: float,
) -> Fetched:
    waits = Waits() if waits is None else waits
    given = {"read_timeout_s": 5.0, "tries_max": 3, **limits}
    with Fetcher(
        limits=FetchLimits(**given),  # type: ignore[arg-type]
        proxy=proxy,
        trust=trust,
        sleep=waits.sleep,
        clock=clock or waits.clock,
        chance=lambda: 0.5,
    ) as fetcher:
        return fetcher.fetch(one, folder, held=held)
