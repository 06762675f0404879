"""An answer as lines of text; the colours are written only where somebody looks at a terminal.

It says what was found and where; what follows from it, a person decides.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import msgspec

from article41.checks import Finding, FindingKind
from article41.faces.cli.answers import FoundMatch, NameAnswer
from article41.faces.cli.writing import Pen
from article41.match import BirthEvidence, Explanation
from article41.model.clocks import Bounds
from article41.model.letters import legible

SHA_SHOWN = 8
"""Characters of a version's hash that people see."""
NOTHING_KNOWN = "no list was known at that moment; nothing was compared"
"""Said where it is asked what a moment before the first addition knew."""
NAME_SHOWN = 80
"""Characters of the name asked about that people see."""
LISTS_NAMED = 4
"""Lists that are named beside a name that resembles nothing; more are counted there."""
_OF_NAMES = {FindingKind.LISTED_NAMES_CUT_SHORT, FindingKind.LISTED_NAMES_NOT_COMPARED}
_FINDING_WORDS = {
    FindingKind.GAP: "{list} lacks {detail}",
    FindingKind.SHRUNKEN: "{list} has {detail}; see which of the two is whole",
    FindingKind.NOT_KNOWN_BEFORE: "{list} is not known before {detail}: entries removed earlier "
    "are missing, and of the others only the dated ones are known to have stood",
    FindingKind.NOT_KNOWN_AT: "nothing of {list} was known at {detail}; none of it was compared",
    FindingKind.STALE: "{list} is {detail}, more than it may be; what came since is missing",
    FindingKind.AGE_NOT_KNOWN: "nobody says when {list} was published; it was added on {detail}",
    FindingKind.FEED_FAILED: "the last try to get {list} failed, {detail}",
    FindingKind.RETIRED: "{list} was closed by its authority on {detail}; it says nothing since",
    FindingKind.INDEX_BEHIND: "what came of {list} since {detail} was not compared; ask again with "
    "the newest index",
    FindingKind.LISTED_NAMES_CUT_SHORT: "{list} has {detail} of which only the beginning is "
    "compared",
    FindingKind.LISTED_NAMES_NOT_COMPARED: "{list} has {detail} without a legible letter, never "
    "compared",
    FindingKind.NAME_CUT_SHORT: "the name is longer than what is compared; only its beginning was "
    "compared",
    FindingKind.NAME_NOT_COMPARED: "no letter of the name is legible; nothing was compared",
}


def answer_lines(answer: NameAnswer, pen: Pen) -> Iterator[str]:
    """The resemblances of one name and what limits the question, without the coverage."""
    asked = answer.query
    facts = [
        *([asked.schema.value] if asked.schema else []),
        *(f"born {born}" for born in asked.birth_dates),
        *([f"country {legible(asked.country)}"] if asked.country else []),
        clocks_words(asked.as_of, asked.known_at),
        f"threshold {asked.threshold:g}",
    ]
    yield f"{pen.bold(legible(_cut(asked.name)))}  {pen.dim('(' + ', '.join(facts) + ')')}"
    of_name = [finding for finding in answer.findings if not finding.list_id]
    for finding in of_name:
        yield f"  {finding_line(finding)}"
    is_compared = FindingKind.NAME_NOT_COMPARED not in {finding.kind for finding in of_name}
    if is_compared and not answer.matches and not answer.more:
        yield f"  {_nothing_found(answer)}"
    for match in answer.matches:
        yield ""
        yield from _match_lines(match, asked.country, pen)
    if answer.more:
        yield ""
        yield f"  {answer.more} more above the threshold; --limit shows more"


def clocks_words(as_of: date | None, known_at: datetime | None) -> str:
    """The day and the moment of a question in words.

    Example:
        >>> clocks_words(None, datetime(2012, 7, 6, 9, 30, tzinfo=UTC))
        'newest versions, known at 2012-07-06 09:30:00 UTC'
    """
    day = "newest versions" if as_of is None else f"as of {as_of}"
    return day if known_at is None else f"{day}, known at {moment_words(known_at)}"


def _cut(name: str) -> str:
    return name if len(name) <= NAME_SHOWN else f"{name[:NAME_SHOWN]}…"


def _nothing_found(answer: NameAnswer) -> str:
    in_force = [one.list_id for one in answer.coverage if one.version is not None]
    if in_force:
        lists = f": {', '.join(in_force)}"
        if len(in_force) > LISTS_NAMED:
            lists = f" the {len(in_force)} lists of the coverage"
        return f"no resemblance found at threshold {answer.query.threshold:g} in{lists}"
    if any(one.first_day is not None for one in answer.coverage):
        return (
            "before the lists are known; entries removed earlier are missing, and no resemblance "
            "was found among the others"
        )
    return NOTHING_KNOWN


def counted(count: int, what: str) -> str:
    """So many of something.

    Example:
        >>> counted(1, "name"), counted(2_000, "entry"), counted(0, "day")
        ('1 name', '2,000 entries', '0 days')
    """
    if count == 1:
        return f"1 {what}"
    return f"{count:,} {what[:-1]}ies" if what.endswith("ry") else f"{count:,} {what}s"


def finding_line(finding: Finding) -> str:
    """One limit of an answer in words, with what sort of limit it is.

    Example:
        >>> finding_line(Finding(kind=FindingKind.GAP, list_id="xa-main", detail="aliases"))
        'gap: xa-main lacks aliases'
    """
    sort = "gap" if finding.kind is FindingKind.GAP else "limit"
    return f"{sort}: {finding_words(readable(finding))}"


