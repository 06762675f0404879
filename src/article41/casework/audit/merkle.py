"""Merkle trees of RFC 6962 over entries: roots, inclusion proofs, and the nodes kept in a file."""

import hashlib
from collections.abc import Callable, Iterator, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Of no entry."""
Node = Callable[[int, int], bytes]
"""The hash of a perfect subtree by its level (0 is a leaf) and its number on that level."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry.

    Example:
        >>> leaf_hash(b"").hex()[:8]
        '6e340b9c'
    """
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def kept_count(size: int) -> int:
    """How many hashes are kept for so many entries: each leaf, each perfect subtree above.

    Example:
        >>> [kept_count(size) for size in range(5)]
        [0, 1, 3, 4, 7]
    """
    return 2 * size - size.bit_count()


def kept_at(level: int, number: int) -> int:
    """Where the hash of a perfect subtree is kept: after those of all that it holds.

    Example:
        >>> kept_at(0, 2), kept_at(1, 0)
        (3, 2)
    """
    last_leaf = ((number + 1) << level) - 1
    return kept_count(last_leaf) + level


def perfect_parts(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Level and number of the perfect subtrees of a range that begins on one, left to right."""
    while first < end:
        level = (end - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def folded(parts: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees, left to right."""
    if not parts:
        return EMPTY_ROOT
    root = parts[-1]
    for left in reversed(parts[:-1]):
        root = node_hash(left, root)
    return root


class Growing:
    """A tree that grows: holds the perfect subtrees of its right edge, no more.

    Args:
        size: How many entries it has.
        edge: The hashes of the perfect subtrees of that size, left to right.

    Example:
        >>> tree = Growing()
        >>> [len(tree.add(leaf_hash(entry))) for entry in (b"a", b"b", b"c")]
        [1, 2, 1]
        >>> tree.root == node_hash(node_hash(leaf_hash(b"a"), leaf_hash(b"b")), leaf_hash(b"c"))
        True
    """

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        """Keep the edge."""
        self.size = size
        self._edge = list(edge)

    @property
    def root(self) -> bytes:
        """The hash of all entries."""
        return folded(self._edge)

    def add(self, leaf: bytes) -> list[bytes]:
        """Add the hash of an entry; give the hashes that are to be kept of it, in their order."""
        made, number = [leaf], self.size
        while number & 1:
            leaf = node_hash(self._edge.pop(), leaf)
            made.append(leaf)
            number >>= 1
        self._edge.append(leaf)
        self.size += 1
        return made

    def copy(self) -> "Growing":
        """Another one of the same entries."""
        return Growing(self.size, self._edge)


def root_of(node: Node, size: int) -> bytes:
    """The root over the first entries of a tree whose nodes are kept."""
    return folded([node(*part) for part in perfect_parts(0, size)])


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """The hashes that lead from an entry to the root over the first `size` entries (RFC 6962).

    Args:
        node: The hash of a perfect subtree.
        index: Of the entry, from 0.
        size: More than that.
    """
    assert 0 <= index < size
    proof: list[bytes] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + (1 << ((end - first - 1).bit_length() - 1))
        if index < middle:
            proof.append(folded([node(*part) for part in perfect_parts(middle, end)]))
            end = middle
        else:
            proof.append(folded([node(*part) for part in perfect_parts(first, middle)]))
            first = middle
    return proof[::-1]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True if a proof leads from the hash of an entry to a root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    number, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(step, found)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, step)
        number, last = number >> 1, last >> 1
    return last == 0 and found == root
