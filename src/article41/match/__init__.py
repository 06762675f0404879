"""Does this party resemble that listing, and why; `match` never decides."""

from article41.match.explanation import Explanation, explain
from article41.match.index import (
    About,
    Answer,
    Found,
    Index,
    IndexCounts,
    IndexedListing,
    IndexRecord,
    ListCoverage,
    build_index,
    compare,
)
from article41.match.party import Query

__all__ = [
    "About",
    "Answer",
    "Explanation",
    "Found",
    "Index",
    "IndexCounts",
    "IndexRecord",
    "IndexedListing",
    "ListCoverage",
    "Query",
    "build_index",
    "compare",
    "explain",
]
