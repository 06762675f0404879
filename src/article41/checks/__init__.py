"""Where the pillars meet: a party or an act becomes an answer with its coverage."""

from article41.checks.findings import (
    Finding,
    FindingKind,
    findings_of_lists,
    findings_of_name,
)
from article41.checks.indexing import INDEX_FILE, IndexUpdate, refresh_index
from article41.checks.screener import THRESHOLD, Match, PartyAnswer, Screener

__all__ = [
    "INDEX_FILE",
    "THRESHOLD",
    "Finding",
    "FindingKind",
    "IndexUpdate",
    "Match",
    "PartyAnswer",
    "Screener",
    "findings_of_lists",
    "findings_of_name",
    "refresh_index",
]
