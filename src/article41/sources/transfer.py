"""One question to one server and its answer written to one file, within limits of time and size.

It repeats nothing. What may pass by itself is told apart from what will not.
"""

import socket
import ssl
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec

from article41.model.errors import FetchError
from article41.model.letters import legible

RETRY_AFTER_S_MAX = 60.0
"""The longest wait that a server may ask for."""
SAID_BYTES = 4096
"""So much of a server's error is read."""
SAID_CHARACTERS = 100
"""So much of it is shown."""

_PIECE_BYTES = 2**18
_TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504))
_AGAIN = "try again later"
_TOO_SLOW = "the whole answer did not come in time"


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said of a file, so that the next question can be "has it changed?".

    Example:
        >>> Validators(address="https://lists.example/a.csv").is_empty
        True
    """

    address: str
    """Which file."""
    etag: str = ""
    """As the server gave it; empty if it gave none."""
    last_modified: str = ""
    """As the server gave it; empty if it gave none."""

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to ask with."""
        return not self.etag and not self.last_modified


class TransientFailure(Exception):  # noqa: N818 - it is no error until the tries are used up
    """A failure that may pass by itself.

    Args:
        error: What it is if it does not pass.
        retry_after_s: How long the server asks to wait.
    """

    def __init__(self, error: FetchError, *, retry_after_s: float = 0.0) -> None:
        """Keep both."""
        super().__init__(error.message)
        self.error = error
        self.retry_after_s = retry_after_s


class UnfitAnswer(Exception):  # noqa: N818 - the remedy is to ask another way
    """The server says "not modified" of something else than it was asked about."""


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """What one transfer may take."""

    size_bytes_max: int
    """The most bytes, packed or not."""
    redirects_max: int
    """The most redirects."""
    is_late: Callable[[], bool]
    """True when it has taken long enough."""
    progress: Callable[[int], None]
    """Called with the bytes of each piece."""

    def run(
        self, client: httpx.Client, address: str, file: Path, *, known: Validators | None
    ) -> Validators | None:
        """Write what an address holds to a file.

        Args:
            client: Asks.
            address: What is asked.
            file: Written anew.
            known: What the server said before; without it the question is unconditional.

        Returns:
            What the server says of the file, or None if it is what it was.

        Raises:
            FetchError: It did not arrive, and will not.
            TransientFailure: It did not arrive this time.
            UnfitAnswer: It says "not modified" of something else.
        """
        headers = {"User-Agent": "article41", "Accept": "*/*", "Accept-Encoding": "gzip"}
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        with _told(address), self._followed(client, address, headers) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                _check_not_modified(response, known, address)
                return None
            if response.status_code != httpx.codes.OK:
                raise _refusal(response, address)
            self._write(response, file, address)
            return Validators(
                address=address,
                etag=response.headers.get("ETag", ""),
                last_modified=response.headers.get("Last-Modified", ""),
            )

    @contextmanager
    def _followed(
        self, client: httpx.Client, address: str, headers: dict[str, str]
    ) -> Iterator[httpx.Response]:
        url = httpx.URL(address)
        for _ in range(self.redirects_max + 1):
            response = client.send(client.build_request("GET", url, headers=headers), stream=True)
            try:
                if not response.has_redirect_location:
                    yield response
                    return
                target = url.join(response.headers["Location"])
            finally:
                response.close()
            if self.is_late():
                raise TransientFailure(_error(address, _TOO_SLOW))
            if url.scheme == "https" and target.scheme != "https":
                raise FetchError(
                    f"`{address}` leads from https to {target.scheme or 'nowhere'}, "
                    f"to `{legible(str(target))[:SAID_CHARACTERS]}`",
                    hint="name the address that it should have, in `feeds.toml`",
                )
            url = target
        raise FetchError(
            f"`{address}` leads on and on, more than {self.redirects_max} times",
            hint="name the address that it should have, in `feeds.toml`",
        )

    def _write(self, response: httpx.Response, file: Path, address: str) -> None:
        pieces = self._received(response, address)
        if _is_gzip(response):
            pieces = _unpacked(pieces, address)
        elif (packing := _packing(response)) not in ("", "identity"):
            raise _error(address, f"the answer is packed as `{legible(packing[:40])}`, unasked")
        size_bytes = 0
        with file.open("wb") as out:
            for piece in pieces:
                size_bytes += len(piece)
                self._check_size(size_bytes, address)
                out.write(piece)
                self.progress(len(piece))
        if not size_bytes:
            raise TransientFailure(_error(address, "the answer is empty"))

    def _received(self, response: httpx.Response, address: str) -> Iterator[bytes]:
        stated = response.headers.get("Content-Length", "")
        if stated.isdecimal():
            self._check_size(int(stated), address)
        if not stated and "Transfer-Encoding" not in response.headers and not _is_gzip(response):
            # A table cut between two rows looks whole.
            raise _error(address, "the answer does not say how long it is, so that it may be cut")
        size_bytes = 0
        for piece in response.iter_raw():
            if self.is_late():
                raise TransientFailure(_error(address, _TOO_SLOW))
            size_bytes += len(piece)
            self._check_size(size_bytes, address)
            yield piece

    def _check_size(self, size_bytes: int, address: str) -> None:
        if size_bytes > self.size_bytes_max:
            raise FetchError(
                f"`{address}` sends more than {self.size_bytes_max:,} bytes",
                hint="if the list did grow so large, raise `size_bytes_max` in `feeds.toml`",
            )


