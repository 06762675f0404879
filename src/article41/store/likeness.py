"""Tells whether two contents under one number are of two targets: a number may be given anew.

It looks for anything in common. A word of a name may be a corrected spelling of another one;
numbers, dates and streets are the same or they are not.
"""

import re
from difflib import SequenceMatcher

import msgspec

from article41.model.listings import Listing

WORD_LETTERS_MIN = 3
"""Shorter words mark nobody."""
LIKENESS_MIN = 0.75
"""From this share of common letters on, a word may be a correction of another one."""
_DIGIT = re.compile(r"\d")
_NO_LETTERS = re.compile(r"[\W_]+")


class Marks(msgspec.Struct, frozen=True):
    """What may tell a target from another."""

    words: frozenset[str] = frozenset()
    """Words of the names."""
    facts: frozenset[object] = frozenset()
    """Dates of birth, numbers, streets, and words of the names that hold a digit."""

    def __bool__(self) -> bool:
        """True if there is anything to go by."""
        return bool(self.words or self.facts)


def bare(text: str) -> str:
    """Letters and digits alone, without their case.

    Example:
        >>> bare("P-000 1234")
        'p0001234'
    """
    return _NO_LETTERS.sub("", text.casefold())


def marks_of(listing: Listing) -> Marks:
    """Words of the names, dates of birth, numbers and streets of a target."""
    entity = listing.entity
    words = {
        word
        for name in entity.names
        for part in name.value.casefold().replace("-", " ").split()
        if len(word := part.strip(".,()'\"")) >= WORD_LETTERS_MIN
    }
    numbers = {word for word in words if _DIGIT.search(word)}
    printed = (
        *(identifier.value for identifier in entity.identifiers),
        *(address.street for address in entity.addresses),
    )
    return Marks(
        words=frozenset(words - numbers),
        facts=frozenset(
            (
                *numbers,
                *(birth.first for birth in entity.birth_dates),
                *(text for text in map(bare, printed) if text),
            )
        ),
    )


def are_two_targets(before: Marks, after: Marks) -> bool:
    """True if nothing marks both.

    Example:
        >>> ada = Marks(frozenset({"ada", "example"}), frozenset({"p0001234"}))
        >>> are_two_targets(ada, Marks(frozenset({"aida", "exampel"})))
        False
        >>> are_two_targets(ada, Marks(frozenset({"orient"}), frozenset({"p0001299"})))
        True
    """
    if not before or not after:
        return False
    if not before.facts.isdisjoint(after.facts) or not before.words.isdisjoint(after.words):
        return False
    return not any(
        SequenceMatcher(None, one, other).ratio() >= LIKENESS_MIN
        for one in before.words
        for other in after.words
    )
