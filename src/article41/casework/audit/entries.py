"""What goes on record: a question and its answer, by whom, when, and what the answer rests on."""

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

import msgspec

from article41.casework.audit.canonical import canonical
from article41.model.clocks import refuse_zoneless

SALT_BYTES = 32
_ID_RANDOM_BYTES = 10


class Software(msgspec.Struct, frozen=True, kw_only=True):
    """Which code answered.

    Example:
        >>> Software(code="9f0c", version="0.5.0").version
        '0.5.0'
    """

    code: str
    """The SHA-256 over all of the code and the law that decide answers."""
    version: str
    """The version of this software."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its answer, as a face hands them over before the answer leaves.

    Example:
        >>> Asked.__struct_fields__[:3]
        ('kind', 'asked_at', 'by')
    """

    kind: str
    """What was asked: `match`, `check`, `screen`, `payment`."""
    asked_at: datetime
    """When, with its zone."""
    by: str
    """By whom: `local:` and a user of the machine, or `key:` and the id of a key."""
    question: bytes
    """The question as JSON, whole: who asks it again later has the same answer."""
    answer: bytes
    """The answer as JSON, byte for byte as it leaves."""
    software: Software
    """Which code answered."""
    lists: Mapping[str, str] = MappingProxyType({})
    """The versions that the answer rests on: the SHA-256 of each, by list."""
    settings: Mapping[str, str | int | float | bool | None] = MappingProxyType({})
    """What else decides the answer and is no part of the question."""
    is_withheld: bool = False
    """True to record only a hash of question and answer, salted: they cannot be read in the record,
    and who asked can still prove them (`Receipt.disclosure`)."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question and its answer as they stand on record.

    The canonical bytes of this are the leaf of the Merkle tree.

    Example:
        >>> Entry.__struct_fields__[2:5]
        ('asked_at', 'by', 'id')
    """

    # INVARIANT: by name, so that the encoder writes them in the order of RFC 8785.
    answer: msgspec.Raw = msgspec.Raw()
    """The answer in canonical form; absent if withheld."""
    answer_sha256: str = ""
    """Of the answer byte for byte as it left; absent if withheld."""
    asked_at: str
    """When it was asked (UTC)."""
    by: str
    """By whom."""
    id: str
    """Its id, which begins with the time."""
    kind: str
    """What was asked."""
    lists: Mapping[str, str]
    """The versions that the answer rests on."""
    question: msgspec.Raw = msgspec.Raw()
    """The question in canonical form; absent if withheld."""
    settings: Mapping[str, str | int | float | bool | None]
    """What else decides the answer."""
    software: Software
    """Which code answered."""
    withheld: str = ""
    """The SHA-256 over salt, question and answer, if they are withheld."""

    @property
    def moment(self) -> datetime:
        """When it was asked."""
        return datetime.fromisoformat(self.asked_at)


class Disclosure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the record withholds and only who asked has: with it the entry can be proved in full.

    Example:
        >>> Disclosure(salt="00", question=msgspec.Raw(b"1"), answer=msgspec.Raw(b"2"),
        ...            answer_sha256="").sha256[:8]
        '2f479d27'
    """

    salt: str
    """Random bytes as hex, without which nobody can try names against the hash."""
    question: msgspec.Raw
    """The question in canonical form."""
    answer: msgspec.Raw
    """The answer in canonical form."""
    answer_sha256: str
    """Of the answer byte for byte as it left."""

    @property
    def sha256(self) -> str:
        """What the entry has as `withheld`."""
        digest = hashlib.sha256(bytes.fromhex(self.salt))
        # Whoever puts it into a certificate may write the same JSON in another way.
        question, answer = canonical(bytes(self.question)), canonical(bytes(self.answer))
        for part in (question, answer, self.answer_sha256.encode()):
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What is handed back once an entry is on record: now its answer may leave.

    Example:
        >>> Receipt(id="01", index=0).disclosure is None
        True
    """

    id: str
    """Under which `certify` finds it."""
    index: int | None
    """Its place in the record, from 0; absent where it left before it was signed for, and others
    wrote at the same time."""
    disclosure: Disclosure | None = None
    """What was withheld, which nobody else keeps; absent if nothing was."""


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that is to be written."""

    id: str
    """Its id."""
    line: bytes
    """Its canonical bytes."""
    disclosure: Disclosure | None
    """What it withholds."""


def drafted(asked: Asked) -> Drafted:
    """The entry of a question and its answer.

    Raises:
        InputError: One of them is no JSON, or the moment has no time zone.
    """
    refuse_zoneless(asked.asked_at)
    moment = asked.asked_at.astimezone(UTC)
    # Parts of an entry: whoever reads them reads the whole.
    question, answer = (canonical(one, within=1) for one in (asked.question, asked.answer))
    answer_sha256 = hashlib.sha256(asked.answer).hexdigest()
    disclosure = None
    if asked.is_withheld:
        disclosure = Disclosure(
            salt=os.urandom(SALT_BYTES).hex(),
            question=msgspec.Raw(question),
            answer=msgspec.Raw(answer),
            answer_sha256=answer_sha256,
        )
    is_shown = disclosure is None
    entry = Entry(
        answer=msgspec.Raw(answer) if is_shown else msgspec.Raw(),
        answer_sha256=answer_sha256 if is_shown else "",
        asked_at=moment.isoformat().replace("+00:00", "Z"),
        by=asked.by,
        id=_new_id(moment),
        kind=asked.kind,
        lists=dict(asked.lists),
        question=msgspec.Raw(question) if is_shown else msgspec.Raw(),
        settings=dict(asked.settings),
        software=asked.software,
        withheld="" if disclosure is None else disclosure.sha256,
    )
    return Drafted(id=entry.id, line=entry_line(entry), disclosure=disclosure)


def entry_line(entry: Entry) -> bytes:
    """The canonical bytes of an entry."""
    # Settings hold floats that a caller made, which only a second reading brings into form.
    settings = canonical(msgspec.json.encode(dict(entry.settings)))
    fields = msgspec.structs.asdict(entry)
    held = {name: value for name, value in fields.items() if value not in _ABSENT}
    return _ENCODER.encode({**held, "settings": msgspec.Raw(settings)})


def read_entry(line: bytes) -> Entry:
    """The entry that a line of the record holds.

    Raises:
        msgspec.DecodeError: It holds none.
    """
    return _DECODER.decode(line)


def _new_id(moment: datetime) -> str:
    """A UUID of version 7: the moment in milliseconds, then chance."""
    number = int.from_bytes(
        (int(moment.timestamp() * 1000)).to_bytes(6, "big") + os.urandom(_ID_RANDOM_BYTES), "big"
    )
    number = number & ~(0xF << 76) | 7 << 76
    text = f"{number & ~(3 << 62) | 2 << 62:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


_ABSENT = ("", msgspec.Raw())
_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Entry)
