"""The guide to the server is true: each of its steps is done, against a server that runs."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faces.api.running import COMMAND, running
from tests.faces.guides import CONSOLES, FILES

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "server.md"
ADDRESS = "http://127.0.0.1:8041"


def steps(text: str) -> list[tuple[list[str], str]]:
    """The commands of the guide with what they write."""
    found = []
    for console in CONSOLES.findall(text):
        for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, output = step.partition("\n")
            found.append((shlex.split(command), output))
    return found


@pytest.mark.slow
def test_every_step_of_the_guide_does_what_it_says(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed, with which the guide asks")
    text = GUIDE.read_text(encoding="utf-8")
    for name, content in FILES.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
    store = tmp_path / "store"
    environment = {**os.environ, "ARTICLE41_STORE": str(store)}
    told = steps(text)
    before = [step for step in told if step[0][0] == "article41"]
    asking = [step for step in told if step[0][0] == "curl"]

    for (_, *arguments), output in before:
        written = done([*COMMAND, *arguments], tmp_path, environment)
        compare(arguments, output, written)
    secret = written.strip().splitlines()[-1]
    with running(store) as server:
        for command, output in asking:
            asked = [
                part.replace(ADDRESS, server.address).replace("$KEY", secret) for part in command
            ]
            compare(command, output, done(asked, tmp_path, environment))

    assert len(asking) >= 6


def done(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    result = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return result.stderr + result.stdout


def compare(command: list[str], output: str, written: str) -> None:
    check = doctest.OutputChecker().check_output
    if not check(output, written, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE):
        pytest.fail(f"{command} writes\n{written}\nand not\n{output}")
