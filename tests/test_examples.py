"""The examples in docstrings and documents do what they say."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import article41

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = [
    module.name
    for module in pkgutil.walk_packages(article41.__path__, "article41.")
    if not module.name.endswith(("._kernel", ".__main__"))
]
PAGES = [
    page.relative_to(ROOT).as_posix()
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if ">>> " in page.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_hold(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=OPTIONS)

    assert result.failed == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", PAGES)
def test_examples_of_a_page_hold(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = doctest.testfile(str(ROOT / name), module_relative=False, optionflags=OPTIONS)

    assert result.failed == 0, capsys.readouterr().out
