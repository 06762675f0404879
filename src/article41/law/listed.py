"""Whether a party is on a list of those whom a measure means, or belongs to one who is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from article41.law.judgments import pending_judgments
from article41.law.owners import Owners, first_days
from article41.law.selectors import means
from article41.law.situation import Situation
from article41.law.truth import (
    NO,
    UNKNOWN,
    YES,
    Asked,
    Held,
    no,
    some,
)
from article41.model.clocks import InForce
from article41.model.measures import Certainty
from article41.model.ownership import Owned
from article41.model.parties import Party
from article41.model.targets import ListedTarget
from article41.model.verdicts import Because, ListedAs


def resembling(path: str, question: str, listed: tuple[ListedAs, ...]) -> Held:
    """It is unknown for no other reason than that a party resembles one who is meant.

    Args:
        path: Where the party stands in the act.
        question: Whether it is that one.
        listed: The entries that it resembles, if they are any.
    """
    key = listed[0].key if len(listed) == 1 else ""
    return Held(
        truth=UNKNOWN,
        asked=(Asked(fact=f"{path}.same_as", question=question, listing=key),),
        listed=listed,
        is_resemblance=True,
    )


def listed_held(
    targets: tuple[ListedTarget, ...],
    party: Party,
    situation: Situation,
    owners: Owners,
    rule: str,
) -> Held:
    """Whether a party is an entry that one of some selectors means, or belongs to one who is.

    Args:
        targets: The selectors.
        party: The party.
        situation: The act.
        owners: Works out who owns whom.
        rule: Family of rules on ownership; none if empty.
    """
    authorities = {target.authority for target in targets}
    entries = (
        situation.listed_by(party, *authorities)
        if len(authorities) == 1
        else situation.listed(party)
    )
    meant = [entry for entry in entries if means(targets, entry)]
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
        return resembling(path, f"is {party.key} the listed {shown}?", (entry,))
    question = _doubt(entry, shown, situation.day)
    if question:
        return Held(
            truth=UNKNOWN,
            asked=(Asked(fact=entry.key, question=question, listing=entry.key),),
            listed=(entry,),
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
        if entry.in_force is not NO and means(targets, entry):
            yield entry
