"""A message of ISO 20022 is read text by text, each with what it says and of whom."""

import io

import pytest

from article41.checks.payment.iso20022 import read_iso20022
from article41.checks.payment.message import Means
from tests.checks.payment.iso_messages import (
    HEADER,
    TRANSFER,
    credit_transfers,
    document,
    enveloped,
    read,
    said,
)


@pytest.mark.parametrize(
    ("path", "value", "means", "of", "unit"),
    [
        ("GrpHdr/InstgAgt/FinInstnId/BICFI", "CCCCXCXC", Means.BIC, "intermediary-4", ""),
        ("CdtTrfTxInf/IntrBkSttlmAmt", "100.50", Means.AMOUNT, "", "EUR"),
        ("CdtTrfTxInf/IntrBkSttlmAmt/@Ccy", "EUR", Means.CURRENCY, "", ""),
        ("CdtTrfTxInf/IntrBkSttlmDt", "2026-03-02", Means.DATE, "", ""),
        ("CdtTrfTxInf/Dbtr/Nm", "Ada Example", Means.NAME, "payer", ""),
        ("CdtTrfTxInf/Dbtr/PstlAdr/TwnNm", "Xaville", Means.PLACE, "payer", ""),
        ("CdtTrfTxInf/Dbtr/PstlAdr/Ctry", "XA", Means.COUNTRY, "payer", ""),
        ("CdtTrfTxInf/Dbtr/PstlAdr/AdrLine", "Back door", Means.ADDRESS, "payer", ""),
        (
            "CdtTrfTxInf/Dbtr/Id/PrvtId/DtAndPlcOfBirth/BirthDt",
            "1970-01-02",
            Means.BIRTH_DATE,
            "payer",
            "",
        ),
        ("CdtTrfTxInf/Dbtr/Id/PrvtId/Othr/Id", "P-4711", Means.NUMBER, "payer", "CCPT"),
        ("CdtTrfTxInf/DbtrAcct/Id/IBAN", "XA0212345678901234", Means.IBAN, "payer", ""),
        ("CdtTrfTxInf/DbtrAgt/FinInstnId/BICFI", "AAAAXAXA", Means.BIC, "payer-bank", ""),
        (
            "CdtTrfTxInf/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId",
            "123456",
            Means.NUMBER,
            "payee-bank",
            "XABCD",
        ),
        ("CdtTrfTxInf/Cdtr/Nm", "Orient Star Shipping", Means.NAME, "payee", ""),
        ("CdtTrfTxInf/Cdtr/Id/OrgId/LEI", "00000000000000000098", Means.LEI, "payee", ""),
        ("CdtTrfTxInf/CdtrAcct/Id/Othr/Id", "998877", Means.ACCOUNT, "payee", ""),
        ("CdtTrfTxInf/Purp/Cd", "GDDS", Means.PURPOSE, "", ""),
        ("CdtTrfTxInf/RmtInf/Ustrd", "Invoice 7", Means.REMITTANCE, "", ""),
        ("CdtTrfTxInf/ChrgBr", "SHAR", Means.CODE, "", ""),
    ],
)
def test_each_text_has_its_meaning_and_its_party(
    path: str, value: str, means: Means, of: str, unit: str
) -> None:
    (transaction,) = read(credit_transfers())

    text = said(transaction)[path]

    assert (text.value, text.means, text.of, text.unit) == (value, means, of, unit)


def test_a_transaction_says_what_it_is() -> None:
    first, second = read(credit_transfers(2))

    assert (first.message, first.number, second.number) == ("pacs.008.001.08", 1, 2)
    assert second.reference == "8a562c67-ca16-48ba-b074-65581be6f002"
    assert first.moves_money
    assert not first.is_return
    assert "CdtTrfTxInf[2]/Cdtr/Nm" in said(second)


