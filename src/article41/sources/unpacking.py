"""Files as their exact unpacked bytes, hashed while they stream; archives are found by content.

It refuses what unpacks to more than the limits, and an archive inside an archive.
"""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from article41.model.errors import FormatError

UNPACKED_BYTES_MAX = 2**31
"""The most bytes that the files given together with one path may unpack to."""
UNPACKED_RATIO_MAX = 200
"""The most bytes that one packed byte may become; real lists stay below 40."""
RATIO_FREE_BYTES = 2**20
"""So much may come out of a small archive at any ratio."""
MEMBERS_MAX = 100
"""The most files in an archive."""
HEAD_BYTES = 65_536
"""How much of the beginning tells what a file is; all up to the root's start tag must fit in."""

_CHUNK_BYTES = 2**18
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OTHER_ARCHIVES = (
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
)
_OFFICE_MEMBERS = {"[Content_Types].xml", "mimetype"}
_DAMAGE = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    UnicodeDecodeError,
    zipfile.BadZipFile,
    zlib.error,
)

_Stream = IO[bytes] | gzip.GzipFile


class Unpacked(msgspec.Struct, frozen=True, kw_only=True):
    """One file after unpacking."""

    name: str
    """As the caller named it; a member of an archive as `archive.zip/member`."""
    sha256: str
    """Of the unpacked bytes, hexadecimal."""
    size_bytes: int
    """Length of the unpacked bytes."""
    head: bytes
    """The first bytes, at most `HEAD_BYTES`."""
    open: Callable[[], BinaryIO]
    """Opens the unpacked bytes from the beginning, unpacking them again."""


def unpack(path: Path) -> Iterator[Unpacked]:
    """The file, or the files packed in it, each read once from end to end.

    Raises:
        FormatError: There is no such file, it is empty, damaged, or unpacks beyond a limit.
    """
    name = encodable(path.name)
    magic, packed_bytes = _magic(path)
    for mark, archive in _OTHER_ARCHIVES:
        if magic.startswith(mark):
            raise FormatError(
                f"a {archive} archive",
                hint="unpack it first; .gz and .zip are understood",
                file=name,
            )
    if magic.startswith((_ZIP, _EMPTY_ZIP)):
        members = _members_of(path)
        if any(member.filename in _OFFICE_MEMBERS for member in members):
            _refuse_bomb(members, name, packed_bytes)
            yield _read(name, lambda: path.open("rb"))
        else:
            yield from _members(path, members, packed_bytes)
    elif magic.startswith(_GZIP):
        yield _read(name, lambda: _limited(gzip.GzipFile(path), name, packed_bytes))
    else:
        yield _read(name, lambda: path.open("rb"))


def encodable(text: str) -> str:
    r"""A text that any file takes: half of a surrogate pair is written as an escape.

    Example:
        >>> encodable("b\udcff.csv")
        'b\\udcff.csv'
    """
    return text.encode("utf-8", "backslashreplace").decode()


def _magic(path: Path) -> tuple[bytes, int]:
    name = encodable(str(path))
    if path.is_dir():
        raise FormatError(
            "a folder, not a file", hint="name the files in it, or use a pattern", file=name
        )
    if path.exists() and not path.is_file():
        raise FormatError(
            "a pipe or a device, which can be read only once",
            hint="save it to a file and give that",
            file=name,
        )
    try:
        with path.open("rb") as file:
            return file.read(8), path.stat().st_size
    except FileNotFoundError as error:
        raise FormatError("no such file", hint="check the name", file=name) from error
    except OSError as error:
        raise FormatError(
            f"cannot be opened: {error.strerror}", hint="check its rights", file=name
        ) from error


def _members_of(path: Path) -> list[zipfile.ZipInfo]:
    archive_name = encodable(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except _DAMAGE as error:
        raise _damaged(archive_name, error) from error
    if not members:
        raise FormatError("an archive with nothing in it", hint="get it again", file=archive_name)
    if len(members) > MEMBERS_MAX:
        raise FormatError(
            f"an archive of more than {MEMBERS_MAX} files",
            hint="give the files of one publication",
            file=archive_name,
        )
    return members


def _refuse_bomb(members: Sequence[zipfile.ZipInfo], name: str, packed_bytes: int) -> None:
    """An office document stays packed until it is read: what its directory says must do here."""
    unpacked_bytes = sum(member.file_size for member in members)
    if unpacked_bytes > min(
        UNPACKED_BYTES_MAX, max(RATIO_FREE_BYTES, packed_bytes * UNPACKED_RATIO_MAX)
    ):
        raise _too_large(name)


def _members(
    path: Path, members: Sequence[zipfile.ZipInfo], packed_bytes: int
) -> Iterator[Unpacked]:
    archive_name = encodable(path.name)
    # Members may share packed bytes, so that only their sum tells a bomb.
    spent = 0
    for member in members:
        name = f"{archive_name}/{member.filename}"
        if member.flag_bits & 1:
            raise FormatError("packed with a password", hint="unpack it first", file=name)
        unpacked = _read(name, _opener(path, member, name, packed_bytes, spent))
        spent += unpacked.size_bytes
        yield unpacked


def _opener(
    path: Path, member: zipfile.ZipInfo, name: str, packed_bytes: int, spent: int
) -> Callable[[], BinaryIO]:
    def open_member() -> BinaryIO:
        try:
            # The archive is closed with its last member: zipfile counts its users.
            with zipfile.ZipFile(path) as archive:
                return _limited(archive.open(member), name, packed_bytes, spent)
        except _DAMAGE as error:
            raise _damaged(name, error) from error

    return open_member


def _read(name: str, open_: Callable[[], BinaryIO]) -> Unpacked:
    digest = hashlib.sha256()
    size_bytes = 0
    head = b""
    with open_() as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
            size_bytes += len(chunk)
            if len(head) < HEAD_BYTES:
                head += chunk[: HEAD_BYTES - len(head)]
            if size_bytes > UNPACKED_BYTES_MAX:
                raise _too_large(name)
    if not size_bytes:
        raise FormatError("an empty file", hint="get it again from the authority", file=name)
    return Unpacked(
        name=name,
        sha256=digest.hexdigest(),
        size_bytes=size_bytes,
        head=head,
        open=open_,
    )


def _limited(stream: _Stream, name: str, packed_bytes: int, spent: int = 0) -> BinaryIO:
    return io.BufferedReader(_Limited(stream, name, packed_bytes, spent), _CHUNK_BYTES)


class _Limited(io.RawIOBase):
    """Unpacked bytes that end in an error where a limit is passed or the archive is damaged."""

    def __init__(self, stream: _Stream, name: str, packed_bytes: int, spent: int) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._bytes = spent
        self._bytes_max = min(
            UNPACKED_BYTES_MAX, max(RATIO_FREE_BYTES, packed_bytes * UNPACKED_RATIO_MAX)
        )

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except _DAMAGE as error:
            raise _damaged(self._name, error) from error
        self._bytes += len(chunk)
        if self._bytes > self._bytes_max:
            raise _too_large(self._name)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _too_large(name: str) -> FormatError:
    return FormatError(
        "unpacks to more than any list needs",
        hint=f"a list has at most {UNPACKED_BYTES_MAX} bytes and packs to no less than"
        f" 1 in {UNPACKED_RATIO_MAX}",
        file=name,
    )


def _damaged(name: str, error: BaseException) -> FormatError:
    said = " ".join(str(error).split())[:100] or type(error).__name__
    return FormatError(
        f"a damaged archive ({said})", hint="get it again from the authority", file=name
    )
