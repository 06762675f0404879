"""The table of coverage: of which law the catalogue holds how much, kind by kind and day by day.

Law that is not in the table counts as absent; what is missing is never taken for a permission.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from article41.model.measures import Certainty
from article41.model.terms import Term

KEPT_MAX = 20_000
"""Regimes of which it is kept what holds on a day."""
NOT_IN_TABLE = "not in the table of coverage"
"""What is said of law of which the table says nothing, in place of its instruments."""
_Fact = TypeVar("_Fact")


class CoverageState(Term):
    """How much of some law the catalogue holds."""

    MODELLED = "modelled"
    """Its measures are in the catalogue."""
    LISTINGS_ONLY = "listings-only"
    """Only what the lists bring: who stands on them, by the measures for all lists."""
    ABSENT = "absent"
    """There is such law, and the catalogue does not hold it."""
    NONE = "none"
    """There is verified to be no such law."""


class CoverageKind(Term):
    """Groups of measures by what they interrupt."""

    FREEZE = "freeze"
    TRADE = "trade"
    ARMS = "arms"
    SERVICES = "services"
    FINANCE = "finance"
    TRANSPORT = "transport"
    COMMUNICATIONS = "communications"
    TRAVEL = "travel"
    DIPLOMATIC = "diplomatic"
    SECURITIES = "securities"


class CoverageRow(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What the catalogue holds of one jurisdiction's law on one regime, some kinds, some days.

    Example:
        >>> CoverageRow(jurisdiction="XA", regime="XB", state=CoverageState.ABSENT).holds_on(
        ...     date(2024, 6, 1))
        True
    """

    jurisdiction: str
    """Whose law."""
    regime: str
    """On what: a country or a theme."""
    state: CoverageState
    """How much of it is held."""
    kinds: tuple[CoverageKind, ...] = tuple(CoverageKind)
    """Of which kinds of measure."""
    valid_from: date | None = None
    """First day; absent if it was always so."""
    valid_until: date | None = None
    """First day no longer; absent if it is still so."""
    instruments: str = ""
    """The acts, or what was looked at, in words."""
    goods: tuple[str, ...] = ()
    """Items or beginnings of codes, if it is about these goods alone; `arms` for those of arms."""
    region: str = ""
    """The region that it is about alone; empty if it is about the whole country."""
    exports: bool = False
    """True if it is about goods that go there alone."""
    touches: tuple[str, ...] = ()
    """Countries by which an act touches the regime; none for a theme."""
    certainty: Certainty = Certainty.C
    """How sure this is."""
    verified_on: date | None = None
    """When it was last looked at; absent for law that is not in the table."""

    def holds_on(self, day: date) -> bool:
        """Whether the row speaks of the day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


class CoverageTable(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All rows, and for which jurisdictions a missing row counts as absent law.

    Example:
        >>> CoverageTable(jurisdictions=("XA",), touches={}, rows=()).by_law
        {}
    """

    jurisdictions: tuple[str, ...]
    """Those whose law on every regime the table is about."""
    others: tuple[str, ...] = ()
    """Those of whose law little is held: a missing row counts as absent law of theirs too, but for
    regimes about their own country."""
    others_until: dict[str, date] = {}
    """Of some of these the first day on which a union that they joined makes such law for them."""
    touches: dict[str, tuple[str, ...]]
    """Every regime, with the countries by which an act touches it."""
    of_single_ones: frozenset[str] = frozenset()
    """Regimes by which single persons are listed for what they did: whoever lives in the country
    is no nearer to one of them than anybody else."""
    rows: tuple[CoverageRow, ...]
    """In the order of the file."""

    def is_about(self, law: tuple[str, str], day: date) -> bool:
        """Whether a missing row counts as absent law on a day, by jurisdiction and regime."""
        jurisdiction, regime = law
        if jurisdiction in self.jurisdictions:
            return True
        until = self.others_until.get(jurisdiction)
        is_its_own = until is None or day < until
        return (
            jurisdiction in self.others and is_its_own and jurisdiction not in self.touches[regime]
        )

    @cached_property
    def kept(self) -> dict[tuple[object, ...], list[CoverageRow]]:
        """What was found of a regime before."""
        return {}

    @cached_property
    def regimes_kept(self) -> dict[tuple[object, ...], tuple[str, ...]]:
        """Which regimes with lists were found of countries before."""
        return {}

    @cached_property
    def by_law(self) -> Mapping[tuple[str, str], tuple[CoverageRow, ...]]:
        """The rows by jurisdiction and regime."""
        found: dict[tuple[str, str], list[CoverageRow]] = defaultdict(list)
        for row in self.rows:
            found[row.jurisdiction, row.regime].append(row)
        return {law: tuple(rows) for law, rows in found.items()}

    @cached_property
    def regimes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every regime with its countries, in the order of the table."""
        return tuple(self.touches.items())

    @cached_property
    def by_country(self) -> Mapping[str, tuple[int, ...]]:
        """The places among the regimes of those that a country touches."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, (_, touches) in enumerate(self.regimes):
            for country in touches:
                found[country].append(place)
        return {country: tuple(places) for country, places in found.items()}

    @cached_property
    def by_jurisdiction(self) -> Mapping[str, tuple[CoverageRow, ...]]:
        """The rows by jurisdiction."""
        found: dict[str, list[CoverageRow]] = defaultdict(list)
        for row in self.rows:
            found[row.jurisdiction].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def incomplete_on(self, day: date) -> tuple[str, ...]:
        """The regimes on which a jurisdiction that the table is about has law that is not held."""
        found = {
            row.regime
            for row in self.rows
            if row.state is CoverageState.ABSENT
            and row.jurisdiction in self.jurisdictions
            and row.holds_on(day)
        }
        return tuple(regime for regime in self.touches if regime in found)


