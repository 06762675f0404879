"""The act of a payment is what `check` takes, and has the same verdict there."""

from pathlib import Path

import pytest

from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.checks.payment.answers import PaymentAnswer
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.message import Means, Transaction
from article41.checks.reading import read_acts
from article41.checks.verdict_json import ENCODER, verdict_json
from article41.model.clocks import PartialDate
from article41.model.entities import Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.store import Store
from tests.checks.asked import PUBLISHED
from tests.checks.made import entry
from tests.checks.payment.made import payment, text
from tests.checks.payment.test_real_messages import messages_in
from tests.store.made import moment, version

IN_SAMPLES = ("NDEAFIHH", "ESSEFIHX", "BOFAUS6H")
"""BICs of banks that real messages name again and again."""
FOLDERS = 5


@pytest.fixture
def screener(tmp_path: Path) -> Screener:
    """Two lists: one prints BICs, the other has the same banks by their names alone."""
    numbered = [
        entry(
            f"xa-main/{at}", f"Zanderplatz Bank {bic}", schema=Schema.COMPANY,
            numbers=[Identifier(kind=IdentifierKind.BIC, value=bic)],
        )
        for at, bic in enumerate(IN_SAMPLES)
    ]  # fmt: skip
    named = [
        entry(f"xb-main/{at}", f"Zanderplatz Bank {bic}", schema=Schema.COMPANY)
        for at, bic in enumerate(IN_SAMPLES)
    ]
    with Store(tmp_path) as store:
        for list_id, entries in (("xa-main", numbered), ("xb-main", named)):
            store.add(version(entries, list_id=list_id, published=PUBLISHED), known_at=moment(0))
        refresh_index(store)
    return Screener(tmp_path)


def whole(screener: Screener, *payments: Transaction) -> list[PaymentAnswer]:
    desk = PaymentChecker(screener, Checker(screener), day=PUBLISHED, asked_on=PUBLISHED)
    return list(desk.answer_many(payments, file="a.xml", is_whole=True))


def asked_again(screener: Screener, answer: PaymentAnswer) -> tuple[bytes, bytes]:
    """The verdict of a payment, and that which its act has when it is read and checked."""
    assert answer.verdict is not None, answer.fault
    [act] = read_acts(ENCODER.encode(answer.verdict.act), file="act.json")
    verdict = Checker(screener).check(act, asked_on=PUBLISHED)
    return verdict_json(answer.verdict), verdict_json(verdict)


def test_the_act_of_every_real_message_has_the_same_verdict_when_it_is_checked(
    shared: Path, screener: Screener
) -> None:
    folders = [one for one in (shared / "data" / "payments").iterdir() if one.is_dir()]
    payments = [one for folder in folders for one in messages_in(folder)]

    answers = whole(screener, *payments)

    assert len(folders) >= FOLDERS
    assert len(answers) == len(payments) > 300
    for answer in answers:
        first, second = asked_again(screener, answer)
        assert first == second
    verdicts = [answer.verdict for answer in answers if answer.verdict is not None]
    told = {entry.key for one in verdicts for party in one.parties for entry in party.listed}
    assert {"xa-main/0", "xb-main/0"} <= told


def test_an_amount_is_written_as_acts_have_it(screener: Screener) -> None:
    [answer] = whole(screener, payment(IntrBkSttlmAmt="500.00"))

    first, second = asked_again(screener, answer)

    assert first == second


def test_a_date_of_birth_to_come_tells_nobody_from_the_listed(tmp_path: Path) -> None:
    listed = entry("xa-main/1", "Quibbleworth Ada", born=PartialDate(year=1965))
    with Store(tmp_path) as store:
        store.add(version([listed], published=PUBLISHED), known_at=moment(0))
        refresh_index(store)
    born = text("Cdtr/BirthDt", "2031-01-01", Means.BIRTH_DATE, "payee")

    [answer] = whole(Screener(tmp_path), payment(born, Cdtr_Nm="Quibbleworth Ada"))

    assert any("born on 2031-01-01" in one for one in answer.assumed)
    assert answer.verdict is not None
    assert {one.key for party in answer.verdict.parties for one in party.listed} == {"xa-main/1"}
    first, second = asked_again(Screener(tmp_path), answer)
    assert first == second


def test_a_bank_by_its_bic_alone_is_asked_for_no_name_and_another_number_is(
    screener: Screener,
) -> None:
    as_name = text("Cdtr/Id/Othr/Id", "Ada 12345", Means.NUMBER, "payee")

    [answer] = whole(screener, payment(as_name, Cdtr_Nm="Ada 12345"))

    assert answer.verdict is not None
    standings = {one.party: one for one in answer.verdict.parties}
    assert standings["payee-bank"].screened == ("BIC SPECFRPPXXX",)
    assert standings["payee-bank"].name_open == ""
    assert "Ada 12345" in standings["payee"].screened
