"""Keys: who may ask what, until when. A key is shown once; only its hash is kept.

The file is replaced as a whole under a lock, so that several may make keys at once and whoever
reads it meets no half of one.
"""

import enum
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from article41.model.errors import (
    AccessError,
    CorruptStoreError,
    InputError,
    ScopeError,
    StoreError,
)
from article41.store.syncing import ONLY_OWNER, put_file

KEYS_FILE = "keys.json"
"""The keys, in the folder of the store; only its owner may read it."""
PREFIX = "a41"
SECRET_BYTES = 32
ID_BYTES = 6
NAME_MAX = 100
_NOBODYS = hashlib.sha256(b"").hexdigest()


class Scope(enum.Enum):
    """What a key is for."""

    MATCH = "match"
    """Ask whom names resemble."""
    CHECK = "check"
    """Ask what the law says of acts."""
    PAYMENTS = "payments"
    """Ask whether payments of messages are to be held."""
    CERTIFICATES = "certificates"
    """Get the certificate of what is on record, whoever asked it."""
    LISTS = "lists"
    """See which lists are held."""
    MEASURES = "measures"
    """See which measures are held."""
    METRICS = "metrics"
    """See what the server counts."""
    ADMIN = "admin"
    """All of it."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key, without what is secret of it."""

    id: str
    """Its public part."""
    name: str
    """Whose it is, or what for."""
    scopes: tuple[Scope, ...]
    """What it is for."""
    sha256: str
    """Of the whole key."""
    made_at: datetime
    """When it was made (UTC)."""
    expires_at: datetime | None
    """From when on it is not valid; absent if it does not end."""
    revoked_at: datetime | None = None
    """Since when it is not valid."""

    def may(self, scope: Scope) -> bool:
        """True if it is for that."""
        return scope in self.scopes or Scope.ADMIN in self.scopes

    def state(self, now: datetime) -> str:
        """`valid`, `revoked` or `expired` at a moment."""
        if self.revoked_at is not None:
            return "revoked"
        is_over = self.expires_at is not None and self.expires_at <= now
        return "expired" if is_over else "valid"


class _Held(msgspec.Struct, frozen=True, kw_only=True):
    keys: tuple[Key, ...] = ()


