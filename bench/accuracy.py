"""Measures the scorer on labelled pairs at one fixed threshold; one line of JSON comes last.

`make accuracy CASES=FILE.csv [PAIRS=FILE.jsonl] [ARGS="--leave-out --show CATEGORY"]`
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from labelled import Labelled, LabelledPair, read_cases, read_records
from measures import (
    Scored,
    area_under_curve,
    best_threshold,
    rates_at,
    recall_at_fpr,
    recall_at_precision,
    ties_at_top,
)
from rich.console import Console
from rich.table import Table

from article41.checks import THRESHOLD
from article41.match import Query, compare, explain
from article41.model.errors import Article41Error

PAIRS_PER_BATCH = 20_000
DIGITS = 4

Figures = dict[str, object]
Results = list[tuple[LabelledPair, Scored]]

SOURCE_PAIRS_MIN = 50
"""Sources with fewer pairs are reported together."""
WIDTH_MIN = 144

console = Console()
console.width = max(console.width, WIDTH_MIN)


def main() -> None:
    arguments = _arguments()
    cases = read_cases(arguments.cases)
    results, seconds = _score(cases.pairs)
    figures = _figures(results, arguments.threshold)
    figures["pairs_per_s"] = round(len(results) / seconds) if seconds else 0
    figures |= _cross_script(results)
    figures["left_out"] = dict(cases.left_out)
    console.print(_by_category(results, arguments.threshold, arguments.cases.name))
    if arguments.show:
        _show(results, arguments.threshold, arguments.show)
    if arguments.leave_out:
        figures["by_source"] = by_source = _by_source(results, arguments.threshold)
        console.print(_source_table(by_source))
    if arguments.pairs:
        figures["pairs"] = _whole_records(read_records(arguments.pairs), arguments)
    print(json.dumps(figures, ensure_ascii=False))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--cases", type=Path, required=True, help="pairs of names, as cases.csv")
    parser.add_argument("--pairs", type=Path, help="pairs of whole records, one JSON a line")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="instead of ours")
    parser.add_argument("--show", metavar="CATEGORY", help="print what went wrong there, and why")
    parser.add_argument("--leave-out", action="store_true", help="figures of each source by itself")
    return parser.parse_args()


def _whole_records(records: Labelled, arguments: argparse.Namespace) -> Figures:
    results, seconds = _score(records.pairs)
    console.print(_by_category(results, arguments.threshold, arguments.pairs.name))
    if arguments.show:
        _show(results, arguments.threshold, arguments.show)
    figures = _figures(results, arguments.threshold)
    figures["pairs_per_s"] = round(len(results) / seconds) if seconds else 0
    figures["left_out"] = dict(records.left_out)
    return figures


def _score(pairs: Sequence[LabelledPair]) -> tuple[Results, float]:
    """The best score over the names of each pair, and the seconds that it took."""
    asked = [
        (number, (query, target))
        for number, pair in enumerate(pairs)
        for query in pair.queries
        for target in pair.targets
    ]
    best = [0.0] * len(pairs)
    seconds = 0.0
    for start in range(0, len(asked), PAIRS_PER_BATCH):
        batch = asked[start : start + PAIRS_PER_BATCH]
        began = time.perf_counter()
        scores = compare([names for _, names in batch])
        seconds += time.perf_counter() - began
        for (number, _), score in zip(batch, scores, strict=True):
            best[number] = max(best[number], score)
    scored = [Scored(score, pair.is_match) for pair, score in zip(pairs, best, strict=True)]
    return list(zip(pairs, scored, strict=True)), seconds


def _figures(results: Results, threshold: float) -> Figures:
    scored = [score for _, score in results]
    rates = rates_at(scored, threshold)
    best, best_rates = best_threshold(scored)
    shares = dict(_passed(results, threshold, lambda pair: pair.category))
    matches = {pair.category for pair, _ in results if pair.is_match}
    return {
        "count": len(results),
        "threshold": threshold,
        "f1": _rounded(rates.f1),
        "precision": _rounded(rates.precision),
        "recall": _rounded(rates.recall),
        "recall_at_fpr_1": _rounded(recall_at_fpr(scored, 0.01)),
        "recall_at_fpr_5": _rounded(recall_at_fpr(scored, 0.05)),
        "recall_at_precision_90": _rounded(recall_at_precision(scored, 0.90)),
        "auc": _rounded(area_under_curve(scored)),
        "ties_at_top": ties_at_top(scored),
        "best_f1": _rounded(best_rates.f1),
        "best_threshold": _rounded(best),
        "recall_by_category": {key: shares[key] for key in shares if key in matches},
        "passed_by_category": {key: shares[key] for key in shares if key not in matches},
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)


def _cross_script(results: Results) -> Figures:
    """Pairs in two scripts against those of their kind alone."""
    scored = [score for pair, score in results if pair.category.startswith("cross-script")]
    return {"cross_script_recall_at_fpr_1": _rounded(recall_at_fpr(scored, 0.01))}


def _passed(
    results: Results, threshold: float, key_of: Callable[[LabelledPair], str]
) -> Iterator[tuple[str, float | None]]:
    passed = defaultdict(list)
    for pair, (score, _) in results:
        passed[key_of(pair)].append(score >= threshold)
    for key in sorted(passed):
        yield key, _rounded(sum(passed[key]) / len(passed[key]))


def _by_category(results: Results, threshold: float, title: str) -> Table:
    table = Table(title=f"{title} at {threshold}", title_justify="left")
    for heading in ("category", "truth", "pairs", "passed", "right", "median score"):
        table.add_column(heading, justify="left" if heading in ("category", "truth") else "right")
    groups = defaultdict(list)
    for pair, score in results:
        groups[not pair.is_match, pair.category].append(score.score)
    for (is_other, category), scores in sorted(groups.items()):
        passed = sum(score >= threshold for score in scores) / len(scores)
        table.add_row(
            category,
            "no match" if is_other else "match",
            f"{len(scores):,}",
            f"{passed:.1%}",
            f"{1 - passed if is_other else passed:.1%}",
            f"{sorted(scores)[len(scores) // 2]:.3f}",
        )
    return table


def _by_source(results: Results, threshold: float) -> dict[str, Figures]:
    """Each source by itself, at our threshold and at the best one of all other sources."""
    sources = _sources(results)
    found = {}
    for source, own in sorted(sources.items(), key=lambda item: -len(item[1])):
        others = [score for name, scores in sources.items() if name != source for score in scores]
        learned, _ = best_threshold(others)
        rates, rates_learned = rates_at(own, threshold), rates_at(own, learned)
        found[source] = {
            "count": len(own),
            "matches": sum(score.is_match for score in own),
            "precision": _rounded(rates.precision),
            "recall": _rounded(rates.recall),
            "f1": _rounded(rates.f1),
            "best_of_others": _rounded(learned),
            "f1_there": _rounded(rates_learned.f1),
            "recall_at_fpr_1": _rounded(recall_at_fpr(own, 0.01)),
            "recall_at_fpr_5": _rounded(recall_at_fpr(own, 0.05)),
            "auc": _rounded(area_under_curve(own)),
        }
    return found


def _sources(results: Results) -> dict[str, list[Scored]]:
    sources = defaultdict(list)
    for pair, score in results:
        sources[pair.source.partition(":")[0]].append(score)
    large: dict[str, list[Scored]] = defaultdict(list)
    for source, scores in sources.items():
        is_large = len(scores) >= SOURCE_PAIRS_MIN
        large[source if is_large else f"under {SOURCE_PAIRS_MIN} pairs"] += scores
    return large


def _source_table(sources: dict[str, Figures]) -> Table:
    headings: Iterable[str] = next(iter(sources.values()), {})
    table = Table(title="each source by itself", title_justify="left")
    table.add_column("source", no_wrap=True)
    for heading in headings:
        table.add_column(heading.replace("_", " "), justify="right", min_width=6)
    for source, figures in sources.items():
        table.add_row(source, *("-" if one is None else str(one) for one in figures.values()))
    return table


def _show(results: Results, threshold: float, category: str) -> None:
    """Print each pair of a category on the wrong side of the threshold, the worst first."""
    wrong = [
        (pair, score.score)
        for pair, score in results
        if pair.category == category and (score.score >= threshold) != pair.is_match
    ]
    wrong.sort(key=lambda item: (item[1], item[0].id), reverse=not (wrong and wrong[0][0].is_match))
    for pair, score in wrong:
        query, target = max(
            ((query, target) for query in pair.queries for target in pair.targets),
            key=lambda names: compare([names])[0],
        )
        print(f"{score:.3f}  {_said(query)}  |  {_said(target)}  [{pair.id} {pair.source}]")
        _explain(query, target)
    print(f"{len(wrong)} of {category} are on the wrong side of {threshold}")


def _said(party: Query) -> str:
    births = ", ".join(map(str, party.birth_dates))
    return f"{party.name} ({births})" if births else party.name


def _explain(query: Query, target: Query) -> None:
    found = explain(query.name, target.name, query_schema=query.schema, listed_schema=target.schema)
    if found is None:
        print("       nothing in common")
        return
    for pair in found.pairs:
        print(
            f"       {pair.query} = {pair.listed}: {pair.likeness.value} {pair.similarity:.2f},"
            f" weight {pair.weight:.2f}"
        )
    for side, words in (("query", found.query_left), ("listed", found.listed_left)):
        if words:
            print(f"       left of {side}: {', '.join(f'{w.word} {w.weight:.2f}' for w in words)}")
    lowered = "".join(f", {one.reason.value} x{one.factor:.2f}" for one in found.lowered)
    print(f"       names {found.score:.3f}, words {found.words_score:.3f}{lowered}")


if __name__ == "__main__":
    try:
        main()
    except (Article41Error, OSError) as error:
        sys.exit(f"accuracy: {error}")
