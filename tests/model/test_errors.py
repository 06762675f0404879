import pickle

import pytest

from article41.model.errors import Article41Error, FormatError, SourceError


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, "unknown element"),
        ({"file": "un.xml"}, "un.xml: unknown element"),
        ({"file": "un.xml", "line": 7}, "un.xml:7: unknown element"),
        ({"file": "un.xml", "line": 7, "path": "A/B"}, "un.xml:7 in `A/B`: unknown element"),
        ({"path": "A/B"}, "in `A/B`: unknown element"),
    ],
)
def test_a_format_error_names_its_place_as_far_as_known(place: dict[str, str], text: str) -> None:
    assert str(FormatError("unknown element", hint="report it", **place)) == text  # type: ignore[arg-type]


def test_an_error_crosses_processes_whole() -> None:
    error = FormatError("cut off", hint="fetch it again", file="a.xml", line=3)

    copy = pickle.loads(pickle.dumps(error))

    assert (str(copy), copy.hint, copy.line) == (str(error), "fetch it again", 3)


def test_one_class_catches_every_failure_and_its_family_the_narrower_ones() -> None:
    with pytest.raises(Article41Error) as caught:
        raise FormatError("cut off", hint="fetch it again")

    assert isinstance(caught.value, SourceError)
    assert caught.value.code == "format"