def test_header_envelope_and_what_follows_belong_to_each_transaction() -> None:
    after = "<SplmtryData><Envlp><Note><Nm>Nobody Known</Nm></Note></Envlp></SplmtryData>"

    for transaction in read(enveloped(credit_transfers(2, after=after))):
        texts = said(transaction)
        assert texts["AppHdr/Fr/FIId/FinInstnId/BICFI"].of == "intermediary-4"
        assert texts["AppHdr/To/FIId/FinInstnId/BICFI"].of == "intermediary-5"
        assert texts["GrpHdr/InstgAgt/FinInstnId/BICFI"].of == "intermediary-6"
        assert texts["SplmtryData/Envlp/Note/Nm"].means is Means.UNMAPPED


@pytest.mark.parametrize(
    "spelled",
    [
        lambda text: text,
        lambda text: text.replace("<", "<p:").replace("<p:/", "</p:").replace("xmlns=", "xmlns:p="),
        lambda text: text.replace(' xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"', ""),
        lambda text: f"<DataPDU><Body>{text}</Body></DataPDU>",
        lambda text: f'<?xml version="1.0" encoding="UTF-8"?><!-- a note -->\n{text}',
    ],
    ids=["plain", "prefixed", "without namespace", "wrapped", "with a prolog"],
)
def test_prefix_and_wrapper_change_nothing(spelled: object) -> None:
    assert callable(spelled)

    (plain,) = read(credit_transfers())
    (transaction,) = read(spelled(credit_transfers()))

    assert transaction.texts == plain.texts


def test_utf_16_is_read() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + credit_transfers()

    assert read(text.encode("utf-16"))[0].texts == read(credit_transfers())[0].texts


def test_a_pipe_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    (transaction,) = read_iso20022(Pipe(credit_transfers().encode()), name="-")

    assert said(transaction)["CdtTrfTxInf/Dbtr/Nm"].of == "payer"


def test_a_cover_payment_names_the_customers_as_ultimate_parties() -> None:
    bank = "<{0}><FinInstnId><BICFI>{1}</BICFI></FinInstnId></{0}>"
    body = f"""<FICdtTrf>{HEADER.replace("{n}", "1")}<CdtTrfTxInf>
      <PmtId><EndToEndId>E-1</EndToEndId></PmtId>
      <IntrBkSttlmAmt Ccy="EUR">7</IntrBkSttlmAmt>
      {bank.format("Dbtr", "AAAAXAXA")}{bank.format("Cdtr", "BBBBXBXB")}
      <UndrlygCstmrCdtTrf><Dbtr><Nm>Ada Example</Nm></Dbtr>
      <DbtrAcct><Id><Othr><Id>42</Id></Othr></Id></DbtrAcct>
      {bank.format("DbtrAgt", "AAAAXAXA")}<Cdtr><Nm>Beda Example</Nm></Cdtr>
      <RmtInf><Ustrd>for rent</Ustrd></RmtInf></UndrlygCstmrCdtTrf></CdtTrfTxInf></FICdtTrf>"""

    (transaction,) = read(document(body, kind="pacs.009.001.08"))

    of = {text.value: text.of for text in transaction.texts}
    assert of["BBBBXBXB"] == "payee"
    assert of["Ada Example"] == of["42"] == "ultimate-payer"
    assert of["Beda Example"] == "ultimate-payee"
    assert [text.of for text in transaction.texts if text.value == "AAAAXAXA"] == [
        "payer",
        "intermediary-5",
    ]


