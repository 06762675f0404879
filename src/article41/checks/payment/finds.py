"""What of a list stands in a text: a question for a person, and no answer."""

import msgspec

from article41.model.terms import Term
from article41.model.verdicts import MissingFact


class FindKind(Term):
    """What was found."""

    NAME = "name"
    """Words like the name of an entry."""
    NUMBER = "number"
    """A number that an entry prints."""
    PLACE = "place"
    """A country or region on which there are measures."""
    TOO_LONG = "too-long"
    """More words than are looked through; from here on nothing was."""


class TextFind(msgspec.Struct, frozen=True, kw_only=True):
    """Something of a list that stands in a text.

    Example:
        >>> TextFind(kind=FindKind.NAME, path="RmtInf/Ustrd", words="ADA EXAMPLE").key
        ''
    """

    kind: FindKind
    """What it is."""
    path: str
    """Where the text stands in the message."""
    of: str = ""
    """Of which party the text is; empty if of the payment itself."""
    words: str
    """The words as they stand there."""
    key: str = ""
    """Of the entry."""
    list_id: str = ""
    """Its list."""
    name: str = ""
    """Its name that was met, or its first; of a place the place."""
    score: float | None = None
    """Of the resemblance of names."""
    programmes: tuple[str, ...] = ()
    """Of the entry, as published."""
    text: str = ""
    """What follows, in words."""
    jurisdictions: tuple[str, ...] = ()
    """Whose law would forbid it, as far as it was asked."""
    missing: tuple[MissingFact, ...] = ()
    """What decides it, with what would follow."""
