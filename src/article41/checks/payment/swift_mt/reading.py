"""One message of FIN as a transaction: its headers, its fields, and who each bank is."""

import re
from collections.abc import Callable, Mapping
from typing import NoReturn

from article41.checks.payment.message import Means, Text, Transaction
from article41.checks.payment.swift_mt.fields import Field, fields_of
from article41.checks.payment.swift_mt.found import BIC, Found
from article41.checks.payment.swift_mt.framing import Block, Frame, refuse
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
    HEADERS,
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
    read_step,
    read_words,
)
from article41.model.parties import Role

_TERMINAL = r"([A-Z0-9]{8})([A-Z0-9])([A-Z0-9]{3})"
_BASIC = re.compile(rf"([A-Z][0-9]{{2}}){_TERMINAL}([0-9]{{0,10}})")
_INPUT = re.compile(rf"(I([0-9]{{3}})){_TERMINAL}([SUN]?[0-9]{{0,4}})")
_OUTPUT = re.compile(rf"(O([0-9]{{3}}))([0-9]{{10}}){_TERMINAL}([0-9]{{20}}[SUN]?)")
_TAGGED = re.compile(r"\{([0-9A-Z]{1,10})(?::([^{}]*))?\}")
_TEXT_SERVICE = "F01"
"""Messages between banks; others are of the network itself."""
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
    Layout.STEP: read_step,
    Layout.WORDS: read_words,
}


def read_message(frame: Frame, *, name: str, number: int) -> Transaction:
    """The transaction of one message.

    Raises:
        MessageError: A header is none, a field is there twice that may not be, or one is missing.
    """
    basic = _basic(frame, name)
    if basic[1] != _TEXT_SERVICE:
        return _service_message(frame, basic, name=name, number=number)
    application, is_output = _application(frame, name)
    tags = {block: _tagged(frame.blocks[block], name) for block in frame.blocks if block > "2"}
    flag = next((value for tag, value, _ in tags.get("3", ()) if tag == "119"), "")
    found = Found(name)
    if frame.text is None:
        if application[2][0] != _SYSTEM:
            _refuse_header(frame.blocks["4"], "a text of lines between `{4:` and `-}`", name)
        fields = []
        kind = kind_of(application[2], is_cover=False)
    else:
        fields = fields_of(frame, name=name)
        is_cover = flag == "COV" or any(field.number == "50" for field in fields)
        kind = kind_of(application[2], is_cover=is_cover)
        if kind.covered is not None:
            flag = "COV"
        _check(fields, kind, f"MT{application[2]}", frame=frame, name=name)
        _read_fields(fields, kind, found)
    texts = [
        *_headers(basic, application, is_output=is_output, kind=kind, found=found),
        *_tag_texts("3", tags.get("3", ())),
        *_tag_texts("4", tags.get("4", ())),
        *found.texts,
        *(text for block in tags if block > "4" for text in _tag_texts(block, tags[block])),
        *(Text(path="end", value=stray, means=Means.UNMAPPED) for _, stray in frame.stray),
    ]
    return Transaction(
        message=f"MT{application[2]} {flag}".rstrip(),
        number=number,
        texts=tuple(texts),
        reference=_reference(fields, tags.get("3", ())),
        moves_money=kind.moves_money,
        is_return=kind.moves_money and _goes_back(fields),
    )


def _basic(frame: Frame, name: str) -> re.Match[str]:
    block = frame.blocks["1"]
    found = _BASIC.fullmatch(block.content)
    if found is None:
        _refuse_header(block, "F01, a terminal of twelve characters and ten digits", name)
    return found


def _application(frame: Frame, name: str) -> tuple[re.Match[str], bool]:
    """Block 2, and whether it is of a message that SWIFT has delivered."""
    block = frame.blocks.get("2")
    if block is None:
        refuse(
            "a message without block 2",
            hint="give the whole message: block 2 says its kind and the bank on the other side",
            name=name,
            line=frame.line,
        )
    is_output = block.content.startswith("O")
    found = (_OUTPUT if is_output else _INPUT).fullmatch(block.content)
    if found is None:
        _refuse_header(block, "I or O, the kind in three digits, and a terminal", name)
    return found, is_output


def _refuse_header(block: Block, form: str, name: str) -> NoReturn:
    refuse(
        f"`{block.content[:48]}` is no block {block.id}",
        hint=f"block {block.id} is {form}",
        name=name,
        line=block.line,
        path=block.id,
    )


_Tag = tuple[str, str, int]
"""A tag between braces, its value and its line."""


