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
    build_index,
    compare,
)
from article41.match.numbers import listed_number_keys, number_key
from article41.match.party import Query, birth_spans, group_of, refuse_broken_text
from article41.match.records import (
    IndexedListing,
    IndexRecord,
    ListedNumber,
    ListingDetails,
)

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
    "ListedNumber",
    "ListingDetails",
    "Query",
    "Scorer",
    "birth_spans",
    "build_index",
    "compare",
    "explain",
    "group_of",
    "listed_number_keys",
    "number_key",
    "refuse_broken_text",
]
