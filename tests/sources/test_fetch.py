"""What arrives is whole and from whom it should be, whatever the server does; or nothing does."""

import gzip
import hashlib
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from article41.model.errors import FetchError, InputError
from article41.sources.fetch import Fetcher
from article41.sources.transfer import Validators
from tests.sources.fetching import BODY, ETAG, Waits, feed, fetch
from tests.sources.servers import (
    Answer,
    Server,
    cut,
    dripping,
    redirected,
    sent,
    serving,
    silent,
    status,
    unframed,
)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


def test_a_file_comes_whole_with_what_the_server_says_of_it(server: Server, tmp_path: Path) -> None:
    address = server.on("/a/sdn.csv?x=1", sent(BODY, ETag=ETAG, Last_Modified="Fri"))

    got = fetch(feed(address), tmp_path)

    assert [file.name for file in got.files] == ["sdn.csv"]
    assert got.files[0].read_bytes() == BODY
    assert got.validators == (Validators(address=address, etag=ETAG, last_modified="Fri"),)
    assert (got.is_modified, got.is_mirror) == (True, False)


def test_a_packed_answer_is_unpacked(server: Server, tmp_path: Path) -> None:
    packed = gzip.compress(BODY)
    address = server.on("/content", sent(packed, Content_Encoding="gzip"))

    got = fetch(feed(address), tmp_path)

    assert [(file.name, file.read_bytes()) for file in got.files] == [("xa-main", BODY)]
    assert server.asked[0][1]["Accept-Encoding"] == "gzip"


def test_a_question_with_validators_may_be_answered_by_not_modified(
    server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.csv", status(304, ETag=ETAG))
    held = Validators(address=address, etag=ETAG, last_modified="Fri, 01 Mar 2024 12:00:00 GMT")

    got = fetch(feed(address), tmp_path, held)

    assert (got.is_modified, got.validators) == (False, (held,))
    asked = server.asked[0][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (held.etag, held.last_modified)


def test_of_several_files_one_that_changed_brings_all(server: Server, tmp_path: Path) -> None:
    one = server.on("/a.csv", status(304), sent(BODY, ETag=ETAG))
    two = server.on("/b.csv", sent(BODY + BODY, ETag='"new"'))
    held = (Validators(address=one, etag=ETAG), Validators(address=two, etag='"old"'))

    got = fetch(feed(one, two), tmp_path, *held)

    assert [file.read_bytes() for file in got.files] == [BODY, BODY + BODY]
    assert [path for path, _ in server.asked] == ["/a.csv", "/b.csv", "/a.csv"]


@pytest.mark.parametrize(
    ("lie", "etag"), [(status(304, ETag='"other"'), ETAG), (status(304, Last_Modified="Sat"), "")]
)
def test_not_modified_of_something_else_is_not_believed(
    lie: Answer, etag: str, server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.csv", lie, sent(BODY))
    held = Validators(address=address, etag=etag, last_modified="Fri")

    got = fetch(feed(address), tmp_path, held)

    assert got.files[0].read_bytes() == BODY
    assert not {"If-None-Match", "If-Modified-Since"} & set(server.asked[1][1])


def test_what_is_not_believed_begins_neither_the_tries_nor_the_time_anew(
    server: Server, tmp_path: Path
) -> None:
    lie = status(304, ETag='"other"')
    address = server.on("/a.csv", status(503), status(503), lie, status(503))
    held = Validators(address=address, etag=ETAG)
    waits = Waits()

    with pytest.raises(FetchError, match="answers 503"):
        fetch(feed(address), tmp_path, held, waits=waits)

    assert (len(server.asked), len(waits)) == (4, 2)

    in_time = Waits()
    server.on("/a.csv", status(503), status(503), lie, status(503))
    with pytest.raises(FetchError, match="answers 503"):
        fetch(
            feed(address), tmp_path, held, waits=in_time, tries_max=9, backoff_s=4.0,
            total_timeout_s=30.0,
        )  # fmt: skip

    assert sum(in_time) <= 30


def test_not_modified_where_nothing_is_held_is_an_error(server: Server, tmp_path: Path) -> None:
    address = server.on("/a.csv", status(304))
    elsewhere = Validators(address="https://lists.example/a.csv", etag=ETAG)

    with pytest.raises(FetchError, match="says that nothing changed, though it was not asked so"):
        fetch(feed(address), tmp_path, elsewhere)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (status(404, b"no such list"), "answers 404 Not Found and says `no such list`"),
        (status(404, b"no\x1b[2J"), r"and says `no<U\+001B>\[2J`"),
        (status(403), "answers 403 Forbidden"),
        (status(206, BODY), "answers 206 Partial Content"),
        (sent(BODY, Content_Encoding="br"), "packed as `br`, unasked"),
        (sent(gzip.compress(b"\0" * 10**7), Content_Encoding="gzip"), "more than 1,000,000 bytes"),
        (sent(b"x" * 1_000_001), "more than 1,000,000 bytes"),
        (unframed(BODY), "does not say how long it is"),
        (dripping, "more than 1,000,000 bytes"),
        (sent(gzip.compress(BODY) + b"tail", Content_Encoding="gzip"), "follows the packed answer"),
        (redirected("ftp://lists.example/a.csv"), "no address that can be followed"),
    ],
)
def test_what_will_not_pass_by_itself_is_refused_at_once(
    answer: Answer, said: str, server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.csv", answer)
    waits = Waits()

    with pytest.raises(FetchError, match=said) as caught:
        fetch(feed(address, size_bytes_max=1_000_000), tmp_path, waits=waits)

    assert caught.value.hint
    assert waits == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (status(500, b"boom"), "answers 500 Internal Server Error and says `boom`"),
        (status(503), "answers 503"),
        (cut(BODY), "the connection failed"),
        (sent(b""), "the answer is empty"),
        (sent(gzip.compress(BODY)[:-30], Content_Encoding="gzip"), "breaks off"),
        (sent(b"no gzip at all", Content_Encoding="gzip"), "is damaged"),
        (silent, "does not answer in time"),
        (redirected("http://a:b/"), "Invalid URL in location header"),
        (lambda handler: handler.close_connection, "the connection failed"),
    ],
)
def test_what_may_pass_by_itself_is_asked_again_and_then_refused(
    answer: Answer, said: str, server: Server, tmp_path: Path
) -> None:
    waits = Waits()
    bad = server.on("/bad.csv", answer)
    soon_good = server.on("/good.csv", answer, sent(BODY))

    with pytest.raises(FetchError, match=said):
        fetch(feed(bad), tmp_path, waits=waits, read_timeout_s=0.1)
    got = fetch(feed(soon_good), tmp_path, read_timeout_s=0.1)

    assert waits == [1.0, 2.0]
    assert got.files[0].read_bytes() == BODY