def test_in_a_return_whoever_had_been_paid_is_the_payer() -> None:
    body = """<PmtRtr><GrpHdr><MsgId>M</MsgId><NbOfTxs>1</NbOfTxs></GrpHdr><TxInf>
      <RtrId>R-1</RtrId><OrgnlIntrBkSttlmAmt Ccy="EUR">8</OrgnlIntrBkSttlmAmt>
      <RtrdIntrBkSttlmAmt Ccy="EUR">7</RtrdIntrBkSttlmAmt>
      <IntrBkSttlmDt>2026-03-04</IntrBkSttlmDt>
      <RtrRsnInf><Orgtr><Nm>Some Bank</Nm></Orgtr><Rsn><Cd>AC04</Cd></Rsn>
      <AddtlInf>account closed</AddtlInf></RtrRsnInf>
      <OrgnlTxRef><IntrBkSttlmDt>2026-03-02</IntrBkSttlmDt>
      <Dbtr><Pty><Nm>Ada Example</Nm></Pty></Dbtr>
      <DbtrAcct><Id><Othr><Id>42</Id></Othr></Id></DbtrAcct>
      <Cdtr><Pty><Nm>Beda Example</Nm></Pty></Cdtr></OrgnlTxRef></TxInf></PmtRtr>"""

    (transaction,) = read(document(body, kind="pacs.004.001.09"))

    of = {text.value: text.of for text in transaction.texts}
    assert of["Ada Example"] == of["42"] == "payee"
    assert of["Beda Example"] == "payer"
    assert of["Some Bank"] == "other"
    assert transaction.is_return
    assert [text.value for text in transaction.texts if text.means is Means.AMOUNT] == ["7"]
    assert [text.value for text in transaction.texts if text.means is Means.DATE] == ["2026-03-04"]


def test_the_chain_of_a_return_comes_before_the_payment_it_returns() -> None:
    body = """<PmtRtr><GrpHdr><MsgId>M</MsgId><NbOfTxs>1</NbOfTxs></GrpHdr><TxInf>
      <RtrdIntrBkSttlmAmt Ccy="EUR">7</RtrdIntrBkSttlmAmt>
      <RtrChain><Dbtr><Pty><Nm>Beda Example</Nm></Pty></Dbtr>
      <Cdtr><Pty><Nm>Ada Example</Nm></Pty></Cdtr></RtrChain>
      <OrgnlTxRef><Cdtr><Pty><Nm>Beda Exampla</Nm></Pty></Cdtr></OrgnlTxRef></TxInf></PmtRtr>"""

    (transaction,) = read(document(body, kind="pacs.004.001.09"))

    of = {text.value: text.of for text in transaction.texts}
    assert (of["Beda Example"], of["Ada Example"]) == ("payer", "payee")
    assert of["Beda Exampla"] == "other"


INITIATION = """<CstmrCdtTrfInitn><GrpHdr><MsgId>M</MsgId><NbOfTxs>3</NbOfTxs>
<CtrlSum>6</CtrlSum><InitgPty><Nm>Third Example</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>P-1</PmtInfId><NbOfTxs>2</NbOfTxs><CtrlSum>3.00</CtrlSum>
<ReqdExctnDt><Dt>2026-03-02</Dt></ReqdExctnDt><Dbtr><Nm>Ada Example</Nm></Dbtr>
<CdtTrfTxInf><PmtId><EndToEndId>NOTPROVIDED</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="EUR">1</InstdAmt></Amt><Cdtr><Nm>Beda Example</Nm></Cdtr></CdtTrfTxInf>
<CdtTrfTxInf><Amt><EqvtAmt><Amt Ccy="EUR">2</Amt><CcyOfTrf>XAD</CcyOfTrf></EqvtAmt></Amt>
<Cdtr><Nm>Ceda Example</Nm></Cdtr></CdtTrfTxInf></PmtInf>
<PmtInf><PmtInfId>P-2</PmtInfId><Dbtr><Nm>Deda Example</Nm></Dbtr>
<CdtTrfTxInf><Amt><InstdAmt Ccy="EUR">3</InstdAmt></Amt><Cdtr><Nm>Eda Example</Nm></Cdtr>
</CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn>"""


