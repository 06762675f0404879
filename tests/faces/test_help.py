"""The example of each command runs as its help prints it."""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from article41.faces.cli import main
from tests.faces.made import call
from tests.faces.test_check import ACCOUNT, PAYMENT
from tests.faces.test_payment import MT103

ELSEWHERE = {"lists update", "serve", "keys create", "keys revoke"}
"""Need a server, are one, or change a store: they have tests of their own."""


def commands(group: click.Group, way: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*way, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*way, name))


EXAMPLES = {
    name: (command.epilog or "").partition("Example: ")[2]
    for name, command in commands(main)
    if "Example: " in (command.epilog or "")
}


def test_the_commands_of_the_desk_have_an_example() -> None:
    assert {"check", "explain", "measures", "timeline", "match", "screen"} <= set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - ELSEWHERE))
def test_an_example_runs_as_it_is_printed(
    name: str, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # What is asked goes on record, so it is another store than the one that all tests read.
    shutil.copytree(filled, tmp_path / "store")
    monkeypatch.setenv("ARTICLE41_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("ARTICLE41_RECORD", "whole")
    for file, text in (
        ("payment.yaml", PAYMENT),
        ("acts.yaml", f"{PAYMENT.replace('p-1', 'p-7')}---{ACCOUNT}"),
        ("customers.csv", "id,name\n1,Ada Example\n"),
        ("mt103.txt", MT103 % "INVOICE 1"),
    ):
        Path(file).write_text(text, encoding="utf-8")
    call("check", "payment.yaml", "--certificates", "answer.certificate")
    Path("record.pub").write_text(call("audit", "key").stdout, encoding="utf-8")
    Path("march.note").write_text(call("audit", "checkpoint").stdout, encoding="utf-8")
    if name in {"screen customers", "customers alerts", "customers backup"}:
        call("customers", "import", "customers.csv")
    written = ""

    for stage in EXAMPLES[name].split(" | "):
        program, *arguments = shlex.split(stage.replace("acts.jsonl", "acts.yaml"))
        assert program == "article41"
        result = CliRunner().invoke(main, arguments, input=written, prog_name="article41")
        assert result.exit_code == 0, result.output
        written = result.stdout

    files = [*tmp_path.glob("*.ftm.json"), *tmp_path.glob("screened.csv")]
    assert written or files or Path("answer.certificate").exists()


@pytest.mark.parametrize("name", [name for name, _ in commands(main)])
def test_every_command_has_help(name: str) -> None:
    assert "Usage: article41 " in call(*name.split(), "--help").stdout


@pytest.mark.parametrize(
    ("asked", "meant"), [(["chek"], "check"), (["lists", "imoprt"], "import"), (["xyz"], "")]
)
def test_a_mistyped_command_is_answered_with_the_nearest(asked: list[str], meant: str) -> None:
    failed = call(*asked, code=2)

    assert ("Did you mean" in failed.stderr) is bool(meant)
    assert meant in failed.stderr


@pytest.mark.parametrize("group", ["", "lists", "store"])
def test_a_list_of_commands_says_a_whole_line_of_each(group: str) -> None:
    written = call(*group.split(), "--help").stdout.partition("Commands:\n")[2].splitlines()

    assert written
    assert all(line.endswith(".") and "..." not in line for line in written)
