"""Reads the words of an act that stand in the catalogue: items, purposes, facts, licensed measures.

A word that is in none of them is refused with the nearest one: it would decide nothing, and nobody
would notice.
"""

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache

from article41.checks.reading import texts
from article41.checks.reading.faults import Fault, Place, shown
from article41.law.facts import fact_names, fact_of
from article41.law.items import NONE_OF_THEM
from article41.law.loading import load_catalogue, load_words
from article41.law.words import spelling

_LIKE = 0.75
"""From this likeness on free text is a slip of a word of the vocabulary."""
_NEAR = 3
"""Words that are named as the nearest."""


def item_as_stated(value: object, place: Place) -> str:
    """An item of a control or annex list, or a number of a list that nobody knows here."""
    word = texts.word_of(value, place)
    words = load_words()
    if (item := words.item_by_spelling.get(spelling(word))) is not None:
        return item
    if spelling(word) == NONE_OF_THEM:
        return NONE_OF_THEM
    # Numbers of control lists have a digit, or say whose list it is in capitals (`USML VIII`).
    if any(letter.isdigit() for letter in word) or word.split()[0].isupper():
        return word
    raise Fault(
        place,
        f"unknown item {shown(word)}",
        hint=f"{_near(word, (*words.items, NONE_OF_THEM))}, a number of a control list as it stands"
        " there (ML1.a, 5A001.f), or put it into `description`",
    )


def purpose_of(value: object, place: Place) -> str:
    """A purpose of the vocabulary."""
    return _word_among(value, place, load_words().purposes, "purpose", "put free text into `text`")


def end_use_of(value: object, place: Place) -> str:
    """A purpose of the vocabulary, or free text that cannot be taken for a slip of one."""
    text = texts.text_of(value, place)
    by_spelling = _by_spelling(tuple(load_words().purposes))
    if spelling(text) in by_spelling:
        return by_spelling[spelling(text)]
    if difflib.get_close_matches(spelling(text), by_spelling, n=1, cutoff=_LIKE):
        raise _unknown(text, place, "end use", by_spelling.values(), "write it in other words")
    return text


def fact_name_of(value: object, place: Place) -> str:
    """The name of a fact that the catalogue asks for."""
    word = texts.word_of(value, place)
    if name := fact_of(word):
        return name
    raise _unknown(word, place, "fact", fact_names(), "an answer names those that would change it")


def lifted_of(value: object, place: Place) -> str:
    """The id, programme or regime of a measure, as a licence may name it."""
    word = texts.word_of(value, place)
    by_spelling = _by_spelling(_liftable())
    if spelling(word) in by_spelling:
        return by_spelling[spelling(word)]
    raise _unknown(
        word, place, "measure, programme or regime", _liftable(), "see `article41 measures`"
    )


@lru_cache(maxsize=1)
def _liftable() -> tuple[str, ...]:
    measures = load_catalogue().measures
    named = (name for one in measures for name in (one.id, one.programme, one.regime))
    return tuple(dict.fromkeys(named))


@lru_cache(maxsize=4)
def _by_spelling(words: tuple[str, ...]) -> Mapping[str, str]:
    return {spelling(word): word for word in words}


def _word_among(
    value: object, place: Place, words: Iterable[str], what: str, otherwise: str
) -> str:
    word = texts.word_of(value, place)
    by_spelling = _by_spelling(tuple(words))
    if spelling(word) in by_spelling:
        return by_spelling[spelling(word)]
    raise _unknown(word, place, what, by_spelling.values(), otherwise)


def _unknown(word: str, place: Place, what: str, words: Iterable[str], otherwise: str) -> Fault:
    return Fault(place, f"unknown {what} {shown(word)}", hint=f"{_near(word, words)}; {otherwise}")


def _near(word: str, words: Iterable[str]) -> str:
    """The nearest words: the whole vocabulary would fill a page."""
    by_spelling = {spelling(one): one for one in sorted(words)}
    near = difflib.get_close_matches(spelling(word), by_spelling, n=_NEAR, cutoff=0.4)
    if not near:
        near = [one for one in by_spelling if set(spelling(word).split("-")) & set(one.split("-"))]
    named = ", ".join(f"`{by_spelling[one]}`" for one in near[:_NEAR])
    return f"did you mean {named}?" if named else "use a word of the catalogue"
