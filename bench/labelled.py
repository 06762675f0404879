"""Reads labelled pairs: single names (`cases.csv`) and whole records (`*.jsonl`).

A date that no calendar has and a schema that we do not know are left out and counted.
"""

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from article41.match import Query
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Schema
from article41.model.errors import InputError

NAME_PROPERTIES = ("name", "alias", "weakAlias", "previousName")
"""Where a whole record carries names."""


class LabelledPair(NamedTuple):
    """A query, a listed party, each under one or more names, and the truth."""

    id: str
    queries: tuple[Query, ...]
    targets: tuple[Query, ...]
    is_match: bool
    category: str
    source: str


class Labelled(NamedTuple):
    """The pairs of a file, and what of them could not be read."""

    pairs: list[LabelledPair]
    left_out: Counter[str]


def read_cases(path: Path) -> Labelled:
    """One pair a row: a query's name against a target's, with a category.

    Raises:
        InputError: The file has other columns, or a label is none.
    """
    left_out: Counter[str] = Counter()
    pairs = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                pairs.append(_case(row, left_out))
            except KeyError as error:
                raise InputError(
                    f"`{path}` has no column {error}", hint="give a file like cases.csv"
                ) from error
    return Labelled(pairs, left_out)


def read_records(path: Path) -> Labelled:
    """One pair a line: two whole records with the judgement of an analyst.

    Raises:
        InputError: A line has another shape, or a label is none.
    """
    left_out: Counter[str] = Counter()
    pairs = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            try:
                left, right = _record(row["left"], left_out), _record(row["right"], left_out)
                expected = _is_match(row["expected"])
            except KeyError as error:
                raise InputError(
                    f"a record of `{path}` has no {error}",
                    hint="give a file like opensanctions_pairs.jsonl",
                ) from error
            # The judgement gives no category; the kind of party is the best there is.
            kinds = sorted({row["left"]["schema"], row["right"]["schema"]})
            kind = "/".join(kinds) + ("" if expected else " negative")
            pairs.append(LabelledPair(row["id"], left, right, expected, kind, row["source"]))
    return Labelled(pairs, left_out)


def _case(row: Mapping[str, str], left_out: Counter[str]) -> LabelledPair:
    query, target = (
        Query(
            name=row[name],
            schema=_schema(row[f"{side}_schema"], left_out),
            birth_dates=_dates([row[f"{side}_dob"]], left_out),
        )
        for side, name in (("query", "query"), ("target", "target_name"))
    )
    is_match = _is_match(row["expected"])
    return LabelledPair(row["id"], (query,), (target,), is_match, row["category"], row["source"])


# The values of decoded JSON are of any kind.
def _record(record: Mapping[str, Any], left_out: Counter[str]) -> tuple[Query, ...]:
    properties = record["properties"]
    schema = _schema(record["schema"], left_out)
    births = _dates(properties.get("birthDate", ()), left_out)
    names = dict.fromkeys(name for key in NAME_PROPERTIES for name in properties.get(key, ()))
    return tuple(Query(name=name, schema=schema, birth_dates=births) for name in names)


def _is_match(label: str) -> bool:
    if label not in ("match", "no_match"):
        raise InputError(f"`{label}` is no label", hint="label a pair match or no_match")
    return label == "match"


def _schema(text: str, left_out: Counter[str]) -> Schema | None:
    try:
        return Schema(text) if text else None
    except ValueError:
        left_out["schemas"] += 1
        return None


def _dates(texts: Sequence[str], left_out: Counter[str]) -> tuple[StatedDate, ...]:
    dates = []
    for text in filter(None, texts):
        try:
            dates.append(StatedDate(first=PartialDate.parse(text)))
        except ValueError:
            left_out["dates"] += 1
    return tuple(dates)
