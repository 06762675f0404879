"""The one door to the compiled kernel; everything else in the package comes through here."""

from article41.match._kernel import (
    BIRTH_EVIDENCES,
    LIKENESSES,
    LOWERINGS,
    ONE,
    SCORE_ONE,
    TABLES_SHA256,
    WEIGHTS_SHA256,
    Builder,
    Index,
    IndexDamageError,
    __version__,
    compare,
    explain,
    read_name,
    variant_similarity,
)

__all__ = [
    "BIRTH_EVIDENCES",
    "LIKENESSES",
    "LOWERINGS",
    "ONE",
    "SCORE_ONE",
    "TABLES_SHA256",
    "WEIGHTS_SHA256",
    "Builder",
    "Index",
    "IndexDamageError",
    "__version__",
    "compare",
    "explain",
    "read_name",
    "variant_similarity",
]
