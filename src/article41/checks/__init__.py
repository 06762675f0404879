"""Where the pillars meet: a party or an act becomes an answer with its coverage."""

from article41.checks.coverage import Coverage, Finding, FindingKind
from article41.checks.indexing import INDEX_FILE, IndexUpdate, refresh_index
from article41.checks.screener import THRESHOLD, Behind, Match, PartyAnswer, Screener

__all__ = [
    "INDEX_FILE",
    "THRESHOLD",
    "Behind",
    "Coverage",
    "Finding",
    "FindingKind",
    "IndexUpdate",
    "Match",
    "PartyAnswer",
    "Screener",
    "refresh_index",
]
