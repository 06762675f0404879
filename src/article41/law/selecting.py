"""Which measures, with which of their targets, can say anything of an act.

Every target has conditions that it cannot do without: what is done, a place, goods by code, origin
and destination, a party of some country, an entry of a list. For each word of such a condition a
mask says which targets name it: one bit a target. A few masks of the words of an act leave the
targets that can bear on it, or that miss it by a single fact, which is told. Of law on countries
that the act does not touch nothing is told: by all that is known it is about others.

It only leaves out what would say nothing. What is not known leaves nothing out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from article41.law.belonging import names_owners
from article41.law.force import force_on
from article41.law.loading import Catalogue
from article41.law.masks import GoodsMasks, Naming, PartyMasks
from article41.law.selectors import countries_named, is_of_list, selects
from article41.law.situation import Situation
from article41.model.acts import DiplomaticAct, JourneyAct, SecuritiesAct
from article41.model.measures import Measure
from article41.model.targets import GoodsTarget, ListedTarget, PartyTarget, Target
from article41.model.verdicts import ListedAs

KEPT_MAX = 4_096
"""Entries and days whose masks are kept."""
EVERY = -1
"""The mask of all targets."""
_OF_KIND = (
    (JourneyAct, "flight"),
    (SecuritiesAct, "security"),
    (DiplomaticAct, "states"),
)
"""Tables of a target that mean one kind of act."""


_Selector = tuple[ListedTarget, int, int]
"""What selects entries, with the bit of its target and those of all targets of the measure."""


class Chosen(NamedTuple):
    """A target that can say something."""

    target: Target
    parties: frozenset[str]
    """Keys of the parties that it may mean; if there are none, all are to be looked at for why."""


class Selected(NamedTuple):
    """A measure with those of its targets that can say something."""

    measure: Measure
    targets: Sequence[Chosen]


class Selecting:
    """The measures of a catalogue by what their targets cannot do without.

    Args:
        catalogue: The measures.

    Example:
        >>> from article41.law.loading import load_catalogue
        >>> from article41.model.acts import Asker, PartyAct
        >>> from article41.model.parties import Party, Role
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
        self._verbs = Naming()
        self._jurisdictions = Naming()
        self._places = Naming()
        self._countries = Naming()
        self._goods = GoodsMasks(catalogue.words)
        self._parties = PartyMasks()
        self._kinds = {kind: 0 for kind, _ in _OF_KIND}
        self._with_states = 0
        self._listed_alone = 0
        self._entries: dict[object, tuple[int, int]] = {}
        self._selectors: list[_Selector] = []
        self._selectors_of: dict[tuple[str, str], tuple[list[_Selector], list[_Selector]]] = {}
        self._days: dict[date, int] = {}
        bits = self._bits = dict.fromkeys([measure.id for measure in catalogue.measures], 0)
        for number, (measure, target) in enumerate(rows):
            bit = 1 << number
            bits[measure.id] |= bit
            self._verbs.note(bit, [verb.value for verb in target.forbids or measure.forbids])
            self._jurisdictions.note(bit, (measure.jurisdiction,))
            self._places.note(bit, target.places)
            self._countries.note(bit, countries_named(target, measure.regime))
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
                self._selectors.append((one, 1 << number, whole))

    def of(self, situation: Situation) -> "Selection":
        """What can be said of an act."""
        of_entries, whole = self._of_parties(situation)
        read = self._verbs.naming([verb.value for verb in situation.deeds.verbs])
        read &= whole | ~self._listed_alone
        if not read:
            return Selection(self, 0, 0, {})
        of_kind = self._all
        for kind, of_one in self._kinds.items():
            if not isinstance(situation.act, kind):
                of_kind &= ~of_one
        places = self._all if situation.open_end else self._places.met(situation.scenes)
        goods = self._goods.met(situation)
        by_party = self._parties.met(situation, of_entries)
        parties = self._parties.none
        for mask in by_party.values():
            parties |= mask
        near = read & self._countries.met(situation.touched)
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
        # Who is meant as an owner of another is found by looking at everybody.
        likely = {} if names_owners(situation) else by_party
        return Selection(self, found, near | found, likely)

    def told_of(
        self, jurisdictions: Iterable[str], mask: int, by_party: Mapping[str, int]
    ) -> Iterator[Selected]:
        """The measures of some jurisdictions of which a mask has targets, by their ids."""
        mask &= self._jurisdictions.naming(jurisdictions)
        found: dict[str, tuple[Measure, list[Chosen]]] = {}
        while mask:
            bit = mask & -mask
            mask ^= bit
            measure, target = self._rows[bit.bit_length() - 1]
            parties = frozenset([key for key, meant in by_party.items() if meant & bit])
            found.setdefault(measure.id, (measure, []))[1].append(Chosen(target, parties))
        for measure, targets in found.values():
            yield Selected(measure, targets)

    def _of_parties(self, situation: Situation) -> tuple[Mapping[str, int], int]:
        """By party the targets that mean an entry of it or of an owner; all of their measures."""
        found: dict[str, int] = {}
        meant = whole = 0
        for party in situation.act.parties:
            of_party = 0
            for entry in situation.listed(party):
                of_entry, of_measures = self._of_entry(entry)
                of_party |= of_entry
                whole |= of_measures
            found[party.key] = of_party
            meant |= of_party
        if names_owners(situation):
            # Who is listed may stand behind anybody else.
            found = dict.fromkeys(found, meant)
        return found, whole

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

    def is_meant(self, entry: ListedAs, by: int = EVERY) -> bool:
        """Whether any measure means an entry, or one of those that a mask names."""
        return bool(self._of_entry(entry)[0] & by)

    def mask_of(self, measures: Iterable[Measure]) -> int:
        """The mask that names some measures."""
        return sum([self._bits[measure.id] for measure in measures])

    def _of_entry(self, entry: ListedAs) -> tuple[int, int]:
        """The targets that mean an entry, and the targets of these measures."""
        lists = (entry.authority, entry.list_id)
        found = self._selectors_of.get(lists)
        if found is None:
            of_list = [one for one in self._selectors if is_of_list(one[0], *lists)]
            by_name = [one for one in of_list if one[0].listings or one[0].except_listings]
            by_tag = [one for one in of_list if one not in by_name]
            found = self._selectors_of[lists] = (by_tag, by_name)
        by_tag, by_name = found
        # Of most selectors the tags decide, and of these there are few.
        tags = (*lists, entry.programmes, entry.measures, entry.schema)
        meant, whole = self._meaning(by_tag, entry, tags)
        if by_name:
            named, of_named = self._meaning(by_name, entry, (*tags, entry.name, *entry.names))
            return meant | named, whole | of_named
        return meant, whole

    def _meaning(
        self, selectors: Iterable[_Selector], entry: ListedAs, key: tuple[object, ...]
    ) -> tuple[int, int]:
        """Of some selectors the same; kept for all entries that have what they look at alike."""
        masks = self._entries.get(key)
        if masks is None:
            meant = whole = 0
            for selector, bit, of_measure in selectors:
                if selects(selector, entry):
                    meant |= bit
                    whole |= of_measure
            if len(self._entries) >= KEPT_MAX:
                self._entries.clear()
            masks = self._entries[key] = (meant, whole)
        return masks


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
    by_party: Mapping[str, int]
    """Targets that may mean each party, by its key; none if that is not known."""

    def bearing(self, jurisdictions: Iterable[str]) -> Iterator[Selected]:
        """The measures of some jurisdictions that may bear on the act, by their ids."""
        return self.selecting.told_of(jurisdictions, self.found, self.by_party)

    def touching(self, jurisdictions: Iterable[str]) -> Iterator[Selected]:
        """These, and the measures that a single fact keeps from bearing."""
        return self.selecting.told_of(jurisdictions, self.near, self.by_party)
