"""Lists that repeat another authority's list, under its numbers: the list itself knows better.

A copy goes on naming whom the list has taken off since it was made.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from article41.checks.entries import Asked
from article41.match import IndexedListing
from article41.model.clocks import InForce

_ORIGINALS: Mapping[str, str] = MappingProxyType({"us-csl/SDN/": "ofac-sdn/"})
"""How keys of a copy begin, and those of the list that it repeats."""


def original_of(key: str) -> str:
    """The key under which the list itself has an entry of a copy; empty if it is of no copy.

    Example:
        >>> original_of("us-csl/SDN/7"), original_of("ofac-sdn/7")
        ('ofac-sdn/7', '')
    """
    for of_copy, of_list in _ORIGINALS.items():
        if key.startswith(of_copy):
            return of_list + key.removeprefix(of_copy)
    return ""


def in_force_by_original(
    copied: IndexedListing, original: Sequence[IndexedListing], asked: Asked, truth: InForce
) -> InForce:
    """Whether an entry of a copy was listed on the day, if the list itself took it off later.

    Args:
        copied: The entry of the copy.
        original: The records of the entry in the list itself.
        asked: The day and the moment.
        truth: What the copy says.

    Returns:
        Unknown where the copy says yes, and a later version of the list surely no.
    """
    known = asked.known(original)
    if truth is not InForce.YES or not known or asked.in_force_ever(known) is not InForce.NO:
        return truth
    ends = [one.listed.ended_by for one in known]
    is_later = copied.published is not None and any(
        end is not None and end > copied.published for end in ends
    )
    return InForce.UNKNOWN if is_later else truth
