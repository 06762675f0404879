"""Whether something holds, by which facts, and which facts would decide it.

Three values: yes, no, and unknown, which is never taken for a no.
"""

from collections.abc import Iterable, Mapping

import msgspec

from article41.model.clocks import InForce
from article41.model.ownership import OwnershipNote
from article41.model.verdicts import Because, ListedAs

YES, NO, UNKNOWN = InForce.YES, InForce.NO, InForce.UNKNOWN
NEAREST_MAX = 8
"""Ways by which something does not hold that are told beside one another."""


class Asked(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact that is not known, and the question for it."""

    fact: str
    """Path or name."""
    question: str
    """In words."""
    listing: str = ""
    """Key of the entry that it is about, where there is one."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a condition holds, with all that says so."""

    truth: InForce
    """Yes, no, or unknown."""
    because: tuple[Because, ...] = ()
    """The facts: of a yes all that it rests on, of a no those by which it fails."""
    asked: tuple[Asked, ...] = ()
    """What would decide it."""
    listed: tuple[ListedAs, ...] = ()
    """Entries that it rests on."""
    ownership: tuple[OwnershipNote, ...] = ()
    """Ownership that it rests on."""
    parties: tuple[str, ...] = ()
    """Keys of the parties meant."""
    is_resemblance: bool = False
    """True if it is unknown for no other reason than that a party merely resembles a listed one."""
    misses: int = 1
    """Of a no: how many facts would have to be others; each of those told, if it is one."""


HOLDS = Held(truth=YES)
"""Nothing was asked for."""


def yes(fact: str, value: object, text: str) -> Held:
    """It holds by one fact."""
    return Held(truth=YES, because=(Because(fact=fact, value=_written(value), text=text),))


def no(fact: str, value: object, text: str) -> Held:
    """It does not hold, by one fact."""
    return Held(truth=NO, because=(Because(fact=fact, value=_written(value), text=text),))


def _written(value: object) -> str:
    """A value as an act has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def none_of(found: Mapping[str, str], text: str) -> Held:
    """It does not hold, by countries that are others, each with the fact that names it."""
    because = tuple(
        Because(fact=fact, value=country, text=text.format(country))
        for country, fact in found.items()
    )
    return Held(truth=NO, because=because)


def unknown(fact: str, question: str) -> Held:
    """It depends on a fact that is not given."""
    return Held(truth=UNKNOWN, asked=(Asked(fact=fact, question=question),))


def every(parts: Iterable[Held]) -> Held:
    """All of them: no if one fails, unknown if one is."""
    given = [part for part in parts if part is not HOLDS]
    if not given:
        return HOLDS
    failing = [part for part in given if part.truth is NO]
    if failing:
        return _failing(failing)
    if len(given) == 1:
        return given[0]
    open_ones = [part for part in given if part.truth is UNKNOWN]
    return Held(
        truth=UNKNOWN if open_ones else YES,
        because=_because(given),
        asked=_asked(given),
        listed=_listed(given),
        ownership=tuple({id(note): note for one in given for note in one.ownership}.values()),
        parties=tuple(dict.fromkeys(key for one in given for key in one.parties)),
        is_resemblance=bool(open_ones) and all(one.is_resemblance for one in open_ones),
    )


def some(parts: Iterable[Held]) -> Held:
    """One of them at least; of several that hold all are kept, and a no keeps the nearest miss."""
    given = list(parts)
    for wanted in (YES, UNKNOWN):
        found = [part for part in given if part.truth is wanted]
        if len(found) == 1:
            return found[0]
        if found:
            return Held(
                truth=wanted,
                because=_because(found),
                asked=_asked(found),
                listed=_listed(found),
                ownership=tuple({id(n): n for one in found for n in one.ownership}.values()),
                parties=tuple(dict.fromkeys(key for one in found for key in one.parties)),
                is_resemblance=wanted is UNKNOWN and all(one.is_resemblance for one in found),
            )
    return _nearest(given) if given else Held(truth=NO)


def _failing(parts: list[Held]) -> Held:
    """All must be others; one fact that stands in all of them is one miss and not several."""
    if len(parts) == 1:
        return parts[0]
    because = _because(parts)
    common = set.intersection(*[{each.fact for each in part.because} for part in parts])
    if common:
        told = tuple(each for each in because if each.fact in common)
        return Held(truth=NO, because=told)
    return Held(truth=NO, because=because, misses=sum(part.misses for part in parts))


def _nearest(parts: list[Held]) -> Held:
    """Those that fail by the fewest facts, one of each fact."""
    fewest = min(part.misses for part in parts)
    by_facts: dict[tuple[str, ...], Held] = {}
    for part in parts:
        if part.misses == fewest:
            by_facts.setdefault(tuple(each.fact for each in part.because), part)
    if len(by_facts) == 1:
        return next(iter(by_facts.values()))
    nearest = list(by_facts.values())[:NEAREST_MAX]
    return Held(truth=NO, because=_because(nearest), misses=fewest)


def negated(part: Held) -> Held:
    """The opposite, by the same facts; who is the one that he resembles is what it is not for."""
    truth = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[part.truth]
    return msgspec.structs.replace(part, truth=truth, is_resemblance=False)


def _because(parts: Iterable[Held]) -> tuple[Because, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part.because))


def _asked(parts: Iterable[Held]) -> tuple[Asked, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part.asked))


def _listed(parts: Iterable[Held]) -> tuple[ListedAs, ...]:
    by_key: dict[tuple[str, str], ListedAs] = {}
    for part in parts:
        for one in part.listed:
            by_key.setdefault((one.key, one.identity.value), one)
    return tuple(by_key.values())