class Keys:
    """The keys of a store; what is written by others is seen at the next question.

    Args:
        folder: Of the store.

    Example:
        >>> import tempfile
        >>> from datetime import UTC
        >>> now = datetime(2026, 1, 1, tzinfo=UTC)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     keys = Keys(Path(folder))
        ...     key, secret = keys.create("Desk", [Scope.MATCH], now=now, expires_at=None)
        ...     keys.of(secret, now=now).name, secret.startswith(f"a41_{key.id}_")
        ('Desk', True)
    """

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._folder = folder
        self._path = folder / KEYS_FILE
        self._kept: tuple[tuple[int, ...], dict[str, Key]] | None = None

    def all(self) -> tuple[Key, ...]:
        """Every key ever made, in that order.

        Raises:
            CorruptStoreError: The file cannot be read.
        """
        return tuple(self._by_id().values())

    def of(self, secret: str, *, now: datetime) -> Key:
        """The key that somebody shows.

        Raises:
            AccessError: It is none, is revoked or has expired.
        """
        parts = secret.split("_", 2)
        found = self._by_id().get(parts[1]) if len(parts) == len(("a41", "id", "rest")) else None
        digest = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
        # Compared even where there is none, so that both take the same time.
        is_same = hmac.compare_digest(digest, found.sha256 if found else _NOBODYS)
        if found is None or not is_same:
            raise AccessError("the key is not known here", hint="see `article41 keys list`")
        return _valid(found, now)

    def known(self, key_id: str, *, now: datetime) -> Key:
        """The key of somebody who showed it before.

        Raises:
            AccessError: There is none, or it is revoked or has expired.
        """
        found = self._by_id().get(key_id)
        if found is None:
            raise AccessError("the key is not known here", hint="see `article41 keys list`")
        return _valid(found, now)

    def create(
        self,
        name: str,
        scopes: Collection[Scope],
        *,
        now: datetime,
        expires_at: datetime | None,
    ) -> tuple[Key, str]:
        """Make a key; give what is kept of it, and the key itself, which is never told again.

        Raises:
            InputError: It has no name or no scope, or ends before it begins.
            StoreError: The file cannot be written.
        """
        if not name.strip() or len(name) > NAME_MAX:
            raise InputError("a key needs a name", hint=f"up to {NAME_MAX} letters: whose it is")
        if not scopes:
            raise InputError("the key is for nothing", hint="give it a scope such as `match`")
        if expires_at is not None and expires_at <= now:
            raise InputError("the key would have expired already", hint="give a later day")
        key_id = secrets.token_hex(ID_BYTES)
        secret = f"{PREFIX}_{key_id}_{secrets.token_urlsafe(SECRET_BYTES)}"
        key = Key(
            id=key_id,
            name=name.strip(),
            scopes=tuple(one for one in Scope if one in scopes),
            sha256=hashlib.sha256(secret.encode("ascii")).hexdigest(),
            made_at=now,
            expires_at=expires_at,
        )
        self._change(lambda held: (*held, key))
        return key, secret

    def revoke(self, key_id: str, *, now: datetime) -> Key:
        """Let a key be valid no more; one that was revoked already stays so.

        Raises:
            InputError: There is no such key.
            StoreError: The file cannot be written.
        """
        if key_id not in self._by_id():
            raise InputError(f"there is no key `{key_id}`", hint="see `article41 keys list`")

        def revoked(held: tuple[Key, ...]) -> tuple[Key, ...]:
            return tuple(
                msgspec.structs.replace(one, revoked_at=one.revoked_at or now)
                if one.id == key_id
                else one
                for one in held
            )

        self._change(revoked)
        return self._by_id()[key_id]

    def _by_id(self) -> dict[str, Key]:
        stamp = self._stamp()
        if self._kept is None or self._kept[0] != stamp:
            self._kept = (stamp, {key.id: key for key in self._read()})
        return self._kept[1]

    def _stamp(self) -> tuple[int, ...]:
        try:
            seen = self._path.stat()
        except FileNotFoundError:
            return ()
        # Each change is another file, so that its number tells it even within one tick.
        return seen.st_ino, seen.st_mtime_ns, seen.st_size

    def _read(self) -> tuple[Key, ...]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Held).keys
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise CorruptStoreError(
                f"`{self._path}` cannot be read: {error}",
                hint="restore the file, or remove it and make new keys",
            ) from error

    def _change(self, change: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> None:
        if not self._folder.is_dir():
            raise StoreError(
                f"there is no store in `{self._folder}`",
                hint="add a list first, with `article41 lists update` or `lists add FILE...`",
            )
        try:
            with self._alone():
                put_file(self._path, msgspec.json.encode(_Held(keys=change(self._read()))))
        except OSError as error:
            raise StoreError(
                f"`{self._path}` cannot be written: {error.strerror}",
                hint="let the folder of the store be written to",
            ) from error
        self._kept = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others who change keys out; whoever dies lets go."""
        beside = self._path.with_suffix(".lock")
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, ONLY_OWNER)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def refuse_other_scope(key: Key, scope: Scope | None) -> None:
    """Refuse a key that is not for something.

    Raises:
        ScopeError: It is not.
    """
    if scope is not None and not key.may(scope):
        raise ScopeError(
            f"the key `{key.id}` is not for `{scope.value}`",
            hint=f"make one with `article41 keys create --name NAME --scope {scope.value}`",
        )


def _valid(key: Key, now: datetime) -> Key:
    state = key.state(now)
    if state != "valid":
        raise AccessError(
            f"the key `{key.id}` is {state}",
            hint="ask for another one, or make one with `article41 keys create`",
        )
    return key
