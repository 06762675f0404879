"""The guides are true: every command in them is run and writes what they say."""

from pathlib import Path

import pytest

from tests.faces.guides import DOCS, run_guide

GUIDES = {"guides/certificates.md": 9, "guides/customers.md": 5}
"""Each with how many steps it has at least."""
ON_RECORD = {"guides/certificates.md"}
"""Those that are about the record; the others leave it out."""


@pytest.mark.parametrize("guide", GUIDES)
def test_every_step_of_a_guide_writes_what_it_says(guide: str, tmp_path: Path) -> None:
    recorded = "whole" if guide in ON_RECORD else "off"

    assert run_guide(DOCS / guide, tmp_path, ARTICLE41_RECORD=recorded) >= GUIDES[guide]
