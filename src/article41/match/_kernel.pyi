"""The compiled kernel: name matching in integers, 0 to `SCORE_ONE`."""

from pathlib import Path
from typing import Final, final

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
    "UncanonicalError",
    "__version__",
    "canonical_json",
    "compare",
    "explain",
    "read_name",
    "variant_similarity",
]

__version__: str
BIRTH_EVIDENCES: Final[tuple[str, ...]]
LIKENESSES: Final[tuple[str, ...]]
LOWERINGS: Final[tuple[str, ...]]
ONE: Final[int]
SCORE_ONE: Final[int]
TABLES_SHA256: Final[str]
WEIGHTS_SHA256: Final[str]

class IndexDamageError(Exception):
    """The index file cannot be used."""

class UncanonicalError(Exception):
    """The JSON has no canonical form: what is wrong, and what can be done."""

    args: tuple[str, str]

_Births = list[tuple[int, int]]
_Query = tuple[str, int | None, _Births]
_Found = tuple[int, int, int, int, int]
_Answer = tuple[list[_Found], bool, bool]

@final
class Builder:
    def __new__(cls) -> Builder: ...
    def add(
        self,
        payload: bytes,
        group_number: int | None,
        valid: tuple[int, int],
        known: tuple[int, int],
        births: _Births,
        names: list[str],
    ) -> tuple[list[int], list[int]]: ...
    def finish(self, path: Path, about: bytes) -> tuple[int, int, int, int, int, int, int]: ...

@final
class Index:
    @staticmethod
    def open(path: Path) -> Index: ...
    def about(self) -> bytes: ...
    def payload(self, record: int) -> bytes: ...
    def verify(self) -> None: ...
    def counters(self) -> tuple[int, int, int, int, int]: ...
    def search(
        self,
        queries: list[_Query],
        *,
        threshold: int,
        days: tuple[int, int],
        moment: int | None,
        exhaustive: bool,
        reverse: bool,
        cache: bool,
        threads: int,
    ) -> list[_Answer]: ...

def canonical_json(data: bytes, *, within: int) -> bytes: ...
def compare(pairs: list[tuple[_Query, _Query]]) -> list[int]: ...
def explain(
    query: str, query_group: int | None, listed: str, listed_group: int | None, *, reverse: bool
) -> (
    tuple[
        int,
        int,
        list[tuple[str, str, int, int, int]],
        list[tuple[str, int]],
        list[tuple[str, int]],
        list[tuple[int, int]],
        tuple[str, str],
    ]
    | None
): ...
def read_name(
    text: str, group_number: int | None
) -> list[tuple[list[tuple[str, bool, int]], int | None, int]]: ...
def variant_similarity(one: str, other: str) -> int: ...
