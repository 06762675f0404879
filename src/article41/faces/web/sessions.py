"""Who is signed in: a cookie that names a key and is signed; nothing of it is kept here.

A session ends with its key, or after some hours. What a form sends carries a token of the session,
so that no other site can send it.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from article41.faces.api.access import Key, Keys
from article41.model.errors import AccessError, StoreError
from article41.store.syncing import ONLY_OWNER

SECRET_FILE = "sessions.key"
"""What signs sessions, in the folder of the store; only its owner may read it."""
COOKIE = "article41"
VALID_FOR = timedelta(hours=12)
SECRET_BYTES = 32
_SIGN_IN_AGAIN = "sign in with a key"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session as its cookie has it."""

    key_id: str
    """Of the key that was shown."""
    until: int
    """When it ends, in seconds since 1970."""
    drawn: str
    """By chance, so that no two are alike."""


class Sessions:
    """The sessions of a store.

    Args:
        folder: Of the store.
        keys: Its keys.

    Raises:
        StoreError: The secret cannot be made or read.
    """

    def __init__(self, folder: Path, keys: Keys) -> None:
        """Read the secret that all workers share; the first of them makes it."""
        self._keys = keys
        self._secret = _secret_of(folder / SECRET_FILE)

    def begun(self, key: Key, *, now: datetime) -> str:
        """The cookie of a new session."""
        session = Session(
            key_id=key.id,
            until=int((now + VALID_FOR).timestamp()),
            drawn=secrets.token_urlsafe(12),
        )
        body = base64.urlsafe_b64encode(msgspec.json.encode(session)).decode("ascii")
        return f"{body}.{self._signed('session', body)}"

    def key_of(self, cookie: str, *, now: datetime) -> Key:
        """The key of a session.

        Raises:
            AccessError: It is none, has ended, or its key has.
        """
        body, _, signature = cookie.partition(".")
        if not hmac.compare_digest(
            signature.encode("utf-8", "surrogatepass"),
            self._signed("session", body).encode("ascii"),
        ):
            raise AccessError("nobody is signed in", hint=_SIGN_IN_AGAIN)
        try:
            session = msgspec.json.decode(base64.urlsafe_b64decode(body), type=Session)
        except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
            raise AccessError("nobody is signed in", hint=_SIGN_IN_AGAIN) from error
        if datetime.fromtimestamp(session.until, UTC) <= now:
            raise AccessError("the session has ended", hint=_SIGN_IN_AGAIN)
        return self._keys.known(session.key_id, now=now)

    def token(self, cookie: str) -> str:
        """What the forms of a session carry."""
        return self._signed("form", cookie)

    def is_own(self, cookie: str, token: str) -> bool:
        """True of the token of a session."""
        given = token.encode("utf-8", "surrogatepass")
        return hmac.compare_digest(given, self.token(cookie).encode("ascii"))

    def _signed(self, what: str, body: str) -> str:
        text = f"{what}:{body}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()


def _secret_of(path: Path) -> bytes:
    """The secret in a file, which is made whole or not at all."""
    try:
        if not path.exists():
            beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(secrets.token_bytes(SECRET_BYTES))
                # Where another worker was first, its secret stays.
                path.hardlink_to(beside)
            except FileExistsError:
                pass
            finally:
                beside.unlink()
        secret = path.read_bytes()
    except OSError as error:
        raise StoreError(
            f"`{path}` cannot be written: {error.strerror}",
            hint="let the folder of the store be written to",
        ) from error
    if len(secret) != SECRET_BYTES:
        raise StoreError(f"`{path}` is damaged", hint="remove it; everybody signs in again then")
    return secret
