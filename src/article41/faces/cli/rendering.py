"""An answer as lines of text; the colours are written only where somebody looks at a terminal.

It says what was found and where; what follows from it, a person decides.
"""

from collections.abc import Iterator, Sequence

from article41.checks import Finding, FindingKind
from article41.faces.cli.answers import CoveredList, FoundMatch, NameAnswer
from article41.faces.cli.writing import Pen, printable
from article41.match import Explanation

SHA_SHOWN = 8
"""Characters of a version's hash that people see."""
_BIRTHS = {
    "conflict": "conflicts with the one given",
    "doubtful": "some years from the one given",
    "near": "near the one given",
    "compatible": "compatible with the one given",
    "same-day": "the same as given",
}


def answer_lines(answer: NameAnswer, of_name: Sequence[Finding], pen: Pen) -> Iterator[str]:
    """The resemblances of one name and what limits the question, without the coverage."""
    asked = answer.query
    day = "newest versions" if asked.as_of is None else f"as of {asked.as_of}"
    facts = [
        *([asked.schema.value] if asked.schema else []),
        *(f"born {born}" for born in asked.birth_dates),
        *([f"country {printable(asked.country)}"] if asked.country else []),
        day,
        f"threshold {asked.threshold:g}",
    ]
    yield f"{pen.bold(printable(asked.name))}  {pen.dim('(' + ', '.join(facts) + ')')}"
    for finding in of_name:
        yield f"  {finding_line(finding)}"
    if not answer.matches and not answer.more:
        yield f"  {_nothing_found(answer)}"
    for match in answer.matches:
        yield ""
        yield from _match_lines(match, asked.country, pen)
    if answer.more:
        yield ""
        yield f"  {answer.more} more above the threshold; --limit shows more"


def _nothing_found(answer: NameAnswer) -> str:
    unknown = {
        finding.list_id
        for finding in answer.findings
        if finding.kind is FindingKind.NOT_KNOWN_BEFORE
    }
    lists = ", ".join(one.list for one in answer.coverage if one.list not in unknown)
    if not lists:
        return "no list is known of that day; nothing was compared"
    return f"no resemblance found at threshold {answer.query.threshold:g} in: {lists}"


def coverage_lines(
    coverage: Sequence[CoveredList], findings: Sequence[Finding], pen: Pen
) -> Iterator[str]:
    """The lists an answer rests on, how old they are, and what limits it."""
    yield pen.bold("Coverage")
    width = max((len(one.list) for one in coverage), default=0)
    for one in coverage:
        published = one.version.published or "on an unknown day"
        stated = " (as stated when it was added)" if one.published_is_stated else ""
        age = "" if one.age_days is None else f", {days_old(one.age_days)}"
        yield (
            f"  {one.list:<{width}}  published {published}{stated}{age}, "
            f"{one.listings:,} listings, version {one.version.sha256[:SHA_SHOWN]}"
        )
    for finding in findings:
        yield f"  {finding_line(finding)}"


def finding_line(finding: Finding) -> str:
    """One limit of an answer in words.

    Example:
        >>> finding_line(Finding(kind=FindingKind.GAP, list_id="xa-main", detail="aliases"))
        'gap: xa-main lacks aliases'
    """
    match finding.kind:
        case FindingKind.GAP:
            return f"gap: {finding.list_id} lacks {finding.detail}"
        case FindingKind.NOT_KNOWN_BEFORE:
            return f"gap: {finding.list_id} is not known before {finding.detail}"
        case FindingKind.NAME_CUT:
            return "gap: the name is longer than what is compared; only its beginning was"
        case FindingKind.NAME_ILLEGIBLE:
            return "gap: no letter of the name is legible; nothing was compared"


def days_old(days: int) -> str:
    """An age in words.

    Example:
        >>> days_old(1), days_old(850)
        ('1 day old', '850 days old')
    """
    return f"{days:,} day{'' if days == 1 else 's'} old"


def _match_lines(match: FoundMatch, country: str | None, pen: Pen) -> Iterator[str]:
    listing, version = match.listing, match.version
    published = f"published {version.published}" if version.published else "day unknown"
    yield f"  {pen.bold(f'{match.score:.3f}')}  {pen.bold(printable(listing.primary_name))}"
    kind = match.alias.kind.value.replace("-", " ")
    facts = {
        "matched": f"{printable(match.alias.value)}  ({kind})",
        "list": f"{match.list}, {published}, version {version.sha256[:SHA_SHOWN]}",
        "listing": f"{listing.key}, {listing.schema.value}, at {listing.place}",
        "listed on": listing.listed_on or "",
        "programmes": ", ".join(listing.programmes),
        "born": "; ".join(listing.birth_dates)
        + (f"  ({_BIRTHS[match.births]})" if match.births in _BIRTHS else ""),
        "nationality": "; ".join(listing.nationalities)
        + (f"  (given: {printable(country)}; no part of the score)" if country else ""),
    }
    for label, text in facts.items():
        if text:
            yield f"         {pen.dim(label.ljust(12))}{printable(text)}"
    if match.explanation is not None:
        yield from _tree(match.explanation, pen)


def _tree(explanation: Explanation, pen: Pen) -> Iterator[str]:
    branches = [
        f"{pair.query} = {pair.listed}"
        if pair.query == pair.listed
        else f"{pair.query} ~ {pair.listed}  {pair.similarity:.2f} by {_words(pair.likeness.value)}"
        for pair in explanation.pairs
    ]
    for owner, words in (
        ("only in the question", explanation.query_left),
        ("only in the listed name", explanation.listed_left),
    ):
        if words:
            branches.append(f"{owner}: {', '.join(left.word for left in words)}")
    query_form, listed_form = explanation.legal_forms
    if query_form or listed_form:
        branches.append(f"legal form: {query_form or 'none'} / {listed_form or 'none'}")
    branches += [
        f"lowered by {_words(factor.reason.value)}: x {factor.factor:.2f}"
        for factor in explanation.lowered
    ]
    lowered = explanation.words_score != explanation.score
    names = f"names {explanation.score:.3f}"
    names += f" (words {explanation.words_score:.3f})" if lowered else ""
    yield f"         {pen.dim('why'.ljust(12))}{names}"
    for number, branch in enumerate(branches, start=1):
        corner = "└─" if number == len(branches) else "├─"
        yield f"{' ' * 21}{pen.dim(corner)} {branch}"


def _words(slug: str) -> str:
    return slug.replace("-", " ")
