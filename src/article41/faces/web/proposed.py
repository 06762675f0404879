"""The words that fields propose: countries, purposes, items and the keys of the parties."""

from collections.abc import Iterable, Mapping
from functools import cache

from article41.faces.web.fields import ENTRIES
from article41.law.loading import load_catalogue, load_words
from article41.model.countries import ISO_COUNTRIES
from article41.model.parties import Role

KEYS = "keys"
"""The list of the keys of the parties."""
Words = tuple[tuple[str, str], ...]
"""Each word with what it means; empty where it says that itself."""


def proposed(lists: Iterable[str], *, keys: Iterable[str] = ()) -> Mapping[str, Words]:
    """Some lists of words.

    Args:
        lists: Which.
        keys: Those of the parties.

    Example:
        >>> proposed(["keys"], keys=["payer"])
        {'keys': (('payer', ''),)}
    """
    own = tuple(keys) or tuple(one.value for one in Role)
    return {
        name: _plain(own) if name == KEYS else _words(name) for name in lists if name != ENTRIES
    }


@cache
def _words(name: str) -> Words:
    words = load_words()
    match name:
        case "countries":
            return _plain(sorted(ISO_COUNTRIES.values()))
        case "jurisdictions":
            return _plain(sorted({one.jurisdiction for one in load_catalogue().measures}))
        case "purposes":
            return tuple(words.purposes.items())
        case "items":
            # What they are fills a page; the numbers are those of the control lists.
            return _plain(words.items)
        case _:
            return tuple(words.sectors.items())


def _plain(words: Iterable[str]) -> Words:
    return tuple((word, "") for word in words)
