"""Entries of lists in words: what a party is or resembles, and when that was listed.

What a list says is repeated as it stands there.
"""

from collections.abc import Container, Iterable, Iterator, Sequence

from article41.faces.cli.rendering import SHA_SHOWN, between_words
from article41.model.clocks import InForce
from article41.model.verdicts import Identity, ListedAs

_PROGRAMMES_SHOWN = 4
_LINKS_SHOWN = 5
RESEMBLANCES_SHOWN = 5
"""Entries that a party merely resembles, unless all are to be told."""
_LISTED = {
    InForce.YES: "listed on the day",
    InForce.NO: "not listed on the day",
    InForce.UNKNOWN: "not known whether listed on the day",
}


def entry_in_short(entry: ListedAs) -> str:
    """An entry, whether it surely is the party, and when it was listed, in one line or two."""
    shown = f"{entry.identity.value}{_shown_by(entry)}"
    if not entry.identity.is_sure:
        shown = f"a resemblance{_shown_by(entry)}"
    return "; ".join((_entry_named(entry), shown, *_when_words(entry)))


def best_of(entries: Iterable[ListedAs]) -> tuple[list[ListedAs], int]:
    """The entries that somebody surely is, then the best resemblances; how many more there are."""
    given = list(dict.fromkeys(entries))
    sure = [one for one in given if one.identity.is_sure]
    others = [one for one in given if not one.identity.is_sure]
    best = sorted(others, key=lambda one: -(one.score or 1.0))[:RESEMBLANCES_SHOWN]
    return [*sure, *best], len(others) - len(best)


def entries_in_short(
    entries: Iterable[ListedAs], told: set[str], *, where: str = "(--all)"
) -> Iterator[str]:
    """Entries in a line or two each; resemblances beyond some are counted.

    Args:
        entries: The entries.
        told: What was said of entries before, which is not said again; it grows.
        where: Where those are told that are only counted.
    """
    shown, more = best_of(entries)
    for entry in shown:
        said = entry_in_short(entry)
        yield f"{_entry_named(entry)}, as above" if said in told else said
        told.add(said)
    if more:
        yield f"and {more:,} more, less alike {where}"


def entry_words(entry: ListedAs) -> str:
    """An entry of a list, how sure it is that it is the party, and when it was listed."""
    identity = entry.identity.value if entry.identity.is_sure else "merely resembles it"
    return "; ".join((_entry_named(entry), f"{identity}{_shown_by(entry)}", *_entry_facts(entry)))


def elsewhere_words(entries: Iterable[ListedAs], shown: Container[str]) -> Iterator[str]:
    """Entries of lists that bind nobody in the act: by their keys, with the names not told yet.

    Args:
        entries: The entries.
        shown: Keys of entries that were told with the parties.
    """
    told: list[str] = []
    by_name: dict[tuple[str, bool], list[ListedAs]] = {}
    for entry in entries:
        if entry.key in shown:
            told.append(entry.key)
        else:
            name = entry.name.casefold(), entry.identity.is_sure
            by_name.setdefault(name, []).append(entry)
    if told:
        yield f"of these, by authorities whose law binds nobody here: {', '.join(told)}"
    for (_, is_sure), alike in by_name.items():
        keys = ", ".join(f"{one.key} ({one.authority})" for one in alike)
        yield f"{alike[0].name}: {keys}{'' if is_sure else ', by resemblance'}"


def standings_in_short(entries: Iterable[ListedAs]) -> Iterator[str]:
    """What a party is, or resembles, and how that is known; of one name each entry has a line."""
    groups: dict[tuple[str, str], list[ListedAs]] = {}
    for entry in entries:
        shown = f"{entry.identity.value if entry.identity.is_sure else 'found'}{_shown_by(entry)}"
        groups.setdefault((entry.name.casefold(), shown), []).append(entry)
    for (_, shown), alike in groups.items():
        first = alike[0]
        what = "is" if first.identity.is_sure else "resembles"
        if len(alike) == 1:
            yield "; ".join((f"{what} {_entry_named(first)}", shown, *_when_words(first)))
            continue
        yield f"{what} {first.name}; {shown}:"
        for entry in alike:
            yield "; ".join((f"- {entry.key}, {entry.authority}", *_when_words(entry)))


def standing_words(entry: ListedAs) -> str:
    """The same as what a party is, or resembles."""
    if entry.identity.is_sure:
        return f"is {entry_words(entry)}"
    found = f"found{_shown_by(entry)}"
    return "; ".join((f"resembles {_entry_named(entry)}", found, *_entry_facts(entry)))


def born_otherwise_words(entry: ListedAs) -> str:
    """An entry that has the name of a party and other dates of birth."""
    facts = "; ".join(_entry_facts(entry))
    return f"not taken for {_entry_named(entry)}, whose name it has; {facts}"


def _entry_named(entry: ListedAs) -> str:
    return f"{entry.name} ({entry.key}, {entry.authority})"


def _shown_by(entry: ListedAs) -> str:
    score = "" if entry.score is None else f" with score {entry.score:.3f}"
    by = f" by {entry.evidence}" if entry.evidence else ""
    return by + (score if entry.identity is Identity.RESEMBLES else "")


def _when_words(entry: ListedAs, *, is_whole: bool = False) -> Iterator[str]:
    since = f"since {entry.listed_from}" if entry.listed_from else ""
    until = f"until {entry.listed_until}" if entry.listed_until else ""
    between = between_words(entry.unknown_between)
    yield ", ".join(filter(None, (_LISTED[entry.in_force], since, until, between)))
    if entry.programmes:
        few = len(entry.programmes) if is_whole else _PROGRAMMES_SHOWN
        yield f"programmes {_first(entry.programmes, few)}"
    if entry.links:
        yield f"linked to {_first(entry.links, _LINKS_SHOWN)}, says the list: a hint and no stake"
    if entry.conflicts:
        yield f"against it: {', '.join(entry.conflicts)}"


def _first(texts: Sequence[str], count: int) -> str:
    more = len(texts) - count
    return ", ".join(texts[:count]) + (f" and {more} more" if more > 0 else "")


def _entry_facts(entry: ListedAs) -> Iterator[str]:
    yield from _when_words(entry, is_whole=True)
    if entry.measures:
        yield f"imposes {', '.join(entry.measures)}"
    if entry.acts:
        yield f"by {', '.join(entry.acts)}"
    if entry.version_sha256:
        yield f"version {entry.version_sha256[:SHA_SHOWN]}"
