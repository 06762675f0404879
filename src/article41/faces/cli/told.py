"""What an authority wrote of a target, every field of it, as lines for people.

A long text is cut with a mark; JSON has it whole.
"""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum

import msgspec

from article41.faces.cli.writing import Pen
from article41.model.clocks import StatedDate
from article41.model.letters import legible
from article41.model.listings import Listing

LINE_WIDTH = 100
"""Characters of a line before it is wrapped."""
TEXT_SHOWN = 1_000
"""Characters of one text that people see."""
LABEL_WIDTH = 14
"""Characters of the name of a field, with blanks behind it."""
_WHERE = {"authority", "list_id", "id", "entity"}
"""What stands above the lines already, and the entity, whose own fields are shown."""
_FIRST = {"value", "title"}
_UNLABELLED = {"street", "city", "region", "postal_code", "country", "kind", "value", "title"}


def told_lines(listing: Listing, pen: Pen, *, indent: int) -> Iterator[str]:
    """Every field of a listing that the authority filled, wrapped, under its name in the model.

    Args:
        listing: What it wrote.
        pen: Writes the names of the fields.
        indent: Blanks before each line.
    """
    for name, value in _fields(listing):
        label = name.replace("_", " ").ljust(LABEL_WIDTH)
        for text in _texts(value):
            for line in _wrapped(text, LINE_WIDTH - indent - LABEL_WIDTH):
                yield f"{' ' * indent}{pen.dim(label)}{legible(line)}"
                label = " " * LABEL_WIDTH


def _fields(listing: Listing) -> Iterator[tuple[str, object]]:
    for struct in (listing.entity, listing):
        for name in struct.__struct_fields__:
            if name == "unparsed":
                # The remarks are shown whole already.
                yield name, tuple(one for one in listing.unparsed if one not in listing.remarks)
            elif name not in _WHERE:
                yield name, getattr(struct, name)


def _texts(value: object) -> Iterator[str]:
    """A value of the model in words, each of several by itself; nothing if it is empty."""
    match value:
        case None | "":
            return
        case bool():
            yield "yes" if value else "no"
        case date():
            yield value.isoformat()
        case Enum():
            yield str(value.value)
        case tuple():
            for one in value:
                # A pair is a note or a property: its name and its text.
                yield from (": ".join(one),) if isinstance(one, tuple) else _texts(one)
        case StatedDate():
            yield ", ".join([str(value), *_facts(value, but=("first", "last", "is_approximate"))])
        case msgspec.Struct() if type(value).__str__ is object.__str__:
            yield ", ".join(_facts(value))
        case _:
            yield str(value)


def _facts(struct: msgspec.Struct, *, but: Sequence[str] = ()) -> Iterator[str]:
    """What of a name, an address or the like is not as it is for most, the main thing first."""
    given = [
        (field.name, getattr(struct, field.name))
        for field in msgspec.structs.fields(struct)
        if field.name not in but and getattr(struct, field.name) != field.default
    ]
    for name, value in sorted(given, key=lambda one: one[0] not in _FIRST):
        for text in _texts(value):
            yield text if name in _UNLABELLED else f"{name.replace('_', ' ')} {text}"


def _wrapped(text: str, width: int) -> Iterator[str]:
    shown = text[:TEXT_SHOWN]
    for line in shown.splitlines():
        # What goes on is set in, so that it is no text of its own; addresses stay whole to be
        # copied.
        yield from textwrap.wrap(
            " ".join(line.split()),
            width,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    if len(text) > len(shown):
        yield f"… (--json has all {len(text):,} characters)"
