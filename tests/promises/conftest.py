"""The demonstration lists, once for all promises about verdicts."""

from pathlib import Path

import pytest

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.faces.demonstration import demonstration_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration") / "store"
    demonstration_store(folder)
    return folder


@pytest.fixture(scope="session")
def screener(store: Path) -> Screener:
    return Screener(store)


@pytest.fixture(scope="session")
def checker(screener: Screener) -> Checker:
    return Checker(screener)