def test_a_server_may_say_how_long_to_wait_but_not_for_ever(server: Server, tmp_path: Path) -> None:
    busy = [status(429, Retry_After="7"), status(503, Retry_After="86400"), sent(BODY)]
    address = server.on("/a.csv", *busy)
    waits = Waits()

    fetch(feed(address), tmp_path, waits=waits)

    assert waits == [7.0, 60.0]


def test_a_refused_connection_is_an_error_with_the_address(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    with pytest.raises(FetchError, match=f"`http://127.0.0.1:{port}/a.csv`: the connection failed"):
        fetch(feed(f"http://127.0.0.1:{port}/a.csv"), tmp_path)


def test_a_server_whose_name_is_not_found_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_given: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", lost)
    waits = Waits()

    with pytest.raises(FetchError, match=r"name of the server is not found: .*Temporary"):
        fetch(feed("http://lists.example/a.csv"), tmp_path, waits=waits)

    assert waits == []


def test_an_answer_that_takes_too_long_as_a_whole_is_given_up(
    server: Server, tmp_path: Path
) -> None:
    address = server.on("/a.csv", dripping)
    ticks = iter(range(10**9))

    with pytest.raises(FetchError, match="did not come in time"):
        fetch(feed(address), tmp_path, clock=lambda: next(ticks), total_timeout_s=20)


def test_redirects_are_followed_a_few_times(server: Server, tmp_path: Path) -> None:
    server.on("/end.csv", sent(BODY, ETag=ETAG))
    server.on("/middle", redirected("end.csv"))
    address = server.on("/start.csv", redirected("/middle"))

    got = fetch(feed(address), tmp_path)

    assert got.files[0].read_bytes() == BODY
    assert got.validators == (Validators(address=address, etag=ETAG),)


def test_a_redirect_that_leads_in_circles_is_given_up(server: Server, tmp_path: Path) -> None:
    server.on("/b", redirected("/a"))
    address = server.on("/a", redirected("/b"))

    with pytest.raises(FetchError, match="leads on and on, more than 5 times"):
        fetch(feed(address), tmp_path)

    assert len(server.asked) == 6


def test_the_mirror_is_asked_second_and_without_validators(server: Server, tmp_path: Path) -> None:
    address = server.on("/a.csv", status(404))
    mirror = server.on("/mirror/a.csv", sent(BODY))
    held = (Validators(address=address, etag=ETAG), Validators(address=mirror, etag=ETAG))

    got = fetch(feed(address, mirrors=(mirror,)), tmp_path, *held)

    assert (got.is_mirror, got.files[0].read_bytes()) == (True, BODY)
    assert "If-None-Match" not in server.asked[1][1]


def test_a_mirror_that_fails_too_is_named_beside_the_address(
    server: Server, tmp_path: Path
) -> None:
    address, mirror = server.on("/a.csv", status(404)), server.on("/m.csv", status(410))

    with pytest.raises(FetchError, match=r"a\.csv`: .* 404 .*; the mirror: .*m\.csv`: .* 410"):
        fetch(feed(address, mirrors=(mirror,)), tmp_path)


def test_bytes_that_do_not_fit_the_published_hash_are_refused_also_from_a_mirror(
    server: Server, tmp_path: Path
) -> None:
    good, bad = (hashlib.sha256(body).hexdigest() for body in (BODY, b"other"))
    address = server.on("/a.csv", sent(BODY))
    lines = f"{bad}  b.csv\n{good.upper()}  A.CSV\n"
    fits = server.on("/fits", sent(lines.encode()))
    only = server.on("/only", sent(good.encode()))
    other = server.on("/other", sent(f"{good}  b.csv\n{bad}  a.csv\n".encode()))

    for page in (fits, only):
        assert fetch(feed(address, hashes=(page,)), tmp_path).files[0].read_bytes() == BODY
    with pytest.raises(FetchError, match=r"do not fit the hash published at .*/other"):
        fetch(feed(address, mirrors=(address,), hashes=(other,)), tmp_path)


def test_a_proxy_is_asked_in_place_of_the_server(server: Server, tmp_path: Path) -> None:
    server.on("http://lists.example/a.csv", sent(BODY))
    proxy = server.on("", status(404))

    got = fetch(feed("http://lists.example/a.csv"), tmp_path, proxy=proxy)

    assert got.files[0].read_bytes() == BODY


def test_a_proxy_that_is_no_address_is_an_error() -> None:
    with pytest.raises(InputError, match="`no proxy` is no proxy"):
        Fetcher(proxy="no proxy")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody but its owner believes, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("`openssl` is absent: no certificate can be made")
    path = tmp_path_factory.mktemp("certificate") / "own.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=lists.example", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path,
         "-out", path.with_suffix(".crt")],
        check=True, capture_output=True,
    )  # fmt: skip
    with path.open("a") as file:
        file.write(path.with_suffix(".crt").read_text())
    return path


