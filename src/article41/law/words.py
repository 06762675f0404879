"""The vocabulary of the catalogue: facts, purposes, items, lists, lines of business, kinds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

CHEMICALS = "cas"
"""How the tables call all chemicals that go by their number."""
US_PARTS = "us-parts"
"""How they call what can hold parts that the export rules of the United States control."""


class Words(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    dict=True,
    eq=False,  # What was worked out by one vocabulary is kept under it, by what it is.
):
    """Each name with its words.

    Example:
        >>> Words(lists={"annex-x": ("drones",)}).list_by_item
        {'drones': 'annex-x'}
    """

    facts: dict[str, str] = {}
    """Facts that are asked for by name: the question."""
    purposes: dict[str, str] = {}
    """What an act can be for."""
    items: dict[str, str] = {}
    """Items of control and annex lists."""
    sectors: dict[str, str] = {}
    """Lines of business."""
    kinds: dict[str, str] = {}
    """Kinds of measures."""
    chapters: dict[str, tuple[str, ...]] = {}
    """Chapters or headings of the HS in which an item can stand, by item, all chemicals as `cas`,
    what may hold American parts as `us-parts`, and in which a line of business trades; any where
    there is none here."""
    subheadings: dict[str, tuple[str, ...]] = {}
    """All codes of the Combined Nomenclature that stand directly under a shorter one."""
    lists: dict[str, tuple[str, ...]] = {}
    """The items of a list, by the name that stands for any of them."""
    apart: dict[str, tuple[str, ...]] = {}
    """Items or lists with those of which nothing can be one too."""

    @cached_property
    def list_by_item(self) -> Mapping[str, str]:
        """The list on which an item stands."""
        return {item: name for name, items in self.lists.items() for item in items}

    @cached_property
    def item_by_spelling(self) -> Mapping[str, str]:
        """Items by what is left of them without case, blanks and hyphens."""
        return {spelling(item): item for item in self.items}


def spelling(word: str) -> str:
    """A word without what may be written in several ways.

    Example:
        >>> spelling("Deep_Packet Inspection")
        'deep-packet-inspection'
    """
    return re.sub(r"[\s_-]+", "-", word.strip()).casefold()


def joined(vocabularies: Iterable[Words]) -> Words:
    """One vocabulary of several, its patterns (`ML*`) made into the items that they mean."""
    # Any: words have sentences or chapters as their meaning, by the table.
    tables: dict[str, dict[str, Any]] = {name: {} for name in Words.__struct_fields__}
    for words in vocabularies:
        for name, table in tables.items():
            for word, meaning in getattr(words, name).items():
                table.setdefault(word, meaning)
    for name, meant in tables["lists"].items():
        fitting = (item for item in tables["items"] if _longest(item, meant) is not None)
        tables["lists"][name] = tuple(fitting)
    tables["chapters"] = dict(_chapters(tables))
    return Words(**tables)


def _chapters(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of each item those of its own, of its list, or of all that have none of their own.

    The name of a list stands wherever one of its items does.
    """
    patterns = dict(tables["chapters"])
    rest = patterns.pop("*", None)
    list_by_item = {item: name for name, items in tables["lists"].items() for item in items}
    rows: dict[str, tuple[str, ...] | None] = {}
    for item in (*tables["items"], *tables["sectors"], CHEMICALS, US_PARTS):
        pattern = _longest(item, patterns) or list_by_item.get(item, "")
        rows[item] = patterns.get(pattern, () if item in tables["lists"] else rest)
    for name, row in rows.items():
        of_items = [rows[item] for item in tables["lists"].get(name, ())]
        if row is not None and None not in of_items:
            yield (
                name,
                tuple(dict.fromkeys((*row, *(one for each in of_items for one in each or ())))),
            )


def _longest(item: str, patterns: Iterable[str]) -> str | None:
    """The name itself, or the longest `beginning*` that it begins with."""
    given = tuple(patterns)
    fitting = (one for one in given if one.endswith("*") and item.startswith(one[:-1]))
    return item if item in given else max(fitting, key=len, default=None)


def either(words: Sequence[str]) -> str:
    """Words of which one is meant.

    Example:
        >>> either(("SY", "IR", "CU")), either(("SY",))
        ('SY, IR or CU', 'SY')
    """
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
