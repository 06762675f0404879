"""A server with its page over a small store, and a browser that looks at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.faces.api.conftest import served
from tests.faces.api.made import copied
from tests.faces.api.running import Running, running
from tests.faces.made import filled
from tests.faces.web.made import signed_in

__all__ = ["filled", "served"]

expect.set_options(timeout=20_000)
PATHS = ("chromium", "chromium-browser", "google-chrome")


FAR_AWAY = "screening.test"
"""A name of this machine that the browser takes for another one, reached unencrypted."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, PATHS)), None)
    if found is None:
        pytest.skip("no chromium is installed; tools/install-browser.sh installs it")
    # As root, which CI often is, chromium starts only without its sandbox.
    arguments = ["--no-sandbox", f"--host-resolver-rules=MAP {FAR_AWAY} 127.0.0.1"]
    with (
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=found, args=arguments) as started,
    ):
        yield started


@pytest.fixture(scope="module")
def server(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(copied(filled, tmp_path_factory.mktemp("browser"))) as found:
        yield found


@pytest.fixture(params=[("light", 1280), ("dark", 360)], ids=["light", "dark-narrow"])
def page(chromium: Browser, server: Running, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on which somebody signed in by keyboard; what goes wrong on it fails the test."""
    scheme, width = request.param
    viewport = {"width": width, "height": 900}
    with signed_in(chromium, server, color_scheme=scheme, viewport=viewport) as found:
        yield found
