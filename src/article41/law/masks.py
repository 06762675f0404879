"""Targets of measures by the words of their conditions: one bit a target, a mask for each word."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from article41.law.belonging import names_owners
from article41.law.goods import NOTHING, what_held
from article41.law.parties import BIC_LETTERS
from article41.law.situation import Situation
from article41.law.truth import NO
from article41.law.words import Words
from article41.model.acts import CargoAct, Goods
from article41.model.identifiers import IdentifierKind
from article41.model.parties import Party, Role
from article41.model.targets import GoodsTarget, PartyTarget

KEPT_MAX = 4_096
"""Lines of goods, and kinds of parties, whose masks are kept."""


class Naming:
    """Which targets name a word in one of their conditions."""

    def __init__(self) -> None:
        """Begin without any."""
        self.open = 0
        """Those without the condition."""
        self.by_word: dict[str, int] = {}

    def note(self, bit: int, words: Iterable[str]) -> None:
        """Note a target by its bit, with the words of the condition."""
        named = False
        for word in words:
            self.by_word[word] = self.by_word.get(word, 0) | bit
            named = True
        if not named:
            self.open |= bit

    def naming(self, words: Iterable[str]) -> int:
        """Those that name one of the words."""
        mask = 0
        for word in words:
            mask |= self.by_word.get(word, 0)
        return mask

    def met(self, words: Iterable[str]) -> int:
        """Those that name one of the words, or have no such condition."""
        return self.open | self.naming(words)


class Met(NamedTuple):
    """For which targets the goods of an act fit."""

    whole: int
    """A line meets every condition, as far as is known."""
    nearly: int
    """A line fails by one condition at most."""
    by_line: int
    """A line meets all that is asked of what it is and where it is from."""


class GoodsMasks:
    """Targets by the goods that they mean."""

    def __init__(self, words: Words) -> None:
        """Begin without any."""
        self.none = 0
        """Those that mean no goods."""
        self._words = words
        self._origins = Naming()
        self._leaving = Naming()
        self._no_source = 0
        self._destinations = Naming()
        self._by_what: dict[tuple[object, ...], tuple[GoodsTarget, int]] = {}
        self._open_what = 0
        self._lines: dict[tuple[object, ...], int] = {}

    def note(self, bit: int, target: GoodsTarget | None) -> None:
        """Note a target by its bit."""
        if target is None:
            self.none |= bit
            return
        if not (target.origin or target.exported_from):
            self._no_source |= bit
        self._origins.note(bit, target.origin)
        self._leaving.note(bit, target.exported_from)
        self._destinations.note(bit, target.destination)
        if not (target.codes or target.items or target.cas):
            self._open_what |= bit
            return
        what = (target.codes, target.items, target.cas)
        _, mask = self._by_what.get(what, (target, 0))
        self._by_what[what] = (target, mask | bit)

    def met(self, situation: Situation) -> Met:
        """For which targets the goods of an act fit."""
        whole = nearly = by_line = 0
        act = situation.act
        loaded_in = act.loaded_in if isinstance(act, CargoAct) else ""
        for line in situation.goods:
            what = self._of_what(line)
            source = self._source(line, line.exported_from or loaded_in)
            going = {*situation.destinations, line.destination} - {""}
            goes = self._destinations.met(going) if going else -1
            by_line |= what & source
            whole |= what & source & goes
            nearly |= (what & source) | (what & goes) | (source & goes)
        return Met(whole | self.none, nearly | self.none, by_line | self.none)

    def _source(self, line: Goods, leaves: str) -> int:
        origin = self._origins.naming((line.origin,)) if line.origin else ~self._origins.open
        left = self._leaving.naming((leaves,)) if leaves else ~self._leaving.open
        return self._no_source | origin | left

    def _of_what(self, line: Goods) -> int:
        """By code, items and CAS numbers alone: price and use are looked at with the act."""
        key = (line.code, line.items, line.cas, line.nomenclature)
        found = self._lines.get(key)
        if found is None:
            found = self._open_what
            bare = Goods(
                code=line.code, items=line.items, cas=line.cas, nomenclature=line.nomenclature
            )
            for target, mask in self._by_what.values():
                if what_held(target, bare, "", NOTHING, self._words).truth is not NO:
                    found |= mask
            if len(self._lines) >= KEPT_MAX:
                self._lines.clear()
            self._lines[key] = found
        return found


class _Kind(NamedTuple):
    """What parties that differ in names alone have in common."""

    roles: frozenset[Role]
    is_owner: bool
    is_person: bool
    of: frozenset[str]
    """Countries it belongs to; all that the act touches if none is said."""
    located_in: frozenset[str]
    """Countries it acts from, likewise."""
    is_state_known: bool


class PartyMasks:
    """Targets by the parties that they mean."""

    def __init__(self) -> None:
        """Begin without any."""
        self.none = 0
        """Those that mean no party."""
        self._roles = Naming()
        self._persons = {True: 0, False: 0}
        self._established = Naming()
        self._located = Naming()
        self._nationals = Naming()
        self._of = Naming()
        self._names = Naming()
        self._bics = Naming()
        self._named = 0
        self._kinds: dict[_Kind, int] = {}
        self._owned_too = 0
        self.listed = 0
        """Those that mean who is on a list."""

    def note(self, bit: int, target: PartyTarget | None) -> None:
        """Note a target by its bit."""
        if target is None:
            self.none |= bit
            return
        self._roles.note(bit, [role.value for role in target.roles])
        if target.is_person is not None:
            self._persons[not target.is_person] |= bit
        self._established.note(bit, target.established_in)
        self._located.note(bit, target.located_in)
        self._nationals.note(bit, target.nationals_of)
        self._of.note(bit, target.of if target.status else ())
        if target.names or target.bics:
            self._named |= bit
            self._names.note(bit, [name.casefold() for name in target.names])
            self._bics.note(bit, [bic[:BIC_LETTERS] for bic in target.bics])
        if target.listed:
            self.listed |= bit
        self._owned_too |= bit if target.owned_too is not None else 0

    def met(self, situation: Situation, of_entries: Mapping[str, int]) -> Mapping[str, int]:
        """By the key of each party the targets that may mean it; unknown is against none of them.

        Args:
            situation: The act.
            of_entries: By the key of each party the targets that mean an entry that it is or
                resembles, or that of an owner.
        """
        touched = frozenset(situation.touched)
        masks: dict[str, int] = {}
        of_owners = self._owned_too if names_owners(situation) else 0
        # A national of any country that is touched may be there: those of each party are among
        # them.
        nationals = self._nationals.met(touched)
        for party in situation.by_key.values():
            given = frozenset(situation.countries_of(party))
            kind = _Kind(
                roles=situation.roles_of(party),
                is_owner=party.role is Role.OWNER,
                is_person=situation.is_person(party),
                of=given or touched,
                located_in=_located(party) or touched,
                is_state_known=bool(given) or party.status is None,
            )
            found = (of_owners | self._of_roles(kind)) & self._of_kind(kind) & nationals
            if found & self._named:
                found &= ~self._named | self._of_name(party, situation)
            masks[party.key] = found & (of_entries[party.key] | ~self.listed)
        return masks

    def _of_roles(self, kind: "_Kind") -> int:
        found = self._roles.naming([role.value for role in kind.roles])
        return found if kind.is_owner else found | self._roles.open

    def _of_kind(self, kind: "_Kind") -> int:
        """By what it is and where; worked out once for all parties that are alike."""
        found = self._kinds.get(kind)
        if found is None:
            found = self._established.met(kind.of) & self._located.met(kind.located_in)
            found &= ~self._persons[kind.is_person]
            if kind.is_state_known:
                found &= self._of.met(kind.of)
            if len(self._kinds) >= KEPT_MAX:
                self._kinds.clear()
            self._kinds[kind] = found
        return found

    def _of_name(self, party: Party, situation: Situation) -> int:
        names = {name.casefold() for name in (party.name, *party.other_names)}
        for entry in situation.listed(party):
            names.update(name.casefold() for name in (*entry.names, entry.name))
        bics = [
            document.value[:BIC_LETTERS].upper()
            for document in party.documents
            if document.kind is IdentifierKind.BIC
        ]
        return self._names.naming(names) | self._bics.naming(bics)


def _located(party: Party) -> frozenset[str]:
    """From where it acts, as far as anything says so."""
    given = frozenset(filter(None, (*party.located_in, party.residence)))
    return given or frozenset(filter(None, (party.country,)))
