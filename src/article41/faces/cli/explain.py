"""`article41 explain`: tells verdicts that were written before, with every reason."""

from pathlib import Path

import click

from article41.checks.verdict_json import read_verdicts
from article41.faces.cli.options import TEXT, TextPath
from article41.faces.cli.piped import opened_source, source_name
from article41.faces.cli.sheet import width_of_stdout
from article41.faces.cli.verdicts import verdict_lines
from article41.faces.cli.writing import Pen, write_lines
from article41.model.errors import InputError
from article41.model.verdicts import Verdict


@click.command(epilog="Example: article41 check acts.jsonl --json | article41 explain - --act p-7")
@click.argument(
    "source", metavar="FILE", type=TextPath(exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--act", "id_", type=TEXT, metavar="ID", help="Only that of the act with this id.")
@click.option("--all", "is_whole", is_flag=True, help="Show what does not bear on it, too.")
def explain(*, source: Path, id_: str | None, is_whole: bool) -> None:
    """Tell verdicts that `article41 check --json` wrote.

    FILE holds one verdict, or one on each line; `-` is what is piped in. Nothing is asked anew:
    it says what was answered then.
    """
    pen, width = Pen.for_stdout(), width_of_stdout()
    before: Verdict | None = None
    with opened_source(source) as stream:
        for verdict in read_verdicts(stream, file=source_name(source)):
            if id_ is not None and verdict.act.id != id_:
                continue
            lines = verdict_lines(verdict, pen, width=width, is_whole=is_whole, before=before)
            write_lines([*([""] if before else []), *lines])
            before = verdict
    if before is None:
        raise InputError(f"no verdict is of the act `{id_}`", hint="leave `--act` out to see all")
