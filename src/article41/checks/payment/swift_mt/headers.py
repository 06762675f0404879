"""What stands between braces: both headers, and the tags of blocks that are no text of lines."""

import re
from collections.abc import Sequence
from typing import NoReturn

from article41.checks.payment.message import Means, Text
from article41.checks.payment.swift_mt.found import BIC, Found
from article41.checks.payment.swift_mt.framing import Block, Frame, refuse
from article41.checks.payment.swift_mt.kinds import Kind, role_of
from article41.checks.payment.swift_mt.table import HEADERS
from article41.model.parties import Role

_TERMINAL = r"([A-Z0-9]{8})([A-Z0-9])([A-Z0-9]{3})"
_BASIC = re.compile(rf"([A-Z][0-9]{{2}}){_TERMINAL}([0-9]{{0,10}})")
_INPUT = re.compile(rf"(I([0-9]{{3}})){_TERMINAL}([SUN]?[0-9]{{0,4}})")
_OUTPUT = re.compile(rf"(O([0-9]{{3}}))([0-9]{{10}}){_TERMINAL}([0-9]{{20}}[SUN]?)")
_TAGGED = re.compile(r"\{([0-9A-Z]{1,10})(?::([^{}]*))?\}")
_OF_TERMINAL = re.compile(
    r"[0-9]{6,16}([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2})[A-Z0-9]([A-Z0-9]{3})[0-9]{10}"
)
"""A reference of the network to a message, in which the terminal that had sent it stands."""


def basic_header(frame: Frame, name: str) -> re.Match[str]:
    """Block 1: whose message it is."""
    block = frame.blocks["1"]
    found = _BASIC.fullmatch(block.content)
    if found is None:
        refuse_header(block, "F01, a terminal of twelve characters and ten digits", name)
    return found


def application_header(frame: Frame, name: str) -> tuple[re.Match[str], bool]:
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
        refuse_header(block, "I or O, the kind in three digits, and a terminal", name)
    return found, is_output


def refuse_header(block: Block, form: str, name: str) -> NoReturn:
    """Raise the error for a block that is not set out as it must be."""
    refuse(
        f"`{block.content[:48]}` is no block {block.id}",
        hint=f"block {block.id} is {form}",
        name=name,
        line=block.line,
        path=block.id,
    )


Tag = tuple[str, str, int]
"""A tag between braces, its value and its line."""


def tagged(block: Block, name: str) -> list[Tag]:
    """The tags of a block between braces; refuse what stands outside of them or is doubled."""
    tags: list[Tag] = []
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


def tag_texts(block: str, tags: list[Tag] | tuple[()], found: Found) -> list[Text]:
    """The texts of the tags of a block; a terminal in one of them is a bank."""
    texts = []
    for tag, value, _ in tags:
        path = f"{block}:{tag}"
        meaning = HEADERS.get(path)
        means = Means.UNMAPPED if meaning is None else meaning.means
        if meaning is not None and meaning.form is not None and meaning.form.fullmatch(value):
            means = Means.CODE
        if value:
            texts.append(Text(path=path, value=value, means=means))
        if (terminal := _OF_TERMINAL.fullmatch(value)) is not None:
            bic = terminal[1] + terminal[2]
            of = found.bank(Role.OTHER, bic)
            texts.append(Text(path=path, value=bic, means=Means.BIC, of=of))
    return texts


def header_texts(
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
        *terminal_texts("1", basic.groups(), own),
        *terminal_texts("2", kept, other),
        *rest,
    ]


def _header_key(bic: str, slot: str, kind: Kind, found: Found) -> str:
    """Who a bank of the headers is: in the place of a field that is missing, or one on the way."""
    if slot and slot not in found.by_field:
        return found.bank(role_of(slot, kind.parts), bic)
    return found.bank(Role.INTERMEDIARY if slot else Role.OTHER, bic)


def terminal_texts(block: str, parts: Sequence[str], of: str) -> list[Text]:
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
