"""The key that signs a record: made on first use, readable by its owner alone."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from article41.casework.audit.notes import VerifierKey, name_of
from article41.model.errors import BrokenAuditError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_FILE = "key.pem"
"""The private key (PKCS 8), beside the entries."""


def make_key(folder: Path) -> None:
    """Make a key where there is none, wholly or not at all.

    Raises:
        OSError: It cannot be written.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = folder / KEY_FILE
    if path.exists():
        return
    body = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    beside = folder / f".{KEY_FILE}.{os.urandom(4).hex()}"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_key(folder: Path) -> tuple["Ed25519PrivateKey", VerifierKey]:
    """The private key of a record, and the public one.

    Raises:
        BrokenAuditError: It is missing or cannot be read.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = folder / KEY_FILE
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise BrokenAuditError(
            f"the key `{path}` cannot be read",
            hint="put back the key with which the record was begun, or begin another record",
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise BrokenAuditError(
            f"the key `{path}` is no Ed25519 key", hint="put back the key of this record"
        )
    public = private.public_key().public_bytes_raw()
    return private, VerifierKey(name=name_of(public), public=public)
