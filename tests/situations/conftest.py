"""The demonstration store, in which all situations are asked."""

import pytest

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.faces.demonstration import demonstration_store


@pytest.fixture(scope="session")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("demonstration") / "store"
    demonstration_store(folder)
    return Checker(Screener(folder))
