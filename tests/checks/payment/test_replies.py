"""What may be sent back of a payment that is held."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from article41.checks.payment.message import Means, Transaction
from article41.checks.payment.replies import pending
from tests.checks.payment.made import payment, text

AT = datetime(2026, 11, 30, 15, 4, 5, tzinfo=UTC)
UETR = "7a562c67-ca16-48ba-b074-65581be6f001"
IDS = (
    text("GrpHdr/MsgId", "MSG-1", Means.REFERENCE),
    text("CdtTrfTxInf/PmtId/InstrId", "INSTR-1", Means.REFERENCE),
    text("CdtTrfTxInf/PmtId/TxId", "TX-<1>", Means.REFERENCE),
    text("CdtTrfTxInf/PmtId/UETR", UETR, Means.REFERENCE),
)
MT = Transaction(
    message="MT103",
    number=1,
    reference="REF1",
    texts=(
        text("1:terminal", "OWNBGB2LXXX", Means.BIC, "intermediary-2"),
        text("2:service", "O103", Means.CODE),
        text("2:terminal", "SENDDEFFXXX", Means.BIC, "payer-bank"),
        text("3:121", UETR, Means.REFERENCE),
        text("4:20", "REF1", Means.REFERENCE),
        text("4:59/1", "Brambleshaw Jean", Means.NAME, "payee"),
    ),
)


def reply_to(one: Transaction) -> str:
    reply = pending(one, own_reference="A41-1", at=AT)
    assert reply is not None
    return reply.text


def test_a_report_says_pending_and_which_payment() -> None:
    root = etree.fromstring(reply_to(payment(*IDS)).encode())

    found = {etree.QName(one).localname: one.text for one in root.iter() if not len(one)}
    assert found == {
        "MsgId": "A41-1",
        "CreDtTm": "2026-11-30T15:04:05+00:00",
        "OrgnlMsgId": "MSG-1",
        "OrgnlMsgNmId": "pacs.008.001.08",
        "OrgnlInstrId": "INSTR-1",
        "OrgnlEndToEndId": "E2E-1",
        "OrgnlTxId": "TX-<1>",
        "OrgnlUETR": UETR,
        "TxSts": "PDNG",
        "Cd": "G002",
    }


def test_a_report_fits_its_schema(shared: Path) -> None:
    folder = shared / "data" / "payments" / "iso20022-xsd"
    written = (folder / "pacs.002.001.11.xsd").read_text(encoding="utf-8")
    schema = etree.XMLSchema(etree.fromstring(written.replace("002.001.11", "002.001.10").encode()))

    schema.assertValid(etree.fromstring(reply_to(payment(*IDS)).encode()))


def test_an_order_of_a_customer_has_the_report_for_customers(shared: Path) -> None:
    made = payment(*IDS, text("PmtInf/PmtInfId", "PAY-1", Means.REFERENCE),
                   message="pain.001.001.09")  # fmt: skip
    folder = shared / "data" / "payments" / "iso20022-xsd"
    written = (folder / "pain.002.001.11.xsd").read_text(encoding="utf-8")
    schema = etree.XMLSchema(etree.fromstring(written.replace("002.001.11", "002.001.10").encode()))

    schema.assertValid(etree.fromstring(reply_to(made).encode()))


def test_a_free_message_says_so_of_an_mt() -> None:
    assert reply_to(MT) == (
        "{1:F01OWNBGB2LXXXX0000000000}{2:I199SENDDEFFXXXXN}{3:{121:" + UETR + "}}{4:\r\n"
        ":20:A41-1\r\n:21:REF1\r\n:79://2611301504+0000\r\n//ACSP/G002\r\n//OWNBGB2LXXX\r\n-}\r\n"
    )


@pytest.mark.parametrize("one", [payment(*IDS), MT])
def test_no_reply_names_anybody_or_says_why(one: Transaction) -> None:
    said = reply_to(one).casefold()

    named = [text.value.casefold() for text in one.texts if text.means is Means.NAME]
    assert [word for word in (*named, "sanction", "list", "screen", "match", "rr04", "rjct")
            if word in said] == []  # fmt: skip


def test_a_request_to_cancel_has_no_reply_of_its_own() -> None:
    assert pending(payment(message="camt.056.001.08"), own_reference="A41-1", at=AT) is None


def test_a_reference_cannot_end_a_message() -> None:
    texts = (text("4:20", "REF-}{1:F01", Means.REFERENCE),)
    made = Transaction(message="MT103", number=1, reference="x", texts=texts)

    assert reply_to(made).count("-}") == 1
