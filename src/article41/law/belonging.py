"""Whether a body belongs to one whom a measure means by status, name or place.

Who is listed is looked for among owners elsewhere; here those are whom the text itself means.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache

import msgspec

from article41.law.owners import Owners
from article41.law.ownership import Sought
from article41.law.situation import Situation
from article41.law.truth import NEAREST_MAX, NO, UNKNOWN, YES, Asked, Held, every
from article41.model.clocks import InForce
from article41.model.ownership import Owned, OwnershipNote
from article41.model.parties import OwnersKnown, Party, Role
from article41.model.targets import OwnedToo, PartyTarget
from article41.model.verdicts import Because

_OWNERS = (Role.OWNER,)
TARGETS_KEPT_MAX = 1_024
"""Targets of which it is kept what they ask of an owner, and what of the body itself."""


def names_owners(situation: Situation) -> bool:
    """True if an act says who owns whom, or names somebody as an owner without saying of what."""
    return situation.has_holdings or bool(situation.in_roles(_OWNERS))


@lru_cache(maxsize=TARGETS_KEPT_MAX)
def as_owner(target: PartyTarget) -> PartyTarget:
    """What a target asks of an owner: who it is, in whatever role and line of business."""
    is_bank = target.is_bank if _asks_owner(target) else None
    return msgspec.structs.replace(
        target, roles=(), is_bank=is_bank, is_person=None, sectors=(), owned_too=None
    )


@lru_cache(maxsize=TARGETS_KEPT_MAX)
def as_owned(target: PartyTarget) -> PartyTarget:
    """What a target asks of a body that such an owner has."""
    is_bank = None if _asks_owner(target) else target.is_bank
    return PartyTarget(is_bank=is_bank, is_person=target.is_person, sectors=target.sectors)


def _asks_owner(target: PartyTarget) -> bool:
    return target.owned_too is not None and target.owned_too.of_banks


def belongs(
    owned_too: OwnedToo,
    party: Party,
    situation: Situation,
    owners: Owners,
    is_meant: Callable[[Party], Held],
) -> Held | None:
    """Whether one who is meant owns or controls a party; absent if nothing says that one might.

    Args:
        owned_too: By which rule.
        party: The party.
        situation: The act.
        owners: Works out who owns whom.
        is_meant: Whether a party is meant as an owner.
    """
    if situation.is_person(party) and not owners.are_told(party.key):
        return None
    held_by = {owner.key: is_meant(owner) for owner in _holders(party, situation, owners)}
    found = {key: held for key, held in held_by.items() if held.truth is not NO}

    def note_of(truths: Mapping[str, InForce]) -> OwnershipNote | None:
        first = owned_too.frozen_from
        return owners.note(
            party.key,
            truths,
            owned_too.rule,
            since=dict.fromkeys(truths, first or situation.day),
            sought=Sought.MEANT if first is None else Sought.FROZEN,
        )

    note = note_of({key: held.truth for key, held in found.items()}) if found else None
    if note is not None and not _is_settled(note):
        return _held(_cited(note, owned_too), party, found)
    idle = [key for key in found if owners.is_idle(situation.by_key[key])]
    if idle and not (situation.is_person(party) or party.owners is OwnersKnown.NONE_LISTED):
        asked = tuple(
            Asked(fact="holdings", question=f"what does {key} own or control of {party.key}?")
            for key in idle
        )
        behind = every(found[key] for key in idle)
        return Held(truth=UNKNOWN, asked=(*asked, *behind.asked), listed=behind.listed)
    # Who would be an owner in the sense of the rule, and by one fact is not meant.
    near = {key: held for key, held in held_by.items() if held.truth is NO and held.misses == 1}
    decisive = _decisive(near, lambda keys: note_of(dict.fromkeys((*found, *keys), YES)))
    because = dict.fromkeys(each for key in decisive for each in near[key].because)
    if because:
        return Held(truth=NO, because=tuple(because))
    unmeant = [near[key] for key in near if owners.is_idle(situation.by_key[key])]
    if note is None and unmeant:
        return Held(truth=NO, because=tuple(each for held in unmeant for each in held.because))
    return None if note is None else _held(_cited(note, owned_too), party, found)


def _decisive(
    near: Collection[str], note_of: Callable[[list[str]], OwnershipNote | None]
) -> Iterator[str]:
    """Of some owners those by whom a body would be owned or controlled, or that would be open.

    Who controls a body stands behind who holds all its shares: the first are left out and the
    others asked about again, as often as that many reasons are told.
    """
    left = list(near)
    for _ in range(NEAREST_MAX):
        note = note_of(left) if left else None
        if note is None or _is_settled(note):
            return
        named = [key for key in note.owners if key in left]
        yield from named
        if not named:
            return
        left = [key for key in left if key not in named]


def _is_settled(note: OwnershipNote | None) -> bool:
    """True if nobody of those asked about owns or controls it, and nothing is open of that."""
    return note is None or (note.owned is Owned.NOT_OWNED and not note.needs_judgment)


def _holders(party: Party, situation: Situation, owners: Owners) -> Iterator[Party]:
    """Parties of whom it is said that they own or control something, or are owners at all."""
    for one in situation.act.parties:
        if one.key != party.key and (one.role is Role.OWNER or owners.holds(one.key)):
            yield one


def _cited(note: OwnershipNote, owned_too: OwnedToo) -> OwnershipNote:
    """With where it is said that such bodies are meant, beside where the rule is."""
    return msgspec.structs.replace(note, citation=f"{owned_too.citation}; {note.citation}")


def _held(note: OwnershipNote, party: Party, found: dict[str, Held]) -> Held:
    behind = [found[key] for key in note.owners if key in found]
    because = (
        Because(fact="holdings", value=note.share or note.owned.value, text=note.text),
        *(each for held in behind for each in held.because),
    )
    listed = tuple(entry for held in behind for entry in held.listed)
    if note.owned in (Owned.OWNED, Owned.CONTROLLED):
        return Held(truth=YES, because=because, listed=listed, ownership=(note,))
    if note.owned is Owned.NOT_OWNED and not note.needs_judgment:
        return Held(truth=NO, because=because[:1], ownership=(note,))
    asked = tuple(each for held in behind for each in held.asked)
    asks = note.asks or (() if asked else (note.text,))
    fact = f"holdings.{party.key}"
    return Held(
        truth=UNKNOWN,
        because=because,
        asked=(*asked, *(Asked(fact=fact, question=question) for question in asks)),
        listed=listed,
        ownership=(note,),
        is_resemblance=bool(listed)
        and not note.asks
        and all(held.is_resemblance for held in behind if held.truth is UNKNOWN),
    )
