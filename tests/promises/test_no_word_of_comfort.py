"""No verdict and no text of the law held here says of an act or a party that it is all right."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

import article41
from article41.checks.acts import Checker
from article41.checks.verdict_json import verdict_json
from article41.faces.cli.verdicts import verdict_line, verdict_lines
from article41.faces.cli.writing import Pen
from article41.model.acts import Act
from article41.model.verdicts import Verdict
from tests.promises.world import ASKED_ON, world_acts

COMFORT = re.compile(
    r"\b(clear|cleared|safe|allowed|approved|compliant|permissible|harmless"
    r"|(may|can) (proceed|go ahead|be done)|(is|are) not sanctioned|no sanctions apply)\b",
    re.IGNORECASE,
)
OF_AN_AUTHORITY = re.compile(
    r"committee( of the Security Council)?([ -]has)?[ -]approved", re.IGNORECASE
)
"""What an authority has to do is a fact that must be proved, and said of no act."""
PLAIN = Pen(has_colour=False)


def comforting(text: str) -> str:
    """The word of comfort in a text, with what stands around it; empty if there is none."""
    found = COMFORT.search(OF_AN_AUTHORITY.sub("", text))
    return "" if found is None else f"`{found[0]}` in `{text}`"


def texts_in(value: object) -> Iterator[str]:
    """Every text of a JSON or TOML value, and its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def told(verdict: Verdict) -> Iterator[str]:
    """All that a verdict says, as data and to people; what its asker wrote is left out."""
    data = msgspec.json.decode(verdict_json(verdict))
    del data["act"]
    yield from texts_in(data)
    yield verdict_line(verdict, PLAIN, number=1)
    yield from verdict_lines(verdict, PLAIN, is_whole=True)
    yield from verdict_lines(verdict, PLAIN)


CATALOGUE_FILES = sorted((Path(article41.__file__).parent / "law").rglob("*.toml"))


def test_no_file_of_the_catalogue_comforts() -> None:
    assert len(CATALOGUE_FILES) > 100
    spoken = {
        f"{path.parent.name}/{path.name}": fault
        for path in CATALOGUE_FILES
        for text in texts_in(tomllib.loads(path.read_text(encoding="utf-8")))
        if (fault := comforting(text))
    }
    assert spoken == {}


@settings(max_examples=settings().max_examples // 2)
@given(act=world_acts())
def test_no_verdict_comforts(checker: Checker, act: Act) -> None:
    texts = list(told(checker.check(act, asked_on=ASKED_ON)))

    assert len(texts) > 5
    assert [fault for text in texts if (fault := comforting(text))] == []


@pytest.mark.parametrize(
    "text", ["the payee is clear", "Approved.", "this act is allowed", "it may go ahead"]
)
def test_comfort_is_heard(text: str) -> None:
    assert comforting(text)


@pytest.mark.parametrize(
    "text", ["cleared_in", "what the Committee has approved beforehand", "it may not be done"]
)
def test_what_is_no_comfort_is_not_taken_for_it(text: str) -> None:
    assert not comforting(text)