def test_what_a_group_says_belongs_to_each_of_its_transactions() -> None:
    transactions = read(document(INITIATION, kind="pain.001.001.09"))

    names = [
        {text.of: text.value for text in one.texts if text.means is Means.NAME}
        for one in transactions
    ]
    assert names == [
        {"other": "Third Example", "payer": "Ada Example", "payee": "Beda Example"},
        {"other": "Third Example", "payer": "Ada Example", "payee": "Ceda Example"},
        {"other": "Third Example", "payer": "Deda Example", "payee": "Eda Example"},
    ]
    assert [one.reference for one in transactions] == ["P-1", "P-1", "P-2"]
    assert "PmtInf[2]/CdtTrfTxInf/Cdtr/Nm" in said(transactions[2])


def test_a_request_to_cancel_moves_nothing() -> None:
    body = """<FIToFIPmtCxlReq><Assgnmt><Id>A</Id><Assgnr><Agt><FinInstnId><BICFI>AAAAXAXA</BICFI>
      </FinInstnId></Agt></Assgnr></Assgnmt><Undrlyg><OrgnlGrpInfAndCxl><OrgnlMsgId>M</OrgnlMsgId>
      <GrpCxl>true</GrpCxl></OrgnlGrpInfAndCxl></Undrlyg>
      <Undrlyg><TxInf><OrgnlEndToEndId>E-1</OrgnlEndToEndId><CxlRsnInf><AddtlInf>twice</AddtlInf>
      </CxlRsnInf><OrgnlTxRef><Cdtr><Pty><Nm>Beda Example</Nm></Pty></Cdtr></OrgnlTxRef></TxInf>
      </Undrlyg></FIToFIPmtCxlReq>"""

    whole, single = read(document(body, kind="camt.056.001.08"))

    assert not whole.moves_money
    assert said(whole)["Undrlyg/OrgnlGrpInfAndCxl/OrgnlMsgId"].means is Means.REFERENCE
    assert single.reference == "E-1"
    assert said(single)["Undrlyg[2]/TxInf/OrgnlTxRef/Cdtr/Pty/Nm"].of == "payee"


def test_what_the_table_does_not_know_is_unmapped_with_its_party() -> None:
    unit = TRANSFER.replace("<Nm>Ada", "<Nick>Ada the Great</Nick><Nm>Ada")
    unit = unit.replace("<ChrgBr>", "<Strange><Thing kind='odd'>word</Thing></Strange><ChrgBr>")

    (transaction,) = read(credit_transfers(each=unit))

    texts = said(transaction)
    assert texts["CdtTrfTxInf/Dbtr/Nick"].means is Means.UNMAPPED
    assert texts["CdtTrfTxInf/Dbtr/Nick"].of == "payer"
    assert texts["CdtTrfTxInf/Strange/Thing"].means is Means.UNMAPPED
    assert texts["CdtTrfTxInf/Strange/Thing/@kind"].value == "odd"


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("<ChrgBr>SHAR</ChrgBr>", "<ChrgBr>Orient Star Shipping</ChrgBr>"),
        ("<BICFI>AAAAXAXA</BICFI>", "<BICFI>Orient Star Shipping</BICFI>"),
        ("<IBAN>XA0212345678901234</IBAN>", "<IBAN>Orient Star Shipping</IBAN>"),
        ("<LEI>00000000000000000098</LEI>", "<LEI>Orient Star Shipping</LEI>"),
        ("<Id>P-4711</Id>", "<Id>Orient Star Shipping 3</Id>"),
        ("<BirthDt>1970-01-02</BirthDt>", "<BirthDt>Orient Star Shipping</BirthDt>"),
    ],
)
def test_words_where_a_code_or_number_belongs_are_unmapped(element: str, words: str) -> None:
    (transaction,) = read(credit_transfers(each=TRANSFER.replace(element, words)))

    value = words.partition(">")[2].partition("<")[0]
    assert Means.UNMAPPED in {text.means for text in transaction.texts if text.value == value}


