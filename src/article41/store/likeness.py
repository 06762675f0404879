"""Tells whether two contents under one number are of two targets: a number may be given anew.

It looks for anything in common and takes a corrected spelling for the same target.
"""

from difflib import SequenceMatcher

from article41.model.listings import Listing

WORD_LETTERS_MIN = 3
"""Shorter words mark nobody."""
LIKENESS_MIN = 0.75
"""From this share of common letters on, a word may be a correction of another one."""

Marks = frozenset[object]
"""What may tell a target from another."""


def marks_of(listing: Listing) -> Marks:
    """Words of the names, dates of birth, numbers and addresses of a target."""
    entity = listing.entity
    words = (
        word.strip(".,()'\"")
        for name in entity.names
        for word in name.value.casefold().replace("-", " ").split()
    )
    return frozenset(
        (
            *(word for word in words if len(word) >= WORD_LETTERS_MIN),
            *(birth.first for birth in entity.birth_dates),
            *(identifier.value for identifier in entity.identifiers),
            *(address.street for address in entity.addresses if address.street),
        )
    )


def are_two_targets(before: Marks, after: Marks) -> bool:
    """True if nothing marks both.

    Example:
        >>> are_two_targets(frozenset({"ada", "example"}), frozenset({"aida", "exampel"}))
        False
        >>> are_two_targets(frozenset({"ada", "example"}), frozenset({"orient", "shipping"}))
        True
    """
    if not before or not after or not before.isdisjoint(after):
        return False
    words = [one for one in before if isinstance(one, str)]
    others = [one for one in after if isinstance(one, str)]
    return not any(
        SequenceMatcher(None, one, other).ratio() >= LIKENESS_MIN
        for one in words
        for other in others
    )
