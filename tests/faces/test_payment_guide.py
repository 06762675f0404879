"""The guide to payments is true: every command is run and writes what it says.

Those that ask a server are run together with it.
"""

import doctest
from pathlib import Path

import pytest

from tests.faces.guides import steps
from tests.faces.made import run

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "payments.md"


def test_every_step_of_the_guide_to_payments_writes_what_it_says(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8").partition("## A payment is held: what now")[0]
    for name in ("payment.xml", "mt103.txt"):
        content = text.partition(f"as `{name}`:\n\n```\n")[2].partition("```")[0]
        (tmp_path / name).write_text(content, encoding="utf-8")
    check = doctest.OutputChecker().check_output

    told = steps(text)

    assert len(told) >= 5
    for arguments, output in told:
        result = run(*arguments, cwd=tmp_path)
        written = result.stdout + result.stderr
        if not check(output, written, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE):
            pytest.fail(f"{arguments} writes\n{written}\nand not\n{output}")
