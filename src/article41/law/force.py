"""What a measure was on a day: in force, suspended, announced, ended, or binding States alone."""

import enum
from datetime import date

import msgspec

from article41.law.truth import Held, no, yes
from article41.model.measures import Certainty, Days, Level, Measure, Text


class Phase(enum.Enum):
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


def force_on(measure: Measure, day: date) -> Force:
    """Where a measure stands on a day."""
    phase, days, text = _phase(measure, day)
    applies = phase in (Phase.IN_FORCE, Phase.STATES_ONLY)
    certainty = measure.certainty
    if days is not None and days.certainty is not None:
        certainty = days.certainty
    citation = citation_on(measure, day)
    if phase is Phase.STATES_ONLY and days is not None and days.by:
        citation = days.by
    return Force(
        phase=phase,
        held=(yes if applies else no)("on", day, text),
        certainty=certainty,
        citation=citation,
    )


def citation_on(
    measure: Measure, day: date, tags: frozenset[str] = frozenset(), acts: str = ""
) -> str:
    """Instrument and provision that said it on a day, or the nearest text there is.

    Args:
        measure: The measure.
        day: The day.
        tags: Programme tags of the listing in question; they choose among the texts.
        acts: The acts by which it is listed, as its list prints them; they choose before the tags.
    """
    named = [
        text for text in measure.texts if acts and text.instrument in acts and _covers(text, day)
    ]
    if named:
        return "; ".join(_shown(text) for text in named)
    fitting = [text for text in measure.texts if not text.tags or (tags and tags & set(text.tags))]
    texts = fitting or ([] if tags else list(measure.texts[:1]))
    on_day = [text for text in texts if _covers(text, day)]
    return "; ".join(_shown(text) for text in (on_day or texts)[:3])


def _covers(text: Text, day: date) -> bool:
    began = text.valid_from is None or text.valid_from <= day
    return began and (text.valid_until is None or day < text.valid_until)


def _shown(text: Text) -> str:
    return f"{text.instrument}, {text.provision}" if text.provision else text.instrument


def _phase(measure: Measure, day: date) -> tuple[Phase, Days | None, str]:
    suspended = _holding(measure.suspended, day)
    if suspended is not None:
        by = f" by {suspended.by}" if suspended.by else ""
        return Phase.SUSPENDED, suspended, f"suspended since {suspended.valid_from}{by}"
    in_force = _holding(measure.in_force, day)
    if in_force is not None:
        return Phase.IN_FORCE, in_force, f"in force since {in_force.valid_from}"
    states = _holding(measure.states_only, day)
    if states is not None:
        by = f" ({states.by})" if states.by else ""
        text = f"binds States since {states.valid_from}{by}, and no operator yet"
        return Phase.STATES_ONLY, states, text
    return _not_in_force(measure, day)


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
