"""Pages that ask a server are true: each of their steps is done, against a server that runs."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from article41.faces.settings import RECORD_VARIABLE, Recording
from tests.faces.api.running import COMMAND, running
from tests.faces.guides import CONSOLES, DOCS, FILES

ADDRESS = "http://127.0.0.1:8041"
KEY = re.compile(r"^a41_\S+$", re.MULTILINE)
PAGES = {"start.md": 14, "guides/server.md": 8, "guides/payments.md": 12}
"""Each with how many steps it has at least."""


def steps(text: str) -> list[tuple[list[str], str]]:
    """The commands of a page with what they write."""
    found = []
    for console in CONSOLES.findall(text):
        for step in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, output = step.partition("\n")
            found.append((shlex.split(command), output))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_step_of_a_page_does_what_it_says(page: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed, with which the page asks")
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, content in FILES.findall(text):
        (tmp_path / name).write_text(content, encoding="utf-8")
    store = tmp_path / "store"
    variables = {RECORD_VARIABLE: Recording.WHOLE.value, "ARTICLE41_STORE": str(store)}
    secret = address = ""
    told = steps(text)

    with ExitStack() as open_:
        for (program, *arguments), output in told:
            if program == "curl" and not address:
                address = open_.enter_context(running(store)).address
            command = COMMAND if program == "article41" else [program]
            given = [one.replace(ADDRESS, address).replace("$KEY", secret) for one in arguments]
            written = done([*command, *given], tmp_path, {**os.environ, **variables})
            secret = next(iter(KEY.findall(written)), secret)
            compare([program, *arguments], output, written)

    assert len(told) >= PAGES[page]


def done(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What a command writes, as it would be seen on a screen."""
    return subprocess.run(
        command, cwd=folder, env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip


def compare(command: list[str], output: str, written: str) -> None:
    check = doctest.OutputChecker().check_output
    if not check(output, written, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE):
        pytest.fail(f"{command} writes\n{written}\nand not\n{output}")
