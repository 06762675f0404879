"""Whether a party is one that a measure means: by a list, a status, a country, or an owner.

It compares no names: what a party is or resembles was found before, and is looked up here.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from article41.law.alike import held_alike
from article41.law.belonging import as_owned, as_owner, belongs, names_owners
from article41.law.business import bank_held, sectors_held
from article41.law.listed import listed_held, resembling
from article41.law.owners import Owners
from article41.law.situation import Situation
from article41.law.truth import (
    NO,
    YES,
    Held,
    every,
    no,
    none_of,
    some,
    unknown,
    yes,
)
from article41.law.whereabouts import established_held, located_held, nationals_held
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party, Role, Status
from article41.model.targets import PartyTarget
from article41.model.verdicts import Because

BIC_LETTERS = 8
"""Of a BIC without its branch."""
SPARED = "to carry a person hands over no goods: carriers act under the law of borders"
"""Why a traveller is not meant where goods and resources alone are."""


def party_held(
    target: PartyTarget,
    situation: Situation,
    owners: Owners,
    *,
    doer: str,
    rule: str,
    chapters: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    spares: tuple[Role, ...] = (),
    likely: frozenset[str] = frozenset(),
    among: frozenset[str] | None = None,
) -> Held:
    """Whether some party is meant.

    Args:
        target: Who is meant.
        situation: The act.
        owners: Works out who owns whom.
        doer: Key of the party whose deed is looked at; it is never its own target.
        rule: Family of rules on ownership; none if empty.
        chapters: Of the HS, in which stands what a line of business trades in; any if absent.
        spares: Roles in which nobody is meant by this deed.
        likely: Keys of the only parties that can be meant; the others are looked at for why, if
            these are not.
        among: Keys of those who alone can be meant; all if absent.
    """
    seen = _Seen(situation, owners, rule, chapters)
    if not doer and among is None and not spares:
        return situation.once(
            ("party", id(target), rule if target.listed else "", bool(chapters)),
            lambda: _some_of(target, situation.in_roles(target.roles), seen, likely),
        )
    candidates = [
        party
        for party in situation.in_roles(target.roles)
        if party.key != doer and (among is None or party.key in among)
    ]
    if kept_out := [party for party in candidates if party.role in spares]:
        candidates = [party for party in candidates if party not in kept_out]
    if kept_out and not candidates:
        return no(f"parties.{kept_out[0].key}", kept_out[0].name, SPARED)
    return _some_of(target, candidates, seen, likely)


def _some_of(
    target: PartyTarget, candidates: Sequence[Party], seen: "_Seen", likely: frozenset[str]
) -> Held:
    if likely:
        found = some([_kept(target, one, seen) for one in candidates if one.key in likely])
        if found.truth is not NO:
            return found
    if not candidates:
        named = ", ".join(role.value for role in target.roles) or "other party"
        return no("parties", "", f"the act names no {named}")
    return some([_kept(target, party, seen) for party in candidates])


def may_be_meant(
    target: PartyTarget,
    situation: Situation,
    owners: Owners,
    *,
    party: str,
    rule: str,
    chapters: Mapping[str, tuple[str, ...]],
) -> bool:
    """Whether one party, by its key, may be who is meant; the rest is as for `party_held`."""
    found = situation.by_key.get(party)
    if found is None or not situation.is_in(found, target.roles):
        return False
    return _kept(target, found, _Seen(situation, owners, rule, chapters)).truth is not NO


def _with_party(held: Held, party: Party) -> Held:
    if held.truth is NO or party.key in held.parties:
        return held
    return msgspec.structs.replace(held, parties=(party.key, *held.parties))


class _Seen(NamedTuple):
    """All that is at hand to tell who a party is."""

    situation: Situation
    owners: Owners
    rule: str
    chapters: Mapping[str, tuple[str, ...]]


def _kept(target: PartyTarget, party: Party, seen: _Seen) -> Held:
    # The catalogue holds the target as long as the act is looked at: its identity is a key.
    key = (id(target), party.key, seen.rule if target.listed else "")
    held = seen.situation.kept.get(key)
    if held is None:
        held = held_alike(
            target,
            party,
            seen.situation,
            lambda: _with_party(_one(target, party, seen), party),
        )
        seen.situation.kept[key] = held
    return held


def _one(target: PartyTarget, party: Party, seen: _Seen) -> Held:
    own = _itself(target, party, seen)
    if own.truth is YES or target.owned_too is None or not names_owners(seen.situation):
        return own
    body = _itself(as_owned(target), party, seen)
    owner = as_owner(target)
    behind = belongs(
        target.owned_too, party, seen.situation, seen.owners, lambda one: _kept(owner, one, seen)
    )
    return own if behind is None else some((own, every((behind, body))))


def _itself(target: PartyTarget, party: Party, seen: _Seen) -> Held:
    parts: list[Held] = []
    for part in _conditions(target, party, seen):
        parts.append(part)
        # Who is surely not meant need not be looked at further; other reasons would hide this one.
        if part.truth is NO:
            return part
    return every(parts)


def _conditions(target: PartyTarget, party: Party, seen: _Seen) -> Iterator[Held]:
    situation = seen.situation
    path = f"parties.{party.key}"
    if target.established_in:
        yield established_held(target.established_in, party, situation, path)
    if target.located_in:
        yield located_held(target.located_in, party, situation, path)
    if target.nationals_of:
        yield nationals_held(target.nationals_of, party, situation, path)
    if target.is_person is not None:
        is_person = situation.is_person(party)
        word = "a natural person" if is_person else "no natural person"
        held = yes if is_person is target.is_person else no
        yield held(f"{path}.schema", party.schema.value, word)
    if target.is_bank is not None:
        yield bank_held(target.is_bank, party, situation, path)
    if target.sectors:
        yield sectors_held(target.sectors, party, situation, path, seen.chapters)
    if target.status:
        yield _status(target, party, situation, path)
    if target.bics or target.names:
        yield _named(target, party, situation, path)
    if target.listed:
        yield listed_held(target.listed, party, situation, seen.owners, seen.rule)


def _status(target: PartyTarget, party: Party, situation: Situation, path: str) -> Held:
    """What it is to one of the States, whatever a list says."""
    of = target.of
    found = situation.countries_of(party)
    tied = [country for country in found if not of or country in of]
    states = ", ".join(of) or "a State"
    if found and not tied:
        return none_of(found, f"{party.key} is of {{}}, not {states}")
    if party.status is not None:
        return _stated_status(party, party.status, target, tied, path)
    if situation.is_person(party) and Status.OFFICIAL not in target.status:
        return no(f"{path}.schema", "Person", f"{party.key} is a natural person")
    if set(target.status) == {Status.CENTRAL_BANK} and not situation.is_bank(party.key):
        return no(f"{path}.role", party.role.value, f"nothing says that {party.key} is a bank")
    words = " or ".join(f"`{status.value}`" for status in target.status)
    if tied or situation.is_tied_to(of):
        question = f"is {party.key} {words} of {states}, or owned or controlled by it?"
        return unknown(f"{path}.status", question)
    return no(f"{path}.country", "", f"nothing ties {party.key} to {states}")


def _stated_status(
    party: Party, status: Status, target: PartyTarget, tied: list[str], path: str
) -> Held:
    if status not in target.status:
        return no(f"{path}.status", status.value, f"{party.key} is {status.value}")
    if tied:
        return yes(f"{path}.status", status.value, f"{party.key} is {status.value} of {tied[0]}")
    return unknown(f"{path}.country", f"of which State is {party.key} {status.value}?")


def _named(target: PartyTarget, party: Party, situation: Situation, path: str) -> Held:
    """A body that the measure names itself: by BIC, by an entry of that name, or by a name."""
    bics = {bic[:BIC_LETTERS] for bic in target.bics}
    for document in party.documents:
        if document.kind is IdentifierKind.BIC and document.value[:BIC_LETTERS].upper() in bics:
            return yes(f"{path}.documents", document.value, f"{party.key} has this BIC")
    names = {name.casefold() for name in target.names}
    for entry in situation.listed(party):
        if names & {name.casefold() for name in (*entry.names, entry.name)}:
            listed = (entry,)
            why = f"{party.key} is {entry.name} ({entry.key})"
            because = (Because(fact=path, value=entry.key, text=why),)
            if entry.identity.is_sure:
                return Held(truth=YES, because=because, listed=listed)
            question = f"is {party.key} {entry.name} ({entry.key})?"
            return resembling(path, question, listed)
    given = (party.name, *party.other_names)
    if any(name.casefold() in names for name in given if name):
        return resembling(path, f"is {party.key} the {party.name} that the measure names?", ())
    return no(f"{path}.name", party.name, f"{party.key} is not named by the measure")