def _tagged(block: Block, name: str) -> list[_Tag]:
    """The tags of a block between braces; refuse what stands outside of them or is doubled."""
    tags: list[_Tag] = []
    at = 0
    content = block.content
    while at < len(content):
        found = _TAGGED.match(content, at)
        if found is None and content[at].isspace():
            at += 1
            continue
        line = block.line + content.count("\n", 0, at)
        if found is None:
            refuse(
                f"`{content[at : at + 24]}` in block {block.id} is no tag with its value",
                hint="the text of block 4 begins on the line behind `{4:`; other blocks have tags"
                " between braces, as `{121:…}`",
                name=name,
                line=line,
                path=block.id,
            )
        if block.id == "3" and any(found[1] == tag for tag, _, _ in tags):
            refuse(
                f"tag {found[1]} is there twice",
                hint="give it once",
                name=name,
                line=line,
                path=f"{block.id}:{found[1]}",
            )
        tags.append((found[1], (found[2] or "").strip(), line))
        at = found.end()
    return tags


def _tag_texts(block: str, tags: list[_Tag] | tuple[()]) -> list[Text]:
    texts = []
    for tag, value, _ in tags:
        path = f"{block}:{tag}"
        meaning = HEADERS.get(path)
        means = Means.UNMAPPED if meaning is None else meaning.means
        if meaning is not None and meaning.form is not None and meaning.form.fullmatch(value):
            means = Means.CODE
        if value:
            texts.append(Text(path=path, value=value, means=means))
    return texts


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
    texts = _terminal("1", (basic[1], basic[2], basic[3], basic[4], basic[5]), Role.OTHER.value)
    for block in frame.blocks.values():
        if block.id == "2":
            texts.append(Text(path="2", value=block.content, means=Means.UNMAPPED))
        elif block.id != "1":
            texts += _tag_texts(block.id, _tagged(block, name))
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
            if len(found.texts) > before:
                found.by_field[field.number] = found.texts[-1].of
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


def _headers(
    basic: re.Match[str],
    application: re.Match[str],
    *,
    is_output: bool,
    kind: Kind,
    found: Found,
) -> list[Text]:
    """The texts of blocks 1 and 2: of two messages the sender stands in either."""
    if is_output:
        kept = (application[1], application[4], application[5], application[6], application[7])
        rest = [Text(path="2:time", value=application[3], means=Means.CODE)]
    else:
        kept = (application[1], application[3], application[4], application[5], application[6])
        rest = []
    sender, receiver = (kept[1], basic[2]) if is_output else (basic[2], kept[1])
    key_of_sender = _header_key(sender, kind.sender, kind, found)
    key_of_receiver = _header_key(receiver, kind.receiver, kind, found)
    own, other = (key_of_receiver, key_of_sender) if is_output else (key_of_sender, key_of_receiver)
    return [
        *_terminal("1", (basic[1], basic[2], basic[3], basic[4], basic[5]), own),
        *_terminal("2", kept, other),
        *rest,
    ]


def _header_key(bic: str, slot: str, kind: Kind, found: Found) -> str:
    """Who a bank of the headers is: in a field's place if that is free, or whom a field names."""
    role = role_of(slot, kind.parts) if slot else Role.OTHER
    if role not in found.taken:
        return found.bank(role, bic)
    known = found.by_bic.get(bic)
    return known or found.bank(Role.INTERMEDIARY if slot else Role.OTHER, bic)


def _terminal(block: str, parts: tuple[str, str, str, str, str], of: str) -> list[Text]:
    """The texts of a header: BIC and branch as one, and what the network adds to them."""
    service, bank, terminal, branch, session = parts
    bic = bank + branch
    means = Means.BIC if BIC.fullmatch(bic) else Means.UNMAPPED
    texts = [
        Text(path=f"{block}:service", value=service, means=Means.CODE),
        Text(path=f"{block}:terminal", value=bic, means=means, of=of),
        Text(path=f"{block}:terminal", value=terminal, means=Means.CODE),
    ]
    if session:
        texts.append(Text(path=f"{block}:session", value=session, means=Means.CODE))
    return texts


def _reference(fields: list[Field], tags: list[_Tag] | tuple[()]) -> str:
    for tag, value, _ in tags:
        if tag == "121" and value:
            return value
    for field in fields:
        if field.tag == "70" and field.lines[0].startswith(ORDERING_REFERENCE):
            return field.lines[0].removeprefix(ORDERING_REFERENCE).split("//", 1)[0].strip()
    return next((field.lines[0] for field in fields if field.tag == "20"), "")


def _goes_back(fields: list[Field]) -> bool:
    return any(field.tag == "72" and field.lines[0].startswith(RETURNS) for field in fields)
