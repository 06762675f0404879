"""One message of FIN as a transaction: its headers, its fields, and who each bank is."""

import re
from collections.abc import Callable, Mapping

from article41.checks.payment.message import Means, Text, Transaction
from article41.checks.payment.swift_mt.fields import Field, fields_of
from article41.checks.payment.swift_mt.found import Found
from article41.checks.payment.swift_mt.framing import Frame, refuse
from article41.checks.payment.swift_mt.headers import (
    Tag,
    application_header,
    basic_header,
    header_texts,
    refuse_header,
    tag_texts,
    tagged,
    terminal_texts,
)
from article41.checks.payment.swift_mt.kinds import Kind, kind_of, role_of
from article41.checks.payment.swift_mt.party_fields import (
    read_available,
    read_bank,
    read_branch,
    read_named,
    read_numbered,
    read_option,
    read_route,
)
from article41.checks.payment.swift_mt.table import (
    ORDERING_REFERENCE,
    RETURNS,
    Layout,
    Meaning,
    meaning_of,
)
from article41.checks.payment.swift_mt.word_fields import (
    read_account,
    read_closed,
    read_coded,
    read_day,
    read_money,
    read_remitted,
    read_step,
    read_words,
)
from article41.model.parties import Role

PAYMENT_FIELDS_MAX = 50_000
"""Fields of all payments of a message, those that concern all of them counted with each."""
_TEXT_SERVICE = "F01"
"""Messages between banks; others are of the network itself."""
_HEADERS = ("1", "2")
_BEFORE_FIELDS = ("3", "4")
"""Blocks whose tags stand before all others; those of any other sign are read behind them."""
_SYSTEM = "0"
"""Category of the messages between a bank and the network."""

_PARTY_READERS: Mapping[Layout, Callable[[Field, Role, Found], None]] = {
    Layout.AVAILABLE: read_available,
    Layout.BANK: read_bank,
    Layout.BRANCH: read_branch,
    Layout.NAMED: read_named,
    Layout.NUMBERED: read_numbered,
    Layout.OPTION: read_option,
    Layout.ROUTE: read_route,
}
_WORD_READERS: Mapping[Layout, Callable[[Field, Meaning, Found], object]] = {
    Layout.ACCOUNT: read_account,
    Layout.CLOSED: read_closed,
    Layout.CODED: read_coded,
    Layout.DAY: read_day,
    Layout.DAY_AND_PLACE: read_day,
    Layout.DAY_AND_MONEY: read_money,
    Layout.MONEY: read_money,
    Layout.REMITTED: read_remitted,
    Layout.STEP: read_step,
    Layout.WORDS: read_words,
}


def read_message(frame: Frame, *, name: str, number: int) -> list[Transaction]:
    """The transactions of one message: one, but for kinds that order several payments.

    Args:
        frame: The message, cut into its blocks.
        name: How errors call the file.
        number: Of the first of them.

    Raises:
        MessageError: A header is none, a field is there twice that may not be, or one is missing.
    """
    basic = basic_header(frame, name)
    if basic[1] != _TEXT_SERVICE:
        return [_service_message(frame, basic, name=name, number=number)]
    application, is_output = application_header(frame, name)
    tags = {
        block: tagged(frame.blocks[block], name) for block in frame.blocks if block not in _HEADERS
    }
    flag = next((value for tag, value, _ in tags.get("3", ()) if tag == "119"), "")
    if frame.text is None and application[2][0] != _SYSTEM:
        refuse_header(frame.blocks["4"], "a text of lines between `{4:` and `-}`", name)
    fields = fields_of(frame, name=name) if frame.text is not None else []
    is_cover = flag == "COV" or any(field.number == "50" for field in fields)
    kind = kind_of(application[2], is_cover=is_cover)
    flag = "COV" if kind.covered is not None else flag
    _check(fields, kind, f"MT{application[2]}", frame=frame, name=name)
    transactions = []
    payments = _payments(fields, kind, name)
    for nth, payment in enumerate(payments):
        found = Found(name)
        _read_fields(payment, kind, found)
        texts = [
            *header_texts(basic, application, is_output=is_output, kind=kind, found=found),
            *tag_texts("3", tags.get("3", ()), found),
            *tag_texts("4", tags.get("4", ()), found),
            *found.texts,
            *(
                one
                for block in tags
                if block not in _BEFORE_FIELDS
                for one in tag_texts(block, tags[block], found)
            ),
            *(Text(path="end", value=stray, means=Means.UNMAPPED) for _, stray in frame.stray),
        ]
        own = kind.each if len(payments) > 1 else ""
        transactions.append(
            Transaction(
                message=f"MT{application[2]} {flag}".rstrip(),
                number=number + nth,
                texts=tuple(texts),
                reference=_reference(payment, tags.get("3", ()), own=own),
                moves_money=kind.moves_money,
                is_return=kind.moves_money and _goes_back(payment),
            )
        )
    return transactions


