"""Asking costs what asking needs: no database, no XML, no drawing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faces.made import filled

__all__ = ["filled"]
HEAVY = ("lxml", "platformdirs", "rich", "sqlalchemy", "httpx", "article41.sources")
LIGHT = ("article41.sources", "article41.sources.registry")
"""How old a list may be is said with every answer."""
SAID = "import sys, json; print(json.dumps([name for name in sys.modules]), file=sys.stderr)"


def imported(code: str, *arguments: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\n{SAID}", *arguments],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return set(json.loads(result.stderr.splitlines()[-1]))


@pytest.mark.parametrize("options", [[], ["--json"], ["--exhaustive"]])
def test_match_imports_neither_database_nor_xml_nor_drawing(
    options: list[str], filled: Path
) -> None:
    code = "from article41.faces.cli import main\nmain(standalone_mode=False)"

    names = imported(code, "match", "Ada Example", "--store", str(filled), *options)

    assert "article41.match._kernel" in names
    assert [name for name in names if name.startswith(HEAVY) and name not in LIGHT] == []


@pytest.mark.parametrize("asked", [["--help"], ["lists", "--help"], ["store", "--help"]])
def test_a_list_of_commands_imports_none_of_them(asked: list[str]) -> None:
    names = imported("from article41.faces.cli import main\nmain(standalone_mode=False)", *asked)

    assert [
        name
        for name in names
        if name.startswith((*HEAVY, "article41.checks", "article41.law.loading"))
    ] == []


def test_a_shell_completes_a_command_without_importing_any() -> None:
    names = imported(
        "import os\nfrom article41.faces.cli import main\n"
        "os.environ |= {'COMP_WORDS': 'article41 ch', 'COMP_CWORD': '1',"
        " '_ARTICLE41_COMPLETE': 'bash_complete'}\n"
        "try: main(prog_name='article41')\nexcept SystemExit: pass"
    )

    assert "click.shell_completion" in names
    assert [
        name
        for name in names
        if name.startswith((*HEAVY, "article41.checks", "article41.law.loading"))
    ] == []


def test_the_options_of_check_import_no_law_and_no_register() -> None:
    names = imported("from article41.faces.cli.check import check")

    heavy = ("article41.checks.acts", "article41.law.answers", "article41.sources.ownership")
    assert [name for name in names if name.startswith(heavy)] == []


def test_importing_the_package_imports_nothing_heavy() -> None:
    names = imported("import article41\narticle41.Screener")

    assert "article41.checks" in names
    heavy = [name for name in names if name.startswith((*HEAVY, "click"))]
    assert sorted(heavy) == sorted(LIGHT)


def test_a_public_name_brings_what_it_needs_when_it_is_used() -> None:
    assert "sqlalchemy" in imported("import article41\narticle41.Store")
    assert "lxml" in imported("import article41\narticle41.read_publications")
