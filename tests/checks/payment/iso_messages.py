"""Small messages of ISO 20022, of invented banks and people."""

import io

from article41.checks.payment.iso20022 import read_iso20022
from article41.checks.payment.message import Text, Transaction

TRANSFER = """<CdtTrfTxInf>
<PmtId><InstrId>I-{n}</InstrId><EndToEndId>E-{n}</EndToEndId>
<UETR>8a562c67-ca16-48ba-b074-65581be6f00{n}</UETR></PmtId>
<IntrBkSttlmAmt Ccy="EUR">100.50</IntrBkSttlmAmt>
<IntrBkSttlmDt>2026-03-02</IntrBkSttlmDt>
<ChrgBr>SHAR</ChrgBr>
<Dbtr><Nm>Ada Example</Nm><PstlAdr><StrtNm>Long Road</StrtNm><TwnNm>Xaville</TwnNm>
<Ctry>XA</Ctry><AdrLine>Back door</AdrLine></PstlAdr>
<Id><PrvtId><DtAndPlcOfBirth><BirthDt>1970-01-02</BirthDt><CityOfBirth>Xaton</CityOfBirth>
<CtryOfBirth>XA</CtryOfBirth></DtAndPlcOfBirth>
<Othr><Id>P-4711</Id><SchmeNm><Cd>CCPT</Cd></SchmeNm></Othr></PrvtId></Id></Dbtr>
<DbtrAcct><Id><IBAN>XA0212345678901234</IBAN></Id></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>AAAAXAXA</BICFI></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>XABCD</Cd></ClrSysId><MmbId>123456</MmbId>
</ClrSysMmbId></FinInstnId></CdtrAgt>
<Cdtr><Nm>Orient Star Shipping</Nm><Id><OrgId><LEI>00000000000000000098</LEI></OrgId></Id></Cdtr>
<CdtrAcct><Id><Othr><Id>998877</Id></Othr></Id></CdtrAcct>
<Purp><Cd>GDDS</Cd></Purp>
<RmtInf><Ustrd>Invoice 7</Ustrd></RmtInf>
</CdtTrfTxInf>"""
HEADER = """<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-03-02T10:00:00</CreDtTm><NbOfTxs>{n}</NbOfTxs>
<SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf>
<InstgAgt><FinInstnId><BICFI>CCCCXCXC</BICFI></FinInstnId></InstgAgt></GrpHdr>"""
ENVELOPE = """<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02">
<Fr><FIId><FinInstnId><BICFI>CCCCXCXC</BICFI></FinInstnId></FIId></Fr>
<To><FIId><FinInstnId><BICFI>DDDDXDXD</BICFI></FinInstnId></FIId></To>
<BizMsgIdr>B-1</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr></AppHdr>"""


def document(body: str, *, kind: str = "pacs.008.001.08") -> str:
    """A document of a kind."""
    return f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{kind}">{body}</Document>'


def credit_transfers(count: int = 1, *, after: str = "", each: str = TRANSFER) -> str:
    """A pacs.008 with so many transfers."""
    units = "\n".join(each.replace("{n}", str(n)) for n in range(1, count + 1))
    header = HEADER.replace("{n}", str(count))
    return document(f"<FIToFICstmrCdtTrf>{header}{units}{after}</FIToFICstmrCdtTrf>")


def enveloped(message: str) -> str:
    """The same with a header of its own."""
    return f"<Envelope>{ENVELOPE}{message}</Envelope>"


def read(text: str | bytes) -> list[Transaction]:
    """All transactions of a message."""
    data = text.encode() if isinstance(text, str) else text
    return list(read_iso20022(io.BytesIO(data), name="m.xml"))


def said(transaction: Transaction) -> dict[str, Text]:
    """Its texts by their path."""
    return {text.path: text for text in transaction.texts}
