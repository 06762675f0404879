"""What a measure was on a day: in force, suspended, announced, ended, or binding States alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from article41.law.truth import Held, no, yes
from article41.model.measures import Certainty, Days, Former, Level, Measure, Text
from article41.model.terms import Term
from article41.model.verdicts import ListedAs

FORCES_KEPT_MAX = 8_192
"""Measures on days of which it is kept where they stand: acts ask for the same ones."""


MEASURES_KEPT_MAX = 1_024
"""Measures of which it is kept how their texts are sorted."""


class Phase(Term):
    """Where a measure stands on a day."""

    IN_FORCE = "in-force"
    STATES_ONLY = "states-only"
    """A decision binds States, and nothing binds operators yet."""
    SUSPENDED = "suspended"
    ANNOUNCED = "announced"
    BEFORE = "before"
    ENDED = "ended"
    NEVER = "never"


class Force(msgspec.Struct, frozen=True, kw_only=True):
    """Where a measure stands on a day, and by which text.

    Example:
        >>> Force(phase=Phase.ENDED, held=no("on", "2025-06-01", "ended"), certainty=Certainty.A,
        ...       citation="").binds
        False
    """

    phase: Phase
    """Where it stands."""
    held: Held
    """Whether it applies, with the reason."""
    certainty: Certainty
    """How sure that is."""
    citation: str
    """Instrument and provision of the day."""

    @property
    def binds(self) -> bool:
        """True if it binds somebody on the day."""
        return self.phase in (Phase.IN_FORCE, Phase.STATES_ONLY)


def force_on(measure: Measure, day: date, listed: Sequence[ListedAs] = ()) -> Force:
    """Where a measure stands on a day.

    Args:
        measure: The measure.
        day: The day.
        listed: Entries that it bears on; they choose among its texts, as for `citation_on`.
    """
    return _of_entries(measure, day, listed) if listed else _at_large(measure, day)


@lru_cache(maxsize=FORCES_KEPT_MAX)
def _at_large(measure: Measure, day: date) -> Force:
    return _of_entries(measure, day, ())


def _of_entries(measure: Measure, day: date, listed: Sequence[ListedAs]) -> Force:
    texts = _texts_on(measure, day, listed)
    phase, days, text = _phase(measure, day, listed, texts)
    applies = phase in (Phase.IN_FORCE, Phase.STATES_ONLY)
    certainty = measure.certainty
    if days is not None and days.certainty is not None:
        certainty = days.certainty
    is_of_entries = phase is Phase.IN_FORCE or not listed
    citation = _cited(texts if is_of_entries else _texts_on(measure, day, ()))
    if phase is Phase.STATES_ONLY and days is not None and days.by:
        citation = days.by
    return Force(
        phase=phase,
        held=(yes if applies else no)("on", day, text),
        certainty=certainty,
        citation=citation,
    )


def citation_on(measure: Measure, day: date, listed: Sequence[ListedAs] = ()) -> str:
    """Instrument and provision that said it on a day, or the nearest text there is.

    Args:
        measure: The measure.
        day: The day.
        listed: Entries that it bears on. A text that names one goes before all others, then those
            of the acts that list it, as its list prints them, then those of its programmes.
    """
    return _cited(_texts_on(measure, day, listed))


def _cited(texts: Iterable[Text]) -> str:
    return "; ".join(map(_shown, texts))


def said_on(text: str, formerly: Sequence[Former], day: date) -> str:
    """What was cited on a day, where it was something else before.

    Example:
        >>> said_on("Art 29", [Former(text="Art 11", valid_until=date(2012, 1, 19))],
        ...         date(2011, 9, 5))
        'Art 11'
    """
    return next((one.text for one in formerly if day < one.valid_until), text)


def _texts_on(measure: Measure, day: date, listed: Sequence[ListedAs]) -> list[Text]:
    of_entries = [text for entry in listed for text in _texts_of(measure, day, entry)]
    return list(dict.fromkeys(of_entries)) or _texts_of(measure, day, None)


def _texts_of(measure: Measure, day: date, entry: ListedAs | None) -> list[Text]:
    given = _sorted_texts(measure)
    if entry is not None:
        if given.by_listing:
            names = {name.casefold() for name in (*entry.names, entry.name)}
            named = [text for text, listings in given.by_listing if names & listings]
            if named := [text for text in named if _covers(text, day)]:
                return named
        if entry.acts:
            acts = "; ".join(entry.acts)
            cited = [text for text in given.plain if text.instrument in acts]
            if cited := [text for text in cited if _covers(text, day)]:
                return cited
    tags = entry.programmes if entry is not None else ()
    texts = given.fitting(tags) or ([] if tags else given.plain[:1])
    return ([text for text in texts if _covers(text, day)] or texts)[:TEXTS_MAX]


class _Texts(NamedTuple):
    """The texts of a measure, sorted by what chooses among them."""

    by_listing: list[tuple[Text, set[str]]]
    """Those that speak of some entries, with their names."""
    plain: list[Text]
    """All others."""
    untagged: frozenset[int]
    """Of those the places of the ones that are for every programme."""
    by_tag: Mapping[str, frozenset[int]]
    """And of the ones for a programme."""

    def fitting(self, tags: Iterable[str]) -> list[Text]:
        """Those for one of some programmes or for every one."""
        places = self.untagged.union(*[self.by_tag.get(tag, ()) for tag in tags])
        return [self.plain[place] for place in sorted(places)]


@lru_cache(maxsize=MEASURES_KEPT_MAX)
def _sorted_texts(measure: Measure) -> _Texts:
    by_listing = [
        (text, {name.casefold() for name in text.listings})
        for text in measure.texts
        if text.listings
    ]
    plain = [text for text in measure.texts if not text.listings]
    by_tag: dict[str, set[int]] = {}
    for place, text in enumerate(plain):
        for tag in text.tags:
            by_tag.setdefault(tag, set()).add(place)
    return _Texts(
        by_listing,
        plain,
        frozenset(place for place, text in enumerate(plain) if not text.tags),
        {tag: frozenset(places) for tag, places in by_tag.items()},
    )


TEXTS_MAX = 3
"""Texts that are cited beside one another where nothing chooses among them."""


def _covers(text: Text, day: date) -> bool:
    began = text.valid_from is None or text.valid_from <= day
    return began and (text.valid_until is None or day < text.valid_until)


def _shown(text: Text) -> str:
    return f"{text.instrument}, {text.provision}" if text.provision else text.instrument


def _phase(
    measure: Measure, day: date, listed: Sequence[ListedAs], texts: Sequence[Text]
) -> tuple[Phase, Days | None, str]:
    suspended = _holding(measure.suspended, day)
    if suspended is not None:
        by = f" by {suspended.by}" if suspended.by else ""
        return Phase.SUSPENDED, suspended, f"suspended since {suspended.valid_from}{by}"
    in_force = _holding(measure.in_force, day)
    if in_force is not None:
        return Phase.IN_FORCE, in_force, _in_force_since(in_force, day, listed, texts)
    states = _holding(measure.states_only, day)
    if states is not None:
        by = f" ({states.by})" if states.by else ""
        text = f"binds States since {states.valid_from}{by}, and no operator yet"
        return Phase.STATES_ONLY, states, text
    return _not_in_force(measure, day)


def _in_force_since(
    in_force: Days, day: date, listed: Sequence[ListedAs], texts: Iterable[Text]
) -> str:
    """Since when the text that is cited says it; what said it before is told beside."""
    begun = in_force.valid_from
    texts_from = [text.valid_from or begun for text in texts if _covers(text, day)]
    since = max(begun, min(texts_from, default=begun))
    if since == begun or listed:
        return f"in force since {since}"
    return f"in force since {since}, and in an earlier text since {begun}"


def _not_in_force(measure: Measure, day: date) -> tuple[Phase, Days | None, str]:
    if not measure.in_force:
        return Phase.NEVER, None, "on record, and never in force"
    before = [one for one in measure.in_force if one.valid_until and one.valid_until <= day]
    later = [one for one in measure.in_force if day < one.valid_from]
    if before and not later:
        last = before[-1]
        by = f" by {last.ended_by}" if last.ended_by else ""
        return Phase.ENDED, last, f"ended on {last.valid_until}{by}"
    first = later[0].valid_from
    if measure.announced_on is not None and measure.announced_on <= day:
        text = f"announced on {measure.announced_on}, in force only from {first}"
        return Phase.ANNOUNCED, None, text
    return Phase.BEFORE, None, f"in force only from {first}"


def _holding(days: tuple[Days, ...], day: date) -> Days | None:
    for one in days:
        if one.valid_from <= day and (one.valid_until is None or day < one.valid_until):
            return one
    return None


def binds_states_alone(measure: Measure, phase: Phase) -> bool:
    """True if no operator is bound by the act itself."""
    return measure.level is Level.STATES or phase is Phase.STATES_ONLY
