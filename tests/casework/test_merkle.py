"""The tree is that of RFC 6962: its published vectors, and its definition written down again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.casework.audit.merkle import (
    EMPTY_ROOT,
    Growing,
    inclusion_proof,
    is_included,
    kept_at,
    kept_count,
    leaf_hash,
    node_hash,
    root_of,
)

# The eight entries with which implementations of RFC 6962 are tested, and the roots over them.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def root(entries: list[bytes]) -> bytes:
    """As RFC 6962, 2.1 defines it."""
    if not entries:
        return EMPTY_ROOT
    if len(entries) == 1:
        return leaf_hash(entries[0])
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return node_hash(root(entries[:k]), root(entries[k:]))


def path(index: int, entries: list[bytes]) -> list[bytes]:
    """As RFC 6962, 2.1.1 defines it."""
    if len(entries) == 1:
        return []
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if index < k:
        return [*path(index, entries[:k]), root(entries[k:])]
    return [*path(index - k, entries[k:]), root(entries[:k])]


def kept(entries: list[bytes]) -> list[bytes]:
    tree = Growing()
    return [node for entry in entries for node in tree.add(leaf_hash(entry))]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert (
        Growing().root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@pytest.mark.parametrize(("size", "expected"), list(enumerate(ROOTS, start=1)))
def test_the_published_roots_come_out(size: int, expected: str) -> None:
    tree = Growing()
    for entry in ENTRIES[:size]:
        tree.add(leaf_hash(entry))

    assert tree.root.hex() == expected


PROOFS = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
}
"""Published inclusion proofs, by index and size."""


@pytest.mark.parametrize(("asked", "expected"), list(PROOFS.items()))
def test_the_published_proofs_come_out(asked: tuple[int, int], expected: tuple[str, ...]) -> None:
    index, size = asked
    nodes = kept(ENTRIES)

    proof = inclusion_proof(lambda level, number: nodes[kept_at(level, number)], index, size)

    assert tuple(one.hex() for one in proof) == expected
    assert is_included(
        leaf_hash(ENTRIES[index]), index, size, proof, bytes.fromhex(ROOTS[size - 1])
    )


@given(entries=st.lists(st.binary(max_size=3), min_size=1, max_size=40), data=st.data())
def test_roots_and_proofs_are_those_of_the_definition(
    entries: list[bytes], data: st.DataObject
) -> None:
    nodes = kept(entries)
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))

    def node(level: int, number: int) -> bytes:
        return nodes[kept_at(level, number)]

    assert len(nodes) == kept_count(len(entries))
    assert root_of(node, size) == root(entries[:size])
    proof = inclusion_proof(node, index, size)
    assert proof == path(index, entries[:size])
    assert is_included(leaf_hash(entries[index]), index, size, proof, root(entries[:size]))


@given(size=st.integers(1, 30), data=st.data())
def test_a_proof_of_anything_else_leads_elsewhere(size: int, data: st.DataObject) -> None:
    entries = [bytes([number]) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    proof, whole = path(index, entries), root(entries)
    leaf = leaf_hash(entries[index])

    assert not is_included(leaf_hash(b"other"), index, size, proof, whole)
    assert not is_included(leaf, index, size, [*proof, bytes(32)], whole)
    assert not proof or not is_included(leaf, index, size, proof[:-1], whole)
    assert not is_included(leaf, index, size, proof, bytes(32))
    for other in range(size):
        if other != index:
            assert not is_included(leaf, other, size, proof, whole)
