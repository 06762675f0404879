"""Files come whole, from who they should come, within limits; or an error says why not."""

import hashlib
import socket
import ssl
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from article41.model.errors import FetchError, InputError
from article41.sources.fetch import Fetched, Fetcher, FetchLimits
from article41.sources.registry import Feed
from article41.sources.transfer import Validators
from tests.sources.misbehaving import (
    ETAG,
    MODIFIED,
    Answer,
    Server,
    cut,
    file,
    hung_up,
    moved,
    not_modified,
    own_certificate,
    packed,
    said,
    serving,
    silent,
)

BODY = b"<list>" + b"Ada Example\n" * 1000 + b"</list>"
LIMITS = FetchLimits(read_timeout_s=5, tries_max=3, redirects_max=3)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving() as running:
        yield running


def feed(*addresses: str, **fields: object) -> Feed:
    given = {"id": "xa-main", "authority": "XA", "title": "Main", "addresses": addresses, **fields}
    return Feed(**given)  # type: ignore[arg-type]


def fetched(
    one: Feed,
    folder: Path,
    *,
    held: tuple[Validators, ...] = (),
    limits: FetchLimits = LIMITS,
    **how: object,
) -> tuple[Fetched, list[float]]:
    """What came, and the waits between the tries."""
    waits: list[float] = []
    settings = {"sleep": waits.append, "chance": lambda: 0.5, **how}
    with Fetcher(limits=limits, **settings) as fetcher:  # type: ignore[arg-type]
        return fetcher.fetch(one, folder, held=held), waits


def known(address: str) -> Validators:
    return Validators(address=address, etag=ETAG, last_modified=MODIFIED)


def test_a_file_comes_as_it_is_with_what_the_server_says_of_it(
    server: Server, tmp_path: Path
) -> None:
    address = server.on("/main.xml?token=a", file(BODY))

    got, waits = fetched(feed(address), tmp_path)

    assert [path.name for path in got.files] == ["main.xml"]
    assert got.files[0].read_bytes() == BODY
    assert got.validators == (known(address),)
    assert (got.is_modified, got.is_mirror, waits) == (True, False, [])


def test_a_packed_answer_is_unpacked(server: Server, tmp_path: Path) -> None:
    got, _ = fetched(feed(server.on("/a.xml", packed(BODY))), tmp_path)

    assert got.files[0].read_bytes() == BODY


def test_files_with_one_name_do_not_overwrite_each_other(server: Server, tmp_path: Path) -> None:
    addresses = [server.on(f"/{name}/list.csv", file(name.encode())) for name in "ab"]

    got, _ = fetched(feed(*addresses), tmp_path)

    assert [path.read_bytes() for path in got.files] == [b"a", b"b"]


