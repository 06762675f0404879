"""What one rule makes of the owners of a party: owned, controlled, open, or neither.

Nothing is decided here that a person must judge: it is asked, with what would follow.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

import msgspec

from article41.law.ownership.questions import Asked, questions
from article41.law.ownership.rules import RuleSet, State, Sums
from article41.law.ownership.shares import added
from article41.law.ownership.spreading import (
    CONTROL,
    DOUBT,
    OWNERSHIP,
    POSSIBLE,
    Link,
    Manner,
    Spread,
    Start,
)
from article41.law.ownership.surroundings import Surroundings
from article41.law.ownership.ties import RIGHTS, Edge, Ties, ties_on
from article41.law.ownership.wording import Said, Sought, path_of, share_of, text_of
from article41.model.clocks import InForce
from article41.model.holdings import Holdings, Right, Share
from article41.model.measures import Certainty
from article41.model.ownership import Owned, OwnershipNote


def examine(
    holdings: Holdings,
    *,
    asked: Iterable[str],
    listed: Mapping[str, InForce],
    rule: RuleSet,
    day: date,
    listed_from: Mapping[str, date] | None = None,
    names: Mapping[str, str] | None = None,
    entries: Mapping[str, str] | None = None,
    sought: Sought = Sought.LISTED,
) -> tuple[OwnershipNote, ...]:
    """What a rule makes of the owners of some parties.

    A threshold is applied at each link and never multiplied. A party whose listing is `UNKNOWN`
    (it merely resembles a listed one, or nobody says whether it was listed on the day) can make a
    review and never more. The same holdings in another order give the same notes.

    Args:
        holdings: Who owns and controls whom, of all days.
        asked: Keys of the parties asked about.
        listed: How sure it is that a party is listed by the authority whose rule it is, by key;
            parties listed by others do not belong here.
        rule: As `rule_on` gives it for the day.
        day: The day asked about.
        listed_from: The first day listed, by key, where it is known: a stake given up since then,
            and where it is not known any stake given up, does not end a freeze by itself.
        names: How parties are called in what is said, by key; by their keys where absent.
        entries: The entries that a party is or may be, in words, by key of the party.
        sought: Who counts as listed, as it is said in words.

    Returns:
        One note for each party asked about, in that order, whether it has listed owners or not.

    Raises:
        InputError: There is more than the limits admit.

    Example:
        >>> from fractions import Fraction
        >>> from article41.law.ownership.loading import rule_on
        >>> from article41.model.holdings import Stake
        >>> half = Share(at_least=Fraction(1, 2), at_most=Fraction(1, 2))
        >>> held = Holdings(stakes=(Stake(owner="L1", asset="C", share=half),))
        >>> for day in (date(2023, 1, 1), date(2025, 1, 1)):
        ...     [note] = examine(held, asked=["C"], listed={"L1": InForce.YES},
        ...                      rule=rule_on("eu", day), day=day)
        ...     print(note.owned.value, note.needs_judgment, note.path)
        not-owned True ('L1 50 % C',)
        owned False ('L1 50 % C',)
    """
    sure = frozenset(key for key, how in listed.items() if how is InForce.YES)
    unsure = frozenset(key for key, how in listed.items() if how is InForce.UNKNOWN)
    days = {key: (listed_from or {}).get(key) for key in sorted(sure | unsure)}
    if sought is Sought.MEANT:
        rule = msgspec.structs.replace(rule, rebuttal="")
    ties = ties_on(holdings, day, rule, days)
    question = _Question(
        ties=ties,
        rule=rule,
        day=day,
        sure=sure,
        unsure=unsure,
        rebutted=frozenset(holdings.rebuttals),
        names=names or {},
        entries=entries or {},
        sought=sought,
    )
    return tuple(_Examination(question, party).note() for party in dict.fromkeys(asked))


class _Question(msgspec.Struct, frozen=True, kw_only=True):
    """What all parties asked about have in common."""

    ties: Ties
    rule: RuleSet
    day: date
    sure: frozenset[str]
    unsure: frozenset[str]
    rebutted: frozenset[str]
    names: Mapping[str, str]
    entries: Mapping[str, str]
    sought: Sought


class _Group(msgspec.Struct, frozen=True, kw_only=True):
    """Listed parties whose stakes are added."""

    sure: frozenset[str]
    every: frozenset[str]
    partners: frozenset[str] = frozenset()


class _Examination:
    """One party under one rule."""

    def __init__(self, question: _Question, party: str) -> None:
        self._it = question
        self._party = party
        listed = question.sure | question.unsure
        self._around = Surroundings(question.ties, party, listed)
        self._every = self._around.listed
        self._sure = self._every & question.sure

    def note(self) -> OwnershipNote:
        rule = self._it.rule
        owned, spreads = self._decided()
        is_open = owned is Owned.REVIEW
        would_be = None
        if is_open or (owned is Owned.NOT_OWNED and self._doubt.reaches):
            by_shares = any(one.is_owning for one in spreads)
            would_be = Owned.OWNED if by_shares else Owned.CONTROLLED
        if rule.state is State.NAMES_ONLY and owned is not Owned.NOT_OWNED:
            owned, would_be = Owned.NOT_OWNED, would_be or Owned.OWNED
        links = self._links(spreads)
        asks = questions(self._asked(links, owned)) if would_be else ()
        said = self._said(owned, links, asks)
        is_rebutted = bool(rule.rebuttal) and self._party in self._it.rebutted
        is_hit = owned is not Owned.NOT_OWNED
        return OwnershipNote(
            party=self._party,
            rule=rule.key,
            owned=owned,
            needs_judgment=would_be is not None,
            asks=asks,
            would_be=would_be,
            owners=said.owners,
            share=said.share,
            is_rest_open=said.is_rest_open,
            path=path_of(links, self._it.names),
            text=text_of(said),
            rebuttal=_rebuttal(rule, is_rebutted=is_rebutted) if is_hit or would_be else "",
            is_rebutted=is_rebutted,
            citation=rule.citation,
            certainty=_certainty(rule, links),
        )

    def _decided(self) -> tuple[Owned, list[Spread]]:
        """The answer on the numbers, and how it was reached."""
        for owned, spreads in (
            (Owned.OWNED, self._owning),
            (Owned.CONTROLLED, self._controlling),
            (Owned.REVIEW, self._possible),
        ):
            found = [spread for spread in spreads if spread.reaches]
            if found:
                return owned, found
        return Owned.NOT_OWNED, [self._doubt]

    def _links(self, spreads: list[Spread]) -> tuple[Link, ...]:
        """The links that lead to the party; where none carries that far, those that there are."""
        if any(spread.reaches for spread in spreads):
            return tuple(dict.fromkeys(link for spread in spreads for link in spread.links()))
        return tuple(
            Link(owner=one.owner, asset=one.asset, edge=one)
            if isinstance(one, Edge)
            else Link(owner=one.owner, asset=one.asset, control=one)
            for one in self._it.ties.from_roots(self._every, self._around.scope)
        )

    @cached_property
    def _groups(self) -> list[_Group]:
        rule = self._it.rule
        if rule.sums is Sums.ALL_LISTED or rule.state is State.UNVERIFIED:
            return [_Group(sure=self._sure, every=self._every)]
        groups = [self._group_of(owner) for owner in sorted(self._every)]
        # Nobody is the one behind a nominee, if nobody else is.
        return [*groups, _Group(sure=frozenset(), every=frozenset())]

    def _group_of(self, owner: str) -> _Group:
        group = {owner}
        if self._it.rule.sums is Sums.JOINT_ARRANGEMENTS:
            group |= self._it.ties.partners.get(owner, frozenset()) - {self._party}
        every = self._every & group
        return _Group(
            sure=self._sure & group if owner in self._sure else frozenset(),
            every=every,
            partners=frozenset(group - self._sure),
        )

    @cached_property
    def _owning(self) -> list[Spread]:
        return [self._spread(OWNERSHIP, group) for group in self._groups if group.sure]

    @cached_property
    def _controlling(self) -> list[Spread]:
        if not (self._it.rule.counts_control or self._it.rule.is_controlled_by_votes):
            return []
        return [self._spread(CONTROL, group) for group in self._groups if group.sure]

    @cached_property
    def _possible(self) -> list[Spread]:
        return [self._spread(POSSIBLE, group) for group in self._groups]

    @cached_property
    def _doubt(self) -> Spread:
        partners = {one for key in self._every for one in self._it.ties.partners.get(key, ())}
        counts = self._it.rule.counts_control
        group = _Group(
            sure=self._sure,
            every=self._every,
            partners=frozenset(partners - self._every - {self._party}) if counts else frozenset(),
        )
        firm = frozenset(one for spread in self._possible for one in spread.rounds)
        return self._spread(DOUBT, group, firm)

    def _spread(self, manner: Manner, group: _Group, firm: frozenset[str] = frozenset()) -> Spread:
        roots = group.sure if manner.is_sure else group.every
        start = Start(roots=roots, partners=group.partners - roots, firm=firm)
        return Spread(self._it.ties, self._it.rule, manner, start, self._around)

    def _asked(self, links: tuple[Link, ...], owned: Owned) -> Asked:
        return Asked(
            party=self._party,
            links=links,
            owned=owned,
            rule=self._it.rule,
            day=self._it.day,
            names=self._it.names,
            entries=self._it.entries,
            unsure=self._it.unsure,
            listed=self._every,
            reached=frozenset(one for spread in self._possible for one in spread.rounds),
            conflicts=self._it.ties.conflicts,
            is_cut=any(spread.is_cut for spread in (*self._possible, self._doubt)),
            sought=self._it.sought,
        )

    def _said(self, owned: Owned, links: tuple[Link, ...], asks: tuple[str, ...]) -> Said:
        bands = self._bands()
        owners = {link.owner for link in links} & self._every
        edges = self._it.ties.edges_in.get(self._party, ())
        return Said(
            party=self._party,
            owned=owned,
            rule=self._it.rule,
            names=self._it.names,
            owners=tuple(sorted(owners)),
            unsure=tuple(sorted(owners & self._it.unsure)),
            share=share_of(bands[Right.CAPITAL], bands[Right.VOTES]) if owners else "",
            asks=asks,
            is_rest_open=added(edge.capital for edge in edges if not edge.is_past).at_least < 1,
            has_owners=bool(edges or self._it.ties.controls_in.get(self._party)),
            has_self_held=self._party in self._it.ties.self_held,
            is_rebutted=self._party in self._it.rebutted,
            is_direct=all(link.asset == self._party for link in links),
            by_control=any(link.control is not None for link in links),
            sought=self._it.sought,
        )

    def _bands(self) -> dict[Right, Share]:
        """What listed parties hold in it, directly and through those that they own."""
        sure = {one for spread in self._owning for one in spread.rounds}
        every = {one for spread in self._possible for one in spread.rounds}
        return {
            right: self._around.limited(self._party, right, added(self._parts(right, sure, every)))
            for right in RIGHTS
        }

    def _parts(self, right: Right, sure: set[str], every: set[str]) -> Iterator[Share]:
        for edge in self._it.ties.edges_in.get(self._party, ()):
            band = edge.band(right)
            if edge.is_past or not (edge.owner in every or edge.is_nominee):
                continue
            if edge.owner in sure and not edge.is_nominee:
                yield band
            else:
                yield msgspec.structs.replace(
                    band, at_least=0 * band.at_least, excludes_least=False
                )


def _rebuttal(rule: RuleSet, *, is_rebutted: bool) -> str:
    if is_rebutted:
        return "rebutted for what is made available to it; not for the freeze of its own assets"
    return rule.rebuttal


def _certainty(rule: RuleSet, links: tuple[Link, ...]) -> Certainty:
    """The least sure of what the path rests on."""
    targets = {link.asset for link in links}
    found = [rule.certainty]
    if len(targets) > 1:
        found.append(rule.certainty_of_chains or rule.certainty)
        owners = [link.owner for link in links if link.asset == links[-1].asset]
        if len(owners) > 1:
            found.append(rule.certainty_of_sums or rule.certainty)
    return max(found, key=lambda one: one.value)
