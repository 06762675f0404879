"""Payments made by hand, as a reader of messages gives them."""

from article41.checks.payment.message import Means, Text, Transaction

ORDER = (
    ("PmtId/EndToEndId", "E2E-1", Means.REFERENCE, "", ""),
    ("IntrBkSttlmAmt", "500.00", Means.AMOUNT, "", "EUR"),
    ("Dbtr/Nm", "Quillfeather Anna", Means.NAME, "payer", ""),
    ("Dbtr/PstlAdr/TwnNm", "Berlin", Means.PLACE, "payer", ""),
    ("Dbtr/PstlAdr/Ctry", "DE", Means.COUNTRY, "payer", ""),
    ("DbtrAgt/FinInstnId/BICFI", "EXAMDEFFXXX", Means.BIC, "payer-bank", ""),
    ("CdtrAgt/FinInstnId/BICFI", "SPECFRPPXXX", Means.BIC, "payee-bank", ""),
    ("Cdtr/Nm", "Brambleshaw Jean", Means.NAME, "payee", ""),
    ("Cdtr/PstlAdr/Ctry", "FR", Means.COUNTRY, "payee", ""),
    ("RmtInf/Ustrd", "invoice 4711 consulting services Berlin", Means.REMITTANCE, "", ""),
)
"""Path, value, meaning, of whom, unit: an ordinary payment."""


def text(path: str, value: str, means: Means, of: str = "", unit: str = "") -> Text:
    return Text(path=path, value=value, means=means, of=of, unit=unit)


def payment(
    *also: Text, number: int = 1, message: str = "pacs.008.001.08", **changed: str | None
) -> Transaction:
    """An ordinary payment, with other values (`Cdtr_Nm`), without some, and with more texts."""
    by_path = {path.replace("/", "_"): value for path, value in changed.items()}
    texts = []
    for path, value, means, of, unit in ORDER:
        given = by_path.get(path.replace("/", "_"), value)
        if given is not None:
            texts.append(text(path, given, means, of, unit))
    return Transaction(
        message=message, number=number, reference=f"E2E-{number}", texts=(*texts, *also)
    )
