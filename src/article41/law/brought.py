"""What an entry of a list brings: the measures that mean it, by its tags, its name or its State.

The listing and the measure each have their days; both must hold for the measure to bear.
"""

from datetime import date

import msgspec

from article41.law.force import Phase, force_on
from article41.law.jurisdictions import of_authority
from article41.law.loading import Catalogue
from article41.law.selectors import means
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.measures import Certainty, Measure, Outcome
from article41.model.terms import Term
from article41.model.verdicts import ListedAs


class By(Term):
    """How a measure means an entry."""

    LISTING = "listing"
    """By the tags under which it is listed."""
    NAME = "name"
    """The measure itself names it, listed or not."""
    STATUS = "status"
    """If it is what the measure means of its State, listed or not: a question of fact."""


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """One measure that means an entry, and whether it holds on a day.

    Example:
        >>> Brought.__struct_fields__[:3]
        ('measure', 'title', 'kind')
    """

    measure: str
    """Id of the measure."""
    title: str
    """What it does."""
    kind: str
    """What kind of measure."""
    jurisdiction: str
    """Whose law."""
    outcome: Outcome
    """What it brings where it bears."""
    by: By
    """How it means the entry."""
    phase: Phase
    """Where the measure stands on the day."""
    says: str
    """The same in words."""
    citation: str
    """The text of the day."""
    certainty: Certainty
    """How sure the catalogue is."""
    holds: InForce
    """Whether both the listing and the measure hold on the day; by status it is unknown, as the
    list does not say what the target is to its State."""

    @property
    def is_in_force(self) -> bool:
        """True if the measure itself binds somebody on the day, whether the entry is listed."""
        return self.phase in (Phase.IN_FORCE, Phase.STATES_ONLY)


def brought_by(catalogue: Catalogue, entry: ListedAs, day: date) -> tuple[Brought, ...]:
    """The measures that mean an entry, each where it stands on a day, as the catalogue has them.

    Args:
        catalogue: The catalogue.
        entry: The entry, with whether it was listed on the day.
        day: The day.
    """
    return tuple(
        _brought(measure, entry, day, by)
        for measure in catalogue.measures
        if (by := _by(measure, entry)) is not None
    )


def _by(measure: Measure, entry: ListedAs) -> By | None:
    parties = [target.party for target in measure.targets if target.party is not None]
    if any(means(party.listed, entry) for party in parties):
        return By.LISTING
    if of_authority(entry.authority) != measure.jurisdiction:
        return None
    own = {name.casefold() for name in (*entry.names, entry.name)}
    if any(name.casefold() in own for party in parties for name in party.names):
        return By.NAME
    states = tuple(
        country for party in parties if party.status and not party.listed for country in party.of
    )
    # A person is no part of a government, whatever office it holds.
    if entry.schema is not Schema.PERSON and _is_of_regime(measure, entry, states):
        return By.STATUS
    return None


def _is_of_regime(measure: Measure, entry: ListedAs, states: tuple[str, ...]) -> bool:
    """True if the entry is listed under tags of the same regime; no list says of which State."""
    tags = {tag.casefold() for tag in entry.programmes}
    named = {measure.regime.casefold(), measure.programme.casefold()}
    return bool(states) and any(
        tag in named or measure.programme.casefold().endswith(tag) for tag in tags
    )


def _brought(measure: Measure, entry: ListedAs, day: date, by: By) -> Brought:
    force = force_on(measure, day, (entry,) if by is By.LISTING else ())
    holds = InForce.NO
    if force.binds:
        holds = {By.LISTING: entry.in_force, By.NAME: InForce.YES, By.STATUS: InForce.UNKNOWN}[by]
        if holds is InForce.YES and force.certainty is Certainty.C:
            holds = InForce.UNKNOWN
    return Brought(
        measure=measure.id,
        title=measure.title,
        kind=measure.kind,
        jurisdiction=measure.jurisdiction,
        outcome=measure.outcome,
        by=by,
        phase=force.phase,
        says=force.held.because[0].text,
        citation=force.citation,
        certainty=force.certainty,
        holds=holds,
    )
