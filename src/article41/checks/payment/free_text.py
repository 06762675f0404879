"""Finds names and numbers of the lists inside longer texts.

A find is a question for a person: whoever is named in a text may be somebody else of that name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from article41.checks.coverage import Coverage
from article41.checks.entries import Asked
from article41.checks.numbers import SHARED_NUMBER_MAX
from article41.checks.payment.cities import COUNTRY_BY_CITY
from article41.checks.payment.finds import FindKind, TextFind
from article41.checks.payment.message import Means, Text
from article41.checks.payment.ordinary import JOINING, LONE, ORDINARY, SHIP_WORDS
from article41.checks.payment.words import (
    Word,
    fields_of,
    halved_numbers,
    is_tail,
    number_keys,
    words_of,
)
from article41.checks.screener import Match, Screener
from article41.match import IndexedListing, Query
from article41.model.countries import country_code, country_name
from article41.model.entities import Schema

WORDS_MAX = 6
"""Words that are compared together with a listed name."""
SCORE_MIN = 0.9
"""Least score of words in a text: of names that stand in a field of their own less will do."""
SCORE_IN_NAME_MIN = 0.95
"""Least score of a part of a name: firms and people have words of their names in common."""
LONE_LETTERS_MIN = 5
"""Letters of a single word that is compared by itself."""
LONE_IN_NAME_LETTERS_MIN = 8
"""Letters of one with which a longer name begins: `Exampletel Overseas`."""
TELLING_LETTERS_MIN = 3
"""Letters of a word without which a run of words names nobody."""
COUNTRY_LETTERS_MIN = 4
"""Letters of a country's name: shorter ones are words of many meanings."""
WORDS_OF_PAYMENT_MAX = 20_000
"""Words of one payment that are looked through."""
KEPT_MAX = 50_000
"""Words, and runs of them, of which it is kept what they are: the same come again and again."""
TEXTS_MAX = 20_000
"""Texts of which it is kept what stands in them."""

_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_OF_PARTIES = frozenset({Means.NAME, Means.ADDRESS, Means.PLACE, Means.RUN_ON})
"""What says who somebody is and where: a town or a firm may have the name of a ship."""
_CRAFT = frozenset({Schema.VESSEL, Schema.AIRPLANE, Schema.VEHICLE})
_OF_NAMES = frozenset({Means.NAME, Means.RUN_ON})
_OF_NO_PLACE = frozenset({Means.NAME, Means.BIRTH_PLACE})
"""What says of no place that the payment has to do with it: many were born where they left."""


class _Known(NamedTuple):
    """What a word is by itself."""

    can_end: bool
    """A name can begin or end with it: it has letters."""
    is_telling: bool
    """A run of words with it can name somebody."""
    numbers: tuple[IndexedListing, ...]
    """The entries that print it as a number."""


class _Meant(NamedTuple):
    """What a run of words may mean."""

    matches: tuple[Match, ...]
    """The entries with a name like it."""
    country: str
    """The country that it names, itself or by a city; empty if it names none."""


_Span = tuple[int, int, str]
"""First word of a run, the word after its last, and the run itself."""
_Heard = tuple[int, int, str, _Meant]
"""A run that may mean something."""


class _Stream(NamedTuple):
    """Words that are read on one after another."""

    words: Sequence[Word]
    known: Sequence[_Known]
    """What each of them is."""
    spans: Sequence[_Span]
    text: Text | None
    """The text, if they are all of one."""


class _Read(NamedTuple):
    """What stands in a text, wherever it stands."""

    size: int
    """So many words."""
    finds: tuple[TextFind, ...]


