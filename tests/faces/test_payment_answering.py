"""Many payments are answered by several processes as by one."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import msgspec
import pytest

from article41.checks import Screener, refresh_index
from article41.checks.payment.message import Transaction
from article41.faces.cli import payment_answering
from article41.faces.cli.payment_answering import Answered, Answering, Coming, Question
from article41.faces.cli.payment_files import payments_of
from article41.model.errors import InputError, MessageError
from article41.store import Store
from tests.checks.made import entry
from tests.checks.payment.iso_messages import credit_transfers
from tests.store.made import moment, version

DAY = date(2024, 3, 1)
CHUNK = 3


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store, where three payments are as many as five hundred elsewhere."""
    monkeypatch.setattr(payment_answering, "ACTS_AT_ONCE", CHUNK)
    kept = [entry("eu-journal/1", "Orient Star Shipping", authority="EU")]
    made = version(kept, list_id="eu-journal", published=DAY)
    with Store(tmp_path) as store:
        store.add(msgspec.structs.replace(made, authority="EU"), known_at=moment(0))
        refresh_index(store)
    return tmp_path


def coming(folder: Path) -> Iterator[Coming]:
    """A batch, what cannot be read, and a batch."""
    for name, text in (
        ("a.xml", credit_transfers(8)),
        ("b.xml", "<Document>"),
        ("c.xml", credit_transfers(6)),
    ):
        file = folder / name
        file.write_text(text, encoding="utf-8")
        yield from ((name, one) for one in payments_of(file))


def answering(
    folder: Path, *, workers: int, is_whole: bool = False, generation: str = ""
) -> Answering:
    screener = Screener(folder)
    question = Question(
        folder=folder,
        generation=generation or screener.index.about.generation,
        asker="",
        jurisdictions=(),
        day=DAY,
        known_at=None,
        asked_on=DAY,
        threshold=0.65,
        is_whole=is_whole,
    )
    return Answering(question, screener, workers=workers)


def all_of(asked: Answering, folder: Path) -> list[Answered]:
    return [one for _, told in asked.answered(coming(folder)) for one in told]


@pytest.mark.parametrize("is_whole", [False, True])
def test_two_processes_answer_as_one_does(folder: Path, *, is_whole: bool) -> None:
    alone = all_of(answering(folder, workers=1, is_whole=is_whole), folder)

    together = all_of(answering(folder, workers=2, is_whole=is_whole), folder)

    assert [one.written for one in together] == [one.written for one in alone]
    assert [one.asked for one in together if isinstance(one.asked, Transaction)] == [
        one.asked for one in alone if isinstance(one.asked, Transaction)
    ]
    assert [one.answer.hold for one in together] == [one.answer.hold for one in alone]
    assert [one.answer.file for one in together] == ["a.xml"] * 8 + ["b.xml"] + ["c.xml"] * 6
    assert isinstance(together[8].asked, MessageError)


def test_no_other_state_of_the_lists_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers_here: list[int] = []
    kept = payment_answering._Desk.answers

    def answers(desk: payment_answering._Desk, payments: object) -> object:
        answers_here.append(1)
        return kept(desk, payments)  # type: ignore[arg-type]

    monkeypatch.setattr(payment_answering._Desk, "answers", answers)

    found = all_of(answering(folder, workers=2, generation="another"), folder)

    assert len(found) == 15
    assert len(answers_here) == 5


@pytest.mark.parametrize("count", [1, 3 * CHUNK + 1, 4 * CHUNK + 1])
def test_what_came_before_a_failure_is_answered(folder: Path, count: int) -> None:
    failure = InputError("no such file", hint="name another")

    def failing() -> Iterator[Coming]:
        yield from islice(coming(folder), count)
        raise failure

    found: list[Answered] = []

    def answer() -> None:
        for _, told in answering(folder, workers=2).answered(failing()):
            found.extend(told)

    with pytest.raises(InputError):
        answer()
    assert len(found) == count
