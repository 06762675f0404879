"""Tells OFAC's two lists apart by their entries; no file of theirs says which one it is.

Refuses entries that may be of either list, rather than file them with the wrong one.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from article41.model.errors import FormatError

AUTHORITY = "OFAC"
SDN = "ofac-sdn"
CONSOLIDATED = "ofac-cons"

_NON_SDN_PROGRAMMES = frozenset(
    ("561-Related", "561List", "CMIC-EO13959", "FSE-SY", "NS-PLC", "UKRAINE-EO13662")
)
# QUIRK: ofac until 2018-11: 264 of the 639 non-SDN entries had the programme `IRAN` alone, which
# the SDN list has too, and said it in these words.
_NOT_SDN = "Not on the SDN List"
# QUIRK: ofac 2015 to 2026: such entries are at least 97 in a hundred of a non-SDN list and 84 of
# any 50 neighbours on it, but at most 1 in a hundred of an SDN list and 82 of any 50 on it.
_SHARE_MIN_CONSOLIDATED = Fraction(5, 6)
_SHARE_SDN_BELOW = Fraction(1, 2)


def is_non_sdn(programmes: Sequence[str], said: str) -> bool:
    """True if an entry is of the kind that the non-SDN list is made of.

    Args:
        programmes: Its programmes.
        said: Its remarks.

    Example:
        >>> is_non_sdn(["SDGT", "NS-PLC"], ""), is_non_sdn(["IRAN"], "all offices worldwide.")
        (True, False)
    """
    return not _NON_SDN_PROGRAMMES.isdisjoint(programmes) or _NOT_SDN in said


def list_with(non_sdn_by_entry: Iterable[bool], file: str) -> str:
    """The id of the list whose entries are, or are not, of the non-SDN kind.

    Args:
        non_sdn_by_entry: What `is_non_sdn` says of each entry.
        file: The name of the file, for the error.

    Raises:
        FormatError: They may be of either list.

    Example:
        >>> list_with([True] * 9 + [False], "a.csv"), list_with([False], "a.csv")
        ('ofac-cons', 'ofac-sdn')
    """
    entries = non_sdn = 0
    for one in non_sdn_by_entry:
        entries += 1
        non_sdn += one
    if non_sdn < _SHARE_SDN_BELOW * entries or not entries:
        return SDN
    if non_sdn >= _SHARE_MIN_CONSOLIDATED * entries:
        return CONSOLIDATED
    raise FormatError(
        f"may be of the SDN list or of the non-SDN list: {non_sdn} of {entries} entries have what "
        "is usual on the non-SDN list only",
        hint="the file may be cut: get the whole list again from OFAC; if it is whole, a newer "
        "article41 knows its programmes",
        file=file,
    )
