"""Runs the steps of a guide: the files that it shows, and its commands with what they write."""

import doctest
import os
import re
import shlex
from pathlib import Path

import pytest

from tests.faces.made import run

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILES = re.compile(r"as `([\w.-]+)`:\n\n```\n(.*?)```", re.DOTALL)
CONSOLES = re.compile(r"```console\n(.*?)```", re.DOTALL)


def steps(text: str) -> list[tuple[list[str], str]]:
    """The commands of a guide with what they write; `...` stands for what varies."""
    found = []
    for console in CONSOLES.findall(text):
        for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, output = step.partition("\n")
            program, *arguments = shlex.split(command)
            if program == "article41":
                found.append((arguments, output))
    return found


def run_guide(page: Path, folder: Path, **environment: str) -> int:
    """Run every step and see that it writes what the guide says; give how many there were."""
    text = page.read_text(encoding="utf-8")
    for name, content in FILES.findall(text):
        (folder / name).write_text(content, encoding="utf-8")
    variables = {**os.environ, "ARTICLE41_STORE": str(folder / "store"), **environment}
    check = doctest.OutputChecker().check_output
    told = steps(text)
    for arguments, output in told:
        result = run(*arguments, cwd=folder, env=variables)
        written = result.stdout + result.stderr
        if not check(output, written, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE):
            pytest.fail(f"{arguments} writes\n{written}\nand not\n{output}")
    return len(told)
