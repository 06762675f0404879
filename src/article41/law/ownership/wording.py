"""What an examination says in words, and each link of its path; decides nothing."""

import enum
from collections.abc import Mapping, Sequence

import msgspec

from article41.law.ownership.rules import RuleSet, State, Sums
from article41.law.ownership.shares import per_cent
from article41.law.ownership.spreading import Link
from article41.law.ownership.ties import Edge
from article41.model.holdings import Share
from article41.model.ownership import Owned


class Sought(enum.Enum):
    """Who is looked for among the owners."""

    LISTED = "listed"
    """Who is on a list."""
    FROZEN = "frozen"
    """Whom a freeze means by status or name; whether it does is asked elsewhere."""
    MEANT = "meant"
    """Whom another measure means by status, name or place: no rebuttal is known there."""

    @property
    def one(self) -> str:
        """One of them, in words."""
        return "listed party" if self is Sought.LISTED else "party that is meant"


PATH_LINKS_MAX = 100
"""The most links shown; how many more there are is said."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say of a party.

    Example:
        >>> Said.__struct_fields__[:2]
        ('party', 'owned')
    """

    party: str
    """Its key."""
    owned: Owned
    """What the rule makes of it."""
    rule: RuleSet
    """The rule."""
    names: Mapping[str, str]
    """How parties are called."""
    owners: tuple[str, ...]
    """Listed owners, and those that may be listed."""
    unsure: tuple[str, ...]
    """Those of them that only may be listed."""
    share: str
    """What they hold; empty if there are none."""
    asks: tuple[str, ...]
    """What a person must find out."""
    is_rest_open: bool
    """True if the stakes given are not the whole."""
    has_owners: bool
    """True if any owner is given."""
    has_self_held: bool
    """True if it holds something in itself."""
    is_rebutted: bool
    """True if the caller says that it was rebutted."""
    is_direct: bool
    """True if no other body stands between."""
    by_control: bool
    """True if a link of the path is control."""
    sought: Sought = Sought.LISTED
    """Who is looked for."""


def text_of(said: Said) -> str:
    """The answer in words, without a word of comfort."""
    parts = [_answer(said)]
    if said.has_self_held:
        parts.append("what it holds in itself counts for nobody")
    if said.is_rebutted and not said.rule.rebuttal:
        parts.append("a rebuttal is given, which this rule does not know")
    if said.owned is Owned.NOT_OWNED and said.has_owners and said.is_rest_open:
        parts.append("who holds the rest is not given")
    return "; ".join(parts)


def path_of(links: Sequence[Link], names: Mapping[str, str]) -> tuple[str, ...]:
    """Each link in words; those beyond the limit as a number.

    Example:
        >>> path_of([], {})
        ()
    """
    shown = [_link(link, names) for link in links[:PATH_LINKS_MAX]]
    further = len(links) - len(shown)
    return (*shown, f"and {further} further links") if further else tuple(shown)


def share_of(capital: Share, votes: Share) -> str:
    """What is held, in per cent, by right where the rights differ.

    Example:
        >>> from article41.law.ownership.shares import ANYTHING, NOTHING
        >>> share_of(NOTHING, ANYTHING)
        '0 % of the capital, 0 to 100 % of the votes'
    """
    if capital == votes:
        return per_cent(capital)
    return f"{per_cent(capital)} of the capital, {per_cent(votes)} of the votes"


def edge_text(edge: Edge) -> str:
    """How much an owner holds, in words.

    Example:
        >>> from article41.law.ownership.shares import ANYTHING
        >>> edge_text(Edge(owner="L1", asset="C", capital=ANYTHING, votes=ANYTHING, stakes=()))
        '0 to 100 %'
    """
    if edge.is_missing and all(stake.share is None for stake in edge.stakes):
        return "an unknown share"
    return share_of(edge.capital, edge.votes)


def called(names: Mapping[str, str], keys: Sequence[str]) -> str:
    """Parties by name, in words.

    Example:
        >>> called({"L1": "Ada Example"}, ["L1", "L2", "L3"])
        'Ada Example, L2 and L3'
    """
    words = [names.get(key, "") or key for key in keys]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _link(link: Link, names: Mapping[str, str]) -> str:
    owner, asset = called(names, [link.owner]), called(names, [link.asset])
    if link.edge is None:
        kind = link.control.kind.value if link.control is not None else ""
        return f"{owner} {kind} {asset}"
    remarks = []
    if link.edge.is_nominee:
        remarks.append("as nominee")
    if link.is_partner:
        remarks.append("jointly")
    if link.edge.is_past:
        ends = sorted({str(stake.held_until) for stake in link.edge.stakes})
        remarks.append(f"until {', '.join(ends)}")
    behind = f" ({'; '.join(remarks)})" if remarks else ""
    return f"{owner} {edge_text(link.edge)} {asset}{behind}"


def _answer(said: Said) -> str:
    rule, party = said.rule, called(said.names, [said.party])
    if not said.owners and not said.asks:
        return _nobody(said, party)
    if rule.state is State.NAMES_ONLY:
        return f"this reaches only who is listed by name ({rule.title}); {_held(said, party)}"
    if said.owned is Owned.OWNED:
        return f"{_held(said, party)}, and {rule.asks_for} makes an owner under {rule.title}"
    if said.owned is Owned.CONTROLLED:
        who = called(said.names, said.owners)
        return (
            f"{who} controls {party}, which is enough under {rule.title}; {_numbers(said, party)}"
        )
    if said.owned is Owned.REVIEW:
        return _open(said, party)
    return _not_owned(said, party)


def _held(said: Said, party: str) -> str:
    if not said.owners:
        return f"no {said.sought.one} is named among the owners of {party}"
    who = called(said.names, said.owners)
    if said.share == "0 %":
        return f"nothing of {party} counts as held by {who}"
    verb = "together hold" if len(said.owners) > 1 else "holds"
    through = "" if said.is_direct else ", counted link by link"
    whether = called(said.names, said.unsure)
    is_it = "the one listed" if said.sought is Sought.LISTED else "one that is meant"
    doubt = f", depending on whether {whether} is {is_it}" if whether else ""
    return f"{who} {verb} {said.share} of {party}{through}{doubt}"


def _numbers(said: Said, party: str) -> str:
    return f"{_held(said, party)}; the rule asks for {said.rule.asks_for}"


def _open(said: Said, party: str) -> str:
    if said.rule.state is State.UNVERIFIED:
        return (
            f"{_held(said, party)}; {said.rule.title}: no number is applied, and a person must "
            "judge whether it is owned or controlled"
        )
    return f"open whether {party} is owned or controlled: {_numbers(said, party)}"


def _not_owned(said: Said, party: str) -> str:
    rule = said.rule
    parts = [f"not owned on the numbers under the guidance then in force ({_numbers(said, party)})"]
    if len(said.owners) > 1 and rule.sums is not Sums.ALL_LISTED and rule.sums_note:
        parts.append(rule.sums_note)
    if said.asks:
        is_control = rule.is_minority_open
        parts.append("control to be examined" if is_control else "what is asked decides")
    if rule.control_note:
        parts.append(rule.control_note)
    return "; ".join(parts)


def _nobody(said: Said, party: str) -> str:
    if said.has_owners:
        return f"no {said.sought.one} was found among the owners given of {party}"
    return f"no owner of {party} is given"
