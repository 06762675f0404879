"""`article41 keys`: makes, shows and revokes the keys by which the server is asked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import msgspec

from article41.faces.api.access import Key, Keys, Scope
from article41.faces.cli.options import TEXT, Read, moment_of, with_json, with_store
from article41.faces.cli.rendering import moment_words
from article41.faces.cli.writing import Pen, notice, write_json, write_lines
from article41.faces.settings import now
from article41.model.errors import InputError
from article41.model.letters import legible

VALID_DAYS = 365
"""Days for which a key is valid if nobody says otherwise."""
NEVER = "never"


class ShownKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key as the commands show it."""

    id: str
    """Its public part."""
    name: str
    """Whose it is, or what for."""
    scopes: tuple[Scope, ...]
    """What it is for."""
    state: str
    """`valid`, `expired` or `revoked`."""
    made_at: datetime
    """When it was made (UTC)."""
    expires_at: datetime | None
    """From when on it is not valid; absent if it does not end."""
    revoked_at: datetime | None
    """Since when it is not valid."""


class MadeKey(ShownKey, frozen=True, kw_only=True):
    """A key that was just made."""

    key: str
    """The key itself; it is told this once."""


def expiry_of(text: str) -> datetime | None:
    """Read until when a key is valid: a number of days, a day, a moment, or `never`.

    Raises:
        InputError: It is none of them.

    Example:
        >>> expiry_of("2027-01-01").isoformat()
        '2027-01-01T23:59:59.999999+00:00'
    """
    given = text.strip().casefold()
    if given == NEVER:
        return None
    if given.removesuffix("d").isdecimal():
        try:
            return now() + timedelta(days=int(given.removesuffix("d")))
        except OverflowError as error:
            raise InputError(f"`{text}` is too far away", hint=f"write `{NEVER}`") from error
    return moment_of(text)


@click.group()
def keys() -> None:
    """Make, show and revoke the keys by which the server is asked."""


@keys.command(epilog="Example: article41 keys create --name 'Payments desk' --scope check")
@click.option("--name", required=True, type=TEXT, help="Whose it is, or what it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([one.value for one in Scope], case_sensitive=False),
    help="What it is for; may be repeated.",
)
@click.option(
    "--expires",
    "expires_at",
    type=Read("expiry", expiry_of),
    metavar="WHEN",
    default=f"{VALID_DAYS}d",
    show_default=True,
    help=f"Days such as 90d, a day, a moment, or `{NEVER}`.",
)
@with_json
@with_store
def create(
    *,
    name: str,
    scopes: tuple[str, ...],
    expires_at: datetime | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Make a key, and show it this once.

    Only its hash is kept: who loses it makes another one.
    """
    made_at = now()
    given = [Scope(one) for one in scopes]
    key, secret = Keys(folder).create(name, given, now=made_at, expires_at=expires_at)
    if as_json:
        shown = msgspec.structs.asdict(_shown(key, made_at))
        write_json(MadeKey(**shown, key=secret))
        return
    notice(f"note: {_line(key, made_at)}")
    notice("note: it is not shown again")
    write_lines([secret])


@keys.command("list")
@with_json
@with_store
def list_(*, as_json: bool, folder: Path) -> None:
    """Show every key that was made, without what is secret of it."""
    seen_at, found = now(), Keys(folder).all()
    if as_json:
        write_json([_shown(key, seen_at) for key in found])
    elif found:
        write_lines([_line(key, seen_at, Pen.for_stdout()) for key in found])
    else:
        write_lines(["there is no key; make one with `article41 keys create`"])


@keys.command(epilog="Example: article41 keys revoke 3f2a9c01be44")
@click.argument("key_id", metavar="ID", type=TEXT)
@with_json
@with_store
def revoke(*, key_id: str, as_json: bool, folder: Path) -> None:
    """Let a key be valid no more, from the next request on."""
    revoked_at = now()
    key = Keys(folder).revoke(key_id, now=revoked_at)
    if as_json:
        write_json(_shown(key, revoked_at))
    else:
        write_lines([_line(key, revoked_at)])


def _shown(key: Key, at: datetime) -> ShownKey:
    return ShownKey(
        id=key.id,
        name=key.name,
        scopes=key.scopes,
        state=key.state(at),
        made_at=key.made_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
    )


def _line(key: Key, at: datetime, pen: Pen | None = None) -> str:
    scopes = ", ".join(one.value for one in key.scopes)
    if key.revoked_at is not None:
        until = f"revoked at {moment_words(key.revoked_at.astimezone(UTC))}"
    elif key.expires_at is None:
        until = "does not end"
    else:
        word = "valid until" if key.state(at) == "valid" else "expired at"
        until = f"{word} {moment_words(key.expires_at.astimezone(UTC))}"
    shown = key.id if pen is None else pen.bold(key.id)
    return f"{shown}  {legible(key.name)}  for {scopes}, {until}"
