"""The demonstration: six acts of the article, answered on three days, told as what they are."""

import re
from datetime import date

from article41.checks.verdict_json import verdict_of
from article41.model.measures import Outcome
from tests.faces.made import run

NOTHING, NOT_BOUND = "NO MEASURE FOUND", "NOT BOUND"
TABLE = [
    ("EU", NOTHING, "FREEZE", "FREEZE"),
    ("EU", NOTHING, "PROHIBIT", NOTHING),
    ("EU", NOTHING, "PROHIBIT", NOTHING),
    ("EU", NOTHING, "DENY", "DENY"),
    ("EU", NOTHING, "LICENCE REQUIRED", "LICENCE REQUIRED"),
    ("RU", NOTHING, NOTHING, NOTHING),
    # In 2025 the bank is off the list; what the Union has on Russia is not held, and binds nobody.
    ("EU", NOTHING, NOT_BOUND, NOT_BOUND),
    ("US", NOT_BOUND, NOT_BOUND, NOT_BOUND),
]
"""An account, a payment, oil, a visa, equipment, and the payment by a bank that nobody binds."""


def test_the_table_answers_the_article_on_three_days() -> None:
    result = run("demo")

    assert result.returncode == 0, result.stderr
    shown = result.stdout
    assert shown.startswith("A demonstration, not a screening")
    rows = re.findall(r"^   (\w\w) (.+)$", shown, flags=re.MULTILINE)
    cells = [(row[0], *re.split(r"  +", row[1].strip())) for row in rows]
    assert cells[: len(TABLE)] == TABLE
    for citation in ("Art 14(1)", "Art 6(a)", "Art 18", "Art 4, Annex V"):
        assert citation in shown


def test_it_is_read_on_a_screen_or_little_more_and_shows_what_persuades() -> None:
    shown = run("demo").stdout
    blocks = {block.split(maxsplit=1)[0].strip(":,"): block for block in shown.split("\n\n")}

    assert len(shown.splitlines()) <= 60
    assert "law          Regulation (EU) No 36/2012, Art 14(1)" in blocks["FREEZE"]
    assert "a resemblance by name with score" in blocks["REVIEW"]
    assert "(parties.payee.same_as; if so PROHIBIT" in blocks["REVIEW"]
    assert "identified by BIC CMSYSYDA" in blocks["HOLD"]
    as_it_is, changed = blocks["CERTIFICATE"].split("changed  ")
    assert as_it_is.count("holds: ") == 2
    assert "DOES NOT HOLD" not in as_it_is
    assert "DOES NOT HOLD: its proof" in changed
    assert "article41 demo --json | article41 explain - --all" in blocks["Next"]


def test_what_it_says_tells_the_whole_does_so() -> None:
    verdicts = run("demo", "--json").stdout

    whole = run("explain", "-", "--all", input=verdicts)

    assert whole.returncode == 0, whole.stderr
    assert whole.stdout.count("\nCoverage\n") == 18


def test_the_answers_are_verdicts_on_their_days() -> None:
    lines = run("demo", "--json").stdout.splitlines()

    verdicts = [verdict_of(line.encode("utf-8")) for line in lines]
    assert len(verdicts) == 18
    assert [one.act.on for one in verdicts[:2]] == [date(2011, 1, 1), date(2012, 7, 6)]
    newest = verdicts[2]
    assert newest.act.on == newest.catalogue_verified_on
    assert verdicts[1].outcome is Outcome.FREEZE


def test_the_same_demonstration_is_the_same_bytes_but_for_when_it_was_asked() -> None:
    assert run("demo", "--json").stdout == run("demo", "--json").stdout