class TextSearch:
    """Looks through texts by the lists of one day; what it found of words it keeps.

    Args:
        screener: The lists.
        day: The day in force.
        known_at: The moment known; now if absent.
        asked_on: The present day.
    """

    def __init__(
        self, screener: Screener, *, day: date, known_at: datetime | None, asked_on: date
    ) -> None:
        """Nothing is looked up before a text comes."""
        self._screener = screener
        self._asked = Asked(as_of=day, known_at=known_at, asked_on=asked_on)
        self._day, self._known_at, self._asked_on = day, known_at, asked_on
        self._words: dict[str, _Known] = {}
        self._runs: dict[str, _Meant | None] = {}
        self._texts: dict[tuple[Means, str], _Read] = {}

    def finds(
        self, payments: Sequence[Sequence[Text]], lists: Coverage | None = None
    ) -> list[tuple[TextFind, ...]]:
        """What stands in the free texts of each payment; all are asked about at once.

        Args:
            payments: The texts of each.
            lists: What the screener says of the day, for who knows it already.
        """
        if len(self._words) > KEPT_MAX:
            self._words.clear()
        if len(self._texts) > TEXTS_MAX:
            self._texts.clear()
        fields = [[*self._fields(texts)] for texts in payments]
        streams = [one for own in fields for one in own if isinstance(one, _Stream)]
        self._look_up((run for one in streams for _, _, run in one.spans), lists)
        return [
            tuple(
                _once(
                    find
                    for one in own
                    for find in (self._of_stream(one) if isinstance(one, _Stream) else one)
                )
            )
            for own in fields
        ]

    def _fields(self, texts: Sequence[Text]) -> Iterator[_Stream | list[TextFind]]:
        """The words of each field of a payment, or what is known to stand there."""
        left = WORDS_OF_PAYMENT_MAX
        for lines in fields_of(texts):
            text = lines[0] if len(lines) == 1 else None
            read = text and self._texts.get((text.means, text.value))
            if text and read and read.size <= left:
                left -= read.size
                if read.finds:
                    yield [_standing_in(text, find) for find in read.finds]
                continue
            words = words_of(lines)
            known = [self._known(word.value) for word in words[:left]]
            is_all = len(words) <= left
            if known:
                spans = _spans(words[:left], known)
                yield _Stream(words[:left], known, spans, text if is_all else None)
            if not is_all:
                yield [_too_long(words[left])]
                return
            left -= len(words)

    def _known(self, value: str) -> _Known:
        known = self._words.get(value)
        if known is None:
            is_word = _TWO_LETTERS.search(value) is not None
            can_end = is_word or _INITIALS.fullmatch(value) is not None
            is_telling = can_end and _is_telling(value)
            known = self._words[value] = _Known(can_end, is_telling, tuple(self._numbers(value)))
        return known

    def _look_up(self, runs: Iterable[str], lists: Coverage | None) -> None:
        if len(self._runs) > KEPT_MAX:
            self._runs.clear()
        unknown = [run for run in dict.fromkeys(runs) if run not in self._runs]
        if not unknown:
            return
        answers = self._screener.screen(
            [Query(name=run) for run in unknown],
            as_of=self._day,
            known_at=self._known_at,
            asked_on=self._asked_on,
            threshold=SCORE_MIN,
            threads=1,
            coverage=lists,
        )
        for run, answer in zip(unknown, answers, strict=True):
            country = _country(run)
            is_nothing = not answer.matches and not country
            self._runs[run] = None if is_nothing else _Meant(answer.matches, country)

    def _of_stream(self, stream: _Stream) -> tuple[TextFind, ...]:
        found = tuple(self._of_words(stream))
        text = stream.text
        if text is not None:
            self._texts[text.means, text.value] = _Read(len(stream.words), found)
        return found

    def _of_words(self, stream: _Stream) -> Iterator[TextFind]:
        runs, words = self._runs, stream.words
        heard = [
            (first, last, run, meant)
            for first, last, run in stream.spans
            if (meant := runs[run]) is not None
        ]
        if heard:
            yield from _names(words, heard)
            if words[0].text.means not in _OF_NO_PLACE:
                yield from _places(words, heard)
        for word in (*words, *halved_numbers(words)):
            for listing in self._known(word.value).numbers:
                yield TextFind(
                    kind=FindKind.NUMBER,
                    path=word.text.path,
                    of=word.text.of,
                    words=word.value,
                    key=listing.key,
                    list_id=listing.list_id,
                    name=listing.names[0].value,
                    programmes=listing.programmes,
                )

    def _numbers(self, value: str) -> Iterator[IndexedListing]:
        told: set[str] = set()
        for key in number_keys(value):
            held = self._asked.held(self._screener.index.of_number(key))
            if len(held) <= SHARED_NUMBER_MAX:
                yield from (one for one in held if one.key not in told)
                told.update(one.key for one in held)


def _spans(words: Sequence[Word], known: Sequence[_Known]) -> list[_Span]:
    """The runs of words that can be a name: they begin and end with letters, and one tells."""
    values = [word.value for word in words]
    is_name = words[0].text.means is Means.NAME
    spans: list[_Span] = []
    for first, begins in enumerate(known):
        if not begins.can_end or (is_name and not _may_begin(words, first)):
            continue
        is_telling = begins.is_telling
        least = LONE_IN_NAME_LETTERS_MIN if is_name else COUNTRY_LETTERS_MIN
        is_lone_asked = first == 0 or not is_name
        if is_telling and is_lone_asked and len(values[first]) >= least:
            spans.append((first, first + 1, values[first]))
        for last in range(first + 2, min(first + WORDS_MAX, len(values)) + 1):
            ends = known[last - 1]
            is_telling = is_telling or ends.is_telling
            if is_telling and ends.can_end:
                spans.append((first, last, " ".join(values[first:last])))
    # A name as a whole is compared as a party's, with its dates and numbers.
    return [one for one in spans if one[:2] != (0, len(values))] if is_name else spans