def test_a_country_in_words_is_a_place() -> None:
    unit = TRANSFER.replace("<Ctry>XA<", "<Ctry>Xaland<")

    (transaction,) = read(credit_transfers(each=unit))

    assert said(transaction)["CdtTrfTxInf/Dbtr/PstlAdr/Ctry"].means is Means.PLACE


@pytest.mark.parametrize(
    "name",
    [
        "Ada<!-- x --> Example",
        "Ada<?x y?> Example",
        "<![CDATA[Ada Example]]>",
        "A&#100;a Example",
        "Ada<b> Exam</b>ple",
        "\n  Ada Example\n",
    ],
)
def test_nothing_hides_a_name(name: str) -> None:
    unit = TRANSFER.replace("Ada Example", name)

    (transaction,) = read(credit_transfers(each=unit))

    text = said(transaction)["CdtTrfTxInf/Dbtr/Nm"]
    assert (text.value, text.means) == ("Ada Example", Means.NAME)


def test_text_between_elements_is_listed_and_run_together() -> None:
    unit = TRANSFER.replace("<RmtInf>", "<Foo>Orient <b>Star</b> Shipping</Foo>aside<RmtInf>")

    (transaction,) = read(credit_transfers(each=unit))

    values = {text.value: text.means for text in transaction.texts}
    assert values["Orient Shipping"] is values["Star"] is values["aside"] is Means.UNMAPPED
    assert values["Orient Star Shipping"] is Means.RUN_ON


def test_lines_that_may_go_on_are_run_together() -> None:
    full = "Payment for the account of Orient S"
    unit = TRANSFER.replace(
        "<Ustrd>Invoice 7</Ustrd>", f"<Ustrd>{full}</Ustrd><Ustrd>tar Shipping</Ustrd>"
    )

    (transaction,) = read(credit_transfers(each=unit))

    run = said(transaction)["CdtTrfTxInf/RmtInf/Ustrd[*]"]
    assert (run.value, run.means) == (full + "tar Shipping", Means.RUN_ON)


def test_lines_below_several_elements_are_run_together() -> None:
    lines = "".join(f"<InstrForNxtAgt><InstrInf>{word}</InstrInf></InstrForNxtAgt>"
                    for word in ("pay to Orient", "Star Shipping"))  # fmt: skip

    (transaction,) = read(credit_transfers(each=TRANSFER.replace("<Purp>", f"{lines}<Purp>")))

    run = said(transaction)["CdtTrfTxInf/InstrForNxtAgt/InstrInf[*]"]
    assert run.value == "pay to Orient Star Shipping"


def test_lines_of_one_element_that_are_not_full_stand_for_themselves() -> None:
    unit = TRANSFER.replace("</Ustrd>", "</Ustrd><Ustrd>of May</Ustrd>")

    (transaction,) = read(credit_transfers(each=unit))

    assert Means.RUN_ON not in {text.means for text in transaction.texts}


def test_the_first_versions_are_read() -> None:
    unit = TRANSFER.replace("BICFI", "BIC")
    body = f"<pacs.008.001.01>{HEADER.replace('{n}', '1')}{unit}</pacs.008.001.01>"

    (transaction,) = read(document(body, kind="pacs.008.001.01"))

    assert transaction.message == "pacs.008.001.01"
    assert said(transaction)["CdtTrfTxInf/DbtrAgt/FinInstnId/BIC"].of == "payer-bank"


def test_a_byte_order_mark_is_no_text() -> None:
    assert read(b"\xef\xbb\xbf" + credit_transfers().encode()) == read(credit_transfers())


def test_names_of_roots_with_a_number_are_known() -> None:
    body = "<BkToCstmrStmtV01><GrpHdr><MsgId>M</MsgId></GrpHdr></BkToCstmrStmtV01>"

    (transaction,) = read(document(body, kind="camt.053.001.01"))

    assert not transaction.moves_money
    assert transaction.reference == "M"
