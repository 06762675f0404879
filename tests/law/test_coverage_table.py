"""The table of coverage: what it says, and that what it does not say is missing."""

import csv
import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.law.coverage import (
    CoverageKind,
    CoverageRow,
    CoverageState,
    coverage_on,
)
from article41.law.coverage_loading import COVERAGE_FILE, load_coverage
from article41.model.errors import CatalogueError

TABLE = load_coverage()
REGIMES = {name: touches for name, touches in TABLE.touches.items() if touches}
COUNTRIES = sorted({country for touches in REGIMES.values() for country in touches})
TODAY = date(2026, 11, 30)
DAYS = st.dates(date(1945, 10, 24), date(2027, 12, 31))
KINDS = st.lists(st.sampled_from(CoverageKind), min_size=1)
HEAD = """
jurisdictions = ["XA"]
verified_on = 2026-11-30
verified_by = "nobody"
[kinds]
freeze = ""
trade = ""
arms = ""
services = ""
finance = ""
transport = ""
communications = ""
travel = ""
diplomatic = ""
securities = ""
[regimes.XB]
title = "Exampleland"
touches = ["XB", "XC"]
"""


def states(jurisdiction: str, country: str, kind: CoverageKind, day: date) -> list[str]:
    found = coverage_on(
        TABLE, jurisdiction=jurisdiction, countries={country: "payee"}, kinds=[kind], day=day
    )
    return [row.state.value for row, _ in found if country == row.touches[0]]


def written(folder: Path, *laws: str) -> Path:
    file = folder / "coverage.toml"
    file.write_text(HEAD + "\n".join(laws), encoding="utf-8")
    return file


def law(*rows: str, rest: str = 'rest = "none"') -> str:
    head = f'[[laws]]\nregime = "XB"\njurisdictions = ["XA"]\ncertainty = "B"\n{rest}'
    return "\n".join([head, *(f"[[laws.rows]]\n{row}" for row in rows)])


def test_russian_crude_into_germany_today_falls_on_law_that_is_absent() -> None:
    found = coverage_on(
        TABLE,
        jurisdiction="EU",
        countries={"DE": "discharged_in", "RU": "goods[0].origin"},
        kinds=[CoverageKind.TRADE],
        day=TODAY,
    )

    [(row, fact)] = found
    assert (row.regime, row.state, row.valid_from, fact) == (
        "RU",
        CoverageState.ABSENT,
        date(2022, 2, 24),
        "goods[0].origin",
    )
    assert "833/2014" in row.instruments


@pytest.mark.parametrize(
    ("jurisdiction", "country", "kind", "day", "expected"),
    [
        ("EU", "RU", CoverageKind.TRADE, date(2014, 7, 30), "none"),
        ("EU", "RU", CoverageKind.TRADE, date(2014, 7, 31), "absent"),
        ("EU", "RU", CoverageKind.FREEZE, date(2014, 3, 16), "none"),
        ("EU", "RU", CoverageKind.FREEZE, date(2014, 3, 17), "listings-only"),
        ("EU", "SY", CoverageKind.TRADE, date(2012, 7, 6), "modelled"),
        ("EU", "SY", CoverageKind.TRADE, date(2011, 1, 1), "none"),
        ("GB", "SY", CoverageKind.TRADE, date(2012, 7, 6), "none"),
        ("GB", "SY", CoverageKind.TRADE, date(2020, 12, 31), "modelled"),
        ("AU", "SY", CoverageKind.TRADE, date(2012, 7, 6), "modelled"),
        ("RU", "SY", CoverageKind.FINANCE, date(2012, 7, 6), "none"),
        ("AE", "SY", CoverageKind.FREEZE, date(2012, 7, 6), "absent"),
        ("US", "CU", CoverageKind.TRADE, TODAY, "absent"),
        ("EU", "CU", CoverageKind.TRADE, TODAY, "none"),
        # Nationals of Cuba are blocked by status: no list says who they are.
        ("US", "CU", CoverageKind.FREEZE, TODAY, "absent"),
        # Where the law on goods is an embargo on arms, trade in anything else meets none.
        ("EU", "ZW", CoverageKind.ARMS, TODAY, "absent"),
        ("EU", "ZW", CoverageKind.TRADE, TODAY, "none"),
        ("US", "CN", CoverageKind.ARMS, TODAY, "absent"),
        ("US", "CN", CoverageKind.TRADE, TODAY, "none"),
        ("US", "CN", CoverageKind.FINANCE, TODAY, "none"),
        ("US", "CN", CoverageKind.SECURITIES, date(2025, 1, 1), "modelled"),
        ("US", "CN", CoverageKind.SECURITIES, date(2025, 1, 2), "absent"),
        ("EU", "BY", CoverageKind.ARMS, date(2021, 6, 23), "absent"),
        ("EU", "BY", CoverageKind.TRADE, date(2021, 6, 23), "none"),
        ("EU", "BY", CoverageKind.TRADE, date(2021, 6, 24), "absent"),
        ("EU", "MM", CoverageKind.TRADE, date(2013, 5, 2), "absent"),
        ("EU", "MM", CoverageKind.TRADE, TODAY, "none"),
        ("US", "MM", CoverageKind.FINANCE, date(2023, 12, 15), "modelled"),
        ("EU", "KP", CoverageKind.TRADE, TODAY, "absent"),
        ("EU", "LY", CoverageKind.TRADE, TODAY, "absent"),
        ("UN", "ML", CoverageKind.FREEZE, date(2023, 8, 30), "listings-only"),
        ("UN", "ML", CoverageKind.FREEZE, date(2023, 8, 31), "none"),
    ],
)
def test_states_on_their_first_and_last_days(
    jurisdiction: str, country: str, kind: CoverageKind, day: date, expected: str
) -> None:
    assert states(jurisdiction, country, kind, day) == [expected]


