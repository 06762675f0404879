"""`article41 demo`: six acts of the day of the article, on three days, with lists for that."""

from collections.abc import Iterator, Sequence
from datetime import date

import click
import msgspec

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.faces.cli.demo_shown import (
    certificate_shown,
    finding_shown,
    payment_shown,
    resemblance_shown,
)
from article41.faces.cli.sheet import Sheet
from article41.faces.cli.writing import Pen, write_json, write_lines
from article41.faces.demonstration import AS_OF
from article41.faces.demonstration.acts import demonstration_acts
from article41.faces.kept import put_demonstration
from article41.faces.settings import code_version, now
from article41.law.gaps import Law
from article41.model.acts import Act, PartyAct
from article41.model.verdicts import Verdict
from article41.store.scratch import scratch_folder

BEFORE = date(2011, 1, 1)
"""A day before the measures that the article asks for."""
_FROZEN, _PAID = 0, 1
"""The acts of which more is shown: one that freezes, and one of a payment."""
_DAY_WIDTH = 18


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write the verdicts as JSON lines.")
def demo(*, as_json: bool) -> None:
    """Answer six acts of 6 July 2012: then, in January 2011, and as the catalogue stands.

    On that day a hundred countries met in Paris and asked for measures against Syria under Article
    41 of the UN Charter. The lists are demonstration lists, and no screening of anybody.
    """
    law = Law.shipped()
    days = (BEFORE, AS_OF, law.catalogue.verified_on or AS_OF)
    acts = demonstration_acts()
    with scratch_folder("demo") as folder:
        put_demonstration(folder)
        screener = Screener(folder)
        checker = Checker(screener, law, code_version=code_version())
        verdicts = [[checker.check(_on(act, day)) for day in days] for act in acts]
        if as_json:
            for row in verdicts:
                for verdict in row:
                    write_json(verdict)
            return
        pen = Pen.for_stdout()
        sheet = Sheet(pen)
        write_lines(_introduction(pen))
        write_lines(_table(verdicts, days, pen))
        frozen = verdicts[_FROZEN][1]
        write_lines(finding_shown(frozen, sheet))
        write_lines(resemblance_shown(acts[_PAID], checker, sheet))
        write_lines(payment_shown(screener, checker, AS_OF, sheet))
        generation = screener.index.about.generation
        write_lines(certificate_shown(frozen, folder, now(), generation, sheet))
        write_lines(_end(pen))


def _on(act: Act, day: date) -> Act:
    """The same act on another day; what it says of days after that one is left out."""
    changes: dict[str, object] = {"on": day}
    if isinstance(act, PartyAct) and act.relation_since is not None and act.relation_since > day:
        changes["relation_since"] = None
    return msgspec.structs.replace(act, **changes)


def _introduction(pen: Pen) -> Iterator[str]:
    yield pen.bold("A demonstration, not a screening: six acts, as of three days.")
    yield "Who is listed and since when are facts with citations, over Syria; others are invented."
    yield "Nothing here says that an act may go ahead: at the mildest, no measure was found."
    yield ""


def _table(verdicts: Sequence[Sequence[Verdict]], days: Sequence[date], pen: Pen) -> Iterator[str]:
    """A line for each jurisdiction, and the provision of the middle day, act by act."""
    head = "".join(f"{day!s:<{_DAY_WIDTH}}" for day in days)
    yield pen.bold(f"{'':6}{head}".rstrip())
    for number, row in enumerate(verdicts, start=1):
        yield pen.bold(f"{number}. {row[0].act.id}")
        for jurisdiction in row[0].act.jurisdictions:
            cells = (_outcome(verdict, jurisdiction) for verdict in row)
            line = "".join(f"{cell:<{_DAY_WIDTH}}" for cell in cells)
            yield f"   {jurisdiction:<3}{line}".rstrip()
        yield pen.dim(f"      {_provision(row[1])}")


def _outcome(verdict: Verdict, jurisdiction: str) -> str:
    result = next(one for one in verdict.results if one.jurisdiction == jurisdiction)
    return result.outcome.value.upper().replace("-", " ")


def _provision(verdict: Verdict) -> str:
    """The provision behind the answer of the middle day."""
    findings = (finding for result in verdict.results for finding in result.findings[:1])
    return next((finding.citation for finding in findings if finding.citation), "")


def _end(pen: Pen) -> Iterator[str]:
    yield ""
    yield pen.bold("Next")
    yield "  article41 demo --json | article41 explain - --all   all answers, every word"
    yield "  article41 check ACT.yaml --demonstration   an act of your own, on these lists"
    yield "  article41 measures --on SY --in-force 2012-07-06   the law behind the answers"
    yield "  article41 lists update   the official lists, and then article41 match NAME"