def _packing(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Encoding", "")).strip().lower()


def _is_gzip(response: httpx.Response) -> bool:
    return _packing(response) in ("gzip", "x-gzip")


def _check_not_modified(response: httpx.Response, known: Validators | None, address: str) -> None:
    if known is None:
        raise _error(address, "the server says that nothing changed, though it was not asked so")
    etag = response.headers.get("ETag", "")
    last_modified = response.headers.get("Last-Modified", "")
    if etag and known.etag:
        is_other = etag.removeprefix("W/") != known.etag.removeprefix("W/")
    else:
        is_other = bool(last_modified and known.last_modified != last_modified)
    if is_other:
        raise UnfitAnswer


def _refusal(response: httpx.Response, address: str) -> FetchError | TransientFailure:
    status = response.status_code
    is_packed = _packing(response) not in ("", "identity")
    said = b"" if is_packed else next(response.iter_raw(SAID_BYTES), b"")
    words = " ".join(said.decode("utf-8", "replace").split())[:SAID_CHARACTERS]
    error = _error(
        address,
        f"the server answers {status} {response.reason_phrase}".rstrip()
        + (f" and says `{legible(words)}`" if words else ""),
    )
    if status not in _TRANSIENT:
        return error
    wait = response.headers.get("Retry-After", "")
    wait_s = min(float(wait), RETRY_AFTER_S_MAX) if wait.isdecimal() else 0.0
    return TransientFailure(error, retry_after_s=wait_s)


def _unpacked(pieces: Iterator[bytes], address: str) -> Iterator[bytes]:
    """The bytes in a gzip stream, a bounded piece at a time."""
    unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                if unpacking.eof:
                    raise _error(address, "something follows the packed answer")
                yield unpacking.decompress(waiting, _PIECE_BYTES)
                waiting = unpacking.unconsumed_tail or unpacking.unused_data
    except zlib.error as error:
        raise TransientFailure(_error(address, f"the packed answer is damaged: {error}")) from error
    if not unpacking.eof:
        raise TransientFailure(_error(address, "the packed answer breaks off"))


@contextmanager
def _told(address: str) -> Iterator[None]:
    """What the library says, in our words."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise TransientFailure(_error(address, "the server does not answer in time")) from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError) as error:
        raise _error(address, f"no address that can be followed: {error}") from error
    except httpx.HTTPError as error:
        if _is_caused_by(error, ssl.SSLCertVerificationError):
            raise FetchError(
                f"`{address}`: the server does not prove who it is: {error}",
                hint="never take a list from it; see whether somebody stands in between, "
                "or name the certificates of your proxy in SSL_CERT_FILE",
            ) from error
        said = " ".join(str(error).split()) or type(error).__name__
        if _is_caused_by(error, socket.gaierror):
            # Asking for a name again costs many seconds for each list, and seldom helps.
            raise FetchError(
                f"`{address}`: the name of the server is not found: {said}",
                hint="see whether this machine has a network, and whether the address is right",
            ) from error
        raise TransientFailure(_error(address, f"the connection failed: {said}")) from error
    except OSError as error:
        raise FetchError(
            f"`{address}` cannot be written to a file: {error.strerror}",
            hint="free some space for temporary files, or name another folder in TMPDIR",
        ) from error


def _is_caused_by(error: BaseException, kind: type[BaseException]) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, kind):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _error(address: str, what: str) -> FetchError:
    return FetchError(f"`{address}`: {what}", hint=_AGAIN)
