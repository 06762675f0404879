"""Descriptions of small tables, and what is read by them."""

import io
from collections.abc import Mapping

from article41.model.listings import Listing, ReadingReport
from article41.sources.declared.loading import read_description
from article41.sources.declared.publication import DeclaredTable
from tests.sources.documents import part_of, read_all

TOP: Mapping[str, str] = {
    "list_id": '"xa-own"', "authority": '"XA"', "title": '"Own list"', "schema": '"Person"',
}  # fmt: skip


def described(columns: str, *, id_: str = 'columns = ["No"]', more: str = "", **top: str) -> str:
    """A description; `columns` has a line `HEADER: KEYS` for each column."""
    headers = [line.split(":", 1)[0].strip() for line in columns.strip().splitlines()]
    keys = {**TOP, "header": str(sorted(set(headers))).replace("'", '"'), **top}
    lines = [f"{key} = {value}" for key, value in keys.items() if value]
    lines += ["[id]", id_, more]
    for line in columns.strip().splitlines():
        header, _, rest = line.partition(":")
        lines += ["[[columns]]", f'header = "{header.strip()}"', *rest.strip().split(" & ")]
    return "\n".join(lines)


def read(description: str, data: str | bytes) -> tuple[list[Listing], ReadingReport]:
    content = data if isinstance(data, bytes) else data.encode()
    table = DeclaredTable(read_description(description, "own.toml"))
    assert table.kind_of(content, lambda: io.BytesIO(content)) == "xa-own-table"
    (version,) = table.read([part_of(content, "xa-own-table", "own.csv")], published=None)
    return read_all(version)


def only(description: str, data: str | bytes) -> Listing:
    (listing,), _ = read(description, data)
    return listing


NO_AND_NAME = 'No: field = "id"\nName: field = "name"'
