"""`article41 demo`: the main job, from facts to explained matches, on the demonstration lists."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from article41.checks import THRESHOLD, Screener
from article41.faces.cli.answers import FoundListing, NameAnswer, name_answer
from article41.faces.cli.rendering import answer_lines, coverage_lines
from article41.faces.cli.writing import Pen, write_lines
from article41.faces.demonstration import AS_OF, demonstration_store
from article41.faces.settings import today
from article41.match import Query
from article41.store import Store

THRESHOLD_NEAR = 0.4
"""Low enough to show who comes nearest where nothing reaches the threshold."""
_EXPLAINED = 0
"""The name of which the whole answer is shown."""
_NAMES = (
    ("Rami Makhluuf", "a businessman, misspelt; the whole answer, as `article41 match` gives it"),
    ("Bashar al-Assad", "the President, as the article of that day writes him"),
    ("بشار الأسد", "the same in Arabic script"),
    ("Махер Асад", "his brother, in Cyrillic letters"),
    ("Commercial Bank of Syria", "one of the two banks of the article"),
    ("مصرف سورية المركزي", "the Central Bank, in Arabic script"),
    ("Kofi Annan", "the envoy: on none of the lists"),
    (
        "Manaf Mustafa Tlass",
        "the general who had fled: on none of the lists; nearest is another man",
    ),
)


@click.command()
def demo() -> None:
    """Screen a few names against demonstration lists.

    They hold whom the EU, OFAC and others had listed over Syria on 6 July 2012.
    """
    pen = Pen.for_stdout()
    with TemporaryDirectory(prefix="article41-demo-") as folder:
        citation_by_key = _fill(Path(folder))
        screener = Screener(Path(folder))
        write_lines(_introduction(citation_by_key, pen))
        for number, (name, what) in enumerate(_NAMES):
            answer = _ask(screener, name, THRESHOLD)
            write_lines([pen.dim(f"# {what}")])
            if number == _EXPLAINED:
                write_lines(answer_lines(answer, pen))
            else:
                near = _ask(screener, name, THRESHOLD_NEAR)
                write_lines([*_told(answer, citation_by_key, pen), *_nearest(answer, near)])
            write_lines([""])
        write_lines(_end(screener, pen))


def _fill(folder: Path) -> dict[str, str]:
    """Make the store of the demonstration, and give the citation of each listing of the day."""
    demonstration_store(folder)
    with Store(folder) as store:
        return {
            record.listing.key: dict(record.listing.notes)["citation"]
            for record in store.entries(as_of=AS_OF)
        }


def _introduction(citation_by_key: dict[str, str], pen: Pen) -> Iterator[str]:
    lists = len({key.partition("/")[0] for key in citation_by_key})
    yield pen.bold("A demonstration, not a screening.")
    entries = len(citation_by_key)
    what = f"What {lists} demonstration lists hold of {AS_OF:%-d %B %Y}, {entries} entries"
    yield f"{what}, none of them current:"
    yield "whom the EU, OFAC and others had listed on the day on which a hundred countries"
    yield "met in Paris and asked for measures against Syria under Article 41 of the UN Charter."
    yield "They were kept in a store, indexed, and are asked as your own lists will be."
    yield ""


def _told(answer: NameAnswer, citation_by_key: dict[str, str], pen: Pen) -> Iterator[str]:
    """An answer in two lines a match, with the citation of the listing."""
    if not answer.matches:
        yield from answer_lines(answer, pen)
        return
    yield pen.bold(answer.query.name)
    for match in answer.matches:
        listing = match.listing
        alias = "" if match.alias.value == listing.primary_name else f" as {match.alias.value}"
        yield f"  {match.score:.3f}  {listing.authority:<4}  {listing.primary_name}{alias}"
        tags = ", ".join(listing.programmes)
        source = citation_by_key[listing.key]
        yield pen.dim(f"               {tags}, {_since_words(listing)}: {source}")


def _nearest(answer: NameAnswer, near: NameAnswer) -> Iterator[str]:
    """Who comes nearest where nothing reaches the threshold."""
    if not answer.matches and near.matches:
        match = near.matches[0]
        yield (
            f"  nearest, below the threshold: {match.score:.3f}  {match.listing.authority}  "
            f"{match.listing.primary_name}, {_since_words(match.listing)}"
        )


def _since_words(listing: FoundListing) -> str:
    return f"listed on {listing.listed_on}" if listing.listed_on else "listed"


def _ask(screener: Screener, name: str, threshold: float) -> NameAnswer:
    return name_answer(screener.match(Query(name=name), as_of=AS_OF, threshold=threshold))


def _end(screener: Screener, pen: Pen) -> Iterator[str]:
    yield from coverage_lines(screener.coverage(as_of=AS_OF), pen, today=today())
    yield ""
    yield "Next, with the official files: article41 lists add FILE... and article41 match NAME"
