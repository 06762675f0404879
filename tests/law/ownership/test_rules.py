"""The rules themselves: which holds on a day, and what is wrong with a file of them."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from article41.law.ownership import State, families, load_rules, read_rules, rule_on
from article41.law.ownership.loading import RULES
from article41.model.errors import CatalogueError, InputError
from article41.model.holdings import ControlKind
from article41.model.measures import Certainty

TEXT = RULES.read_text(encoding="utf-8")
MADE = """
[families.xa]
title = "Xanadu"

[unverified]
key = "NONE"
state = "unverified"
title = "none"
citation = "none"
certainty = "C"
verified_on = 2026-11-30
verified_by = "nobody"

[[rules]]
key = "XA_2024"
family = "xa"
from = 2024-01-01
title = "Example guidance"
citation = "Example guidance of 1 January 2024"
certainty = "A"
verified_on = 2026-11-30
verified_by = "the guidance"
threshold_percent = 50
owned_in = ["capital"]
"""


def test_every_rule_says_where_it_is_said_how_sure_it_is_and_since_when() -> None:
    rules = load_rules(RULES).rules

    assert len(rules) == 17
    for rule in rules:
        assert rule.citation
        assert rule.valid_from is not None
        assert rule.verified_by
        assert set(rule.controlled_by).isdisjoint(rule.open_kinds)
        if rule.counts_control:
            # Every kind of control that is not enough is a question.
            assert {*rule.controlled_by, *rule.open_kinds} == set(ControlKind)


def test_the_rules_of_a_family_follow_each_other_without_a_gap() -> None:
    for family in families():
        own = [rule for rule in load_rules(RULES).rules if rule.family == family]

        assert [rule.valid_until for rule in own[:-1]] == [rule.valid_from for rule in own[1:]]
        assert not own or own[-1].valid_until is None


@pytest.mark.parametrize(
    ("family", "first", "before", "after"),
    [
        ("us", date(2008, 2, 14), "NONE_VERIFIED", "US_2008"),
        ("us", date(2014, 8, 13), "US_2008", "US_2014"),
        ("eu", date(2003, 12, 8), "NONE_VERIFIED", "EU_2012"),
        ("eu", date(2022, 4, 8), "EU_2012", "EU_2022"),
        ("eu", date(2024, 7, 3), "EU_2022", "EU_2024"),
        ("uk", date(2020, 12, 31), "EU_2012", "UK_2020"),
        ("ca", date(2023, 6, 22), "CA_1992", "CA_2023"),
        ("bis", date(2025, 9, 29), "BIS_2008", "BIS_2025"),
    ],
)
def test_a_rule_begins_on_its_first_day(family: str, first: date, before: str, after: str) -> None:
    assert rule_on(family, first - timedelta(days=1)).key == before
    assert rule_on(family, first).key == after


def test_the_affiliates_rule_is_in_force_suspended_and_then_unverified() -> None:
    days = [date(2025, 11, 9), date(2025, 11, 10), date(2026, 11, 9), date(2026, 11, 10)]

    rules = [rule_on("bis", day) for day in days]

    assert [rule.state for rule in rules] == [
        State.IN_FORCE, State.NAMES_ONLY, State.NAMES_ONLY, State.UNVERIFIED,
    ]  # fmt: skip
    assert rules[-1].certainty is Certainty.C


def test_a_family_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no rules on ownership for `xa`") as caught:
        rule_on("xa", date(2024, 1, 1))

    assert "eu" in caught.value.hint


def test_a_made_file_is_read() -> None:
    rule = read_rules(MADE, "made.toml").on("xa", date(2024, 1, 1))

    assert (rule.key, rule.asks_for) == ("XA_2024", "50 % or more")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from = 2024-01-01", "form = 2024-01-01", "17 in `rules[0].form`: no such key"),
        ('certainty = "A"', 'certainty = "D"', "20 in `rules[0].certainty`: invalid enum"),
        ('family = "xa"', 'family = "xb"', "16 in `rules[0].family`: no family `xb`"),
        ("from = 2024-01-01\n", "", "14 in `rules[0]`: `from` is missing"),
        ("threshold_percent = 50", "threshold_percent = 500", "no per cent below 100"),
        ('owned_in = ["capital"]', "", "no right makes an owner"),
        ('title = "Xanadu"', "titel = 'Xanadu'", "3 in `families.xa.titel`: no such key"),
        ('title = "Xanadu"', "title = 'X'\nbefore = 'xb'", "in `families.xa.before`: no family"),
        ('state = "unverified"', 'state = "in-force"', "7 in `unverified.state`: it can be"),
        ('citation = "Example guidance of 1 January 2024"\n', "", "`citation` is missing"),
        ('citation = "Example guidance of 1 January 2024"', 'citation = " "', "empty"),
        ("from = 2024-01-01", "from = 2024-01-01\nuntil = 2024-01-01", "ends before it begins"),
        (
            'owned_in = ["capital"]',
            'owned_in = ["capital"]\ncontrolled_by = ["linked"]\nopen_kinds = ["linked"]',
            "26 in `rules[0].open_kinds`: `linked` is enough already",
        ),
        ('key = "XA_2024"', "key = XA", "15: not TOML"),
        ("owned_in", "transfer_days = -1\nowned_in", "less than no day"),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_line_and_key(old: str, new: str, said: str) -> None:
    assert old in MADE

    with pytest.raises(CatalogueError, match=re.escape(said)) as caught:
        read_rules(MADE.replace(old, new), "made.toml")

    assert str(caught.value).startswith("made.toml:")
    assert caught.value.hint


def test_rules_that_overlap_are_refused() -> None:
    second = MADE[MADE.index("[[rules]]") :].replace("2024-01-01", "2025-01-01")

    with pytest.raises(CatalogueError, match="begins before the last rule of `xa` ends"):
        read_rules(MADE + second, "made.toml")


def test_a_number_in_an_unverified_rule_is_refused() -> None:
    with pytest.raises(CatalogueError, match="a number in an unverified rule"):
        read_rules(MADE.replace("owned_in", 'state = "unverified"\nowned_in'), "made.toml")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"rules.toml: cannot be read"):
        load_rules(tmp_path / "rules.toml")


def test_no_line_of_the_shipped_rules_promises_anything() -> None:
    assert not re.search(r"(?i)\b(clear|cleared|safe|allowed|approved|compliant)\b", TEXT)