@pytest.mark.parametrize(
    "passing",
    [
        said(500, b"busy"),
        said(429, b""),
        said(200, b""),
        cut(BODY),
        packed(BODY, share=0.5),
        hung_up,
    ],
    ids=["error", "too-many", "empty", "cut", "packed-cut", "hung-up"],
)
def test_what_may_pass_is_tried_again_after_growing_waits(
    passing: Answer, server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.xml", passing, passing, file(BODY))

    got, waits = fetched(feed(address), tmp_path)

    assert got.files[0].read_bytes() == BODY
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(
    ("passing", "message"),
    [
        (said(503, b"under\x1b[2J  repair"), "answers 503 .* says `under.*repair`"),
        (cut(BODY), "the connection failed"),
        (packed(BODY, share=0.5), "breaks off"),
        (said(200, b"no gzip", Content_Encoding="gzip"), "damaged"),
        (said(200, b""), "empty"),
    ],
    ids=["error", "cut", "packed-cut", "not-packed", "empty"],
)
def test_what_does_not_pass_is_an_error_after_the_last_try(
    passing: Answer, message: str, server: Server, tmp_path: Path
) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        fetched(feed(server.on("/a.xml", passing)), tmp_path)

    assert len(server.asked) == LIMITS.tries_max
    assert "\x1b" not in str(caught.value)


def test_a_server_may_ask_to_wait_longer_but_not_for_ever(server: Server, tmp_path: Path) -> None:
    waiting = [said(503, b"", Retry_After=wait) for wait in ("7", "999999")]
    address = server.on("/a.xml", *waiting, file(BODY))

    _, waits = fetched(feed(address), tmp_path)

    assert waits == [7.0, 60.0]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_will_not_pass_is_not_asked_again(status: int, server: Server, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=f"answers {status}"):
        fetched(feed(server.on("/a.xml", said(status, b"no"))), tmp_path)

    assert len(server.asked) == 1


def test_a_server_that_does_not_answer_is_given_up(server: Server, tmp_path: Path) -> None:
    limits = FetchLimits(read_timeout_s=0.02, tries_max=2)

    with pytest.raises(FetchError, match="does not answer in time"):
        fetched(feed(server.on("/a.xml", silent(server))), tmp_path, limits=limits)

    assert len(server.asked) == 2


def test_a_file_that_takes_too_long_as_a_whole_is_given_up(server: Server, tmp_path: Path) -> None:
    ticking = count(step=2000).__next__

    with pytest.raises(FetchError, match="did not come in time"):
        fetched(feed(server.on("/a.xml", file(BODY))), tmp_path, clock=lambda: float(ticking()))


def test_nobody_listening_is_an_error(tmp_path: Path, server: Server) -> None:
    assert server.asked == []
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{reserved.getsockname()[1]}/a.xml"
        with pytest.raises(FetchError, match="the connection failed"):
            fetched(feed(address), tmp_path)


@pytest.mark.parametrize(
    "large",
    [
        said(200, b"a" * 200_000),
        said(200, b"a", Content_Length="200000"),
        packed(b"\0" * 50_000_000),
    ],
    ids=["large", "promised", "bomb"],
)
def test_more_than_the_most_bytes_is_refused_packed_or_not(
    large: Answer, server: Server, tmp_path: Path
) -> None:
    one = feed(server.on("/a.xml", large), size_bytes_max=100_000)

    with pytest.raises(FetchError, match="more than 100,000 bytes"):
        fetched(one, tmp_path)

    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 100_000
    assert len(server.asked) == 1


def test_redirects_are_followed_but_not_for_ever(server: Server, tmp_path: Path) -> None:
    server.on("/c.xml", file(BODY))
    server.on("/b.xml", moved("/c.xml"))
    address = server.on("/a.xml", moved(server.at("/b.xml")))

    got, _ = fetched(feed(address), tmp_path)
    assert got.files[0].read_bytes() == BODY
    assert got.validators[0].address == address

    server.on("/b.xml", moved("/a.xml"))
    server.asked.clear()
    with pytest.raises(FetchError, match="leads on and on"):
        fetched(feed(address), tmp_path)
    assert len(server.asked) == LIMITS.redirects_max + 1


def test_a_question_whether_it_changed_is_answered_without_a_file(
    server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.xml", not_modified())

    got, _ = fetched(feed(address), tmp_path, held=(known(address),))

    assert not got.is_modified
    assert got.validators == (known(address),)
    headers = server.asked[0].headers
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (ETAG, MODIFIED)


def test_not_modified_without_a_condition_is_a_lie_and_confirms_nothing(
    server: Server, tmp_path: Path
) -> None:
    with pytest.raises(FetchError, match="nothing changed, though it was not asked so"):
        fetched(feed(server.on("/a.xml", not_modified())), tmp_path)


def test_not_modified_of_another_state_makes_the_whole_come_anew(
    server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.xml", not_modified('"other"'), file(BODY))

    got, _ = fetched(feed(address), tmp_path, held=(known(address),))

    assert got.files[0].read_bytes() == BODY
    assert "If-None-Match" not in server.asked[1].headers


def test_of_several_files_one_that_changed_brings_them_all(server: Server, tmp_path: Path) -> None:
    first = server.on("/a.csv", not_modified(), file(b"first"))
    second = server.on("/b.csv", file(b"second"))

    got, _ = fetched(feed(first, second), tmp_path, held=(known(first), known(second)))

    assert [path.read_bytes() for path in got.files] == [b"first", b"second"]


def test_a_file_more_than_before_makes_every_question_unconditional(
    server: Server, tmp_path: Path
) -> None:
    addresses = [server.on(f"/{name}.csv", file(name.encode())) for name in "ab"]

    got, _ = fetched(feed(*addresses), tmp_path, held=(known(addresses[0]),))

    assert len(got.files) == 2
    assert [one.headers.get("If-None-Match") for one in server.asked] == [None, None]


def test_the_mirror_is_asked_when_the_address_fails(server: Server, tmp_path: Path) -> None:
    address, mirror = server.at("/gone.xml"), server.on("/mirror.xml", file(BODY))

    got, _ = fetched(feed(address, mirrors=(mirror,)), tmp_path, held=(known(address),))

    assert got.is_mirror
    assert got.files[0].read_bytes() == BODY
    assert "If-None-Match" not in server.asked[-1].headers

    with pytest.raises(FetchError, match=r"gone\.xml.*; the mirror: .*away\.xml"):
        fetched(feed(address, mirrors=(server.at("/away.xml"),)), tmp_path)


def test_bytes_that_do_not_fit_the_published_hash_are_refused(
    server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.xml", file(BODY))
    right, other = hashlib.sha256(BODY).hexdigest(), hashlib.sha256(b"other").hexdigest()
    page = server.on("/sums", said(200, f"{other}  b.xml\n{right}  a.xml\n".encode()))
    assert fetched(feed(address, hashes=(page,)), tmp_path)[0].is_modified

    server.on("/sums", said(200, f"{right}  b.xml\n{other}  a.xml\n".encode()))
    with pytest.raises(FetchError, match="do not fit the hash"):
        fetched(feed(address, hashes=(page,)), tmp_path)

    server.on("/sums", said(200, b"no hash here"))
    with pytest.raises(FetchError, match="do not fit the hash"):
        fetched(feed(address, hashes=(page,)), tmp_path)


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(
    server: Server, tmp_path: Path
) -> None:
    assert server.asked == []
    certificate = own_certificate(tmp_path)
    with serving(certificate) as untrusted:
        one = feed(untrusted.on("/a.xml", file(BODY)))
        with pytest.raises(FetchError, match="does not prove who it is"):
            fetched(one, tmp_path)
        assert untrusted.asked == []

        trust = ssl.create_default_context(cafile=str(certificate))
        got, _ = fetched(one, tmp_path, trust=trust)
        assert got.files[0].read_bytes() == BODY


def test_nobody_is_led_from_https_to_http(server: Server, tmp_path: Path) -> None:
    certificate = own_certificate(tmp_path)
    trust = ssl.create_default_context(cafile=str(certificate))
    plain = server.on("/a.xml", file(BODY))
    with serving(certificate) as secure:
        with pytest.raises(FetchError, match="leads from https to http"):
            fetched(feed(secure.on("/a.xml", moved(plain))), tmp_path, trust=trust)
        assert server.asked == []

        # The other way is what one wishes for.
        secure.on("/b.xml", file(BODY))
        address = server.on("/b.xml", moved(secure.at("/b.xml")))
        assert fetched(feed(address), tmp_path, trust=trust)[0].is_modified


@pytest.mark.parametrize("is_option", [True, False], ids=["option", "environment"])
def test_a_proxy_is_asked_in_place_of_the_server(
    is_option: bool,  # noqa: FBT001 - a parameter of the test
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "http://lists.example/a.xml"
    server.on(address, file(BODY))
    proxy = server.at("")
    if not is_option:
        monkeypatch.setenv("HTTP_PROXY", proxy)

    got, _ = fetched(feed(address), tmp_path, proxy=proxy if is_option else None)

    assert got.files[0].read_bytes() == BODY


def test_a_proxy_that_is_none_is_an_error() -> None:
    with pytest.raises(InputError, match="`no proxy` is no proxy"):
        Fetcher(proxy="no proxy")
