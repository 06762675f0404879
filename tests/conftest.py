"""What every test may ask for: the shared data, golden files, and how hard hypothesis tries."""

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("ARTICLE41_CACHE", "")  # Tests leave nothing in the user's folders.
os.environ.setdefault("ARTICLE41_RECORD", "off")  # Tests of the record turn it on.

ROOT = Path(__file__).resolve().parent.parent

hypothesis.settings.register_profile(
    "default", deadline=None, print_blob=True, max_examples=50
)  # `make prove` tries a hundred times as many.
hypothesis.settings.register_profile(
    "prove", deadline=None, max_examples=5_000, suppress_health_check=list(hypothesis.HealthCheck)
)
hypothesis.settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite golden files")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with whole official files; the test is skipped where it is absent."""
    folder = Path(os.environ.get("ARTICLE41_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("whole official files are absent: ARTICLE41_SHARED names no folder with them")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with `tests/golden/NAME`; `make bless` rewrites the file instead."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--bless"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
