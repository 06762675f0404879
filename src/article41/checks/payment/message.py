"""What was read of a payment message: every text of it, with what it says and of whom.

Readers of each format make these; nothing else of a format is known above them. A text that no
table explains is kept as `UNMAPPED`, and is looked through like free text.
"""

import msgspec

from article41.model.terms import Term


class Means(Term):
    """What a text of a message says."""

    NAME = "name"
    BIC = "bic"
    LEI = "lei"
    IBAN = "iban"
    ACCOUNT = "account"
    """An account number of another kind."""
    NUMBER = "number"
    """An identity number, of a person, a body or a bank, of whatever scheme."""
    COUNTRY = "country"
    """Of an address or of residence, by its code."""
    NATIONALITY = "nationality"
    PLACE = "place"
    """A town, a region, a street: part of an address that has a field of its own."""
    ADDRESS = "address"
    """A line of an address, in which anything may stand."""
    RUN_ON = "run-on"
    """Lines of a name and an address as one text: a name may run on over the end of its line. What
    it says is listed line by line, too."""
    BIRTH_DATE = "birth-date"
    BIRTH_PLACE = "birth-place"
    AMOUNT = "amount"
    """Figure, with the currency in `unit`."""
    CURRENCY = "currency"
    DATE = "date"
    """The day on which money moves."""
    PURPOSE = "purpose"
    """A code of purpose, or its own words."""
    REMITTANCE = "remittance"
    """What payer and payee tell each other, structured or free."""
    INSTRUCTION = "instruction"
    """What one bank tells another in words."""
    REFERENCE = "reference"
    """A number that somebody gave to the payment; words may stand there too."""
    CODE = "code"
    """One of a closed set, a number, a date or a flag: no word that anybody chose."""
    GOODS = "goods"
    """Goods or services, as in a documentary credit."""
    UNMAPPED = "unmapped"
    """Not in the table of its format."""


class Screening(Term):
    """How a text is looked at."""

    NAME = "as a name"
    NUMBER = "as a number"
    COUNTRY = "as a country"
    TEXT = "as free text"
    ACT = "as a fact of the act"
    """Amount, currency, day, purpose: law asks for them."""
    NONE = "not compared"
    """A closed code: it can name nobody."""


SCREENED: dict[Means, Screening] = {
    Means.NAME: Screening.NAME,
    Means.BIC: Screening.NUMBER,
    Means.LEI: Screening.NUMBER,
    Means.IBAN: Screening.NUMBER,
    Means.ACCOUNT: Screening.TEXT,
    Means.NUMBER: Screening.NUMBER,
    Means.COUNTRY: Screening.COUNTRY,
    Means.NATIONALITY: Screening.COUNTRY,
    Means.PLACE: Screening.TEXT,
    Means.ADDRESS: Screening.TEXT,
    Means.RUN_ON: Screening.TEXT,
    Means.BIRTH_DATE: Screening.ACT,
    Means.BIRTH_PLACE: Screening.TEXT,  # Whoever writes it may write anything there.
    Means.AMOUNT: Screening.ACT,
    Means.CURRENCY: Screening.ACT,
    Means.DATE: Screening.ACT,
    Means.PURPOSE: Screening.TEXT,
    Means.REMITTANCE: Screening.TEXT,
    Means.INSTRUCTION: Screening.TEXT,
    Means.REFERENCE: Screening.TEXT,
    Means.CODE: Screening.NONE,
    Means.GOODS: Screening.TEXT,
    Means.UNMAPPED: Screening.TEXT,
}
"""How each is looked at."""


class Text(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One text of a message.

    Example:
        >>> Text(path="CdtTrfTxInf/Dbtr/Nm", value="Ada Example", means=Means.NAME,
        ...      of="payer").screening.value
        'as a name'
    """

    path: str
    """Where it stands: elements by local name (`CdtTrfTxInf[2]/Dbtr/Nm`), or block, tag and line
    (`4:59F/1`)."""
    value: str
    """As it stands there, without the space around it; days and figures as ISO 20022 writes them
    (`2026-11-30`, `1250.50`)."""
    means: Means
    """What it says."""
    of: str = ""
    """Of whom: a role, numbered where several have it (`payer`, `intermediary`,
    `intermediary-2`); empty for the payment itself."""
    unit: str = ""
    """Currency of an amount, or the scheme of a number."""

    @property
    def screening(self) -> Screening:
        """How it is looked at."""
        return SCREENED[self.means]


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """One payment of a message, with every text that concerns it.

    Example:
        >>> Transaction(message="pacs.008.001.08", number=1, texts=()).reference
        ''
    """

    message: str
    """The kind of message: `pacs.008.001.08`, `MT103`."""
    number: int
    """Which of the message it is, from 1."""
    texts: tuple[Text, ...]
    """All of them, those of the message and its envelope too, in the order of the bytes."""
    reference: str = ""
    """How it is called: UETR, else the end-to-end identification, else the sender's reference."""
    moves_money: bool = True
    """False for a mere word about a payment (a request to cancel, a free message)."""
    is_return: bool = False
    """True if the money goes back; whoever had been paid is then the payer."""
