"""The words of the free texts of a payment, and the numbers that a word may be."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from article41.checks.payment.message import SCREENED, Means, Screening, Text
from article41.match import number_key
from article41.model.identifiers import Bic, IdentifierKind, Imo

NUMBER_CHARACTERS_MIN = 7
"""Characters of a number that is looked up: shorter ones are given to many, by many."""

_WORD = re.compile(r"[^\s,;:/()\"|+\[\]{}<>=*?!]+")
_LINE = re.compile(r"(\[\d+\]|/\d+)$")
_LINE_ENDS = ("]", *"0123456789")
_EDGES = "'.-_`\u2019"
_BIC = Bic.pattern
_LOOKED_THROUGH = frozenset({Screening.TEXT, Screening.NAME})
"""A name of its own is compared whole, and may have another inside."""
_TAIL = re.compile(r"[A-Z0-9]{1,2}-[A-Z0-9]{3,6}")


class Word(NamedTuple):
    """One word, without the marks around it."""

    text: Text
    """In which it stands."""
    value: str
    """As it stands there."""
    is_after_mark: bool
    """Whether a mark, and no mere blank, stands between it and the word before."""


def fields_of(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """The texts that are looked through; lines of one field that follow each other are read on.

    Args:
        texts: Of one payment.
    """
    lines: list[Text] = []
    field: tuple[Means, str, str] | None = None
    for one in texts:
        if SCREENED[one.means] not in _LOOKED_THROUGH:
            continue
        of_line = (one.means, one.of, _field(one.path))
        if of_line != field:
            if lines:
                yield lines
            lines, field = [], of_line
        lines.append(one)
    if lines:
        yield lines


def words_of(lines: Sequence[Text]) -> list[Word]:
    """The words of lines that are read on.

    Args:
        lines: Of one field.
    """
    return [word for line in lines for word in _words(line)]


def halved_numbers(words: Sequence[Word]) -> Iterator[Word]:
    """Numbers that are written in two halves (`0804 232754`), each as one word.

    Args:
        words: In their order.
    """
    for first, second in pairwise(words):
        if not second.is_after_mark and _has_figure(first) and _has_figure(second):
            yield first._replace(value=f"{first.value} {second.value}")


def _has_figure(word: Word) -> bool:
    return any(map(str.isdigit, word.value))


def number_keys(value: str) -> Iterator[str]:
    """Under which keys of the lists a word may stand as a number.

    Args:
        value: The word.

    Example:
        >>> [*number_keys("office@example.org")]
        ['email office@example.org']
    """
    plain = "".join(filter(str.isalnum, value))
    if _BIC.fullmatch(value.upper()):
        yield number_key(IdentifierKind.BIC, value)
    if "@" in value:
        yield number_key(IdentifierKind.EMAIL, value)
    if is_tail(value):
        yield number_key(IdentifierKind.AIRCRAFT_TAIL, value)
    if len(plain) < NUMBER_CHARACTERS_MIN or not any(map(str.isdigit, plain)):
        return
    yield number_key(IdentifierKind.PASSPORT, value)
    if len(plain) == 20:
        yield number_key(IdentifierKind.LEI, value)
    if len(plain) > 24:
        yield number_key(IdentifierKind.WALLET, value)
    if _is_imo(value):
        yield number_key(IdentifierKind.IMO, value)


def is_tail(value: str) -> bool:
    """Whether a word has the form of the registration mark of an aircraft.

    Args:
        value: The word.
    """
    return _TAIL.fullmatch(value) is not None


def _is_imo(value: str) -> bool:
    try:
        Imo.parse(value)
    except ValueError:
        return False
    return True


def _field(path: str) -> str:
    """What lines of one field have in common: their path without the numbers at its end."""
    return _LINE.sub("", path) if path.endswith(_LINE_ENDS) else path


def _words(text: Text) -> Iterator[Word]:
    if text.value.isalnum():
        yield Word(text, text.value, is_after_mark=True)  # As most references are.
        return
    end = 0
    for found in _WORD.finditer(text.value):
        bare = found[0].strip(_EDGES)
        if bare:
            between = text.value[end : found.start()]
            yield Word(text, bare, is_after_mark=not between.isspace())
            end = found.end()
