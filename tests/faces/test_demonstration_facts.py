"""A wrong fact in the files of the demonstration is refused with its file and line."""

from collections.abc import Iterator

import pytest

from article41.faces.demonstration.facts import ListsFacts, TargetsFacts, facts_in, targets_in
from article41.model.errors import FormatError

TARGET = '[[target]]\nid = "P001"\nschema = "Person"\nname = "Ada Example"\n'


def refused() -> Iterator[tuple[str, int, str]]:
    """A wrong text, the line of the error, and words of it."""
    yield TARGET + 'role = "x\n', 5, "toml"
    yield TARGET + "rank = 1\n", 5, "unknown field"
    yield TARGET + "eu = [{ until = 2012-01-01 }]\n", 5, "`from`"
    yield TARGET + "eu = [{ from = 2012-01-02, until = 2012-01-01 }]\n", 5, "order"
    yield TARGET + "eu = [{ from = 2012-01-02, unsure = true }]\n", 5, "first and a last"
    yield TARGET + 'eu = [{ from = 2012-01-02, certainty = "D" }]\n', 5, "invalid enum"
    yield TARGET + "eu = [{ from = 2012-01-02 }, { from = 2013-01-02 }]\n", 1, "overlap"
    yield TARGET.replace("P001", "1"), 1, "no number"
    yield TARGET.replace("Person", "Human"), 3, "invalid enum"


@pytest.mark.parametrize(("text", "line", "words"), list(refused()))
def test_a_wrong_fact_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(FormatError) as refusal:
        facts_in(text, "persons.toml", TargetsFacts)

    assert (refusal.value.file, refusal.value.line) == ("persons.toml", line)
    assert words in str(refusal.value)


def test_a_number_given_twice_is_refused_with_both_places() -> None:
    with pytest.raises(FormatError, match=r"a\.toml:1") as refusal:
        targets_in({"a.toml": TARGET, "b.toml": f"# again\n{TARGET}"})

    assert (refusal.value.file, refusal.value.line) == ("b.toml", 2)


def test_a_list_without_a_key_that_it_needs_is_refused() -> None:
    days = "published = 2026-11-30\nfirst_day = 2004-01-01\n"
    text = f'{days}subject = "x"\n[[list]]\nkey = "eu"\nid = "x"\n'

    with pytest.raises(FormatError, match="authority"):
        facts_in(text, "lists.toml", ListsFacts)
