"""`article41 demo`: the main job, from facts to explained matches, on the demonstration lists."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from article41.checks import THRESHOLD, Screener, findings_of_lists, refresh_index
from article41.faces.cli.answers import AskedParty, NameAnswer, covered
from article41.faces.cli.match import answer_about
from article41.faces.cli.rendering import answer_lines, coverage_lines
from article41.faces.cli.writing import Pen, write_lines
from article41.faces.demonstration import AS_OF, demonstration_lists
from article41.faces.settings import now, today
from article41.store import Store

THRESHOLD_NEAR = 0.5
"""Low enough to show who merely shares a family name."""
_NAMES = (
    ("Bashar al-Assad", "the President, as the article of that day writes him"),
    ("بشار الأسد", "the same in Arabic script"),
    ("Махер Асад", "his brother, in Cyrillic letters and without the article"),
    ("Rami Makhluuf", "a businessman, misspelt"),
    ("Commercial Bank of Syria", "one of the two banks of the article"),
    ("مصرف سورية المركزي", "the Central Bank, in Arabic script"),
    ("Kofi Annan", "the envoy: on neither list"),
    ("Manaf Tlas", "the general who had fled: on neither list"),
)


@click.command()
def demo() -> None:
    """Screen the people and banks of 6 July 2012 against a demonstration list of that day."""
    pen = Pen.for_stdout()
    with TemporaryDirectory(prefix="article41-demo-") as folder:
        citation_by_key = _fill(Path(folder))
        screener = Screener(Path(folder))
        write_lines(_introduction(screener, pen))
        for name, what in _NAMES:
            write_lines(_told(screener, name, what, citation_by_key, pen))
        write_lines(_end(screener, pen))


def _fill(folder: Path) -> dict[str, str]:
    """Write the lists into a store, build its index, and give each listing's citation."""
    citation_by_key: dict[str, str] = {}
    with Store(folder) as store:
        for version in demonstration_lists():
            held = store.add(version, known_at=now()).version
            for listing in store.listings(held):
                citation_by_key[listing.key] = dict(listing.notes)["citation"]
        refresh_index(store)
    return citation_by_key


def _introduction(screener: Screener, pen: Pen) -> Iterator[str]:
    entries = sum(one.listings for one in screener.coverage)
    yield pen.bold("A demonstration, not a screening.")
    yield f"Two demonstration lists as of {AS_OF:%-d %B %Y}, {entries} entries, and no current ones:"
    yield "a small part of what the EU and OFAC had listed on the day on which a hundred countries"
    yield "met in Paris and asked for measures against Syria under Article 41 of the UN Charter."
    yield "They were kept in a store, indexed, and are asked as your own lists will be."
    yield ""


def _told(
    screener: Screener, name: str, what: str, citation_by_key: dict[str, str], pen: Pen
) -> Iterator[str]:
    answer = _ask(screener, name, THRESHOLD)
    yield pen.dim(f"# {what}")
    yield from answer_lines(answer, (), pen)
    if not answer.matches:
        near = _ask(screener, name, THRESHOLD_NEAR)
        for match in near.matches:
            yield (
                f"  below the threshold, {match.score:.3f}: {match.listing.primary_name} "
                f"({match.listing.key}), to be told apart by a person"
            )
    keys = dict.fromkeys(match.listing.key for match in answer.matches)
    for key in keys:
        yield f"  {pen.dim('source')} {key}: {citation_by_key[key]}"
    yield ""


def _ask(screener: Screener, name: str, threshold: float) -> NameAnswer:
    asked = AskedParty(
        name=name,
        schema=None,
        birth_dates=(),
        country=None,
        as_of=AS_OF,
        threshold=threshold,
        exhaustive=False,
    )
    return answer_about(screener, asked, births=(), limit=None)


def _end(screener: Screener, pen: Pen) -> Iterator[str]:
    coverage = covered(screener.coverage, today=today())
    yield from coverage_lines(coverage, findings_of_lists(screener.coverage, as_of=AS_OF), pen)
    yield ""
    yield "Next, with the official files: article41 lists add FILE... and article41 match NAME"
