"""What is no whole message is refused with its place, and no part of it is handed out."""

import io

import pytest

from article41.checks.payment.iso20022 import read_iso20022, reader
from article41.checks.payment.iso20022.feed import TRANSACTION_BYTES_MAX
from article41.checks.payment.iso20022.opening import DEPTH_MAX
from article41.checks.payment.iso20022.texts import TEXT_CHARACTERS_MAX
from article41.model.errors import MessageError
from tests.checks.payment.iso_messages import (
    TRANSFER,
    credit_transfers,
    document,
    enveloped,
    read,
)
from tests.checks.payment.test_iso20022 import INITIATION

CDATA = f"<Body><![CDATA[{credit_transfers()}]]></Body>"


def changed(old: str, new: str) -> str:
    assert old in TRANSFER
    return credit_transfers(each=TRANSFER.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"<!DOCTYPE Document []>{credit_transfers()}", "document type"),
        (f'<!DOCTYPE d [<!ENTITY a "b">]>{credit_transfers()}', "document type"),
        (changed("Ada", "&ada;"), "not well-formed"),
        (changed("<Dbtr>", "<Dbtr><Nm>Zeda</Nm></Dbtr><Dbtr>"), "`Dbtr` stands a second time"),
        (changed("<Cdtr>", "<Cdtr><Nm>Zeda</Nm></Cdtr><Cdtr>"), "`Cdtr` stands a second time"),
        (changed("<Nm>Ada", "<Nm>Zeda</Nm><Nm>Ada"), "`Nm` stands a second time"),
        (
            changed("<ChrgBr>", '<IntrBkSttlmAmt Ccy="EUR">1</IntrBkSttlmAmt><ChrgBr>'),
            "`IntrBkSttlmAmt` stands a second time",
        ),
        (changed("<Ctry>", "<Ctry>XB</Ctry><Ctry>"), "`Ctry` stands a second time"),
        (changed("Orient Star Shipping", " "), "`Nm` is empty"),
        (changed("Orient Star Shipping", "<!-- x -->"), "`Nm` is empty"),
        (changed("100.50", "100,50"), "is no figure"),
        (changed(' Ccy="EUR"', ""), "has no currency"),
        (changed('Ccy="EUR"', 'Ccy="Euro"'), "has the currency `Euro`"),
        (changed("2026-03-02", "soon"), "is no day"),
        (changed("2026-03-02", "2026-02-30"), "is no day"),
        (changed("Cdtr>", "Kdtr>").replace("</Cdtr>", "</Kdtr>"), "has no `Cdtr`"),
        (
            document(INITIATION.replace("Dbtr>", "Debtor>"), kind="pain.001.001.09"),
            "`PmtInf` has no `Dbtr`",
        ),
        (changed("Invoice 7", "x" * (TEXT_CHARACTERS_MAX + 1)), "text longer than"),
        (
            changed("Invoice 7", "<a>" * DEPTH_MAX + "x" + "</a>" * DEPTH_MAX),
            "inside one another",
        ),
        (changed("Invoice 7", "<a>" * 300 + "x" + "</a>" * 300), "not well-formed"),
        (changed("Ada", "A\0da"), "NUL"),
        (
            changed(
                "<Ustrd>", f"<Ustrd {' '.join(f'a{n}={chr(34)}b{chr(34)}' for n in range(99))}>"
            ),
            "more than 50 attributes",
        ),
        (
            credit_transfers().replace("</GrpHdr>", f"</GrpHdr>{'<x>1</x>' * 2_001}"),
            "more than 2,000 texts beside",
        ),
        (changed("<Purp>", "<z><Nm>Ada</Nm></z>" * 301 + "<Purp>"), "more than 300 parties"),
        (credit_transfers(2).replace("<NbOfTxs>2", "<NbOfTxs>3"), "`3` transactions are announced"),
        (credit_transfers().replace("<SttlmInf>", "<CtrlSum>99</CtrlSum><SttlmInf>"), "make 100.5"),
        (
            credit_transfers().replace(
                "<SttlmInf>",
                '<TtlIntrBkSttlmAmt Ccy="EUR">99</TtlIntrBkSttlmAmt><SttlmInf>',
            ),
            "make 100.5",
        ),
        (
            credit_transfers().replace(
                "<SttlmInf>",
                '<TtlIntrBkSttlmAmt Ccy="XTS">100.50</TtlIntrBkSttlmAmt><SttlmInf>',
            ),
            "a total of XTS is announced",
        ),
        (document(INITIATION.replace(">3.00<", ">4<"), kind="pain.001.001.09"), "amounts make 3"),
        (document(INITIATION.replace("xs>2<", "xs>1<"), kind="pain.001.001.09"), "are there"),
        (document("<FooBar><Nm>Ada</Nm></FooBar>"), "`FooBar` is no message"),
        ("<Letter><Nm>Ada</Nm></Letter>", "no message of ISO 20022"),
        (CDATA, "no message of ISO 20022"),
        (credit_transfers().replace("pacs.008.001.08", "pacs.009.001.08"), "the namespace is of"),
        (enveloped(credit_transfers()).replace("r>pacs.008", "r>pacs.004"), "announces"),
        (f"<All>{credit_transfers()}{credit_transfers()}</All>", "stands a second time"),
        (credit_transfers() + credit_transfers(), "not well-formed"),
        (credit_transfers(after="<InstgAgt><Nm>Zeda</Nm></InstgAgt>"), "a party stands after"),
        (document("<FIToFICstmrCdtTrf><GrpHdr/></FIToFICstmrCdtTrf>"), "holds no `CdtTrfTxInf`"),
        (
            changed("<ChrgBr>", "<CdtTrfTxInf><Cdtr/></CdtTrfTxInf><ChrgBr>"),
            "`CdtTrfTxInf` is out of place",
        ),
        ("", "no root"),
    ],
)
def test_what_is_no_message_is_refused_before_anything_is_handed_out(
    text: str, reason: str
) -> None:
    with pytest.raises(MessageError, match=reason) as raised:
        next(read_iso20022(io.BytesIO(text.encode()), name="m.xml"))

    assert raised.value.file == "m.xml"
    assert raised.value.hint


