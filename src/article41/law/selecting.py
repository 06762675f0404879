"""Which measures, with which of their targets, can say anything of an act.

Every target has conditions that it cannot do without: what is done, a place, goods by code, origin
and destination, a party of some country, an entry of a list. For each word of such a condition a
mask says which targets name it: one bit a target. A few masks of the words of an act leave the
targets that can bear on it, or that miss it by a single fact, which is told.

It only leaves out what would say nothing. What is not known leaves nothing out.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from typing import NamedTuple

import msgspec

from article41.law.belonging import names_owners
from article41.law.force import force_on
from article41.law.goods import NOTHING, what_held
from article41.law.loading import Catalogue
from article41.law.parties import BIC_LETTERS
from article41.law.selectors import selects
from article41.law.situation import Situation
from article41.law.truth import NO
from article41.law.words import Words
from article41.model.acts import CargoAct, DiplomaticAct, Goods, JourneyAct, SecuritiesAct
from article41.model.identifiers import IdentifierKind
from article41.model.measures import Measure
from article41.model.parties import Party, Role
from article41.model.targets import GoodsTarget, ListedTarget, PartyTarget, Target
from article41.model.verdicts import ListedAs

KEPT_MAX = 4_096
"""Codes of goods, entries and days whose masks are kept."""
_OF_KIND = (
    (JourneyAct, "flight"),
    (SecuritiesAct, "security"),
    (DiplomaticAct, "states"),
)
"""Tables of a target that mean one kind of act."""


class Selected(NamedTuple):
    """A measure with those of its targets that can say something."""

    measure: Measure
    targets: Sequence[Target]


class _Naming:
    """Which targets name a word in one of their conditions."""

    def __init__(self) -> None:
        self.open = 0
        """Those without the condition."""
        self.by_word: dict[str, int] = {}

    def note(self, bit: int, words: Iterable[str]) -> None:
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


class Selecting:
    """The measures of a catalogue by what their targets cannot do without.

    Args:
        catalogue: The measures.

    Example:
        >>> from article41.law.loading import load_catalogue
        >>> from article41.model.acts import Asker, PartyAct
        >>> act = PartyAct(on=date(2012, 7, 6), asker=Asker(party="institution"),
        ...     parties=(Party(role=Role.INSTITUTION, country="XA"),))
        >>> list(Selecting(load_catalogue()).of(Situation(act, {})).bearing(("EU",)))
        []
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Note every target under the words of its conditions."""
        shared = _Shared()
        rows = [(one, shared(target)) for one in catalogue.measures for target in one.targets]
        self._rows = rows
        self._all = (1 << len(rows)) - 1
        self._verbs = _Naming()
        self._jurisdictions = _Naming()
        self._places = _Naming()
        self._goods = _GoodsMasks(catalogue.words)
        self._parties = _PartyMasks()
        self._kinds = {kind: 0 for kind, _ in _OF_KIND}
        self._with_states = 0
        self._listed_alone = 0
        self._entries: dict[object, tuple[int, int]] = {}
        self._selectors: dict[str, list[tuple[ListedTarget, int, int]]] = {}
        self._days: dict[date, int] = {}
        bits = self._bits = dict.fromkeys([measure.id for measure in catalogue.measures], 0)
        for number, (measure, target) in enumerate(rows):
            bit = 1 << number
            bits[measure.id] |= bit
            self._verbs.note(bit, [verb.value for verb in target.forbids or measure.forbids])
            self._jurisdictions.note(bit, (measure.jurisdiction,))
            self._places.note(bit, target.places)
            self._goods.note(bit, target.goods)
            self._parties.note(bit, target.party)
            for kind, table in _OF_KIND:
                if getattr(target, table) is not None:
                    self._kinds[kind] |= bit
            if target.states is not None:
                self._with_states |= bit
        for number, (measure, target) in enumerate(rows):
            whole = bits[measure.id] if measure.id in catalogue.selectors_of else 0
            self._listed_alone |= whole
            for one in target.party.listed if target.party is not None else ():
                self._selectors.setdefault(one.authority, []).append((one, 1 << number, whole))

    def of(self, situation: Situation) -> "Selection":
        """What can be said of an act."""
        meant, whole = self._of_entries(situation.entries)
        read = self._verbs.naming([verb.value for verb in situation.deeds.verbs])
        read &= whole | ~self._listed_alone
        if not read:
            return Selection(self, 0, 0)
        of_kind = self._all
        for kind, of_one in self._kinds.items():
            if not isinstance(situation.act, kind):
                of_kind &= ~of_one
        places = self._all if situation.open_end else self._places.met(situation.scenes)
        goods = self._goods.met(situation)
        parties = self._parties.met(situation, meant)
        near = read
        found = read & of_kind & places & goods.whole & parties
        if not situation.goods:
            near &= goods.whole
        # Two conditions that fail, by facts of their own, are no near miss. Goods that fail by a
        # place may do so by the same fact as the place of the act, and by that of a party.
        near &= goods.nearly | ~places | self._with_states
        near &= goods.by_line | parties | ~places
        near &= ~self._goods.none | ((places | parties) & (of_kind | (places & parties)))
        # Of a day out of force it is told what would else have been found, and nothing near it.
        near &= ~self._out_of_force(situation.day) | found
        if situation.has_holdings:
            # Who owns whom is told of every measure that asks for owners, whether it bears or not.
            found |= read & self._parties.listed
            near |= found
        return Selection(self, found, near)

    def told_of(self, jurisdictions: Iterable[str], mask: int) -> Iterator[Selected]:
        """The measures of some jurisdictions of which a mask has targets, by their ids."""
        mask &= self._jurisdictions.naming(jurisdictions)
        found: dict[str, tuple[Measure, list[Target]]] = {}
        while mask:
            lowest = mask & -mask
            mask ^= lowest
            measure, target = self._rows[lowest.bit_length() - 1]
            found.setdefault(measure.id, (measure, []))[1].append(target)
        for measure, targets in found.values():
            yield Selected(measure, targets)

    def _out_of_force(self, day: date) -> int:
        found = self._days.get(day)
        if found is None:
            found = 0
            for number, (measure, _) in enumerate(self._rows):
                if not force_on(measure, day).binds:
                    found |= 1 << number
            if len(self._days) >= KEPT_MAX:
                self._days.clear()
            self._days[day] = found
        return found

    def is_meant(self, entry: ListedAs, by: Iterable[Measure] | None = None) -> bool:
        """Whether any measure means an entry, or one of those that are named."""
        meant, _ = self._of_entries((entry,))
        if by is not None:
            meant &= sum(self._bits[measure.id] for measure in by)
        return bool(meant)

    def _of_entries(self, entries: Iterable[ListedAs]) -> tuple[int, int]:
        """The targets that mean one of some entries, and the targets of these measures."""
        meant = whole = 0
        for entry in entries:
            key = (entry.authority, entry.list_id, entry.programmes, entry.measures, entry.schema,
                   entry.names, entry.name)  # fmt: skip
            found = self._entries.get(key)
            if found is None:
                found = self._of_entry(entry)
                if len(self._entries) >= KEPT_MAX:
                    self._entries.clear()
                self._entries[key] = found
            meant |= found[0]
            whole |= found[1]
        return meant, whole

    def _of_entry(self, entry: ListedAs) -> tuple[int, int]:
        meant = whole = 0
        for selector, bit, of_measure in self._selectors.get(entry.authority, ()):
            if selects(selector, entry):
                meant |= bit
                whole |= of_measure
        return meant, whole


class _Shared:
    """Makes one object of equal tables: what was worked out of one is then known of all."""

    def __init__(self) -> None:
        self._parties: dict[PartyTarget | None, PartyTarget | None] = {}
        self._goods: dict[GoodsTarget | None, GoodsTarget | None] = {}

    def __call__(self, target: Target) -> Target:
        return msgspec.structs.replace(
            target,
            party=self._parties.setdefault(target.party, target.party),
            goods=self._goods.setdefault(target.goods, target.goods),
        )


class Selection(NamedTuple):
    """What of the catalogue can say something of one act."""

    selecting: Selecting
    found: int
    """Targets that may be there."""
    near: int
    """These, and those that a single fact keeps from being there."""

    def bearing(self, jurisdictions: Iterable[str]) -> Iterator[Selected]:
        """The measures of some jurisdictions that may bear on the act, by their ids."""
        return self.selecting.told_of(jurisdictions, self.found)

    def touching(self, jurisdictions: Iterable[str]) -> Iterator[Selected]:
        """These, and the measures that a single fact keeps from bearing."""
        return self.selecting.told_of(jurisdictions, self.near)


class _Met(NamedTuple):
    """For which targets the goods of an act fit."""

    whole: int
    """A line meets every condition, as far as is known."""
    nearly: int
    """A line fails by one condition at most."""
    by_line: int
    """A line meets all that is asked of what it is and where it is from."""


class _GoodsMasks:
    """Targets by the goods that they mean."""

    def __init__(self, words: Words) -> None:
        self.none = 0
        self._words = words
        self._origins = _Naming()
        self._leaving = _Naming()
        self._no_source = 0
        self._destinations = _Naming()
        self._by_what: dict[tuple[object, ...], tuple[GoodsTarget, int]] = {}
        self._open_what = 0
        self._lines: dict[tuple[object, ...], int] = {}

    def note(self, bit: int, target: GoodsTarget | None) -> None:
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

    def met(self, situation: Situation) -> _Met:
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
        return _Met(whole | self.none, nearly | self.none, by_line | self.none)

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


class _PartyMasks:
    """Targets by the parties that they mean."""

    def __init__(self) -> None:
        self._none = 0
        self._roles = _Naming()
        self._persons = {True: 0, False: 0}
        self._established = _Naming()
        self._located = _Naming()
        self._nationals = _Naming()
        self._of = _Naming()
        self._names = _Naming()
        self._bics = _Naming()
        self._named = 0
        self._owned_too = 0
        self.listed = 0

    def note(self, bit: int, target: PartyTarget | None) -> None:
        if target is None:
            self._none |= bit
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

    def met(self, situation: Situation, of_entries: int) -> int:
        """The targets that may mean a party, or none; unknown is no reason against any."""
        touched, mask = situation.touched, 0
        of_owners = self._owned_too if names_owners(situation) else 0
        for party in situation.by_key.values():
            given = situation.countries_of(party)
            roles = [role.value for role in situation.roles_of(party)]
            found = of_owners | self._roles.naming(roles)
            if party.role is not Role.OWNER:
                found |= self._roles.open
            found &= ~self._persons[situation.is_person(party)]
            found &= self._established.met(given or touched)
            if given or party.status is None:
                found &= self._of.met(given or touched)
            found &= self._located.met(_located(party) or touched)
            found &= self._nationals.met({*given, *touched})
            if found & self._named:
                found &= ~self._named | self._of_name(party, situation)
            mask |= found
        return (mask & (of_entries | ~self.listed)) | self._none

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


def _located(party: Party) -> Set[str]:
    """From where it acts, as far as anything says so."""
    given = {*party.located_in, party.residence} - {""}
    return given or {party.country} - {""}
