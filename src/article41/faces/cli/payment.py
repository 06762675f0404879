"""`article41 payment`: what a payment message says, and whether its payments are to be held."""

from datetime import date, datetime
from pathlib import Path

import click

from article41.faces.cli.on_record import OnRecord, with_record
from article41.faces.cli.options import (
    DAY,
    Read,
    TextPath,
    text_of,
    with_json,
    with_jurisdictions,
    with_known_at,
    with_store,
    with_threshold,
)
from article41.faces.cli.targeted import refuse_two_stores

WORKERS_MAX = 32
"""Most processes that answer."""
_SOURCES = click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="FILE|DIR|-...",
    type=TextPath(exists=True, allow_dash=True),
)


@click.command(epilog="Example: article41 payment read mt103.txt --account")
@_SOURCES
@click.option("--account", "is_account", is_flag=True, help="Every text, and how it is screened.")
@with_json
@click.pass_context
def read(
    context: click.Context, *, sources: tuple[Path, ...], is_account: bool, as_json: bool
) -> None:
    """Say what stands in payment messages; no list is asked.

    FILE holds ISO 20022 (XML) or SWIFT MT messages, told by its beginning; `-` is what is piped in.
    With --account every text of a message is listed, with its path, what it says, of whom, and
    how it is screened. With --json each payment is an object with its act, as `article41 check`
    takes it, or with --account each text.
    """
    from article41.faces.cli.payment_texts import tell_texts

    context.exit(tell_texts(sources, is_account=is_account, as_json=as_json))


def _asker_of(text: str) -> str:
    from article41.checks.payment.act import asker_of

    return asker_of(text_of(text))


@click.command(epilog="Example: article41 payment screen mt103.txt --asker payee-bank")
@_SOURCES
@click.option(
    "--asker",
    type=Read("who", _asker_of),
    default="",
    metavar="WHO",
    help="On whose behalf: a role such as payee-bank, or your BIC; else the payer's bank, else who "
    "sent it.",
)
@click.option("--on", "day", type=DAY, metavar="DATE", help="The day it is done; today if absent.")
@with_jurisdictions
@click.option(
    "--replies",
    type=TextPath(file_okay=False),
    metavar="DIR",
    help="Write here what may be sent back of each payment that is held: that it is pending.",
)
@click.option("--all", "is_whole", is_flag=True, help="Tell every answer whole.")
@click.option("--demonstration", is_flag=True, help="Ask the demonstration lists.")
@click.option(
    "--workers",
    type=click.IntRange(1, WORKERS_MAX),
    metavar="N",
    help="So many processes answer where there are thousands; one a core if absent.",
)
@with_known_at
@with_threshold
@with_record
@with_json
@with_store
@click.pass_context
def screen(
    context: click.Context,
    *,
    sources: tuple[Path, ...],
    asker: str,
    day: date | None,
    jurisdictions: tuple[str, ...],
    replies: Path | None,
    is_whole: bool,
    demonstration: bool,
    workers: int | None,
    known_at: datetime | None,
    threshold: float,
    is_unrecorded: bool,
    certificates: Path | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Answer each payment of messages: hold or not, by which measures, entries and texts.

    FILE is a message or many, DIR every file in it, `-` what is piped in. Any review is hold; an
    answer without hold says that no measure was found within its coverage, and no more.

    A message that cannot be read is held, with the place of the error, and told on stderr; the
    others are answered, and the command fails after them. With --json every payment is an object
    on a line of its own, with --all together with its whole verdict.
    """
    refuse_two_stores(context, is_demonstration=demonstration)
    from article41.faces.cli.payment_answering import usable_cores
    from article41.faces.cli.payments import Asked, answer

    asked = Asked(
        sources=sources, asker=asker, day=day, jurisdictions=jurisdictions, known_at=known_at,
        threshold=threshold, is_demonstration=demonstration, folder=folder,
        workers=workers or min(usable_cores(), WORKERS_MAX),
    )  # fmt: skip
    on_record = OnRecord(
        folder, is_unrecorded=is_unrecorded or demonstration, certificates=certificates
    )
    context.exit(
        answer(asked, replies=replies, as_json=as_json, is_whole=is_whole, on_record=on_record)
    )
