"""Which records of ownership are of the parties of an act: by a key or a strong number alone.

A name never joins: who has the same name may be somebody else. It is told which record might be
meant, and whose owners stay open.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from article41.checks.reading.company_numbers import (
    CHECKED,
    Number,
    adds_up,
    are_of_two,
    folded_name,
    names_of,
    numbers_of,
)
from article41.checks.reading.limits import PARTIES_MAX, WORD_MAX
from article41.checks.reading.stakes import more_than_whole
from article41.model.acts import Act
from article41.model.clocks import PartialDate
from article41.model.countries import COUNTRIES
from article41.model.entities import Schema
from article41.model.errors import ActError
from article41.model.holdings import Control, Holdings, Stake
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party, Role
from article41.sources.ownership import OwnershipFormat, OwnershipRecord
from article41.sources.ownership.record import filled

NOTES_MAX = 100
"""Notes on files of ownership that an act carries; how many more there are is said."""
SHA_SHOWN = 8
"""Characters of a hash that tell files apart for people."""
_Item = TypeVar("_Item")
_Link = TypeVar("_Link", Stake, Control)
_OWN = {OwnershipFormat.OWN.value, OwnershipFormat.OWN_CSV.value}
"""Forms whose keys are the caller's own: those of the act, or else names."""
_SHARED = {*_OWN, OwnershipFormat.PSC.value, OwnershipFormat.GLEIF.value}
"""Forms of which two files mean the same by one key; others count inside a file."""


class Joined(NamedTuple):
    """An act with what a register says of its parties, and what was not joined."""

    act: Act
    """The act."""
    ties: int
    """How many stakes and controls came to it."""
    notes: tuple[str, ...]
    """Who is named as somebody in the register and not joined, and why."""


class _File(NamedTuple):
    """A file with all that it holds, by which it is said what of it came to an act."""

    named: str
    """It and its content, in words."""
    links: frozenset[Stake | Control]
    """Its stakes and controls."""
    skipped: tuple[str, ...]
    """What of it was left out."""

    def said_of(self, found: Collection[Stake | Control]) -> Iterator[str]:
        """What of it came to an act, and what was left out of it."""
        came = [link for link in found if link in self.links]
        stakes, every = (
            sum(isinstance(link, Stake) for link in links) for links in (came, self.links)
        )
        yield (
            f"{self.named}: {stakes:,} of its {every:,} stakes and {len(came) - stakes:,} of its "
            f"{len(self.links) - every:,} controls concern this act"
        )
        yield from self.skipped


