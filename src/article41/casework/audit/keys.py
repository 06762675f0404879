"""The key that signs a record: made on first use, readable by its owner alone."""

from pathlib import Path
from typing import TYPE_CHECKING

from article41.casework.audit.notes import VerifierKey, name_of
from article41.model.errors import BrokenAuditError
from article41.store.syncing import put_file

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
    put_file(path, body)


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
