"""Index files of the tests' parties, asked in the kernel's own units."""

from collections.abc import Sequence
from pathlib import Path

from article41.match import kernel
from tests.match.slow_twin import Match, Party

EVER = (-(2**31), 2**31 - 1), (-(2**63), 2**63 - 1)
"""Intervals without an end on both clocks."""


def built(path: Path, parties: Sequence[Party]) -> kernel.Index:
    """An opened index of parties, each with its place in the list as payload."""
    builder = kernel.Builder()
    for number, party in enumerate(parties):
        payload = str(number).encode()
        builder.add(payload, party.group, *EVER, list(party.births), list(party.names))
    builder.finish(path, b"{}")
    return kernel.Index.open(path)


def found(
    index: kernel.Index,
    queries: Sequence[Party],
    threshold: int,
    *,
    exhaustive: bool = False,
    reverse: bool = False,
    cache: bool = False,
    threads: int = 1,
) -> list[list[Match]]:
    """What an index answers to each query."""
    answers = index.search(
        [(query.names[0], query.group, list(query.births)) for query in queries],
        threshold=threshold,
        days=EVER[0],
        moment=None,
        exhaustive=exhaustive,
        reverse=reverse,
        cache=cache,
        threads=threads,
    )
    return [[Match(*match[:4]) for match in matches] for matches, _, _ in answers]


def scores(pairs: Sequence[tuple[Party, Party]]) -> list[int]:
    """The kernel's score of each pair of a query and a listed party, of one name each."""
    return kernel.compare(
        [
            (
                (one.names[0], one.group, list(one.births)),
                (other.names[0], other.group, list(other.births)),
            )
            for one, other in pairs
        ]
    )
