"""How a payment is called, by each who gave it a reference."""

from collections.abc import Mapping, Sequence

import msgspec

from article41.checks.payment.message import Means, Text

_ELEMENTS: Mapping[str, str] = {
    "MsgId": "message_id",
    "InstrId": "instruction_id",
    "EndToEndId": "end_to_end_id",
    "TxId": "transaction_id",
    "UETR": "uetr",
    "OrgnlInstrId": "instruction_id",
    "OrgnlEndToEndId": "end_to_end_id",
    "OrgnlTxId": "transaction_id",
    "OrgnlUETR": "uetr",
}
"""Fields by the last element of a path in ISO 20022; what goes back has those of what was paid."""
_TAGS: Mapping[str, str] = {
    "20": "sender_reference", "21": "related_reference", "121": "uetr",
}  # fmt: skip
"""Fields by the tag of a text in SWIFT MT."""
_BLOCKS = ("3", "4")


class References(msgspec.Struct, frozen=True, kw_only=True):
    """The references of a payment, each as far as its message has it.

    Example:
        >>> References(instruction_id="I-1").uetr
        ''
    """

    message_id: str = ""
    """`GrpHdr/MsgId`."""
    instruction_id: str = ""
    """`InstrId`."""
    end_to_end_id: str = ""
    """`EndToEndId`."""
    transaction_id: str = ""
    """`TxId`."""
    uetr: str = ""
    """`UETR`; field 121 of block 3 in SWIFT MT."""
    sender_reference: str = ""
    """Field 20 in SWIFT MT."""
    related_reference: str = ""
    """Field 21 in SWIFT MT."""


def references_of(texts: Sequence[Text]) -> References:
    """What the texts of a payment call it; of several the first, since its own comes first.

    Example:
        >>> text = Text(path="CdtTrfTxInf/PmtId/InstrId", value="I-1", means=Means.REFERENCE)
        >>> references_of([text]).instruction_id
        'I-1'
    """
    found: dict[str, str] = {}
    for one in texts:
        if one.means is Means.REFERENCE and (field := _field(one.path)):
            found.setdefault(field, one.value)
    return References(**found)


def _field(path: str) -> str:
    known = _ELEMENTS.get(path.rpartition("/")[2])
    if known:
        return known
    block, _, rest = path.partition(":")
    return _TAGS.get(rest.partition("/")[0].partition("[")[0], "") if block in _BLOCKS else ""
