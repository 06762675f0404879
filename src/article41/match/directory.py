"""Finds the records of an index by key and by number, as the index finds them by name.

The directory stands in the index itself, as records without a name behind all others: each is a
bucket of texts with the numbers of their records. So it is of the same state as the names, is
compared with the same checksums, and costs nothing until it is asked.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from article41.match import kernel
from article41.match.numbers import listed_number_keys
from article41.match.records import IndexRecord

TEXTS_A_BUCKET = 12
"""On average; a bucket is read whole."""
_NEVER = (0, 0), (0, 0)
"""No day and no moment: a bucket resembles nobody."""


class DirectoryPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where in an index its directory stands."""

    first: int
    """Number of the first bucket; listings have all numbers below it."""
    buckets: int
    """How many there are."""


_Bucket = dict[str, list[int]]
_DECODER = msgspec.msgpack.Decoder(_Bucket)


class DirectoryBuilder:
    """Collects what the records of an index can be found by."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._records_by_text: defaultdict[str, list[int]] = defaultdict(list)
        self._count = 0

    def add(self, record: IndexRecord) -> None:
        """Note a record; they are numbered in the order in which they come."""
        listing = record.listing
        texts = [of_key(listing.key)]
        texts += [of_naming(key) for key in (*listing.restates, *listing.same_as)]
        for one in listing.entity.identifiers:
            texts += [of_number(key) for key in listed_number_keys(one.kind, one.value)]
        for text in dict.fromkeys(texts):
            self._records_by_text[text].append(self._count)
        self._count += 1

    def finish(self, builder: kernel.Builder) -> DirectoryPlace:
        """Add the buckets behind the records, and say where."""
        count = max(1, len(self._records_by_text) // TEXTS_A_BUCKET)
        buckets: list[_Bucket] = [{} for _ in range(count)]
        for text, records in self._records_by_text.items():
            buckets[_bucket(text, count)][text] = records
        for bucket in buckets:
            builder.add(msgspec.msgpack.encode(bucket), None, *_NEVER, [], [])
        return DirectoryPlace(first=self._count, buckets=count)


class Directory:
    """Looks up records of an open index.

    Args:
        index: The index.
        place: Where its directory stands.
    """

    def __init__(self, index: kernel.Index, place: DirectoryPlace) -> None:
        """Read nothing yet."""
        self._index = index
        self._place = place

    def records(self, text: str) -> list[int]:
        """Numbers of the records that a text leads to, in their order."""
        return self._bucket(_bucket(text, self._place.buckets)).get(text, [])

    def texts(self) -> Iterator[str]:
        """All texts, in no order of meaning."""
        for number in range(self._place.buckets):
            yield from self._bucket(number)

    def _bucket(self, number: int) -> _Bucket:
        return _DECODER.decode(self._index.payload(self._place.first + number))


def of_key(key: str) -> str:
    """The text that leads to the records of a listing."""
    return f"key {key}"


def of_number(number_key: str) -> str:
    """The text that leads to the records that print a number."""
    return f"number {number_key}"


def of_naming(key: str) -> str:
    """The text that leads to the records that call a listing the same target as theirs."""
    return f"names {key}"


def _bucket(text: str, count: int) -> int:
    return zlib.crc32(text.encode()) % count
