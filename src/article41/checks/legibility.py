"""Names of which nothing, or not all, can be compared: nobody found by them means nothing.

It tells what is wrong with a name; whether that decides anything is for the law.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from article41.checks.conflicts import kind_of
from article41.checks.coverage import FindingKind
from article41.checks.screener import PartyAnswer
from article41.model.entities import Schema
from article41.model.scripts import COMMON, script_of

_LIMITS: Mapping[FindingKind, str] = MappingProxyType(
    {
        FindingKind.NAME_NOT_COMPARED: "has no legible letter and was not compared",
        FindingKind.NAME_CUT_SHORT: "is longer than what is compared",
    }
)
"""What is told of a name; that nothing was compared before that not all was."""
_WITH_INITIALS = frozenset(("Latn", "Cyrl", "Grek", "Armn", "Geor", "Hebr", "Arab"))
"""Scripts in which a letter alone is no word."""
_CRAFT = frozenset(("vessel", "aircraft", "vehicle", "wallet"))
"""What may be called by a number."""
_NO_NAMES = frozenset(
    (
        "anonymous", "n a", "na", "nil", "no name", "noname", "none", "not available", "not known",
        "not provided", "notprovided", "null", "tba", "tbc", "tbd", "to be advised",
        "to be confirmed", "to be nominated", "to order", "unknown", "unnamed", "various",
    )
)  # fmt: skip
"""What stands in papers and messages where nobody is named."""
_ASCII_WORD = re.compile(r"[A-Za-z]{2}|[A-Za-z].*[0-9]|[0-9].*[A-Za-z]", re.DOTALL)
"""Two letters together, or a letter and a figure: more than initials, in Latin script."""
LETTERS_KEPT = 4_096
"""Letters of which it is kept in which script they are."""
_GAPS = re.compile(r"[\W_]+")


def limits_of_names(answers: Iterable[PartyAnswer], schema: Schema) -> Mapping[str, str]:
    """Why some names of a party are not compared, or not in full, by name; in words.

    Args:
        answers: What was found of each name.
        schema: What the party is.
    """
    found: dict[str, str] = {}
    for answer in answers:
        name = answer.query.name
        kinds = [finding.kind for finding in answer.own_findings]
        said = [words for kind, words in _LIMITS.items() if kind in kinds]
        why = said[0] if said else fault_of_name(name, schema)
        if why:
            found[name] = why
    return found


def name_open(names: Sequence[str], limits: Mapping[str, str]) -> str:
    """Why a party is compared by no name in full; empty if by one of them it is.

    Example:
        >>> name_open(("???", "Ada Example"), {"???": "has no letter"})
        ''
    """
    if not names:
        return "is not given"
    return f"`{names[0]}` {limits[names[0]]}" if limits.keys() >= set(names) else ""


def fault_of_name(name: str, schema: Schema) -> str:
    """Why a name tells nobody from others, though it may be compared; empty if it does.

    Example:
        >>> fault_of_name("12345", Schema.COMPANY), fault_of_name("A. B.", Schema.PERSON)
        ('has no letter', 'has initials alone')
        >>> fault_of_name("Ada Example", Schema.PERSON), fault_of_name("B P", Schema.COMPANY)
        ('', '')
    """
    text = unicodedata.normalize("NFKC", name)
    if " ".join(_GAPS.sub(" ", text).casefold().split()) in _NO_NAMES:
        return "names nobody"
    if text.isascii() and _ASCII_WORD.search(text):
        return ""  # As nearly all names are.
    kind = kind_of(schema)
    letters = [letter for letter in text if letter.isalpha()]
    if not letters:
        return "" if kind in _CRAFT else "has no letter"
    if text.isascii():
        scripts = {"Latn"}
    else:
        scripts = set(map(_script_of, letters))
        if COMMON in scripts:
            return "is in a script that is not read"
    may_be_person = kind in ("", "person")
    if may_be_person and scripts <= _WITH_INITIALS and not _has_word(text):
        return "has initials alone"
    return ""


# Of single letters: names have the same few again and again.
_script_of = lru_cache(maxsize=LETTERS_KEPT)(script_of)


def _has_word(text: str) -> bool:
    """True if two letters stand together, or a figure makes it more than initials."""
    before = False
    for letter in text:
        if letter.isdigit() or (before and letter.isalpha()):
            return True
        before = letter.isalpha()
    return False
