"""Gets the files of a feed over HTTP, whole or not at all; what they hold, the readers tell.

It believes no server: sizes, times, redirects and repetitions have limits, certificates are
verified, and an answer "not modified" counts only if it fits the question.
"""

import hashlib
import random
import re
import ssl
import time
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

import httpx
import msgspec

from article41.model.errors import FetchError, InputError
from article41.sources.registry import Feed
from article41.sources.transfer import Transfer, TransientFailure, UnfitAnswer, Validators

HASH_BYTES_MAX = 2**20
"""The most bytes of a page that publishes hashes."""

_SHA256 = re.compile(r"\b[0-9a-f]{64}\b")
_UNFIT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


class FetchLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How long, how often and how far a server is followed.

    Example:
        >>> FetchLimits().redirects_max
        5
    """

    connect_timeout_s: float = 15.0
    """Until a connection stands."""
    read_timeout_s: float = 60.0
    """Between two pieces of an answer."""
    total_timeout_s: float = 900.0
    """For one file from one address, repetitions and waits included."""
    tries_max: int = 4
    """How often an address is asked when what went wrong may pass."""
    backoff_s: float = 1.0
    """The wait before the second try; each further one is twice as long."""
    redirects_max: int = 5
    """How many redirects are followed."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """All files of a feed, or that none of them has changed.

    Example:
        >>> Fetched(files=(), validators=()).is_modified
        False
    """

    files: tuple[Path, ...]
    """In the order of the addresses; empty if none has changed."""
    validators: tuple[Validators, ...]
    """Of each file."""
    why_mirror: str = ""
    """Why the addresses failed, if the files are from the mirrors; empty if they are not."""

    @property
    def is_modified(self) -> bool:
        """True if there are files to read."""
        return bool(self.files)

    @property
    def is_mirror(self) -> bool:
        """True if the files are from the mirrors."""
        return bool(self.why_mirror)


class Fetcher:
    """Asks servers for files.

    Args:
        limits: How far it goes.
        proxy: Address of a proxy; those of the environment if absent.
        trust: Whose certificates are believed; the usual authorities if absent.
        sleep: Waits some seconds.
        clock: Seconds that only grow.
        chance: A number from 0 to 1, which spreads the waits.

    Raises:
        InputError: The proxy is no address.

    Example:
        >>> with Fetcher() as fetcher:
        ...     fetcher.limits.tries_max
        4
    """

    def __init__(
        self,
        *,
        limits: FetchLimits | None = None,
        proxy: str | None = None,
        trust: ssl.SSLContext | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Open no connection yet."""
        self.limits = limits or FetchLimits()
        self._sleep, self._clock, self._chance = sleep, clock, chance
        timeout = httpx.Timeout(self.limits.read_timeout_s, connect=self.limits.connect_timeout_s)
        try:
            self._client = httpx.Client(verify=trust or True, proxy=proxy, timeout=timeout)
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            raise InputError(
                f"`{proxy}` is no proxy" if proxy else f"the proxies cannot be used: {error}",
                hint="write it as http://host:port; without one the environment is asked",
            ) from error

    def fetch(
        self,
        feed: Feed,
        folder: Path,
        *,
        held: Sequence[Validators] = (),
        progress: Callable[[int], None] | None = None,
    ) -> Fetched:
        """Get all files of a feed, from its addresses or else from its mirrors.

        Args:
            feed: What to get.
            folder: Where the files go; it may hold pieces of them after an error.
            held: What the servers said of the files of the newest version held; give none if
                none is held.
            progress: Called now and then with the number of bytes so far.

        Raises:
            FetchError: A file did not arrive.
        """
        run = _Run(self, feed, folder, progress)
        try:
            return run.all_from(feed.addresses, held)
        except FetchError as error:
            if not feed.mirrors:
                raise
            try:
                got = run.all_from(feed.mirrors, ())
            except FetchError as second:
                raise FetchError(f"{error}; the mirror: {second}", hint=error.hint) from second
            return msgspec.structs.replace(got, why_mirror=str(error))

    def get(
        self, address: str, file: Path, *, known: Validators | None, feed: Feed,
        progress: Callable[[int], None],
    ) -> Validators | None:  # fmt: skip
        """One file, or None if it is what it was; asked again while that may help.

        Args:
            address: Where it is.
            file: Written anew.
            known: What the server said before; without it the question is unconditional.
            feed: Says how large it may be.
            progress: Called with the bytes of each piece.

        Raises:
            FetchError: It did not arrive.
        """
        limits, deadline = self.limits, self._clock() + self.limits.total_timeout_s
        transfer = Transfer(
            size_bytes_max=feed.size_bytes_max,
            redirects_max=limits.redirects_max,
            is_late=lambda: self._clock() > deadline,
            progress=progress,
        )
        failures = 0
        while True:
            try:
                return transfer.run(self._client, address, file, known=known)
            except UnfitAnswer:
                known = None  # No answer to an unconditional question is unfit: asked so once.
            except TransientFailure as failure:
                # Waits are spread, so that not everybody who failed comes back at once.
                wait_s = limits.backoff_s * 2**failures * (0.5 + self._chance())
                wait_s = max(wait_s, failure.retry_after_s)
                failures += 1
                if failures >= limits.tries_max or self._clock() + wait_s > deadline:
                    raise failure.error from failure
                self._sleep(wait_s)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        """The fetcher itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()


class _Run:
    """One feed into one folder."""

    def __init__(
        self,
        fetcher: Fetcher,
        feed: Feed,
        folder: Path,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._fetcher = fetcher
        self._feed = feed
        self._folder = folder
        self._report = progress
        self._bytes = 0

    def all_from(self, addresses: Sequence[str], held: Sequence[Validators]) -> Fetched:
        known = {one.address: one for one in held if not one.is_empty}
        # One file more than before, or one without validators: then the whole must come anew.
        is_asking = set(addresses) == set(known)
        files = [self._folder / name for name in _names(addresses, self._feed.id)]
        answers = [
            self._get(address, file, known[address] if is_asking else None)
            for address, file in zip(addresses, files, strict=True)
        ]
        if not any(answers):
            validators = tuple(known[address] for address in addresses)
            return Fetched(files=(), validators=validators)
        # Files of one publication belong together: what did not change is still part of it.
        validators = tuple(
            answer or self._whole(address, file)
            for answer, address, file in zip(answers, addresses, files, strict=True)
        )
        for page, address, file in zip(self._feed.hashes, addresses, files, strict=False):
            self._compare_hash(page, address, file)
        return Fetched(files=tuple(files), validators=validators)

    def _get(self, address: str, file: Path, known: Validators | None) -> Validators | None:
        return self._fetcher.get(address, file, known=known, feed=self._feed, progress=self._count)

    def _whole(self, address: str, file: Path) -> Validators:
        answer = self._get(address, file, None)
        assert answer is not None  # An unconditional question has no other answer.
        return answer

    def _count(self, size_bytes: int) -> None:
        self._bytes += size_bytes
        if self._report is not None:
            self._report(self._bytes)

    def _compare_hash(self, page: str, address: str, file: Path) -> None:
        """Compare a file with what its authority publishes of it, also if a mirror sent it."""
        listed = file.with_name(f"{file.name}.sha256")
        small = msgspec.structs.replace(self._feed, size_bytes_max=HASH_BYTES_MAX)
        self._fetcher.get(page, listed, known=None, feed=small, progress=lambda _size: None)
        text = listed.read_text(encoding="utf-8", errors="replace").lower()
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
        if found not in _hashes_of(_last_segment(address).lower(), text):
            raise FetchError(
                f"`{address}`: its bytes do not fit the hash published at `{page}`",
                hint="try again later; if it stays so, ask the authority",
            )


def _hashes_of(name: str, text: str) -> list[str]:
    """The hashes on a page that stand on a line with the name of a file; all if none does."""
    lines = text.splitlines()
    own = [line for line in lines if name and name in line] or lines
    return [found for line in own for found in _SHA256.findall(line)]


def _last_segment(address: str) -> str:
    return PurePosixPath(httpx.URL(address).path).name


def _names(addresses: Sequence[str], list_id: str) -> list[str]:
    """Names for files: the last part of each address, or the list where that says nothing."""
    names: list[str] = []
    for number, address in enumerate(addresses, start=1):
        name = _UNFIT_IN_NAMES.sub("_", _last_segment(address)).lstrip(".")[-80:]
        name = name if "." in name else list_id
        names.append(f"{number}-{name}" if name in names else name)
    return names
