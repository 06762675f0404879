"""`article41 check`: may an act go ahead, and if not, which measure forbids it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from article41.checks.reading import ActFormat
from article41.faces.cli.on_record import OnRecord, with_record
from article41.faces.cli.options import (
    Read,
    TextPath,
    with_json,
    with_jurisdictions,
    with_known_at,
    with_store,
    with_threshold,
)
from article41.faces.cli.targeted import refuse_two_stores
from article41.model.errors import InputError

if TYPE_CHECKING:
    from article41.sources.ownership import OwnershipFormat


def _ownership_forms() -> "dict[str, OwnershipFormat]":
    # What reads registers is imported for those who give one.
    from article41.sources.ownership import OwnershipFormat

    return {one.value: one for one in OwnershipFormat}


def _ownership_form_of(text: str) -> "OwnershipFormat":
    forms = _ownership_forms()
    if text not in forms:
        raise InputError(f"`{text}` is no form of files of who owns whom",
                         hint=f"one of {', '.join(forms)}")  # fmt: skip
    return forms[text]


_OWNERSHIP_FORM = Read("form", _ownership_form_of, lambda: dict.fromkeys(_ownership_forms(), ""))


@click.command(epilog="Example: article41 check payment.yaml --jurisdiction EU")
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=TextPath(exists=True, dir_okay=False, allow_dash=True),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([one.value for one in ActFormat]),
    help="How acts are written; told by the beginning of a file if absent.",
)
@with_jurisdictions
@click.option(
    "--ownership",
    type=TextPath(exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Who owns whom: a table, a register, or as an act has it; may be repeated.",
)
@click.option(
    "--ownership-format",
    type=_OWNERSHIP_FORM,
    metavar="FORM",
    help="What these files are: own, own-csv, ftm, bods, psc or gleif; told by their content if "
    "absent.",
)
@click.option("--all", "is_whole", is_flag=True, help="Show what does not bear on it, too.")
@click.option("--demonstration", is_flag=True, help="Ask the demonstration lists.")
@with_known_at
@with_threshold
@with_record
@with_json
@with_store
@click.pass_context
def check(
    context: click.Context,
    *,
    sources: tuple[Path, ...],
    format_: str | None,
    jurisdictions: tuple[str, ...],
    ownership: tuple[Path, ...],
    ownership_format: "OwnershipFormat | None",
    is_whole: bool,
    demonstration: bool,
    known_at: datetime | None,
    threshold: float,
    is_unrecorded: bool,
    certificates: Path | None,
    as_json: bool,
    folder: Path,
) -> None:
    """Say which measures bear on an act, whom they bind and what they rest on.

    FILE holds acts in YAML or JSON, or JSON lines; `-` is what is piped in. Each is answered by
    the lists and the law of its own day. One act is told whole; of several each has a line, and
    is told whole with --all.

    With --json one verdict an act is written, each on a line of its own; `article41 explain`
    tells it later. If nothing of any list was known at the moment, the command fails after its
    answer. An act that cannot be read is told on stderr with its line; the others are answered,
    and the command fails after them.
    """
    refuse_two_stores(context, is_demonstration=demonstration)
    from article41.faces.cli.answering import answer
    from article41.faces.cli.checking import Acts

    acts = Acts(
        sources,
        format=None if format_ is None else ActFormat(format_),
        jurisdictions=jurisdictions,
        ownership=ownership,
        ownership_format=ownership_format,
    )
    context.exit(
        answer(
            acts,
            folder,
            is_demonstration=demonstration,
            known_at=known_at,
            threshold=threshold,
            as_json=as_json,
            is_whole=is_whole,
            on_record=OnRecord(
                folder,
                is_unrecorded=is_unrecorded or demonstration,
                certificates=certificates,
            ),
        )
    )
