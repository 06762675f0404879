"""Parties that differ in names alone: what the facts of one say is kept for the others.

Acts come in thousands of which the parties are of the same few kinds: a body of one country, a
person of another. What a measure means by such facts is worked out once for each kind.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import count

import msgspec

from article41.law.belonging import names_owners
from article41.law.situation import Situation
from article41.law.truth import Held
from article41.model.parties import Party
from article41.model.targets import PartyTarget

KINDS_MAX = 4_096
"""Kinds of parties that are kept."""
ANSWERS_MAX = 100_000
"""Answers that are kept."""

_numbers = count()
_kinds: dict[object, int] = {}
_answers: dict[tuple[PartyTarget, int, bool], Held] = {}


def held_alike(
    target: PartyTarget, party: Party, situation: Situation, work_out: Callable[[], Held]
) -> Held:
    """What was worked out of a party of the same kind before, or is worked out now.

    Args:
        target: Who is meant.
        party: The party.
        situation: The act.
        work_out: Looks at the party itself.
    """
    places = _places_of(target)
    if places is None or names_owners(situation):
        return work_out()
    kind = situation.kinds.get(party.key)
    if kind is None:
        kind = situation.kinds[party.key] = _kind_of(party, situation)
    key = (target, kind, situation.is_tied_to(places))
    held = _answers.get(key)
    if held is None:
        if len(_answers) >= ANSWERS_MAX:
            _answers.clear()
        held = _answers[key] = work_out()
    return held


@lru_cache(maxsize=KINDS_MAX)
def _places_of(target: PartyTarget) -> tuple[str, ...] | None:
    """The countries that a target names, if nothing but facts of the party and these decide it.

    Lists, names and the goods in which a line of business trades are of the act.
    """
    if target.listed or target.names or target.bics or target.sectors:
        return None
    named = [target.of, target.established_in, target.located_in, target.nationals_of]
    given = [one for one in named if one]
    if len(given) > 1:
        return None
    return given[0] if given else ()


def _kind_of(party: Party, situation: Situation) -> int:
    """A number for all parties that are alike but for their names, numbers and lists."""
    bare = msgspec.structs.replace(
        party,
        name="",
        other_names=(),
        birth_date="",
        birth_place="",
        documents=(),
        mrz="",
        address="",
        listings=(),
        same_as=(),
        different_from=(),
        not_listed_by=(),
    )
    facts = (
        party.key,
        bare,
        tuple(situation.countries_of(party).items()),
        situation.is_person(party),
        situation.roles_of(party),
    )
    found = _kinds.get(facts)
    if found is None:
        if len(_kinds) >= KINDS_MAX:
            _kinds.clear()
        found = _kinds[facts] = next(_numbers)
    return found
