"""Why two names resemble each other: a tree of typed evidence, rendered by whoever shows it."""

import enum

import msgspec

from article41.match import kernel
from article41.match.party import group_of
from article41.model.entities import Schema


class Likeness(enum.Enum):
    """Why two words are alike."""

    SAME = "same"
    SPELLING = "spelling"
    SOUND = "sound"
    VARIANT = "variant"
    ACROSS_SCRIPTS = "across-scripts"
    INITIAL = "initial"
    GLUED = "written-as-one"


class Lowering(enum.Enum):
    """Why a score is lower than its words."""

    BOTH_LEFT_OVER = "words-left-on-both-sides"
    OTHER_NUMBER = "other-number"
    NUMBER_MISSING = "number-missing"
    OTHER_LEGAL_FORM = "other-legal-form"
    OTHER_ORDER = "other-order-of-descent"
    ONE_WORD_ALIKE = "one-word-and-not-the-same"


class BirthEvidence(enum.Enum):
    """What dates of birth say, from the worst to the best."""

    CONFLICT = "conflict"
    DOUBTFUL = "doubtful"
    NEAR = "near"
    ABSENT = "absent"
    COMPATIBLE = "compatible"
    SAME_DAY = "same-day"


# INVARIANT: the kernel numbers its reasons in the order of these slugs, and knows no others.
_LIKENESSES = tuple(map(Likeness, kernel.LIKENESSES))
_LOWERINGS = tuple(map(Lowering, kernel.LOWERINGS))
BIRTH_EVIDENCES = tuple(map(BirthEvidence, kernel.BIRTH_EVIDENCES))


class WordPair(msgspec.Struct, frozen=True, kw_only=True):
    """A word of the query that met a word of the listed name."""

    query: str
    """Folded, in Latin letters."""
    listed: str
    """Folded, in Latin letters."""
    similarity: float
    """0 to 1."""
    likeness: Likeness
    """Why they are alike."""
    weight: float
    """How rare they are, 0 to 1 on average of both."""


class WordLeft(msgspec.Struct, frozen=True, kw_only=True):
    """A word that met none."""

    word: str
    """Folded, in Latin letters."""
    weight: float
    """How rare it is, 0 to 1."""


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """Something that lowered the score."""

    reason: Lowering
    """Why."""
    factor: float
    """What the score was multiplied by, 0 to 1."""


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence for the resemblance of one query and one listed name."""

    score: float
    """Of the names, 0 to 1."""
    words_score: float
    """Before anything lowered it."""
    pairs: tuple[WordPair, ...]
    """Words that met, in the order of the query."""
    query_left: tuple[WordLeft, ...]
    """Words of the query that the listed name lacks."""
    listed_left: tuple[WordLeft, ...]
    """Words of the listed name that the query lacks."""
    lowered: tuple[Factor, ...]
    """What lowered the score."""
    legal_forms: tuple[str, str]
    """Class of legal form of query and listed name; empty where there is none."""


def explain(
    query: str, listed: str, *, query_schema: Schema | None, listed_schema: Schema | None
) -> Explanation | None:
    """The evidence for two names, by the same function that scores them in the index.

    Returns:
        Nothing if the names have nothing in common.

    Example:
        >>> found = explain("Ada Exampel", "EXAMPLE, Ada", query_schema=Schema.PERSON,
        ...                 listed_schema=Schema.PERSON)
        >>> [(pair.query, pair.listed, pair.likeness.value) for pair in found.pairs]
        [('ada', 'ada', 'same'), ('exampel', 'example', 'spelling')]
    """
    found = kernel.explain(
        query, group_of(query_schema), listed, group_of(listed_schema), reverse=False
    )
    if found is None:
        return None
    score, words_score, pairs, query_left, listed_left, lowered, legal_forms = found
    return Explanation(
        score=score / kernel.SCORE_ONE,
        words_score=words_score / kernel.SCORE_ONE,
        pairs=tuple(
            [
                WordPair(
                    query=query_words,
                    listed=listed_words,
                    similarity=similarity / kernel.ONE,
                    likeness=_LIKENESSES[likeness],
                    weight=weight / (2 * kernel.ONE),
                )
                for query_words, listed_words, similarity, weight, likeness in pairs
            ]
        ),
        query_left=_left(query_left),
        listed_left=_left(listed_left),
        lowered=tuple(
            [
                Factor(reason=_LOWERINGS[reason], factor=factor / kernel.ONE)
                for reason, factor in lowered
            ]
        ),
        legal_forms=legal_forms,
    )


def _left(words: list[tuple[str, int]]) -> tuple[WordLeft, ...]:
    return tuple([WordLeft(word=word, weight=weight / kernel.ONE) for word, weight in words])
