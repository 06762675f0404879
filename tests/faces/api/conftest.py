"""A server over a small store, for each test that asks for one."""

from pathlib import Path

import pytest

from tests.faces.api.made import Served, copied
from tests.faces.made import filled

__all__ = ["filled"]


@pytest.fixture
def served(filled: Path, tmp_path: Path) -> Served:
    """A server over a copy of the small store."""
    return Served(copied(filled, tmp_path))
