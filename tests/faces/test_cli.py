"""The command line as a whole: help, version, completion, exit codes, the index commands."""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from article41.checks import INDEX_FILE
from article41.faces.cli import main
from article41.faces.cli.failures import EXIT_CODES
from article41.faces.settings import has_colour, store_folder
from article41.model.errors import Article41Error
from tests.faces.made import SDN, call, run, write

LISTED = """
import sys
from article41.faces.cli import main
main(["lists", "entries", "--store", sys.argv[1]], standalone_mode=False)
print(sorted({"httpx", "rich"} & set(sys.modules)))
"""
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cli.md"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_every_command_says_what_it_does_and_every_option_is_in_the_reference(
    path: tuple[str, ...],
) -> None:
    shown = call(*path, "--help").stdout

    assert re.search(r"^  [A-Z]\w+.*[.;:,]?$", shown, flags=re.MULTILINE)
    options = set(re.findall(r"^ +(?:-o, )?(--[a-z-]+)", shown, flags=re.MULTILINE)) - {"--help"}
    reference = REFERENCE.read_text(encoding="utf-8")
    assert [option for option in options if f"`{option}" not in reference] == []


def test_the_version_is_that_of_the_package() -> None:
    assert call("--version").stdout == f"article41 {version('article41')}\n"


def test_every_exit_code_is_in_the_reference() -> None:
    reference = REFERENCE.read_text(encoding="utf-8")

    assert EXIT_CODES[Article41Error] == 1
    for kind, code in EXIT_CODES.items():
        assert f"| {code} | `{kind.__name__}`" in reference


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_installed_program(shell: str) -> None:
    script = run("completion", shell).stdout

    assert "_ARTICLE41_COMPLETE" in script
    assert f"{shell}_complete" in script


def test_completion_proposes_commands() -> None:
    environment = {
        "_ARTICLE41_COMPLETE": "bash_complete",
        "COMP_WORDS": "article41 li",
        "COMP_CWORD": "1",
        "PATH": "",
    }

    assert run(env=environment).stdout == "plain,lists\n"


def test_an_index_is_built_and_verified_and_damage_is_told(tmp_path: Path) -> None:
    store = tmp_path / "store"
    call("lists", "add", write(tmp_path, "a.csv", SDN), "--store", store)
    index = store / INDEX_FILE
    index.unlink()

    assert "3 listings, 3 names" in call("index", "build", "--store", store).stdout
    assert "every checksum fits" in call("index", "verify", "--store", store).stdout

    data = bytearray(index.read_bytes())
    data[len(data) // 2] ^= 0xFF
    index.write_bytes(data)
    damaged = call("index", "verify", "--store", store, code=5)
    assert damaged.stderr.startswith("error: ")
    assert "hint: build it anew with `article41 index build`" in damaged.stderr


def test_an_index_of_no_store_is_not_built(tmp_path: Path) -> None:
    refused = call("index", "build", "--store", tmp_path / "none", code=4)

    assert "there is no store" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_bug_is_not_swallowed(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    def broken(_folder: Path) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("article41.faces.cli.match.open_screener", broken)

    with pytest.raises(ZeroDivisionError):
        call("match", "Ada", "--store", filled)


def test_the_store_is_given_named_or_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE41_STORE", "named")
    assert store_folder(Path("given")) == Path("given")
    assert store_folder(None) == Path("named")
    monkeypatch.delenv("ARTICLE41_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(Path("data").absolute()))
    assert store_folder(None).name == "article41"


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert has_colour(is_terminal=True)
    assert not has_colour(is_terminal=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_colour(is_terminal=True)


def test_to_list_entries_nothing_is_imported_that_asks_servers(filled: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTED, str(filled)], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