class Register:
    """What files say of who owns whom, of which each act takes what concerns its parties.

    Args:
        records: Of each file.

    Example:
        >>> Register([]).ties
        0
    """

    def __init__(self, records: Iterable[OwnershipRecord]) -> None:
        """Bring together what the files say of one party, and sort all by who is owned."""
        self._parties: dict[str, Party] = {}
        self._root_by_node: dict[str, str] = {}
        self._file_by_node: dict[str, str] = {}
        self._node_by_number: dict[Number, str] = {}
        self._nodes_by_id: defaultdict[str, list[str]] = defaultdict(list)
        self._nodes_by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._own_keys: set[str] = set()
        self._held: defaultdict[str, dict[Stake | Control, None]] = defaultdict(dict)
        self._partners: defaultdict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
        self._rebutted: set[str] = set()
        self._joined_ties: set[Stake | Control] = set()
        self.ties = 0
        """How many stakes and controls the files hold."""
        read = tuple(records)
        given = [self._renamed_nodes(record, at) for at, record in enumerate(read)]
        # Only now it is known who is one and the same over all files.
        roots = {node: self._root(node) for node in self._root_by_node}
        whole = [_renamed(holdings, roots) for holdings in given]
        for holdings in whole:
            self._keep(holdings)
        self._files = [
            _File(_named(record), frozenset(_links(holdings)), tuple(_skipped(record)))
            for record, holdings in zip(read, whole, strict=True)
        ]
        for node, party in self._parties.items():
            for name in names_of(party):
                self._nodes_by_name[folded_name(name)].append(node)

    @property
    def ties_joined(self) -> int:
        """How many of them came to some act so far."""
        return len(self._joined_ties)

    def joined(self, act: Act) -> Joined:
        """The act with what is said of its parties, and of their owners up to the last.

        Who is named in the register alone becomes a party as its owner.

        Raises:
            ActError: There would be more parties than an act may have.
        """
        own, notes = self._own_nodes(act)
        found = self._leading_to(own)
        named = [key for link in _links(found) for key in (link.owner, link.asset)]
        named += [key for group in found.joint_arrangements for key in group]
        new = [node for node in dict.fromkeys(named) if node not in own]
        if len(act.parties) + len(new) > PARTIES_MAX:
            raise ActError(
                f"with the owners there are {len(act.parties) + len(new):,} parties, more than "
                f"{PARTIES_MAX:,}",
                hint="leave out of the file whose share cannot matter",
                path="holdings",
            )
        keys = _new_keys(new, [party.key for party in act.parties])
        owners = [msgspec.structs.replace(self._parties[node], id=key)
                  for node, key in keys.items()]  # fmt: skip
        holdings = act.holdings
        # One record may be of several parties: who buys is also the end user.
        for number in range(max(map(len, own.values()), default=0)):
            keys |= {node: of[min(number, len(of) - 1)] for node, of in own.items()}
            holdings = _together(holdings, _renamed(found, keys))
        links = _links(found)
        said = [line for file in self._files for line in file.said_of(links)]
        said += _contradictions(holdings, act)
        holdings = msgspec.structs.replace(
            holdings, notes=_first((*act.holdings.notes, *said, *notes))
        )
        whole = msgspec.structs.replace(act, holdings=holdings, parties=(*act.parties, *owners))
        self._joined_ties.update(links)
        return Joined(whole, len(links), tuple(notes))

    def _renamed_nodes(self, record: OwnershipRecord, at: int) -> Holdings:
        """The holdings of a file, by what is one party inside it."""
        nodes = {party.key: self._node(party, record, at) for party in record.parties}
        return _renamed(record.holdings, nodes)

    def _node(self, party: Party, record: OwnershipRecord, at: int) -> str:
        is_own = record.kind in _OWN
        node = party.key if record.kind in _SHARED else f"{at}\0{party.key}"
        described = _described(party, name=party.key if is_own else "")
        self._root_by_node.setdefault(node, node)
        self._file_by_node.setdefault(node, record.file_name)
        root = self._root(node)
        before = self._parties.get(root)
        self._parties[root] = described if before is None else _filled(before, described)
        if is_own:
            self._own_keys.add(party.key)
        self._nodes_by_id[party.key].append(node)
        for number in numbers_of(described):
            self._unite(node, self._node_by_number.setdefault(number, node))
        return node

    def _root(self, node: str) -> str:
        root = node
        while (above := self._root_by_node.get(root, root)) != root:
            root = above
        while (above := self._root_by_node.get(node, root)) != root:
            self._root_by_node[node] = root
            node = above
        return root

    def _unite(self, node: str, other: str) -> None:
        """Two records with one strong number are of one party, unless another number differs."""
        later, first = self._root(node), self._root(other)
        if later == first or are_of_two(self._parties[later], self._parties[first]):
            return
        self._parties[first] = _filled(self._parties[first], self._parties.pop(later))
        self._root_by_node[later] = first

    def _keep(self, holdings: Holdings) -> None:
        for link in _links(holdings):
            self._held[link.asset][link] = None
        for group in holdings.joint_arrangements:
            for key in group:
                self._partners[key][group] = None
        self._rebutted |= set(holdings.rebuttals)
        self.ties += len(_links(holdings))

    def _own_nodes(self, act: Act) -> tuple[dict[str, list[str]], list[str]]:
        """The parties of the act by their records, and what may be of one and was not joined."""
        own: defaultdict[str, list[str]] = defaultdict(list)
        notes: list[str] = []
        for party in act.parties:
            found = self._of(party)
            for node in found:
                own[node].append(party.key)
            if not found:
                notes += self._notes(party)
        return dict(own), notes

    def _of(self, party: Party) -> list[str]:
        """The records that are of a party: by its key, or by a number that nothing contradicts."""
        found = self._nodes_by_id.get(party.id, []) if party.id else []
        if party.key in self._own_keys:
            found = [*found, party.key]
        for number in numbers_of(party):
            node = self._node_by_number.get(number)
            if node is not None and not are_of_two(party, self._parties[self._root(node)]):
                found = [*found, node]
        return list(dict.fromkeys(map(self._root, found)))

    def _notes(self, party: Party) -> Iterator[str]:
        for number in numbers_of(party):
            if node := self._node_by_number.get(number):
                yield f"{self._shown(node)} has a number of `{party.key}`, and another LEI or IMO"
        nodes = [node for name in names_of(party)
                 for node in self._nodes_by_name.get(folded_name(name), ())]  # fmt: skip
        for node in dict.fromkeys(nodes):
            yield (
                f"{self._shown(node)} might be `{party.key}`: a name joins nothing; give "
                f"`{party.key}` a number of it, or its key as `id`"
            )

    def _shown(self, node: str) -> str:
        party = self._parties[self._root(node)]
        named = f"`{party.name}` " if party.name and party.name != party.id else ""
        return f"{named}`{party.id}` in {self._file_by_node[node]}"

    def _leading_to(self, own: Iterable[str]) -> Holdings:
        """All through whom anything may come to some parties."""
        waiting = list(dict.fromkeys(own))
        reached = dict.fromkeys(waiting)
        links: dict[Stake | Control, None] = {}
        groups: dict[tuple[str, ...], None] = {}
        while waiting:
            here = waiting.pop(0)
            links |= self._held.get(here, {})
            groups |= self._partners.get(here, {})
            owners = [link.owner for link in self._held.get(here, ())]
            owners += [key for group in self._partners.get(here, ()) for key in group]
            new = [owner for owner in dict.fromkeys(owners) if owner not in reached]
            reached |= dict.fromkeys(new)
            waiting += new
        return Holdings(
            stakes=tuple(link for link in links if isinstance(link, Stake)),
            controls=tuple(link for link in links if isinstance(link, Control)),
            joint_arrangements=tuple(groups),
            rebuttals=tuple(key for key in reached if key in self._rebutted),
        )


