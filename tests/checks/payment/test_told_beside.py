"""What an answer tells beside what holds a payment: who is listed elsewhere, how it is called."""

from pathlib import Path

import msgspec

from article41.checks import Screener, refresh_index
from article41.checks.acts import Checker
from article41.checks.payment.answers import PaymentAnswer
from article41.checks.payment.checking import PaymentChecker
from article41.checks.payment.message import Means
from article41.checks.payment.references import References, references_of
from article41.faces.cli.payment_words import answer_lines
from article41.faces.cli.writing import Pen
from article41.store import Store
from tests.checks.asked import PUBLISHED
from tests.checks.made import entry
from tests.checks.payment.made import payment, text
from tests.store.made import moment, version


def answered(folder: Path, payee: str = "Brambleshaw Jean") -> PaymentAnswer:
    """A payment by the whole list of the Union, and by one of an authority that binds nobody."""
    union = version(
        [entry("eu-journal/2", "Zanderplatz Otto", authority="EU")],
        list_id="eu-journal",
        published=PUBLISHED,
    )
    with Store(folder) as store:
        store.add(msgspec.structs.replace(union, authority="EU"), known_at=moment(0))
        listed = entry("xa-main/7", "Brambleshaw Jean")
        store.add(version([listed], list_id="xa-main", published=PUBLISHED), known_at=moment(0))
        refresh_index(store)
    screener = Screener(folder)
    desk = PaymentChecker(screener, Checker(screener), day=PUBLISHED, asked_on=PUBLISHED)
    [answer] = desk.answer_many([payment(Cdtr_Nm=payee)], file="a.xml")
    return answer


def test_who_is_listed_where_it_binds_nobody_is_told_and_holds_nothing(tmp_path: Path) -> None:
    answer = answered(tmp_path)

    said = " ".join(" ".join(answer_lines(answer, Pen(has_colour=False), width=100)).split())
    assert not answer.hold
    [told] = answer.listed_elsewhere
    assert (told.party, told.authority, told.key) == ("payee", "XA", "xa-main/7")
    assert "elsewhere payee: Brambleshaw Jean (xa-main/7): resembles by name" in said
    assert "by XA, whose law binds nobody here" in said


def test_where_nobody_is_listed_elsewhere_nobody_is_told(tmp_path: Path) -> None:
    answer = answered(tmp_path, "Marguerite Oldstone")

    assert answer.listed_elsewhere == ()
    assert "elsewhere" not in "\n".join(answer_lines(answer, Pen(has_colour=False), width=100))


def test_each_reference_stands_in_a_field_of_its_own() -> None:
    named = (
        ("GrpHdr/MsgId", "M-1"),
        ("CdtTrfTxInf/PmtId/InstrId", "I-1"),
        ("CdtTrfTxInf/PmtId/EndToEndId", "E-1"),
        ("CdtTrfTxInf/PmtId/TxId", "T-1"),
        ("CdtTrfTxInf/PmtId/UETR", "u-1"),
        ("CdtTrfTxInf/UndrlygCstmrCdtTrf/InstrId", "I-2"),
        ("CdtTrfTxInf/RmtInf/Ustrd/MsgId", "M-2"),
    )
    texts = [text(path, value, Means.REFERENCE) for path, value in named]
    mt = [text("3:121", "u-2", Means.REFERENCE), text("4:20", "S-1", Means.REFERENCE)]
    related = text("4:21[2]/1", "R-1", Means.REFERENCE)

    assert references_of(texts) == References(
        message_id="M-1",
        instruction_id="I-1",
        end_to_end_id="E-1",
        transaction_id="T-1",
        uetr="u-1",
    )
    assert references_of([*mt, related]) == References(
        uetr="u-2", sender_reference="S-1", related_reference="R-1"
    )
    assert references_of([text("RmtInf/UETR", "x", Means.REMITTANCE)]) == References()
