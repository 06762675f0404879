"""Tells OFAC's two lists apart by their programmes; no file of theirs says which one it is."""

from collections.abc import Iterable, Sequence

AUTHORITY = "OFAC"
SDN = "ofac-sdn"
CONSOLIDATED = "ofac-cons"

# QUIRK: ofac 2018 to 2026: these tags make up more than half of the non-SDN list and a few entries
# in a hundred of the SDN list.
_NON_SDN_PROGRAMMES = frozenset(
    ("561-Related", "561List", "CMIC-EO13959", "FSE-SY", "NS-PLC", "UKRAINE-EO13662")
)


def list_with(programmes_by_entry: Iterable[Sequence[str]]) -> str:
    """The id of the list whose entries have these programmes.

    Example:
        >>> list_with([["NS-PLC"], ["SDGT", "NS-PLC"], ["IRAN"]]), list_with([["CUBA"]])
        ('ofac-cons', 'ofac-sdn')
    """
    entries = non_sdn = 0
    for programmes in programmes_by_entry:
        entries += 1
        non_sdn += not _NON_SDN_PROGRAMMES.isdisjoint(programmes)
    return CONSOLIDATED if 2 * non_sdn > entries else SDN