def _named(record: OwnershipRecord) -> str:
    content = f", sha256 {record.sha256[:SHA_SHOWN]}" if record.sha256 else ""
    return f"{record.file_name} ({record.kind}{content})"


def _skipped(record: OwnershipRecord) -> Iterator[str]:
    for skip in record.skipped:
        yield f"{record.file_name}: {skip.count:,} × {skip.reason} ({', '.join(skip.places)})"


def _contradictions(holdings: Holdings, act: Act) -> Iterator[str]:
    """Registers may tell one share twice, or of other days: it is told, and nothing is refused."""
    for one in more_than_whole(holdings.stakes, act.on):
        yield (
            f"the stakes in `{one.asset}` come to {one.percent:g} % of its {one.right.value} on "
            f"{act.on}: some may be told twice"
        )


def _first(notes: Iterable[str]) -> tuple[str, ...]:
    """The first notes, each once, and how many more there are."""
    each = list(dict.fromkeys(notes))
    further = len(each) - NOTES_MAX
    return (*each[:NOTES_MAX], *([f"and {further:,} further notes"] if further > 0 else []))


def _described(party: Party, *, name: str) -> Party:
    """What a file says of a party, as an act can hold it; what cannot be read of it is left out."""
    documents = tuple(
        msgspec.structs.replace(one, kind=IdentifierKind.OTHER, country=_code(one.country))
        if one.kind in CHECKED and not adds_up(one)
        else msgspec.structs.replace(one, country=_code(one.country))
        for one in party.documents
    )
    return msgspec.structs.replace(
        party,
        role=Role.OWNER,
        id=" ".join(party.key.split())[:WORD_MAX],
        documents=documents,
        name=party.name or (name if not party.documents else ""),
        country=_code(party.country),
        residence=_code(party.residence),
        nationalities=tuple(code for one in party.nationalities if (code := _code(one))),
        birth_date=_birth(party.birth_date),
    )


def _code(text: str) -> str:
    return text if text in COUNTRIES else ""


def _birth(text: str) -> str:
    try:
        return str(PartialDate.parse(text)) if text else ""
    except ValueError:
        return ""


def _filled(known: Party, other: Party) -> Party:
    """What is said of one party in two files; what the first leaves open the second may say."""
    both = filled(known, other)
    # A body whose form nobody says more of may be called so in the other file.
    if known.schema is Schema.LEGAL_ENTITY and other.schema is not Schema.THING:
        return msgspec.structs.replace(both, schema=other.schema)
    return both


def _new_keys(nodes: Sequence[str], taken: Iterable[str]) -> dict[str, str]:
    """A key for each new party, unlike all others."""
    used = set(taken)
    keys = {}
    for node in nodes:
        plain = node.rpartition("\0")[2][:WORD_MAX]
        key, number = plain, 2
        while key in used:
            tail = f" ({number})"
            key, number = plain[: WORD_MAX - len(tail)] + tail, number + 1
        used.add(key)
        keys[node] = key
    return keys


def _links(holdings: Holdings) -> list[Stake | Control]:
    return [*holdings.stakes, *holdings.controls]


def _renamed(holdings: Holdings, keys: Mapping[str, str]) -> Holdings:
    def key(name: str) -> str:
        return keys.get(name, name)

    return Holdings(
        stakes=tuple(_between(one, key(one.owner), key(one.asset)) for one in holdings.stakes),
        controls=tuple(_between(one, key(one.owner), key(one.asset)) for one in holdings.controls),
        joint_arrangements=tuple(tuple(map(key, one)) for one in holdings.joint_arrangements),
        rebuttals=tuple(map(key, holdings.rebuttals)),
    )


def _between(link: _Link, owner: str, asset: str) -> _Link:
    if (link.owner, link.asset) == (owner, asset):
        return link
    return msgspec.structs.replace(link, owner=owner, asset=asset)


def _together(own: Holdings, found: Holdings) -> Holdings:
    return Holdings(
        stakes=_each_once(own.stakes, found.stakes),
        controls=_each_once(own.controls, found.controls),
        joint_arrangements=_each_once(own.joint_arrangements, found.joint_arrangements),
        rebuttals=_each_once(own.rebuttals, found.rebuttals),
        notes=own.notes,
    )


def _each_once(one: tuple[_Item, ...], other: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys((*one, *other)))
