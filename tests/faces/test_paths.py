"""A file that cannot be used is told by name with a remedy, whichever command it is given to."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from article41.faces.cli import main
from article41.faces.cli.paths import GivenPath
from tests.faces.made import call, write
from tests.faces.test_check import PAYMENT
from tests.faces.test_on_record import recording, store

__all__ = ["recording", "store"]

READ: dict[str, list[str]] = {
    "check sources": ["check", "@"],
    "check ownership": ["check", "act.yaml", "--ownership", "@"],
    "explain source": ["explain", "@"],
    "screen file source": ["screen", "@", "-o", "o.csv"],
    "customers import source": ["customers", "import", "@"],
    "payment read sources": ["payment", "read", "@"],
    "payment screen sources": ["payment", "screen", "@"],
    "lists add files": ["lists", "add", "@"],
    "lists add descriptions": ["lists", "add", "act.yaml", "--table", "@"],
    "lists import files": ["lists", "import", "@"],
    "lists import descriptions": ["lists", "import", "act.yaml", "--table", "@"],
    "lists describe file": ["lists", "describe", "@"],
    "lists diff descriptions": ["lists", "diff", "act.yaml", "act.yaml", "--table", "@"],
    "certificate verify source": ["certificate", "verify", "@", "--key", "record.pub"],
    "certificate verify key": ["certificate", "verify", "a.certificate", "--key", "@"],
    "certificate verify files": [
        "certificate", "verify", "a.certificate", "--key", "record.pub", "--file", "@"
    ],
    "replay source": ["replay", "@"],
    "replay files": ["replay", "a.certificate", "--file", "@"],
    "audit verify key": ["audit", "verify", "--key", "@"],
    "audit verify checkpoints": ["audit", "verify", "--checkpoint", "@"],
    "store restore source": ["store", "restore", "@", "--store", "restored"],
    "customers restore source": ["customers", "restore", "@", "--store", "restored"],
    "serve tls_cert": ["serve", "--port", "0", "--tls-cert", "@", "--tls-key", "record.pub"],
    "serve tls_key": ["serve", "--port", "0", "--tls-key", "@", "--tls-cert", "record.pub"],
}  # fmt: skip
"""By each argument that names a file to be read, a command with `@` in its place."""
HOLDS_ANYTHING = {"certificate verify files", "replay files"}
"""A file that is merely compared by its hash."""
TAKES_FOLDERS = {"payment read sources", "payment screen sources", "lists import files"}


@pytest.fixture
def folder(store: Path) -> Path:
    """Where all the files are that are as they should be."""
    write(store.parent, "act.yaml", PAYMENT)
    call("match", "Ada Example", "--certificates", "a.certificate")
    call("audit", "key", "-o", "record.pub")
    return store.parent


def commands() -> Iterator[tuple[str, click.Parameter]]:
    """Each parameter of each command, by name."""

    def below(command: click.Command, context: click.Context, name: str) -> Iterator[
        tuple[str, click.Parameter]
    ]:  # fmt: skip
        if isinstance(command, click.Group):
            for one in command.list_commands(context):
                inner = command.get_command(context, one)
                assert inner is not None
                within = click.Context(inner, parent=context, info_name=one)
                yield from below(inner, within, f"{name} {one}".strip())
        for parameter in command.params:
            yield f"{name} {parameter.name}", parameter

    yield from below(main, click.Context(main), "")


def test_every_file_that_is_read_is_tried_here() -> None:
    read = {
        name
        for name, parameter in commands()
        if isinstance(parameter.type, click.Path) and parameter.type.exists
    }

    assert read | {"certificate verify key", "audit verify key"} == set(READ)
    assert [
        name
        for name, one in commands()
        if isinstance(one.type, click.Path) and not isinstance(one.type, GivenPath)
    ] == []


def refusal(command: list[str], given: str) -> str:
    """What a command says of a file; it names the file, ends with a code, and has a remedy."""
    arguments = [given if one == "@" else one for one in command]
    result = CliRunner().invoke(main, arguments, prog_name="article41")
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (2, 3, 4)
    said = result.stderr
    assert "Usage" not in said
    assert given in said.partition("hint:")[0]
    assert "hint: " in said
    assert "\\x" not in said
    assert len(said) < 700
    return said


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_not_there(folder: Path, name: str) -> None:
    del folder
    said = refusal(READ[name], "missing.file")
    Path("leading.nowhere").symlink_to("missing.file")

    assert "there is no file" in said
    assert "`missing.file`" in said
    assert "there is no file" in refusal(READ[name], "leading.nowhere")


@pytest.mark.parametrize("name", READ)
def test_a_folder_in_the_place_of_a_file(folder: Path, name: str) -> None:
    del folder
    Path("folder").mkdir()

    holds = "`folder` holds no file" if name in TAKES_FOLDERS else "`folder` is a folder"
    assert holds in refusal(READ[name], "folder")


@pytest.mark.parametrize("name", READ)
def test_a_file_that_may_not_be_read(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "secret.file", "x")
    may: Callable[..., bool] = os.access

    def access(path: str | Path, mode: int) -> bool:
        return "secret.file" not in str(path) and may(path, mode)

    monkeypatch.setattr(os, "access", access)

    assert "`secret.file` may not be read" in refusal(READ[name], "secret.file")


@pytest.mark.parametrize("content", [b"", b"\x7fELF\x02\x01\x00\xd0\xff\x00\x80", b"hello world\n"],
                         ids=["empty", "binary", "words"])  # fmt: skip
@pytest.mark.parametrize("name", sorted(READ.keys() - HOLDS_ANYTHING))
def test_a_file_that_holds_something_else(folder: Path, name: str, content: bytes) -> None:
    (folder / "other.file").write_bytes(content)

    refusal(READ[name], "other.file")


def test_a_key_may_be_given_itself(folder: Path) -> None:
    key = Path("record.pub").read_text(encoding="utf-8").strip()

    assert "holds" in call("certificate", "verify", "a.certificate", "--key", key).stdout
    wrong = call("certificate", "verify", "a.certificate", "--key", key[:-4], code=2).stderr
    assert f"`{key[:-4]}` is no public key of a record" in wrong
    Path("record.pub").rename("a+b+c.pub")
    assert call("certificate", "verify", "a.certificate", "--key", "a+b+c.pub").stdout