def readable(finding: Finding) -> Finding:
    """A finding whose moment or number is written as people read them.

    Example:
        >>> readable(Finding(kind=FindingKind.STALE, list_id="xa", detail="1200 days old")).detail
        '1,200 days old'
    """
    detail = finding.detail
    if finding.kind in (FindingKind.NOT_KNOWN_AT, FindingKind.INDEX_BEHIND):
        detail = moment_words(datetime.fromisoformat(detail)) if detail else "that moment"
    elif finding.kind is FindingKind.STALE:
        detail = re.sub(r"\A\d+", lambda found: f"{int(found[0]):,}", detail)
    return msgspec.structs.replace(finding, detail=detail)


def finding_words(finding: Finding) -> str:
    """One limit of an answer in words."""
    detail = finding.detail
    if finding.kind in _OF_NAMES:
        detail = counted(int(detail), "name")
    return _FINDING_WORDS[finding.kind].format(list=finding.list_id, detail=detail)


def age_days(published: date | None, *, today: date) -> int | None:
    """Days from a publication to a day.

    Example:
        >>> age_days(date(2012, 7, 6), today=date(2012, 7, 9))
        3
    """
    return None if published is None else (today - published).days


def days_old(days: int) -> str:
    """An age in words.

    Example:
        >>> days_old(1), days_old(850)
        ('1 day old', '850 days old')
    """
    return f"{counted(days, 'day')} old"


def _match_lines(match: FoundMatch, country: str | None, pen: Pen) -> Iterator[str]:
    listing, version = match.listing, match.version
    published = f"published {version.published}" if version.published else "day unknown"
    yield f"  {pen.bold(f'{match.score:.3f}')}  {pen.bold(legible(listing.primary_name))}"
    kind = match.alias.kind.value.replace("-", " ")
    facts = {
        "matched": f"{legible(match.alias.value)}  ({kind})",
        "list": f"{match.list}, {published}, version {version.sha256[:SHA_SHOWN]}",
        "listing": f"{listing.key}, {listing.schema.value}, at {listing.place}",
        "listed": listed_words(match),
        "also": ", ".join(listing.also_listed or ()),
        "programmes": ", ".join(listing.programmes),
        "born": "; ".join(listing.birth_dates) + _birth_words(match.birth_evidence),
        "nationality": "; ".join(listing.nationalities)
        + (f"  (given: {legible(country)}; does not change the score)" if country else ""),
    }
    for label, text in facts.items():
        if text:
            yield f"         {pen.dim(label.ljust(12))}{legible(text)}"
    if match.explanation is not None:
        yield from _tree(match.explanation, pen)


def listed_words(match: FoundMatch) -> str:
    """When it was listed, and what cannot be said of the day asked about."""
    words = between_words(match.unknown_between) or bounds_words(match.listing.listed)
    if match.listing.narrowed_by:
        words += f"  (narrowed by {', '.join(match.listing.narrowed_by)})"
    return words


def between_words(between: tuple[date | None, date] | None) -> str:
    """Between which days nobody says, in words; empty if they do.

    Example:
        >>> between_words((date(2020, 6, 11), date(2021, 4, 25)))
        'unknown between 2020-06-11 and 2021-04-25'
    """
    if between is None:
        return ""
    after, by = between
    return f"not known before {by}" if after is None else f"unknown between {after} and {by}"


def moment_words(moment: datetime) -> str:
    """A moment in words, to the second; the last one of a day is its end.

    Example:
        >>> moment_words(datetime(2012, 7, 6, 9, 30, tzinfo=UTC))
        '2012-07-06 09:30:00 UTC'
        >>> moment_words(datetime.combine(date(2012, 7, 6), time.max, tzinfo=UTC))
        'the end of 2012-07-06 UTC'
    """
    at = moment.astimezone(UTC)
    return f"the end of {at:%Y-%m-%d} UTC" if at.time() == time.max else f"{at:%Y-%m-%d %X} UTC"


def bounds_words(bounds: Bounds) -> str:
    """A beginning and an end in words.

    Example:
        >>> bounds_words(Bounds(began_after=date(2020, 6, 11), began_by=date(2021, 4, 25)))
        'since a day between 2020-06-11 and 2021-04-25'
        >>> bounds_words(Bounds(began_by=date(2012, 7, 6)))
        'since 2012-07-06 or earlier'
    """
    if bounds.is_beginning_stated:
        words = f"since {bounds.began_by}"
    elif bounds.began_after is None:
        words = f"since {bounds.began_by} or earlier"
    else:
        words = f"since a day between {bounds.began_after} and {bounds.began_by}"
    if bounds.ended_by is None:
        after = bounds.ended_after
        return words if after is None else f"{words}, not told of since {after}"
    if bounds.is_end_stated or bounds.ended_after is None:
        return f"{words}, until {bounds.ended_by}"
    return f"{words}, until a day between {bounds.ended_after} and {bounds.ended_by}"


def _birth_words(evidence: BirthEvidence) -> str:
    match evidence:
        case BirthEvidence.CONFLICT:
            return "  (conflicts with the one given)"
        case BirthEvidence.DOUBTFUL:
            return "  (some years from the one given)"
        case BirthEvidence.NEAR:
            return "  (near the one given)"
        case BirthEvidence.COMPATIBLE:
            return "  (compatible with the one given)"
        case BirthEvidence.SAME_DAY:
            return "  (the same as given)"
        case BirthEvidence.ABSENT:
            return ""


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
