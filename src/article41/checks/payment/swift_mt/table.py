"""What each field says: one table of tags, of which a small `a` stands for any letter or none.

A tag that is not here says nothing that we know: its lines are listed as unmapped and looked
through like free text. A code, a number or a day counts as such only in the form given here; in
any other it is unmapped, too, for somebody may have written words.
"""

import re

import msgspec

from article41.checks.payment.message import Means
from article41.model.parties import Role
from article41.model.terms import Term


class Layout(Term):
    """How the lines of a field are set out."""

    ACCOUNT = "an account number, then perhaps a BIC"
    AVAILABLE = "a bank, then how a credit is available"
    BANK = "account or clearing code, then BIC"
    BRANCH = "account, then place"
    CLOSED = "a code, a number or a day"
    CODED = "words, each line of them after a code between slashes"
    DAY = "a day"
    DAY_AND_MONEY = "a day, then currency and figure"
    DAY_AND_PLACE = "a day, then a place"
    MONEY = "currency and figure"
    NAMED = "account, then name and address; or the same with numbered lines"
    NUMBERED = "account or identity number, then numbered lines"
    OPTION = "a party in an option that is not here"
    ROUTE = "account or clearing code"
    REMITTED = "free text between payer and payee, in which others may be named behind codes"
    STEP = "a code, then perhaps words"
    WORDS = "free text"


class Meaning(msgspec.Struct, frozen=True):
    """What a field says."""

    layout: Layout
    """How its lines are set out."""
    means: Means = Means.UNMAPPED
    """Of its words; of a closed code that is not in its form, what it is then."""
    form: re.Pattern[str] | None = None
    """Of a closed code, its lines joined by line feeds."""
    width: int = 35
    """A line as long as this may break off within a word."""


def _closed(form: str, otherwise: Means = Means.UNMAPPED) -> Meaning:
    return Meaning(Layout.CLOSED, otherwise, re.compile(form))


def _words(means: Means, width: int = 35) -> Meaning:
    return Meaning(Layout.WORDS, means, None, width)


_REFERENCE = _words(Means.REFERENCE)
_INSTRUCTION = _words(Means.INSTRUCTION)
_CODED = Meaning(Layout.CODED, Means.INSTRUCTION)
_MONEY = Meaning(Layout.MONEY)
_DATED = Meaning(Layout.DAY_AND_MONEY)
_DAY = Meaning(Layout.DAY, Means.DATE)
_PLACE = _words(Means.PLACE, 65)
_GOODS = _words(Means.GOODS, 65)
_LONG = _words(Means.INSTRUCTION, 65)
_BALANCE = _closed(r"[CD][0-9]{6}[A-Z]{3}[0-9]+,[0-9]*")
_COUNT = _closed(r"[0-9]{1,5}(/[0-9]{1,5})?")
_SECTION = _closed("")

OPTIONS = {
    "": Layout.NAMED,
    "A": Layout.BANK,
    "B": Layout.BRANCH,
    "C": Layout.ROUTE,
    "D": Layout.NAMED,
    "F": Layout.NUMBERED,
    "G": Layout.BANK,
    "H": Layout.NAMED,
    "K": Layout.NAMED,
    "L": Layout.NAMED,
}
"""How a party is set out, by the letter of its field."""
PARTIES = frozenset(
    "42 50 51 52 53 54 55 56 57 58 59 82 83 84 85 86A 86D 87 88".split()  # noqa: SIM905
)
"""Fields that name a party; who it is depends on the kind of message (`kinds.py`)."""