def _may_begin(words: Sequence[Word], first: int) -> bool:
    """Whether a name inside a name may begin with a word: what goes before is no piece of it."""
    return first == 0 or words[first].is_after_mark or _is_joining(words[first - 1])


def _names(words: Sequence[Word], heard: Sequence[_Heard]) -> Iterator[TextFind]:
    """Each entry by the run of words that is most like a name of it."""
    means = words[0].text.means
    is_of_ships = any(
        SHIP_WORDS.search(text) for text in dict.fromkeys(word.text.value for word in words)
    )
    best: dict[str, tuple[float, int, TextFind]] = {}
    for first, last, run, meant in heard:
        for match in meant.matches:
            schema = match.listing.schema
            if schema in _CRAFT and means in _OF_PARTIES and not is_of_ships:
                continue
            is_lone = last - first == 1 or " " not in match.name.value.strip()
            if is_lone and not _is_alone(run, match, is_of_ships=is_of_ships):
                continue
            if last - first == 1 and means in _OF_NAMES and not _is_head(run, first):
                continue
            if means is Means.NAME and not _is_part(words, first, last, match):
                continue
            before = best.get(match.listing.key)
            rank = (match.score, first - last)
            if before is None or rank > before[:2]:
                best[match.listing.key] = (*rank, _found(words[first:last], match))
    for _, _, find in best.values():
        yield find


def _is_part(words: Sequence[Word], first: int, last: int, match: Match) -> bool:
    """Whether a run inside a name is a name by itself, and no piece of a longer one.

    A firm is called by what its name begins with; of a person every word of a name counts.
    """
    telling = [word.value for word in words[first:last] if _is_telling(word.value)]
    is_short = len(telling) == 1 and len(telling[0]) < LONE_LETTERS_MIN
    if match.score < SCORE_IN_NAME_MIN or is_short:
        return False
    if match.listing.schema is not Schema.PERSON or last == len(words):
        return True
    return words[last].is_after_mark or _is_joining(words[last])


def _is_head(run: str, first: int) -> bool:
    """Whether a single word may be what a longer name is called by."""
    return first == 0 and len(run) >= LONE_IN_NAME_LETTERS_MIN


def _is_telling(value: str) -> bool:
    return len(value) >= TELLING_LETTERS_MIN and value.casefold() not in ORDINARY


def _is_joining(word: Word) -> bool:
    value = word.value.casefold()
    return value in JOINING or value in ORDINARY or not any(map(str.isalpha, value))


def _places(words: Sequence[Word], heard: Sequence[_Heard]) -> Iterator[TextFind]:
    """Every country that is named; whether that matters the law must say."""
    for first, _, run, meant in heard:
        if meant.country:
            yield TextFind(
                kind=FindKind.PLACE,
                path=words[first].text.path,
                of=words[first].text.of,
                words=run,
                key=meant.country,
                name=country_name(meant.country),
            )


def _country(run: str) -> str:
    code = country_code(run) if len(run) >= COUNTRY_LETTERS_MIN else ""
    return code or COUNTRY_BY_CITY.get(run.casefold(), "")


def _standing_in(text: Text, find: TextFind) -> TextFind:
    """What stands in another text of the same words and meaning, as it stands in this one."""
    return msgspec.structs.replace(find, path=text.path, of=text.of)


def _too_long(word: Word) -> TextFind:
    """That from a word on nothing is looked through."""
    return TextFind(
        kind=FindKind.TOO_LONG,
        path=word.text.path,
        of=word.text.of,
        words=word.value,
        text=f"more than {WORDS_OF_PAYMENT_MAX:,} words",
    )


def _run(words: Iterable[Word]) -> str:
    return " ".join(word.value for word in words)


def _is_alone(run: str, match: Match, *, is_of_ships: bool) -> bool:
    """Whether one word is enough: it is a whole name of a body, and no ordinary word."""
    schema = match.listing.schema
    if len(run) < LONE_LETTERS_MIN or schema is Schema.PERSON or run.casefold() in LONE:
        return False
    if not is_of_ships and schema in _CRAFT and not is_tail(run):
        return False
    return any(name.value.casefold() == run.casefold() for name in match.listing.names)


def _found(words: Sequence[Word], match: Match) -> TextFind:
    listing = match.listing
    return TextFind(
        kind=FindKind.NAME,
        path=words[0].text.path,
        of=words[0].text.of,
        words=_run(words),
        key=listing.key,
        list_id=listing.list_id,
        name=match.name.value,
        score=match.score,
        programmes=listing.programmes,
    )


def _once(finds: Iterable[TextFind]) -> Iterable[TextFind]:
    """Each entry once for each text that it stands in."""
    best: Mapping[tuple[str, str, str], TextFind] = {
        (one.kind.value, one.path, one.key): one for one in finds
    }
    return best.values()
