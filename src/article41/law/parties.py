"""Whether a party is one that a measure means: by a list, a status, a country, or an owner.

It compares no names: what a party is or resembles was found before, and is looked up here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from article41.law.alike import held_alike
from article41.law.belonging import as_owned, as_owner, belongs, names_owners
from article41.law.business import bank_held, sectors_held
from article41.law.judgments import pending_judgments
from article41.law.owners import Owners, first_days
from article41.law.selectors import selects
from article41.law.situation import Situation
from article41.law.truth import (
    NO,
    UNKNOWN,
    YES,
    Asked,
    Held,
    every,
    no,
    none_of,
    some,
    unknown,
    yes,
)
from article41.law.whereabouts import established_held, located_held, nationals_held
from article41.model.clocks import InForce
from article41.model.identifiers import IdentifierKind
from article41.model.measures import Certainty
from article41.model.ownership import Owned
from article41.model.parties import Party, Role, Status
from article41.model.targets import ListedTarget, PartyTarget
from article41.model.verdicts import Because, ListedAs

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
        among: Keys of those who alone can be meant; all if absent.
    """
    seen = _Seen(situation, owners, rule, chapters)
    if not doer and among is None and not spares:
        return situation.once(
            ("party", id(target), rule if target.listed else "", bool(chapters)),
            lambda: _some_of(target, situation.in_roles(target.roles), seen),
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
    return _some_of(target, candidates, seen)


def _some_of(target: PartyTarget, candidates: Sequence[Party], seen: "_Seen") -> Held:
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
    what = as_owned(target)
    body = _itself(what, party, seen)
    if body.truth is NO:
        return own
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
        yield _listed(target.listed, party, situation, seen.owners, seen.rule)


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
            return _resembling(path, question, listed)
    given = (party.name, *party.other_names)
    if any(name.casefold() in names for name in given if name):
        return _resembling(path, f"is {party.key} the {party.name} that the measure names?", ())
    return no(f"{path}.name", party.name, f"{party.key} is not named by the measure")


def _resembling(path: str, question: str, listed: tuple[ListedAs, ...]) -> Held:
    return Held(
        truth=UNKNOWN,
        asked=(Asked(fact=f"{path}.same_as", question=question),),
        listed=listed,
        is_resemblance=True,
    )


def _listed(
    targets: tuple[ListedTarget, ...],
    party: Party,
    situation: Situation,
    owners: Owners,
    rule: str,
) -> Held:
    meant = [
        entry
        for entry in situation.listed(party)
        if any(target.authority == entry.authority and selects(target, entry) for target in targets)
    ]
    own = some(_entry(entry, party, situation) for entry in meant) if meant else None
    if own is not None and own.truth is YES:
        return own
    owned = _owned(targets, party, situation, owners, rule) if rule else None
    if owned is not None and (owned.truth is YES or own is None or own.truth is NO):
        return owned
    if own is not None:
        return own
    authority = targets[0].authority
    return no(
        f"parties.{party.key}.name",
        party.name,
        f"{party.key} is not found on the lists of {authority}, and resembles nobody there",
    )


def _entry(entry: ListedAs, party: Party, situation: Situation) -> Held:
    path = f"parties.{party.key}"
    shown = f"{entry.name} ({entry.key})"
    if entry.in_force is NO:
        until = f" until {entry.listed_until}" if entry.listed_until else ""
        since = f" from {entry.listed_from}" if entry.listed_from else ""
        return no("on", situation.day, f"{shown} was listed{since}{until}, not on this day")
    if not entry.identity.is_sure:
        return _resembling(path, f"is {party.key} the listed {shown}?", (entry,))
    question = _doubt(entry, shown, situation.day)
    if question:
        return Held(
            truth=UNKNOWN, asked=(Asked(fact=entry.key, question=question),), listed=(entry,)
        )
    text = f"{party.key} is {shown}, {entry.identity.value}" + (
        f" by {entry.evidence}" if entry.evidence else ""
    )
    because = (Because(fact=path, value=entry.key, text=text),)
    return Held(truth=YES, because=because, listed=(entry,))


def _doubt(entry: ListedAs, shown: str, day: date) -> str:
    """What is open about an entry although the party surely is it; empty if nothing is."""
    if entry.certainty == Certainty.C.value:
        return f"was {shown} really listed on {day}? the entry is doubtful"
    for judgment in pending_judgments(entry, day):
        return judgment.question(shown, day)
    return f"was {shown} listed on {day}?" if entry.in_force is UNKNOWN else ""


def _owned(
    targets: tuple[ListedTarget, ...],
    party: Party,
    situation: Situation,
    owners: Owners,
    rule: str,
) -> Held | None:
    """Whether a listed party owns or controls it; absent if nothing says that one might."""
    is_untold = situation.is_person(party) and not owners.are_told(party.key)
    if not situation.has_holdings or is_untold:
        return None
    listed, behind = _listed_owners(targets, situation, party.key)
    since = first_days(behind, max(one.bears_from or date.min for one in targets))
    named = {key: " or ".join(map(_shown, entries)) for key, entries in behind.items()}
    note = owners.note(party.key, listed, rule, since=since, entries=named) if listed else None
    is_not_owned = note is None or (note.owned is Owned.NOT_OWNED and not note.needs_judgment)
    if is_not_owned and not situation.is_apart(party):
        idle = [key for key in behind if owners.is_idle(situation.by_key[key])]
        if idle:
            return _idle_owners(idle, behind, party)
    if note is None:
        return None
    entries = tuple(entry for owner in note.owners for entry in behind.get(owner, ()))
    because = (Because(fact="holdings", value=note.share or note.owned.value, text=note.text),)
    if note.owned in (Owned.OWNED, Owned.CONTROLLED):
        return Held(truth=YES, because=because, listed=entries, ownership=(note,))
    if note.owned is Owned.NOT_OWNED and not note.needs_judgment:
        return Held(truth=NO, because=because, ownership=(note,))
    return Held(
        truth=UNKNOWN,
        because=because,
        asked=tuple(
            Asked(fact=f"holdings.{party.key}", question=question)
            for question in note.asks or (note.text,)
        ),
        listed=entries,
        ownership=(note,),
        is_resemblance=bool(entries) and all(not entry.identity.is_sure for entry in entries),
    )


def _shown(entry: ListedAs) -> str:
    return f"listed {entry.name} ({entry.key})"


def _idle_owners(idle: list[str], behind: Mapping[str, tuple[ListedAs, ...]], party: Party) -> Held:
    """Who is named as an owner, and of nothing, may own any body of the act."""
    entries = tuple(entry for key in idle for entry in behind[key])
    return Held(
        truth=UNKNOWN,
        asked=tuple(
            Asked(fact="holdings", question=f"what does {key} own or control of {party.key}?")
            for key in idle
        ),
        listed=entries,
        is_resemblance=all(not entry.identity.is_sure for entry in entries),
    )


def _listed_owners(
    targets: tuple[ListedTarget, ...], situation: Situation, party: str
) -> tuple[dict[str, InForce], dict[str, tuple[ListedAs, ...]]]:
    """Parties that count as listed for this measure: how surely, and by which entries."""
    truth: dict[str, InForce] = {}
    behind: dict[str, tuple[ListedAs, ...]] = {}
    for owner in situation.act.parties:
        if owner.key == party:
            continue
        entries = tuple(_standing(targets, situation.listed(owner)))
        if entries:
            is_sure = any(one.identity.is_sure and one.in_force is YES for one in entries)
            truth[owner.key] = YES if is_sure else UNKNOWN
            behind[owner.key] = entries
    return truth, behind


def _standing(targets: tuple[ListedTarget, ...], entries: Iterable[ListedAs]) -> Iterator[ListedAs]:
    for entry in entries:
        if entry.in_force is not NO and any(selects(target, entry) for target in targets):
            yield entry
