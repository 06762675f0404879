"""The feeds: where each list is published, how current it must be, and what somebody changed in it.

It reads two tables in TOML, the shipped one and the user's. It fetches nothing.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from article41.model.errors import FormatError
from article41.model.tomls import line_of, read_toml

SHIPPED = Path(__file__).with_name("registry.toml")
"""The feeds that every installation knows."""
FEEDS_FILE = "feeds.toml"
"""What a user changed, in the folder of the store."""
AGE_MAX_HOURS = 48
"""How old a list may be where nothing else is said."""
SIZE_BYTES_MAX = 2**27
"""The most bytes of one file where nothing else is said, unpacked."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Positive = Annotated[int, msgspec.Meta(gt=0)]


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """Where one list comes from.

    Example:
        >>> Feed(id="xa-main", authority="XA", title="Main list").age_max_hours
        48
    """

    id: str
    """The list that its files must turn out to be."""
    authority: str
    """Who publishes it."""
    title: str
    """The authority's name for it."""
    addresses: tuple[str, ...] = ()
    """Of its files, in one order."""
    mirrors: tuple[str, ...] = ()
    """The same files elsewhere, in the same order, asked second; empty if there are none."""
    hashes: tuple[str, ...] = ()
    """Where the SHA-256 of each file is published, in the same order; empty if nowhere."""
    files: tuple[Path, ...] = ()
    """Files on this machine that are read in place of the addresses; empty if none are."""
    table: Path | None = None
    """The description by which its table is read; absent if its format is known."""
    rhythm: str = ""
    """How often it changes, in words."""
    terms: str = ""
    """On what terms it may be used."""
    age_max_hours: int = AGE_MAX_HOURS
    """How long after the last confirmation an answer may rest on it without saying so."""
    size_bytes_max: int = SIZE_BYTES_MAX
    """The most bytes of one of its files, unpacked."""
    retired_on: date | None = None
    """From this day on the authority publishes it no more; absent if it goes on."""
    enabled: bool = True
    """False if it is asked for only by its name."""

    def is_retired(self, day: date | None) -> bool:
        """True if the list is closed on a day; without a day, if it was ever closed."""
        return self.retired_on is not None and (day is None or day >= self.retired_on)


class _Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table as it is written: what is left out stays as it was."""

    authority: str | msgspec.UnsetType = msgspec.UNSET
    title: str | msgspec.UnsetType = msgspec.UNSET
    addresses: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    mirrors: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    hashes: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    files: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    table: str | msgspec.UnsetType = msgspec.UNSET
    rhythm: str | msgspec.UnsetType = msgspec.UNSET
    terms: str | msgspec.UnsetType = msgspec.UNSET
    age_max_hours: _Positive | msgspec.UnsetType = msgspec.UNSET
    size_bytes_max: _Positive | msgspec.UnsetType = msgspec.UNSET
    retired_on: date | msgspec.UnsetType = msgspec.UNSET
    enabled: bool | msgspec.UnsetType = msgspec.UNSET


def load_feeds(own: Path | None = None) -> Mapping[str, Feed]:
    """The shipped feeds with what a user's file changes in them, by list.

    Args:
        own: A table for each feed to change, or to add; nothing is changed if absent.

    Raises:
        FormatError: The file is missing or wrong; the error names the line or the key.

    Example:
        >>> load_feeds()["un-sc"].addresses
        ('https://scsanctions.un.org/resources/xml/en/consolidated.xml',)
    """
    feeds: dict[str, Feed] = {}
    for path in (SHIPPED,) if own is None else (SHIPPED, own):
        text = _text(path)
        for list_id, table in read_toml(text, str(path)).items():
            try:
                feeds[list_id] = _feed(list_id, table, feeds.get(list_id), path)
            except FormatError as error:
                error.line = line_of(text, error.path)
                raise
    return feeds


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FormatError(
            f"cannot be read: {error.strerror}", hint="check the name", file=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise FormatError("not in UTF-8", hint="save it as UTF-8", file=str(path)) from error


def _feed(list_id: str, table: object, before: Feed | None, path: Path) -> Feed:
    if not _ID.fullmatch(list_id):
        raise _wrong(path, list_id, "no id of a list", "write it like `xa-main`")
    try:
        given = msgspec.convert(table, _Given)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), list_id, path) from error
    changes = {
        name: value
        for name, value in msgspec.structs.asdict(given).items()
        if value is not msgspec.UNSET
    }
    if "files" in changes:
        changes["files"] = tuple(path.parent / name for name in changes["files"])
    if "table" in changes:
        changes["table"] = path.parent / changes["table"]
    if "addresses" in changes:
        # Mirrors and hashes are those of the addresses they came with.
        changes = {"mirrors": (), "hashes": (), "files": (), **changes}
    if before is None:
        missing = [name for name in ("authority", "title") if name not in changes]
        if missing:
            raise _wrong(
                path,
                f"{list_id}.{missing[0]}",
                "missing, and no such feed is shipped",
                f"the shipped feeds are listed by `article41 lists feeds`; add `{missing[0]}` to "
                "describe one of your own",
            )
        feed = Feed(id=list_id, **changes)
    else:
        feed = msgspec.structs.replace(before, **changes)
    _check(feed, path)
    return feed


def _invalid(said: str, list_id: str, path: Path) -> FormatError:
    """What msgspec says, as a fault at a key."""
    message, _, at = said.partition(" - at `$")
    key = f"{list_id}{at.rstrip('`')}"
    if unknown := re.search(r"unknown field `(.*)`", message):
        keys = ", ".join(_Given.__struct_fields__)
        return _wrong(path, f"{key}.{unknown[1]}", "no such key", f"write one of {keys}")
    message = message[:1].lower() + message[1:]
    return _wrong(path, key, message, "docs/reference/feeds.md says what each key holds")


def _check(feed: Feed, path: Path) -> None:
    if not feed.addresses and not feed.files:
        raise _wrong(path, f"{feed.id}.addresses", "missing", "name an address, or `files`")
    for name, texts in (
        ("addresses", feed.addresses), ("mirrors", feed.mirrors), ("hashes", feed.hashes)
    ):  # fmt: skip
        if name != "addresses" and texts and len(texts) != len(feed.addresses):
            raise _wrong(
                path,
                f"{feed.id}.{name}",
                f"{len(texts)} for {len(feed.addresses)} addresses",
                "give one for each address, in the same order",
            )
        for text in texts:
            _check_address(text, path, f"{feed.id}.{name}")


def _check_address(text: str, path: Path, key: str) -> None:
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_address = False
    if not is_address or any(letter.isspace() for letter in text):
        raise _wrong(path, key, f"`{text}` is no address", "begin it with https://")


def _wrong(path: Path, key: str, what: str, hint: str) -> FormatError:
    return FormatError(what, hint=hint, file=str(path), path=key)
