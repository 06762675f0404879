"""FollowTheMoney files made of text, read as any publication is."""

import hashlib
import io
import json
from functools import partial
from pathlib import Path
from typing import Any

from article41.model.listings import Listing, ListVersion, Part, ReadingReport
from article41.sources import ftm
from article41.sources.table_heads import first_cuts

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "ftm"


def version_of(data: bytes) -> ListVersion:
    open_ = partial(io.BytesIO, data)
    kind, read = ftm.kind_of(data[: 1 << 16]), ftm.read
    if kind is None:
        kinds = map(ftm.kind_of_rows, first_cuts(data[: 1 << 16], open_))
        kind, read = next(filter(None, kinds), None), ftm.read_simple
    if kind is None:
        raise LookupError("neither lines nor a table")
    part = Part(
        kind=kind,
        file_name="any",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        open=open_,
    )
    (version,) = read([part], published=None)
    return version


def finish(version: ListVersion) -> tuple[dict[str, Listing], ReadingReport]:
    reading = version.listings()
    found: dict[str, Listing] = {}
    while True:
        try:
            listing = next(reading)
        except StopIteration as end:
            return found, end.value
        assert listing.id not in found
        found[listing.id] = listing


def read(data: bytes) -> tuple[dict[str, Listing], ReadingReport]:
    return finish(version_of(data))


def entity(schema: str, id_: str, **properties: list[Any]) -> dict[str, Any]:  # as JSON
    return {"id": id_, "schema": schema, "properties": properties}


def lines(*entities: dict[str, Any]) -> bytes:  # as JSON
    return b"".join(json.dumps(one).encode() + b"\n" for one in entities)
