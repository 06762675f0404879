"""The questions that decide an open examination, each about one fact and the parties it is of."""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from article41.law.ownership.rules import RuleSet, State, Sums
from article41.law.ownership.shares import added
from article41.law.ownership.spreading import OWNERSHIP_DEPTH_MAX, Link
from article41.law.ownership.ties import Edge
from article41.law.ownership.wording import Sought, called, edge_text
from article41.model.holdings import Control, ControlKind
from article41.model.ownership import Owned

QUESTIONS_MAX = 50
"""The most questions of one note; how many more there are is said."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the questions are about.

    Example:
        >>> Asked.__struct_fields__[:2]
        ('party', 'links')
    """

    party: str
    """The party examined."""
    links: tuple[Link, ...]
    """The links by which it is open."""
    owned: Owned
    """What the rule makes of it."""
    rule: RuleSet
    """The rule."""
    day: date
    """The day asked about."""
    names: Mapping[str, str]
    """How parties are called."""
    entries: Mapping[str, str]
    """Which entries they are or may be, in words."""
    unsure: frozenset[str]
    """Parties of which it is not sure that they are listed."""
    listed: frozenset[str]
    """Listed owners, the unsure ones too."""
    reached: frozenset[str]
    """Who is, or may be, owned or controlled by one of them."""
    conflicts: Mapping[str, str]
    """By body, in what its stakes contradict each other."""
    is_cut: bool
    """True if a chain was longer than is followed."""
    sought: Sought = Sought.LISTED
    """Who is looked for among the owners."""


def questions(asked: Asked) -> tuple[str, ...]:
    """The questions, each once, those about the listed parties first."""
    found = list(dict.fromkeys(_each(asked)))
    further = len(found) - QUESTIONS_MAX
    rest = (f"and {further} further",) if further > 0 else ()
    return (*found[:QUESTIONS_MAX], *rest)


def _each(it: Asked) -> Iterator[str]:
    yield from _about_rule(it)
    owners = {link.owner for link in it.links}
    for key in sorted(owners & it.unsure if it.sought is Sought.LISTED else ()):
        who = called(it.names, [key])
        entry = it.entries.get(key, "party that is listed")
        yield (
            f"is {who} the {entry} (`same_as` or `different_from`), and was it listed on {it.day}?"
        )
    for link in it.links:
        if link.edge is not None:
            yield from _about_shares(it, link.edge)
        elif link.control is not None:
            yield from _about_control(it, link.control)
    for asset in dict.fromkeys(link.asset for link in it.links):
        yield from _about_asset(it, asset)


def _about_rule(it: Asked) -> Iterator[str]:
    party = called(it.names, [it.party])
    if it.rule.state is State.UNVERIFIED:
        yield f"by which rule did this law tell on {it.day} whether {party} is owned or controlled?"
    if it.rule.state is State.NAMES_ONLY:
        yield f"did this law reach {party}, which it does not name, on {it.day}?"
    if it.is_cut:
        yield f"is a chain of more than {OWNERSHIP_DEPTH_MAX} owners of {party} rightly told?"


def _about_shares(it: Asked, edge: Edge) -> Iterator[str]:
    owner, asset = called(it.names, [edge.owner]), called(it.names, [edge.asset])
    held = edge_text(edge)
    if edge.is_past:
        ended = max(str(stake.held_until) for stake in edge.stakes)
        yield (
            f"to whom and on what terms did {owner} give up {held} of {asset} on {ended}, "
            "and what of it was frozen or blocked by then?"
        )
        return
    if edge.is_missing:
        yield f"what share of {asset} does {owner} hold?"
    elif edge.is_doubled:
        yield f"is what is said of {owner} in {asset} more than once one stake or several?"
    elif it.owned is Owned.REVIEW and not (edge.capital.is_exact and edge.votes.is_exact):
        yield f"what share exactly does {owner} hold in {asset}, of which {held} is said?"
    if edge.is_nominee:
        yield f"for whom does {owner} hold {held} of {asset}?"


def _about_control(it: Asked, control: Control) -> Iterator[str]:
    owner, asset = called(it.names, [control.owner]), called(it.names, [control.asset])
    source = f" ({control.source})" if control.source else ""
    match control.kind:
        case ControlKind.FAMILY:
            yield f"does {asset}, of the family of {owner}, hold or act for {owner}{source}?"
        case ControlKind.DIRECTORSHIP:
            yield f"does {owner}, who sits on the board or signs, control {asset}{source}?"
        case ControlKind.ACCOUNTING_CONSOLIDATION:
            yield f"what share has {owner} in {asset}, which it consolidates{source}?"
        case ControlKind.LINKED:
            yield f"what links {owner} and {asset}{source}?"
        case _ if control.kind not in it.rule.controlled_by:
            yield (
                f"is what {owner} has over {asset}, {control.kind.value}{source}, "
                "control in the sense of this rule?"
            )
        case _:
            # Control that is enough is no question; who has it is.
            return


def _about_asset(it: Asked, key: str) -> Iterator[str]:
    asset = called(it.names, [key])
    if key in it.conflicts:
        yield f"which stakes in {asset} are right, as {it.conflicts[key]}?"
    if it.rule.state is not State.IN_FORCE:
        return
    holders = sorted({link.owner for link in it.links if link.asset == key and link.edge})
    if it.owned is Owned.REVIEW:
        held = added(link.edge.capital for link in it.links if link.asset == key and link.edge)
        if it.rule.is_exact_open and held.at_least <= it.rule.threshold <= held.at_most:
            percent = f"{it.rule.threshold_percent} %"
            yield f"is exactly {percent} of {asset} enough under {it.rule.title}?"
            if it.rule.is_minority_open and holders:
                # If it is not enough, it is a stake below the threshold, as any other.
                yield _control_question(asset, called(it.names, holders))
        return
    if not holders or key in it.reached:
        return
    who = called(it.names, holders)
    if len(holders) > 1 and it.rule.sums is not Sums.ALL_LISTED:
        yield f"does an agreement tie {who} over {asset}, or does one decide for the others?"
    if it.rule.is_minority_open:
        yield _control_question(asset, who)
    elif any(_is_votes_only(link) for link in it.links if link.asset == key):
        yield f"what share of the capital of {asset} does {who} hold?"


def _control_question(asset: str, who: str) -> str:
    return (
        f"is {asset} controlled by {who}: through its board, its votes, by agreement or by "
        "influence in fact?"
    )


def _is_votes_only(link: Link) -> bool:
    if link.edge is None:
        return False
    return link.edge.capital.at_most == 0 < link.edge.votes.at_most
