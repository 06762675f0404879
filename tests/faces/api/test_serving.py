"""`article41 serve` says in one line what keeps it from serving."""

import socket
from pathlib import Path

import pytest

from article41.casework.audit import RECORD_FOLDER
from article41.faces.api import limits, questions
from article41.faces.serving import connections, serve
from article41.faces.settings import RECORD_VARIABLE, Recording
from article41.faces.web.sessions import SECRET_FILE
from tests.faces.api.made import copied
from tests.faces.guides import DOCS
from tests.faces.made import call, write


@pytest.fixture(autouse=True)
def recording(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RECORD_VARIABLE, Recording.WHOLE.value)


def test_what_is_not_recorded_is_not_served(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RECORD_VARIABLE, Recording.OFF.value)

    said = call("serve", "--store", filled, code=2).stderr

    assert "answers nothing that is not on record" in said


def test_without_the_extra_the_command_says_what_to_install(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "NEEDED", ("fastapi", "no_such_package"))

    said = call("serve", "--store", filled, code=1).stderr

    assert said == (
        "error: the server needs no_such_package\nhint: pip install 'article41[serve]'\n"
    )


def test_a_port_in_use_is_told(filled: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        said = call("serve", "--port", port, "--store", filled, code=2).stderr

    assert f"`127.0.0.1` port {port} cannot be listened at: " in said


@pytest.fixture
def unstarted(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> None:
        pytest.fail("it was started")

    monkeypatch.setattr(serve, "_run", started)


@pytest.mark.parametrize(
    ("path", "code", "why"),
    [
        (f"{RECORD_FOLDER}/entries.jsonl", 7, "does not fit the checkpoint beside it"),
        (SECRET_FILE, 4, "is damaged"),
    ],
)
@pytest.mark.usefixtures("unstarted")
def test_what_would_keep_each_worker_from_answering_is_told_before_any_is_started(
    path: str, code: int, why: str, filled: Path, tmp_path: Path
) -> None:
    folder = copied(filled, tmp_path)
    call("match", "Ada Example", "--store", folder)
    (folder / path).write_bytes(b"spoilt")

    said = call("serve", "--port", 0, "--workers", 2, "--store", folder, code=code).stderr

    assert said.startswith(f"error: `{folder / path}` {why}")
    assert "serving" not in said


def test_a_certificate_without_its_key_is_refused(filled: Path, tmp_path: Path) -> None:
    certificate = write(tmp_path, "server.pem", "")

    said = call("serve", "--tls-cert", certificate, "--store", filled, code=2).stderr

    assert "a certificate and its key belong together" in said


def test_there_is_nothing_to_serve_without_lists(tmp_path: Path) -> None:
    said = call("serve", "--store", tmp_path / "nowhere", code=4).stderr

    assert "there is no store" in said


def test_short_answers_leave_at_once() -> None:
    with serve.listening("127.0.0.1", 0) as listener:
        # By this asyncio knows a connection on which nothing is to be held back.
        assert listener.proto == socket.IPPROTO_TCP


def test_the_reference_names_every_limit_as_it_is() -> None:
    text = (DOCS / "reference" / "server.md").read_text(encoding="utf-8")
    table = text.partition("## Limits\n")[2].partition("\n## ")[0]
    expected = [
        f"{connections.HEAD_BYTES_MAX:,} bytes", f"{connections.HEAD_S:g} s",
        f"{limits.BODY_BYTES_MAX:,} bytes", f"{limits.BODY_S:g} s",
        f"{limits.BODIES_BYTES_MAX:,} bytes", f"{connections.REST_S:g} s",
        f"{connections.UNREAD_S:g} s", f"{serve.KEEP_ALIVE_S} s",
        f"{connections.CONNECTIONS_MAX:,}", f"{limits.PENDING_MAX}", f"{limits.ANSWER_S:g} s",
        f"{questions.PARTIES_MAX:,}",
    ]  # fmt: skip

    told = [row.split("|")[2].strip() for row in table.splitlines() if row.startswith("| ")]

    assert told[1:] == expected
    assert questions.ACTS_MAX == questions.PARTIES_MAX
