"""The guides are true: every command in them is run and writes what they say."""

import doctest
import os
import re
import shlex
from pathlib import Path

import pytest

from tests.faces.made import run

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDES = {"start.md": 5, "guides/customers.md": 5}
"""Each with how many steps it has at least."""
FILES = re.compile(r"as `([\w.]+)`:\n\n```\n(.*?)```", re.DOTALL)
CONSOLES = re.compile(r"```console\n(.*?)```", re.DOTALL)


def steps(text: str) -> list[tuple[list[str], str]]:
    """The commands of the guide with what they write; `...` stands for what varies."""
    found = []
    for console in CONSOLES.findall(text):
        for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, output = step.partition("\n")
            program, *arguments = shlex.split(command)
            if program == "article41":
                found.append((arguments, output))
    return found


@pytest.mark.parametrize("guide", GUIDES)
def test_every_step_of_a_guide_writes_what_it_says(guide: str, tmp_path: Path) -> None:
    text = (DOCS / guide).read_text(encoding="utf-8")
    for name, content in FILES.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
    environment = {**os.environ, "ARTICLE41_STORE": str(tmp_path / "store")}
    check = doctest.OutputChecker().check_output

    told = steps(text)

    assert len(told) >= GUIDES[guide]
    for arguments, output in told:
        result = run(*arguments, cwd=tmp_path, env=environment)
        written = result.stdout + result.stderr
        if not check(output, written, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE):
            pytest.fail(f"{arguments} writes\n{written}\nand not\n{output}")