def speaking(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_server_that_does_not_prove_who_it_is_is_not_believed(
    certificate: Path, tmp_path: Path
) -> None:
    waits = Waits()
    with serving(speaking(certificate)) as server:
        address = server.on("/a.csv", sent(BODY))

        with pytest.raises(FetchError, match="does not prove who it is") as caught:
            fetch(feed(address), tmp_path, waits=waits)

    assert "never take a list from it" in caught.value.hint
    assert (server.asked, waits) == ([], [])


def test_a_redirect_from_https_to_http_is_not_followed(certificate: Path, tmp_path: Path) -> None:
    trust = ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))
    with serving(speaking(certificate)) as server, serving() as plain:
        server.on("/good.csv", sent(BODY))
        good = server.on("/good", redirected("/good.csv"))
        bad = server.on("/bad", redirected(plain.on("/a.csv", sent(BODY))))

        assert fetch(feed(good), tmp_path, trust=trust).files[0].read_bytes() == BODY
        with pytest.raises(FetchError, match="leads from https to http"):
            fetch(feed(bad), tmp_path, trust=trust)

    assert plain.asked == []


def test_progress_counts_the_bytes_of_all_files(server: Server, tmp_path: Path) -> None:
    addresses = [server.on(f"/{name}.csv", sent(BODY)) for name in "ab"]
    told: list[int] = []

    with Fetcher() as fetcher:
        fetcher.fetch(feed(*addresses), tmp_path, progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 2 * len(BODY)


def test_files_of_one_name_do_not_overwrite_each_other(server: Server, tmp_path: Path) -> None:
    addresses = [server.on(f"/{name}/list.csv", sent(name.encode())) for name in "ab"]

    got = fetch(feed(*addresses), tmp_path)

    assert [file.read_bytes() for file in got.files] == [b"a", b"b"]
