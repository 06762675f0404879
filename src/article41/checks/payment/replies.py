"""What a bank may send back of a payment that it holds: that it is pending, and no word more.

Whoever gets it learns neither who was found nor that anybody was: a reply names the payment, a
status and a code. None ever rejects: what is to be frozen must not go back, and what is forbidden
a person sends back.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

import msgspec

from article41.checks.payment.answers import PaymentAnswer, PaymentReply
from article41.checks.payment.header import receiver_of, sender_of
from article41.checks.payment.message import Means, Text, Transaction
from article41.model.letters import legible

PENDING = "PDNG"
"""Status of a payment that is held (ISO 20022, ExternalPaymentTransactionStatus1Code)."""
PENDING_MT = "ACSP"
"""The same in a free message, as the confirmations of SWIFT gpi write it."""
UPDATE_FOLLOWS = "G002"
"""Reason (ISO 20022, ExternalStatusReason1Code): it may not be credited on the same day, and an
update will follow."""
_PACS_002 = "urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10"
_PAIN_002 = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
_REFERENCE_MAX = 35
_REFERENCE_MT_MAX = 16
_ORIGINALS = (
    ("OrgnlInstrId", "InstrId"),
    ("OrgnlEndToEndId", "EndToEndId"),
    ("OrgnlTxId", "TxId"),
    ("OrgnlUETR", "UETR"),
)
"""Elements of a report, in its order, and those of the payment that they repeat."""
_FREE_MESSAGES = {"MT1": "199", "MT2": "299", "MT7": "799"}


class Reply(NamedTuple):
    """A message to send back."""

    kind: str
    """`pacs.002`, `pain.002` or `MT199`."""
    text: str
    """The whole of it."""

    @property
    def suffix(self) -> str:
        """Of a file that holds it."""
        return ".txt" if self.kind.startswith("MT") else ".xml"


def pending(transaction: Transaction, *, own_reference: str, at: datetime) -> Reply | None:
    """The reply that a payment is pending; absent where the format has none.

    Args:
        transaction: The payment.
        own_reference: How the reply is called; cut to what the format holds.
        at: The moment, with its zone.

    Example:
        >>> uetr = Text(path="CdtTrfTxInf/PmtId/UETR", value="x-1", means=Means.REFERENCE)
        >>> one = Transaction(message="pacs.008.001.08", number=1, texts=(uetr,))
        >>> reply = pending(one, own_reference="R1", at=datetime(2026, 11, 30, tzinfo=UTC))
        >>> "<TxSts>PDNG</TxSts>" in reply.text
        True
    """
    message = transaction.message
    if message.startswith("pacs.0"):
        return Reply("pacs.002", "\n".join(_pacs(transaction, own_reference, at)) + "\n")
    if message.startswith("pain.001"):
        return Reply("pain.002", "\n".join(_pain(transaction, own_reference, at)) + "\n")
    kind = _FREE_MESSAGES.get(message[:3])
    return _free_message(transaction, f"MT{kind}", own_reference, at) if kind else None


def replied(
    answer: PaymentAnswer, transaction: Transaction, *, own_reference: str, at: datetime
) -> PaymentAnswer:
    """An answer with what may be sent back, where it holds the payment.

    Args:
        answer: The answer.
        transaction: The payment.
        own_reference: As for `pending`.
        at: As for `pending`.
    """
    reply = None
    if answer.hold:
        reply = pending(transaction, own_reference=own_reference, at=at)
    if reply is None:
        return answer
    return msgspec.structs.replace(answer, reply=PaymentReply(kind=reply.kind, text=reply.text))


def _pacs(transaction: Transaction, own_reference: str, at: datetime) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<Document xmlns="{_PACS_002}">'
    yield "  <FIToFIPmtStsRpt>"
    yield from _header(own_reference, at)
    yield "    <TxInfAndSts>"
    yield "      <OrgnlGrpInf>"
    yield from _element("OrgnlMsgId", _ended(transaction.texts, "GrpHdr/MsgId") or "NOTPROVIDED", 8)
    yield from _element("OrgnlMsgNmId", transaction.message, 8)
    yield "      </OrgnlGrpInf>"
    yield from _status(transaction)
    yield "    </TxInfAndSts>"
    yield "  </FIToFIPmtStsRpt>"
    yield "</Document>"


def _pain(transaction: Transaction, own_reference: str, at: datetime) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<Document xmlns="{_PAIN_002}">'
    yield "  <CstmrPmtStsRpt>"
    yield from _header(own_reference, at)
    yield "    <OrgnlGrpInfAndSts>"
    yield from _element("OrgnlMsgId", _ended(transaction.texts, "GrpHdr/MsgId") or "NOTPROVIDED", 6)
    yield from _element("OrgnlMsgNmId", transaction.message, 6)
    yield "    </OrgnlGrpInfAndSts>"
    yield "    <OrgnlPmtInfAndSts>"
    own = _ended(transaction.texts, "PmtInfId") or "NOTPROVIDED"
    yield from _element("OrgnlPmtInfId", own, 6)
    yield "      <TxInfAndSts>"
    yield from (f"  {line}" for line in _status(transaction, has_transaction_id=False))
    yield "      </TxInfAndSts>"
    yield "    </OrgnlPmtInfAndSts>"
    yield "  </CstmrPmtStsRpt>"
    yield "</Document>"


def _header(own_reference: str, at: datetime) -> Iterator[str]:
    yield "    <GrpHdr>"
    yield from _element("MsgId", own_reference, 6)
    yield from _element("CreDtTm", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00"), 6)
    yield "    </GrpHdr>"


def _status(transaction: Transaction, *, has_transaction_id: bool = True) -> Iterator[str]:
    for element, original in _ORIGINALS:
        value = _ended(transaction.texts, f"/{original}")
        if value and (has_transaction_id or original != "TxId"):
            yield from _element(element, value, 6)
    yield from _element("TxSts", PENDING, 6)
    yield f"      <StsRsnInf><Rsn><Cd>{UPDATE_FOLLOWS}</Cd></Rsn></StsRsnInf>"


def _element(name: str, value: str, indent: int) -> Iterator[str]:
    shown = legible(value)[: _REFERENCE_MAX if name != "OrgnlUETR" else 36]
    yield f"{' ' * indent}<{name}>{escape(shown)}</{name}>"


def _ended(texts: Sequence[Text], ending: str) -> str:
    """The reference whose path ends so; the first, since the payment's own comes first."""
    return next((one.value for one in texts if f"/{one.path}".endswith(ending)), "")