@pytest.mark.parametrize("jurisdiction", TABLE.jurisdictions)
def test_a_country_without_any_regime_touches_nothing(jurisdiction: str) -> None:
    countries = {"DE": "payer", "NZ": "payee", "": "via"}

    found = coverage_on(
        TABLE, jurisdiction=jurisdiction, countries=countries, kinds=list(CoverageKind), day=TODAY
    )

    assert found == []


@given(st.sampled_from(TABLE.jurisdictions), st.sampled_from(COUNTRIES), KINDS, DAYS)
def test_every_kind_asked_of_every_regime_touched_is_answered_once(
    jurisdiction: str, country: str, kinds: Sequence[CoverageKind], day: date
) -> None:
    found = coverage_on(
        TABLE, jurisdiction=jurisdiction, countries={country: 7}, kinds=kinds, day=day
    )

    answered = sorted((row.regime, kind.value) for row, _ in found for kind in row.kinds)
    touched = [name for name, touches in REGIMES.items() if country in touches]
    assert answered == sorted((name, kind.value) for name, kind in product(touched, set(kinds)))
    assert all(row.holds_on(day) and fact == 7 for row, fact in found)


@given(st.sampled_from(sorted({row.jurisdiction for row in TABLE.rows})), DAYS)
def test_what_is_said_does_not_hang_on_the_order_of_the_kinds(jurisdiction: str, day: date) -> None:
    def said(kinds: Sequence[CoverageKind]) -> set[tuple[str, str, str]]:
        found = coverage_on(
            TABLE, jurisdiction=jurisdiction, countries={"SY": 0, "LB": 1}, kinds=kinds, day=day
        )
        return {(row.regime, kind.value, row.state.value) for row, _ in found for kind in row.kinds}

    assert said(list(CoverageKind)) == said(list(reversed(CoverageKind)))


@pytest.mark.parametrize("regime", REGIMES)
def test_the_table_itself_speaks_of_every_day_for_its_own_jurisdictions(regime: str) -> None:
    ends = {row.valid_from for row in TABLE.rows} | {row.valid_until for row in TABLE.rows}
    days = [date.min, *(day for day in ends if day), date.max]
    country = REGIMES[regime][0]

    for jurisdiction, day in product(TABLE.jurisdictions, days):
        found = coverage_on(
            TABLE,
            jurisdiction=jurisdiction,
            countries={country: 0},
            kinds=list(CoverageKind),
            day=day,
        )
        assert all(row.verified_on for row, _ in found), (jurisdiction, day)


def test_law_that_is_not_in_the_table_is_absent(tmp_path: Path) -> None:
    table = load_coverage(written(tmp_path))

    found = coverage_on(
        table, jurisdiction="XA", countries={"XC": "payee"}, kinds=list(CoverageKind), day=TODAY
    )
    elsewhere = coverage_on(
        table, jurisdiction="XD", countries={"XC": "payee"}, kinds=list(CoverageKind), day=TODAY
    )

    [(row, _)] = found
    assert (row.state, row.kinds) == (CoverageState.ABSENT, tuple(CoverageKind))
    assert elsewhere == []


def test_the_rest_of_a_law_is_none_only_where_the_table_says_so(tmp_path: Path) -> None:
    row = 'state = "modelled"\nkinds = ["trade"]\nfrom = 2020-01-01\nuntil = 2021-01-01'
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))

    for rest, expected in (('rest = "none"', "none"), ("", "absent")):
        table = load_coverage(written(tmp_path, law(row, rest=rest)))
        load_coverage.cache_clear()
        said = [
            row.state.value
            for day in days
            for row, _ in coverage_on(
                table,
                jurisdiction="XA",
                countries={"XB": 0},
                kinds=[CoverageKind.TRADE],
                day=day,
            )
        ]
        assert said == [expected, "modelled", "modelled", expected]