def coverage_on(
    table: CoverageTable,
    *,
    jurisdiction: str,
    countries: Mapping[str, _Fact],
    kinds: Sequence[CoverageKind],
    day: date,
) -> list[tuple[CoverageRow, _Fact]]:
    """Which state holds on a day for every regime touched and every kind asked for.

    Each kind of each regime is answered once. A row that comes back has of its kinds only those
    asked for. Where the table has no row for a jurisdiction that it is about, the law counts as
    absent; of jurisdictions that it does not name only what the table says comes back.

    Args:
        table: The table.
        jurisdiction: Whose law.
        countries: The countries of the act, each with the fact that names it.
        kinds: Kinds of measure that could bear on the act.
        day: The day of the act.

    Example:
        >>> table = CoverageTable(jurisdictions=("XA",), touches={"XB": ("XB",)}, rows=())
        >>> [(row, fact)] = coverage_on(table, jurisdiction="XA", countries={"XB": "payee"},
        ...                             kinds=[CoverageKind.TRADE], day=date(2024, 6, 1))
        >>> row.state.value, fact
        ('absent', 'payee')
    """
    found: list[tuple[CoverageRow, _Fact]] = []
    asked = tuple(dict.fromkeys(kinds))
    places = {place for country in countries for place in table.by_country.get(country, ())}
    for place in sorted(places) if asked else ():
        regime, touches = table.regimes[place]
        fact = next(countries[name] for name in touches if name in countries)
        found += [(row, fact) for row in _on_regime(table, (jurisdiction, regime), asked, day)]
    return found


def freeze_regimes_on(
    table: CoverageTable, jurisdiction: str, countries: tuple[str, ...], day: date
) -> tuple[str, ...]:
    """The regimes of some countries under which a jurisdiction lists, or may list, on a day.

    Those of single persons are left out: nobody is nearer to one of them by living there.

    Example:
        >>> table = CoverageTable(jurisdictions=("XA",), touches={"XB": ("XB",)}, rows=())
        >>> freeze_regimes_on(table, "XA", ("XB", "XC"), date(2024, 6, 1))
        ('XB',)
    """
    key = (jurisdiction, countries, day)
    found = table.regimes_kept.get(key)
    if found is None:
        rows = coverage_on(
            table,
            jurisdiction=jurisdiction,
            countries=dict.fromkeys(countries, ""),
            kinds=(CoverageKind.FREEZE,),
            day=day,
        )
        found = tuple(
            row.regime
            for row, _ in rows
            if row.state is not CoverageState.NONE and row.regime not in table.of_single_ones
        )
        if len(table.regimes_kept) >= KEPT_MAX:
            table.regimes_kept.clear()
        table.regimes_kept[key] = found
    return found


def _on_regime(
    table: CoverageTable, law: tuple[str, str], asked: tuple[CoverageKind, ...], day: date
) -> list[CoverageRow]:
    found = table.kept.get((law, asked, day))
    if found is None:
        left, found = set(asked), []
        for row in table.by_law.get(law, ()):
            if row.holds_on(day) and (kinds := tuple(one for one in asked if one in row.kinds)):
                found.append(msgspec.structs.replace(row, kinds=kinds))
                left -= set(kinds)
        if left and table.is_about(law, day):
            rest = tuple(kind for kind in asked if kind in left)
            found.append(_unknown(*law, table.touches[law[1]], rest))
        if len(table.kept) >= KEPT_MAX:
            table.kept.clear()
        table.kept[law, asked, day] = found
    return found


def _unknown(
    jurisdiction: str, regime: str, touches: tuple[str, ...], kinds: tuple[CoverageKind, ...]
) -> CoverageRow:
    return CoverageRow(
        jurisdiction=jurisdiction,
        regime=regime,
        state=CoverageState.ABSENT,
        kinds=kinds,
        touches=touches,
        instruments=NOT_IN_TABLE,
    )