def test_the_place_is_told() -> None:
    text = changed("<Nm>Orient", "<Nm>Zeda</Nm>\n<Nm>Orient")

    with pytest.raises(MessageError) as raised:
        read(text)

    assert raised.value.path == "CdtTrfTxInf/Cdtr/Nm"
    assert raised.value.line == text[: text.index("<Nm>Orient")].count("\n") + 1


def test_sums_that_agree_are_read() -> None:
    text = credit_transfers(2).replace("<SttlmInf>", "<CtrlSum>201</CtrlSum><SttlmInf>")

    assert len(read(text)) == 2


@pytest.mark.parametrize("text", [credit_transfers(2), enveloped(credit_transfers())])
def test_no_prefix_of_a_message_is_read(text: str) -> None:
    for length in range(len(text)):
        with pytest.raises(MessageError):
            next(read_iso20022(io.BytesIO(text[:length].encode()), name="m.xml"))


@pytest.mark.parametrize(
    ("declared", "written", "reason"),
    [
        ("UTF-8", "latin-1", "not well-formed"),
        ("ISO-8859-1", "utf-8", "written in UTF-8"),
        ("UTF-16", "utf-8", "which it is not"),
        ("ISO-8859-1", "windows-1252", "has no letter for the byte 0x92"),
        ("KOI8-R", "koi8-r", "which it is not or which we do not read"),
    ],
)
def test_a_wrong_charset_is_refused(declared: str, written: str, reason: str) -> None:
    name = {"koi8-r": "Ада", "windows-1252": "Ad’ä"}.get(written, "AdÄä")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + changed("Ada", name)

    with pytest.raises(MessageError, match=reason):
        read(text.encode(written))


def test_latin_1_that_is_latin_1_is_read() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>' + changed("Ada", "Adä")

    (transaction,) = read(text.encode("latin-1"))

    assert "Adä Example" in {one.value for one in transaction.texts}


def test_a_transaction_without_end_is_refused() -> None:
    words = "<Ustrd>x</Ustrd>" * (TRANSACTION_BYTES_MAX // 16 + 8_000)

    with pytest.raises(MessageError, match="no transaction ends within"):
        read(changed("<Ustrd>Invoice 7</Ustrd>", words))


@pytest.mark.parametrize("kept", [3, 2])
def test_a_fault_of_the_last_transaction_leaves_none_handed_out(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(reader, "KEPT_MAX", kept)
    whole = credit_transfers(3)
    faulty = "<Cdtr><Nm>Zeda</Nm></Cdtr><Cdtr>".join(whole.rsplit("<Cdtr>", 1))
    assert len(read(whole)) == 3

    payments = read_iso20022(io.BytesIO(faulty.encode()), name="m.xml")

    with pytest.raises(MessageError, match="second time"):
        next(payments)
