"""Whom an annex of a law names: written once, and meant by every measure that goes by it."""

from collections.abc import Mapping
from datetime import date

import msgspec

from article41.model.errors import CatalogueError
from article41.model.measures import Certainty

ANNEXES = "annexes.toml"
"""The file of the catalogue that has them."""
MARK = "annex:"
"""What stands before the key of an annex where a measure names entries."""
_FIELDS = {"listings", "except_listings"}


class Annex(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bodies that one annex names.

    Example:
        >>> Annex.__struct_fields__[-1]
        'note'
    """

    title: str
    """Of which law."""
    names: tuple[str, ...]
    """As the list of the authority prints them."""
    certainty: Certainty
    """How sure it is that these are all."""
    verified_on: date
    """When it was last compared with its source."""
    verified_by: str
    """With what."""
    note: str = ""
    """What a reader should know."""


def with_annexes(tree: object, annexes: Mapping[str, Annex], file: str) -> object:
    """A measure as its file has it, with the names of an annex where it is meant.

    Args:
        tree: The tables of the file.
        annexes: All annexes, by key.
        file: Name of the file.

    Raises:
        CatalogueError: There is no such annex.
    """
    if isinstance(tree, list):
        return [with_annexes(one, annexes, file) for one in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        key: _names(value, annexes, file) if key in _FIELDS else with_annexes(value, annexes, file)
        for key, value in tree.items()
    }


def _names(value: object, annexes: Mapping[str, Annex], file: str) -> object:
    if not isinstance(value, list):
        return value
    found: list[object] = []
    for one in value:
        if not (isinstance(one, str) and one.startswith(MARK)):
            found.append(one)
        elif (annex := annexes.get(one.removeprefix(MARK))) is not None:
            found.extend(annex.names)
        else:
            raise CatalogueError(
                f"there is no annex `{one.removeprefix(MARK)}`",
                hint=f"add it to {ANNEXES}, or name one that is there",
                file=file,
                key=one,
            )
    return found
