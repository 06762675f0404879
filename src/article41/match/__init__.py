"""Does this party resemble that listing, and why; `match` never decides."""

from article41.match.coverage import (
    SCORER,
    About,
    IndexedList,
    ListCoverage,
    ListStanding,
    Scorer,
)
from article41.match.explanation import BirthEvidence, Explanation, explain
from article41.match.index import (
    Answer,
    Found,
    Index,
    IndexCounts,
    IndexedListing,
    IndexRecord,
    build_index,
    compare,
)
from article41.match.party import Query, group_of, refuse_broken_text

__all__ = [
    "SCORER",
    "About",
    "Answer",
    "BirthEvidence",
    "Explanation",
    "Found",
    "Index",
    "IndexCounts",
    "IndexRecord",
    "IndexedList",
    "IndexedListing",
    "ListCoverage",
    "ListStanding",
    "Query",
    "Scorer",
    "build_index",
    "compare",
    "explain",
    "group_of",
    "refuse_broken_text",
]
