"""Facts that an act may answer by name: those of the vocabulary, and those that are built.

Built are the part of a code that is meant (`is-ex-2208`), goods that left after a day, and whether
a law of which that is doubtful binds on a ground.
"""

from collections.abc import Iterator
from functools import lru_cache

from article41.law.grounds import Ground
from article41.law.loading import load_catalogue
from article41.law.words import spelling
from article41.model.measures import Measure

_REACHES = "-reaches-"


def part_fact(code: str) -> str:
    """The fact that goods are the part of a code that is meant.

    Example:
        >>> part_fact("2208")
        'is-ex-2208'
    """
    return f"is-ex-{code}"


def reaches_fact(jurisdiction: str, ground: Ground) -> str:
    """The fact that a law binds on a ground.

    Example:
        >>> reaches_fact("XA", Ground.CURRENCY)
        'xa-reaches-currency'
    """
    return f"{jurisdiction.lower()}{_REACHES}{ground.value}"


@lru_cache(maxsize=1)
def fact_names() -> frozenset[str]:
    """The facts that the catalogue asks for by name, but for those of a ground.

    Example:
        >>> {"is-own-national", "is-ex-2208"} <= fact_names()
        True
    """
    catalogue = load_catalogue()
    built = (name for measure in catalogue.measures for name in _built(measure))
    return frozenset((*catalogue.words.facts, *built))


def fact_of(word: str) -> str:
    """The fact that a word surely stands for; empty if there is no such fact.

    Example:
        >>> fact_of("Is own national"), fact_of("is-own-nationl")
        ('is-own-national', '')
    """
    name = spelling(word)
    key, reaches, ground = name.partition(_REACHES)
    if reaches and key.isalpha() and ground in {one.value for one in Ground}:
        return name
    return name if name in fact_names() else ""


def _built(measure: Measure) -> Iterator[str]:
    for goods in measure.goods_meant:
        parts = (one for one in (*goods.codes, *goods.except_codes) if one.is_part)
        yield from (part_fact(one.code) for one in parts)
        if goods.removed_after is not None:
            yield f"removed-after-{goods.removed_after}"
