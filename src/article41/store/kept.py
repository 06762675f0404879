"""Keeps what follows from a store in files beside the database, each under a key.

A file is as good as absent if it is damaged or of another key, so that the key has to name all that
decides the content: the state of the store, read before anything else, and the code.
"""

import hashlib
import os
from functools import cache
from pathlib import Path

import msgspec

_DIGEST_BYTES = 32
_PACKAGE = Path(__file__).parent.parent


def kept(path: Path, key: tuple[str, ...]) -> bytes | None:
    """What a file holds, if it was kept whole under this key.

    Raises:
        OSError: The file is missing or cannot be read.
    """
    held = path.read_bytes()
    body = held[_DIGEST_BYTES:]
    return body if held[:_DIGEST_BYTES] == _digest(key, body) else None


def keep(path: Path, key: tuple[str, ...], body: bytes) -> None:
    """Put a file in place in one step, readable for whoever may read the folder's other files.

    Raises:
        OSError: It cannot be written.
    """
    # The name is drawn, because numbers of processes are the same in every container.
    beside = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(_digest(key, body))
            file.write(body)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@cache
def code_sha256(*folders: str) -> str:
    """The hash of all code in some folders of the package, as it is installed here.

    Versions would do for releases; while one is being written they stay and the code does not.
    """
    digest = hashlib.sha256()
    for file in sorted(file for folder in folders for file in (_PACKAGE / folder).rglob("*")):
        name = file.relative_to(_PACKAGE)
        if file.is_file() and "__pycache__" not in name.parts:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
            digest.update(f" {name.as_posix()}\n".encode())
    return digest.hexdigest()


def _digest(key: tuple[str, ...], body: bytes) -> bytes:
    digest = hashlib.sha256(msgspec.json.encode(key))
    digest.update(body)
    return digest.digest()