MEANINGS: dict[str, Meaning] = {
    "11R": _closed("[0-9]{3}\n[0-9]{6}(\n[0-9]{10})?"),
    "11S": _closed("[0-9]{3}\n[0-9]{6}(\n[0-9]{10})?"),
    "12": _closed("[0-9]{3}"),
    "13C": _closed("/(CLS|FRO|REJ|RNC|SND|TIL)TIME/[0-9]{4}[+-][0-9]{4}"),
    "13D": _closed("[0-9]{10}[+-][0-9]{4}"),
    "15a": _SECTION,
    "19": _closed("[0-9]+,[0-9]*"),
    "20": _REFERENCE,
    "21a": _REFERENCE,
    "23": _REFERENCE,
    "23B": _closed("CRED|CRTS|SPAY|SPRI|SSTD"),
    "23E": Meaning(
        Layout.STEP,
        Means.INSTRUCTION,
        re.compile(
            "AUTH|CHQB|CMSW|CMTO|CMZB|CORT|EQUI|HOLD|INTC|NAUT|NETS|OTHR|PHOB|PHOI|PHON|REPA|RFDD"
            "|RTGS|RTND|SDVA|TELB|TELE|TELI|URGP"
        ),
    ),
    "25": Meaning(Layout.ACCOUNT),
    "25A": Meaning(Layout.ACCOUNT),
    "25P": Meaning(Layout.ACCOUNT),
    "26T": _words(Means.PURPOSE),
    "27": _COUNT,
    "28": _COUNT,
    "28C": _COUNT,
    "28D": _COUNT,
    "30": _DAY,
    "31C": _DAY,
    "31D": Meaning(Layout.DAY_AND_PLACE, Means.PLACE),
    "32A": _DATED,
    "32B": _MONEY,
    "32C": _DATED,
    "32D": _DATED,
    "32K": _INSTRUCTION,
    "33B": _MONEY,
    "34F": _closed("[A-Z]{3}[CD]?[0-9]+,[0-9]*"),
    "36": _closed("[0-9]+,[0-9]*"),
    "39A": _closed("[0-9]{1,2}/[0-9]{1,2}"),
    "39B": _closed("NOT EXCEEDING|MAXIMUM|UP TO", Means.INSTRUCTION),
    "39C": _INSTRUCTION,
    "40A": _closed(
        "IRREVOCABLE( TRANSFERABLE| STANDBY)?|IRREVOC TRANS STANDBY|IRREV TRANS STANDBY",
        Means.INSTRUCTION,
    ),
    "40E": _closed("(UCP|EUCP|ISP|UCPURR|EUCPURR) LATEST VERSION", Means.INSTRUCTION),
    "41A": Meaning(Layout.AVAILABLE),
    "41D": Meaning(Layout.AVAILABLE),
    "42C": _INSTRUCTION,
    "42M": _INSTRUCTION,
    "42P": _INSTRUCTION,
    "43P": _INSTRUCTION,
    "43T": _INSTRUCTION,
    "44A": _PLACE,
    "44B": _PLACE,
    "44C": _closed("[0-9]{6}"),
    "44D": _LONG,
    "44E": _PLACE,
    "44F": _PLACE,
    "45A": _GOODS,
    "45B": _GOODS,
    "46A": _LONG,
    "46B": _LONG,
    "47A": _LONG,
    "47B": _LONG,
    "48": _closed("[0-9]{1,3}", Means.INSTRUCTION),
    "49": _closed("CONFIRM|MAY ADD|WITHOUT", Means.INSTRUCTION),
    "49G": _LONG,
    "49H": _LONG,
    "60a": _BALANCE,
    "61": _words(Means.REFERENCE, 66),
    "62a": _BALANCE,
    "64": _BALANCE,
    "65": _BALANCE,
    "70": Meaning(Layout.REMITTED, Means.REMITTANCE),
    "71A": _closed("BEN|OUR|SHA"),
    "71B": _INSTRUCTION,
    "71D": _INSTRUCTION,
    "71F": _MONEY,
    "71G": _MONEY,
    "72": _CODED,
    "72Z": _CODED,
    "73": _INSTRUCTION,
    "75": _CODED,
    "76": _CODED,
    "77A": _CODED,
    "77B": _CODED,
    "77T": Meaning(Layout.REMITTED, Means.REMITTANCE, width=78),
    "78": _LONG,
    "79": _words(Means.INSTRUCTION, 50),
    "79Z": _words(Means.INSTRUCTION, 50),
    "86": Meaning(Layout.REMITTED, Means.REMITTANCE, width=65),
    "90C": _closed("[0-9]{1,5}[A-Z]{3}[0-9]+,[0-9]*"),
    "90D": _closed("[0-9]{1,5}[A-Z]{3}[0-9]+,[0-9]*"),
}

