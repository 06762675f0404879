"""What goods are by the item that is stated of them, and what that leaves open.

A word is taken for one of the vocabulary only where that is certain; from any other nothing
follows, and an item of one list says of another list no more than the catalogue does.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from article41.law.words import Words, spelling
from article41.model.acts import Goods

NONE_OF_THEM = "none"
"""Stated as an item or a CAS number: the line is on no control or annex list."""
NO_CONTROL_NUMBER = "EAR99"
"""Stated as an item it says that the Commerce Control List of the United States has no line."""
# What follows a number is set apart, so that each text can be read in one way only.
_PARAGRAPH = r"(?:[a-z]\d{0,2})?(?:[\s.(]+(?:[a-z]|\d{1,2}|[ivx]{2,4})\)?)*"
_WHOSE = r"(?:(?:eu|uk|wa|wassenaar)[\s-]*)?"
_MILITARY = re.compile(rf"{_WHOSE}(?:c?ml|common military list)[\s-]*0?(\d{{1,2}}){_PARAGRAPH}")
_DUAL_USE = re.compile(rf"(?:eccn|annex i)?[\s:-]*(\d)[\s-]?([a-e])[\s-]?(\d{{3}}){_PARAGRAPH}")
_NUMBER = re.compile(r"\d[A-E]\d{3}")
_NO_NUMBER = re.compile(r"ear[\s-]*99")


def item_of(word: str, words: Words) -> str:
    """The item that a word surely stands for, however it is written; empty if that is not certain.

    A number of the dual-use list stands for itself without its paragraph, whether or not a measure
    names it.

    Args:
        word: As it was written (`ml-1`, `ECCN 5A001.f`, `Deep packet inspection`).
        words: The vocabulary.

    Example:
        >>> from article41.law.loading import load_words
        >>> [item_of(one, load_words()) for one in ("ml 1.a", "ECCN 5A001.f", "imsi-catcher")]
        ['ML1', '5A001', '']
    """
    return _item_of(word, words)


def has_no_control_number(word: str) -> bool:
    """True if a word says that the Commerce Control List has no line for the goods.

    Example:
        >>> has_no_control_number("EAR 99"), has_no_control_number("5A992")
        (True, False)
    """
    return _NO_NUMBER.fullmatch(word.strip().casefold()) is not None


def list_of(item: str, words: Words) -> str:
    """The list on which an item stands; empty if the vocabulary does not say."""
    return words.list_by_item.get(item, "")


def is_on(meant: str, stated: str, words: Words) -> bool:
    """True if a stated item is the one that is meant, or stands on the list that is."""
    return meant in (stated, list_of(stated, words))


def can_also_be(stated: str, meant: str, words: Words) -> bool:
    """True if goods that are stated to be one item may be another one too.

    Args:
        stated: An item, as `item_of` gives it; empty if it is not certain which.
        meant: Another item, or `cas` for a chemical.
        words: The vocabulary.
    """
    if stated == NONE_OF_THEM:
        return False
    if not stated or is_on(meant, stated, words) or is_on(stated, meant, words):
        return True
    lists = list_of(stated, words), list_of(meant, words)
    if lists[0] and lists[0] == lists[1]:
        return False
    if _NUMBER.fullmatch(stated) and _NUMBER.fullmatch(meant):
        return False
    if _is_apart(stated, meant, words) or _is_apart(meant, stated, words):
        return False
    return _share_a_chapter(stated, meant, words.chapters)


def left_open(stated: Iterable[str], meant: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Which of the items that are meant goods can be, of which others are stated.

    The name of a list stands for those of its items that are meant beside it.
    """
    given = tuple(stated)
    lists = {list_of(item, words) for item in meant}
    items = [
        item
        for item in meant
        if item not in lists and all(can_also_be(one, item, words) for one in given)
    ]
    lists_left = {list_of(item, words) for item in items}
    return tuple(item for item in meant if item in items or item in lists_left)


def stated_items(line: Goods, words: Words) -> tuple[str, ...]:
    """The items that are stated of a line, an empty one for each of which nobody can be certain."""
    return tuple(item_of(word, words) for word in line.items)


def can_stand(item: str, digits: str, words: Words) -> bool:
    """True if an item can stand under a code, as far as both are known."""
    beginnings = words.chapters.get(item)
    if not digits or beginnings is None:
        return True
    return begins(digits, beginnings)


def possible_under(meant: tuple[str, ...], digits: str, words: Words) -> tuple[str, ...]:
    """The items that can stand under a code."""
    return _possible(meant, digits, words)


def some_of(named: tuple[str, ...]) -> str:
    """The first of many words: a question need not name all."""
    return ", ".join(named[:4]) + (", ..." if len(named) > 4 else "")


def _is_apart(one: str, other: str, words: Words) -> bool:
    row = words.apart.get(one) or words.apart.get(list_of(one, words), ())
    return other in row or list_of(other, words) in row


def _share_a_chapter(one: str, other: str, chapters: Mapping[str, tuple[str, ...]]) -> bool:
    """True unless no code can hold both."""
    of_one, of_other = chapters.get(one), chapters.get(other)
    if of_one is None or of_other is None:
        return True
    return any(
        here.startswith(there) or there.startswith(here) for here in of_one for there in of_other
    )


@lru_cache(maxsize=10_000)
def _item_of(word: str, words: Words) -> str:
    text = word.strip().casefold()
    if (found := words.item_by_spelling.get(spelling(text))) is not None:
        return found
    if spelling(text) == NONE_OF_THEM:
        return NONE_OF_THEM
    if has_no_control_number(text):
        return NO_CONTROL_NUMBER
    if military := _MILITARY.fullmatch(text):
        return words.item_by_spelling.get(f"ml{military[1]}", "")
    if dual_use := _DUAL_USE.fullmatch(text):
        return "".join(dual_use.groups()).upper()
    return ""


@lru_cache(maxsize=20_000)
def _possible(meant: tuple[str, ...], digits: str, words: Words) -> tuple[str, ...]:
    """The items that can stand under a code: the same codes come again and again."""
    return tuple(item for item in meant if can_stand(item, digits, words))


@lru_cache(maxsize=100_000)
def begins(digits: str, beginnings: tuple[str, ...]) -> bool:
    """True if a code and one of some beginnings begin with one another.

    Asked again and again of the same codes.
    """
    return any(digits.startswith(one) or one.startswith(digits) for one in beginnings)
