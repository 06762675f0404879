"""Terms: words of a closed set, as acts, files and answers have them."""

import enum


class Term(enum.Enum):
    """One word of a closed set.

    Example:
        >>> Term.__hash__ is object.__hash__
        True
    """

    # Terms key everything that is looked up; the hash of the standard library costs a call each.
    __hash__ = object.__hash__