@pytest.mark.parametrize(
    ("laws", "key", "line"),
    [
        (
            law(
                'state = "modelled"\nkinds = ["trade"]\nfrom = 2020-01-01',
                'state = "modelled"\nkinds = ["travel", "trade"]\nfrom = 2021-01-01',
            ),
            "from",
            "[[laws.rows]]",
        ),
        (law('state = "modelled"', 'state = "none"\nuntil = 2020-01-01'), "from", "[[laws.rows]]"),
        (law('state = "absent"'), "instruments", "[[laws.rows]]"),
        (law('state = "none"\ncertainty = "C"'), "state", "[[laws.rows]]"),
        (law('state = "modelled"\nkinds = ["trade", "trade"]'), "kinds", "[[laws.rows]]"),
        (
            law('state = "modelled"\nfrom = 2020-01-01\nuntil = 2020-01-01'),
            "until",
            "[[laws.rows]]",
        ),
        (law().replace('"XB"', '"XD"'), "regime", "[[laws]]"),
        (law().replace('["XA"]', "[]"), "jurisdictions", "[[laws]]"),
        (law().replace('certainty = "B"', 'certainty = "C"'), "rest", "[[laws]]"),
        (law('state = "modelled"\ngoods = ["4402"]'), "goods", "[[laws.rows]]"),
        (law('state = "none"\nregion = "coast"'), "region", "[[laws.rows]]"),
        (law('state = "half"'), "laws[0].rows[0].state", "[[laws]]"),
        (law('state = "modelled"\nkind = "trade"'), "laws[0].rows[0]", "[[laws]]"),
    ],
)
def test_a_faulty_table_is_refused_with_file_line_and_key(
    tmp_path: Path, laws: str, key: str, line: str
) -> None:
    file = written(tmp_path, laws)

    with pytest.raises(CatalogueError) as caught:
        load_coverage(file)

    assert (caught.value.file, caught.value.key) == ("coverage.toml", key)
    assert file.read_text().splitlines()[caught.value.line - 1] == line
    assert caught.value.hint


def test_text_that_is_no_table_is_refused_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, "[[laws]\n")

    with pytest.raises(CatalogueError, match="not TOML") as caught:
        load_coverage(file)

    assert caught.value.line == len(HEAD.splitlines()) + 1


def test_a_table_with_other_kinds_than_the_program_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_text(file.read_text().replace('freeze = ""', 'blocking = ""'), encoding="utf-8")

    with pytest.raises(CatalogueError) as caught:
        load_coverage(file)

    assert caught.value.key == "kinds"


def test_days_and_kinds_of_the_table_stand_in_one_order() -> None:
    text = COVERAGE_FILE.read_text(encoding="utf-8")

    assert len(re.findall(r"^\[\[laws\]\]$", text, re.MULTILINE)) > 200
    assert max(row.valid_until or date.min for row in TABLE.rows) < TODAY + timedelta(days=1)


@pytest.mark.parametrize("jurisdiction", ["EU", "US", "GB", "CH", "CA"])
@pytest.mark.parametrize("country", ["TN", "BA", "TR", "MD", "NI", "BI", "GN", "GW", "ML", "CN"])
def test_a_payment_meets_no_absent_law_where_listings_are_all(
    jurisdiction: str, country: str
) -> None:
    if (jurisdiction, country) == ("CA", "TN"):
        pytest.skip("the list of that law is not held, and the table says so")
    kinds = (CoverageKind.FREEZE, CoverageKind.FINANCE, CoverageKind.SERVICES)

    for kind in kinds:
        [state] = states(jurisdiction, country, kind, TODAY)
        assert state in ({"none", "listings-only"} if kind is kinds[0] else {"none", "modelled"})


def test_where_all_trade_is_absent_so_is_that_in_arms() -> None:
    for row in TABLE.rows:
        if row.touches and _is_all_trade(row):
            for day in (row.valid_from or date(1945, 10, 24), row.valid_until or TODAY):
                if row.holds_on(day):
                    found = states(row.jurisdiction, row.touches[0], CoverageKind.ARMS, day)
                    assert "absent" in found, row


def _is_all_trade(row: CoverageRow) -> bool:
    return row.state is CoverageState.ABSENT and CoverageKind.TRADE in row.kinds and not row.goods


def test_only_law_on_the_occupied_regions_is_narrowed_to_a_region() -> None:
    narrowed = {(row.regime, row.jurisdiction) for row in TABLE.rows if row.region}

    assert narrowed == {("UA", key) for key in TABLE.jurisdictions if key != "UN"}


def test_every_absence_of_measures_of_the_reference_is_in_the_table(shared: Path) -> None:
    reference = shared / "domain" / "syria-2012-measures.csv"
    with reference.open(encoding="utf-8", newline="") as file:
        none = [row for row in csv.DictReader(file) if row["id"].startswith("NONE-")]

    said = {
        row.jurisdiction: (row.state.value, row.kinds, row.certainty.value, row.valid_from)
        for row in TABLE.rows
        if row.regime == "SY" and row.kinds == tuple(CoverageKind)
    }

    assert none
    for row in none:
        expected = ("none", tuple(CoverageKind), row["certainty"], None)
        assert said[row["jurisdiction"]] == expected, row["id"]


@pytest.mark.parametrize(("day", "absent"), [(date(2013, 6, 30), True), (date(2013, 7, 1), False)])
def test_law_of_croatia_on_other_states_ends_with_its_accession(day: date, *, absent: bool) -> None:
    found = coverage_on(
        TABLE,
        jurisdiction="HR",
        countries={"RS": "", "SY": ""},
        kinds=(CoverageKind.FINANCE,),
        day=day,
    )

    assert bool(found) is absent