def _payments(fields: list[Field], kind: Kind, name: str) -> list[list[Field]]:
    """The fields of each payment, with those that concern all of them."""
    begins = [at for at, field in enumerate(fields) if kind.each and field.tag == kind.each]
    if len(begins) < 2:
        return [fields]
    end = len(fields)
    rest = [at for at in range(begins[-1], end) if kind.rest and fields[at].tag == kind.rest]
    # The amount of the last payment has the tag of the sum behind them, where both are 32B.
    rest = rest[1:] if kind.rest == "32B" else rest
    end = rest[0] if rest else end
    common = begins[0] + len(fields) - end
    if common * len(begins) + end - begins[0] > PAYMENT_FIELDS_MAX:
        fields[begins[0]].refuse(
            f"{len(begins)} payments in one message, {common} fields concern all of them",
            hint="give them in messages as large as SWIFT carries",
            name=name,
        )
    return [
        fields[: begins[0]] + fields[begin:until] + fields[end:]
        for begin, until in zip(begins, [*begins[1:], end], strict=True)
    ]


def _service_message(frame: Frame, basic: re.Match[str], *, name: str, number: int) -> Transaction:
    """A word of the network about a message, as that it has taken it; it moves no money."""
    if frame.text is not None:
        refuse(
            f"a text of lines in a message of service {basic[1]}",
            hint="messages between banks begin with `{1:F01`",
            name=name,
            line=frame.text_line,
            path="4",
        )
    found = Found(name)
    texts = terminal_texts(
        "1", (basic[1], basic[2], basic[3], basic[4], basic[5]), Role.OTHER.value
    )
    for block in frame.blocks.values():
        if block.id == "2":
            texts.append(Text(path="2", value=block.content, means=Means.UNMAPPED))
        elif block.id != "1":
            texts += tag_texts(block.id, tagged(block, name), found)
    texts += [Text(path="end", value=stray, means=Means.UNMAPPED) for _, stray in frame.stray]
    return Transaction(message=basic[1], number=number, texts=tuple(texts), moves_money=False)


def _check(fields: list[Field], kind: Kind, message: str, *, frame: Frame, name: str) -> None:
    """Refuse a field that is there twice, and a message without a field that it must have."""
    said = {
        tag for field in fields if not field.is_blank for tag in (field.tag, f"{field.number}a")
    }
    for missing in kind.requires:
        if missing not in said:
            refuse(
                f"{message} without field {missing}",
                hint="give the message whole: without this field it is no message of its kind",
                name=name,
                line=frame.text_line + len(frame.text or ()),
                path="4",
            )
    if not kind.is_known:
        return
    seen: set[str] = set()
    for field in fields:
        if kind.covered is not None and field.number == "50" and "50" not in seen:
            seen.clear()
        is_party = meaning_of(field.tag).layout in _PARTY_READERS
        sign = field.number if is_party else field.tag
        if sign in seen and field.tag not in kind.repeats:
            field.refuse(
                f"field {field.tag} is there twice",
                hint=f"{message} has it once: look for two messages run together",
                name=name,
            )
        seen.add(sign)


def _read_fields(fields: list[Field], kind: Kind, found: Found) -> None:
    parts = kind.parts
    for field in fields:
        if kind.covered is not None and field.number == "50":
            parts = kind.covered
        meaning = meaning_of(field.tag)
        party_reader = _PARTY_READERS.get(meaning.layout)
        if party_reader is not None:
            role = role_of(field.tag, parts)
            before = len(found.texts)
            party_reader(field, role, found)
            key = found.texts[-1].of if len(found.texts) > before else ""
            if key and parts is kind.parts:
                found.by_field[field.number] = key
        elif _WORD_READERS[meaning.layout](field, meaning, found) is False:
            _check_money(field, kind, found)


def _check_money(field: Field, kind: Kind, found: Found) -> None:
    """Refuse the amount of a payment that cannot be read."""
    if field.tag in kind.requires:
        field.refuse(
            f"`{field.lines[0][:32]}` is no amount",
            hint="write day, currency and figure as `261130EUR1250,50`"
            if field.tag == "32A"
            else "write currency and figure as `EUR1250,50`",
            name=found.name,
        )


def _reference(fields: list[Field], tags: list[Tag] | tuple[()], *, own: str) -> str:
    """UETR, else what the payer calls it, else the sender; its own tag where it is one of many."""
    if own:
        return next(field.lines[0] for field in fields if field.tag == own)
    for tag, value, _ in tags:
        if tag == "121" and value:
            return value
    for field in fields:
        if field.tag == "70" and field.lines[0].startswith(ORDERING_REFERENCE):
            return field.lines[0].removeprefix(ORDERING_REFERENCE).split("//", 1)[0].strip()
    return next((field.lines[0] for field in fields if field.tag == "20"), "")


def _goes_back(fields: list[Field]) -> bool:
    return any(field.tag == "72" and field.lines[0].startswith(RETURNS) for field in fields)
