"""What a machine is told of open questions, and the words in the place of a measure: complete."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import article41
from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.model.acts import Asker, PaymentAct
from article41.model.measures import Outcome
from article41.model.parties import Party, Role
from article41.model.questions import AskedOf, NoMeasure, asked_of
from article41.model.verdicts import MissingFact
from article41.store import Store
from tests.checks.asked import PUBLISHED
from tests.checks.made import entry
from tests.faces.described import told
from tests.store.made import moment, version

PACKAGE = Path(article41.__file__).parent
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "model.md"
HAVING_MEASURES = ("Finding", "Considered", "PaymentReason")


@pytest.mark.parametrize(
    ("fact", "of"),
    [
        ("parties.payee.same_as", AskedOf.DECISION),
        ("parties.intermediary-2.country", AskedOf.BANK),
        ("cleared_in", AskedOf.BANK),
        ("parties.payee.owners", AskedOf.CUSTOMER),
        ("holdings.payee", AskedOf.CUSTOMER),
        ("facts.names-are-whole", AskedOf.CUSTOMER),
        ("facts.national-law-forbids", AskedOf.LAW),
        ("facts.foreign-law-is-the-reason", AskedOf.ASKER),
        ("asker.in_hand", AskedOf.ASKER),
        ("lists.ofac-sdn with ofac-cons", AskedOf.LISTS),
        ("catalogue.xa/fleet", AskedOf.LAW),
        ("xa-main/7", AskedOf.LISTING),
    ],
)
def test_of_whom_a_question_is_asked_follows_from_its_fact(fact: str, of: AskedOf) -> None:
    asked = MissingFact(fact=fact, question="?", if_so=Outcome.REVIEW)

    assert asked.of is asked_of(fact) is of


def test_each_entry_that_a_party_resembles_is_named_by_its_key(tmp_path: Path) -> None:
    listed = [
        entry("eu-journal/1", "Quibbleworth Ada", authority="EU", programmes=("SYR",)),
        entry("eu-journal/2", "Quibbleworth Adah", authority="EU", programmes=("SYR",)),
    ]
    made = version(listed, list_id="eu-journal", published=PUBLISHED)
    with Store(tmp_path) as store:
        store.add(msgspec.structs.replace(made, authority="EU"), known_at=moment(0))
        refresh_index(store)
    parties = (
        Party(role=Role.PAYER_BANK, name="Example Bank", country="DE"),
        Party(role=Role.PAYEE, name="Ada Quibbleworth", country="DE"),
    )
    act = PaymentAct(on=PUBLISHED, asker=Asker(party="payer-bank"), parties=parties)

    verdict = Checker(Screener(tmp_path)).check(act, asked_on=PUBLISHED)

    decisions = [one for one in verdict.missing if one.of is AskedOf.DECISION]
    assert {one.fact for one in decisions} == {"parties.payee.same_as"}
    assert {one.listing for one in decisions} == {"eu-journal/1", "eu-journal/2"}
    others = [one for one in verdict.missing if one.fact.startswith("lists.")]
    assert {(one.of, one.listing) for one in others} <= {(AskedOf.LISTS, "")}


def test_no_other_word_stands_in_the_place_of_a_measure() -> None:
    found = {word for file in _files() for word in _words_of(file)}

    assert found == {one.value for one in NoMeasure}
    assert not any("/" in one for one in found)


@pytest.mark.parametrize("kind", [AskedOf, NoMeasure])
def test_the_reference_has_every_word(kind: type[AskedOf] | type[NoMeasure]) -> None:
    text = REFERENCE.read_text(encoding="utf-8")

    for one in kind:
        said = told(kind)[one.name].rstrip(".")
        assert f"| `{one.value}` | {said[0].lower()}{said[1:]} |" in text


def _files() -> Iterator[Path]:
    for floor in ("law", "checks"):
        yield from (PACKAGE / floor).rglob("*.py")


def _words_of(file: Path) -> Iterator[str]:
    """What a file writes as a measure, but for ids and what was written as one before."""
    name = ".".join(("article41", *file.relative_to(PACKAGE).with_suffix("").parts))
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in HAVING_MEASURES:
            continue
        given = [one.value for one in call.keywords if one.arg == "measure"]
        for one in (branch for value in given for branch in _branches(value)):
            written = ast.unparse(one)
            if written not in ("measure.id", "finding.measure"):
                yield str(eval(written, vars(importlib.import_module(name))))


def _branches(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.IfExp):
        yield from _branches(value.body)
        yield from _branches(value.orelse)
    else:
        yield value
