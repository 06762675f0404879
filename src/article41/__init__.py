"""Sanctions, from what an authority publishes to the act that is stopped.

The public names are imported when they are first used: a process that only asks an index never
pays for what reads XML or keeps a database.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from article41.checks import (
        Coverage,
        Finding,
        FindingKind,
        Match,
        PartyAnswer,
        Screener,
        refresh_index,
    )
    from article41.checks.acts import Checker
    from article41.checks.reading import read_acts
    from article41.match import BirthEvidence, Index, Query
    from article41.model.clocks import Bounds, InForce, PartialDate, StatedDate
    from article41.model.entities import Entity, Name, NameKind, Schema
    from article41.model.errors import Article41Error
    from article41.model.listings import Listing, ListVersion
    from article41.model.measures import Outcome
    from article41.model.verdicts import Verdict
    from article41.sources.publications import read_publications
    from article41.store import Shrink, Store

__all__ = [
    "Article41Error",
    "BirthEvidence",
    "Bounds",
    "Checker",
    "Coverage",
    "Entity",
    "Finding",
    "FindingKind",
    "InForce",
    "Index",
    "ListVersion",
    "Listing",
    "Match",
    "Name",
    "NameKind",
    "Outcome",
    "PartialDate",
    "PartyAnswer",
    "Query",
    "Schema",
    "Screener",
    "Shrink",
    "StatedDate",
    "Store",
    "Verdict",
    "read_acts",
    "read_publications",
    "refresh_index",
]

_HOME_BY_NAME = {
    "Article41Error": "model.errors",
    "BirthEvidence": "match",
    "Bounds": "model.clocks",
    "Checker": "checks.acts",
    "Coverage": "checks",
    "Entity": "model.entities",
    "Finding": "checks",
    "FindingKind": "checks",
    "InForce": "model.clocks",
    "Index": "match",
    "ListVersion": "model.listings",
    "Listing": "model.listings",
    "Match": "checks",
    "Name": "model.entities",
    "NameKind": "model.entities",
    "Outcome": "model.measures",
    "PartialDate": "model.clocks",
    "PartyAnswer": "checks",
    "Query": "match",
    "Schema": "model.entities",
    "Screener": "checks",
    "Shrink": "store",
    "StatedDate": "model.clocks",
    "Store": "store",
    "Verdict": "model.verdicts",
    "read_acts": "checks.reading",
    "read_publications": "sources.publications",
    "refresh_index": "checks",
}


def __getattr__(name: str) -> object:
    """Import a public name from its home."""
    home = _HOME_BY_NAME.get(name)
    if home is None:
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    """The public names, imported or not."""
    return [*globals(), *__all__]