HEADERS: dict[str, Meaning] = {
    "3:103": _REFERENCE,
    "3:106": _REFERENCE,
    "3:108": _REFERENCE,
    "3:111": _closed("[0-9]{3}"),
    "3:113": _REFERENCE,
    "3:119": _closed("STP|REMIT|COV|RFDD", Means.UNMAPPED),
    "3:121": _REFERENCE,
    "4:108": _REFERENCE,
    "4:177": _closed("[0-9]{10}"),
    "4:405": _closed("[A-Z][0-9]{2}[0-9A-Z]{0,5}"),
    "4:451": _closed("[01]"),
    "5:CHK": _closed("[0-9A-F]{12}"),
    "5:MAC": _closed("[0-9A-F]{8}"),
    "5:MRF": _REFERENCE,
    "5:PDE": _REFERENCE,
    "5:PDM": _REFERENCE,
    "5:SYS": _REFERENCE,
    "S:COP": _closed("[PS]"),
    "S:MAN": _closed("UNCH"),
}
"""The same for what stands between braces: block and tag."""

CLEARINGS = {
    "AT": "ATBLZ", "AU": "AUBSB", "BL": "DEBLZ", "CC": "CACPA", "CH": "USPID", "CN": "CNAPS",
    "CP": "USPID", "ES": "ESNCC", "FW": "USABA", "GR": "GRBIC", "HK": "HKNCC", "IE": "IENCC",
    "IN": "INFSC", "IT": "ITNCC", "NZ": "NZNCC", "PL": "PLKNR", "PT": "PTNCC", "RT": "RT",
    "RU": "RUCBC", "SC": "GBDSC", "SW": "CHBCC", "ZA": "ZANCC",
}  # fmt: skip
"""Clearing codes of MT, each with the code of ISO 20022 for the same system."""

CODE_PARTIES = frozenset(("INS", "INT", "INTA"))
"""Codes of field 72 behind which a bank that takes part is named."""
CODE_REFERENCES = frozenset(("MREF", "TREF", "UETR"))
"""Codes behind which a reference stands."""
CODE_COUNTRIES = {"ORDERRES": "50", "BENEFRES": "59"}
"""Codes of field 77B behind which the country of a party stands, with the field of the party."""
CODE_ULTIMATES = {
    "ULTB": Role.ULTIMATE_PAYEE,
    "ULTC": Role.ULTIMATE_PAYEE,
    "ULTD": Role.ULTIMATE_PAYER,
    "ULTO": Role.ULTIMATE_PAYER,
}
"""Codes behind which whoever pays or is paid in the end is named, in fields 70, 72 and 86."""
RETURNS = ("/RETN/", "/REJT/")
"""With these field 72 begins if the money goes back."""
ORDERING_REFERENCE = "/ROC/"
"""Behind this field 70 has the end-to-end reference."""


def meaning_of(tag: str) -> Meaning:
    """What a field says; unmapped words if nothing here tells."""
    return _KNOWN.get(tag) or _learn(tag)


def _learn(tag: str) -> Meaning:
    number, letter = tag[:2], tag[2:]
    if tag in MEANINGS:
        meaning = MEANINGS[tag]
    elif number in PARTIES or tag in PARTIES:
        meaning = Meaning(OPTIONS.get(letter, Layout.OPTION))
    else:
        meaning = MEANINGS.get(f"{number}a", Meaning(Layout.WORDS))
    _KNOWN[tag] = meaning
    return meaning


_KNOWN: dict[str, Meaning] = {}