def _free_message(transaction: Transaction, kind: str, own_reference: str, at: datetime) -> Reply:
    texts = transaction.texts
    receiver, sender = _bic(receiver_of(texts)), _bic(sender_of(texts))
    uetr = _field(texts, "121")
    related = _field(texts, "20") or "NONREF"
    stamp = at.astimezone(UTC).strftime("%y%m%d%H%M+0000")
    lines = [
        f":20:{_mt(own_reference)}",
        f":21:{_mt(related)}",
        f":79://{stamp}",
        f"//{PENDING_MT}/{UPDATE_FOLLOWS}",
        *([f"//{receiver}"] if receiver else []),
    ]
    header = f"{{1:F01{_terminal(receiver)}0000000000}}{{2:I{kind[2:]}{_terminal(sender)}N}}"
    user = f"{{3:{{121:{uetr}}}}}" if uetr else ""
    return Reply(kind, f"{header}{user}{{4:\r\n" + "\r\n".join(lines) + "\r\n-}\r\n")


def _field(texts: Sequence[Text], tag: str) -> str:
    """The value of a field by its tag, whatever block and line its path names."""
    for one in texts:
        block, _, rest = one.path.partition(":")
        if block in ("3", "4") and rest.partition("/")[0].partition("[")[0] == tag:
            return one.value
    return ""


def _bic(text: Text | None) -> str:
    return text.value if text is not None and text.means is Means.BIC else ""


def _terminal(bic: str) -> str:
    """A BIC as headers write it: twelve letters, with a terminal before the branch."""
    if len(bic) not in (8, 11):
        return "X" * 12
    return f"{bic[:8]}X{bic[8:] or 'XXX'}"


def _mt(reference: str) -> str:
    """A reference in the letters of SWIFT's set X, cut to what a field holds."""
    kept = "".join(one if one.isascii() and (one.isalnum() or one in "-/.") else "-" for one in
                   reference)  # fmt: skip
    return kept.strip("/")[:_REFERENCE_MT_MAX] or "NONREF"
