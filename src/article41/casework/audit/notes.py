"""Checkpoints of a record as C2SP signed notes, and the keys that sign and verify them.

A checkpoint says how many entries there were and the root over them; the note around it names the
record and carries an Ed25519 signature, so that others can keep it and witness it.
"""

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import msgspec

from article41.casework.audit.merkle import HASH_BYTES
from article41.model.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/=]+)\n")
_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """What a record was at one moment.

    Example:
        >>> Checkpoint(origin="article41/1f", size=0, root=bytes(32)).text.splitlines()[:2]
        ['article41/1f', '0']
    """

    origin: str
    """The name of the record."""
    size: int
    """How many entries it had."""
    root: bytes
    """The root of the Merkle tree over them."""

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


class VerifierKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key with the name of the record whose checkpoints it verifies."""

    name: str
    """The name."""
    public: bytes
    """The 32 bytes of the key."""

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        named = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(named).digest()[:4]

    def __str__(self) -> str:
        """As C2SP writes it: name, id and key."""
        public = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{public}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a key as `article41 audit key` prints it.

        Raises:
            InputError: It is none.
        """
        found = _KEY.fullmatch(text.strip())
        body = _unpacked(found[3]) if found else b""
        if found is None or len(body) != 1 + HASH_BYTES or body[:1] != _ED25519:
            raise _no_key(text)
        key = cls(name=found[1], public=body[1:])
        if key.id.hex() != found[2]:
            raise _no_key(text)
        return key


def _no_key(text: str) -> InputError:
    return InputError(
        f"`{text.strip()[:80]}` is no public key of a record",
        hint="give what `article41 audit key` prints, or a file that holds it",
    )


def name_of(public: bytes) -> str:
    """The name of a record: no two keys have the same.

    Example:
        >>> name_of(bytes(32))
        'article41/66687aadf862bd77'
    """
    return f"article41/{hashlib.sha256(public).hexdigest()[:16]}"


def signed(checkpoint: Checkpoint, private: "Ed25519PrivateKey", key: VerifierKey) -> str:
    """The note: the text of a checkpoint, an empty line, and the signature."""
    signature = private.sign(checkpoint.text.encode())
    packed = base64.b64encode(key.id + signature).decode()
    return f"{checkpoint.text}\n— {key.name} {packed}\n"


def read_checkpoint(note: str) -> Checkpoint:
    """What a note says, whoever signed it.

    Raises:
        InputError: It is no checkpoint.
    """
    text, _, _ = note.partition("\n\n")
    lines = text.split("\n")
    root = _unpacked(lines[2]) if len(lines) >= 3 else b""
    is_number = len(lines) >= 3 and re.fullmatch(r"0|[1-9]\d{0,17}", lines[1]) is not None
    if not is_number or len(root) != HASH_BYTES or not lines[0]:
        raise InputError("this is no checkpoint of a record", hint="give a signed note, whole")
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)


def is_signed_by(note: str, key: VerifierKey) -> bool:
    """True if a note carries a signature of a key over its text."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text, separator, signatures = note.rpartition("\n\n")
    if not separator:
        return False
    for name, packed in _SIGNATURE.findall(signatures):
        body = _unpacked(packed)
        if name != key.name or body[:4] != key.id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(body[4:], f"{text}\n".encode())
        except (InvalidSignature, ValueError):
            continue
        return True
    return False


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
