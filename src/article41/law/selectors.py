"""What a measure selects: entries of lists by authority, list, tags and words; and countries."""

from functools import lru_cache

from article41.model.targets import ListedTarget, Target
from article41.model.verdicts import ListedAs

TARGETS_KEPT_MAX = 4_096
"""Targets whose countries are kept: more than a catalogue has."""
_COUNTRY_LETTERS = 2


def selects(target: ListedTarget, entry: ListedAs) -> bool:
    """True if an entry is one that a selector means, whatever the day.

    Example:
        >>> from article41.model.clocks import InForce
        >>> from article41.model.verdicts import Identity
        >>> entry = ListedAs(key="xa/7", authority="XA", list_id="xa", name="Ada Example",
        ...                  identity=Identity.ASSERTED, in_force=InForce.YES,
        ...                  programmes=("FLEET",))
        >>> selects(ListedTarget(authority="XA", programmes=("FLEET", "PORT")), entry)
        True
    """
    return is_of_list(target, entry.authority, entry.list_id) and _fits(target, entry)


def means(targets: tuple[ListedTarget, ...], entry: ListedAs) -> bool:
    """True if an entry is one that any of some selectors means, whatever the day.

    Args:
        targets: The selectors.
        entry: The entry.
    """
    on_list = _of_list(targets, entry.authority, entry.list_id)
    return bool(on_list) and any(_fits(target, entry) for target in on_list)


def is_of_list(target: ListedTarget, authority: str, list_id: str) -> bool:
    """True if a selector looks at a list at all.

    Args:
        target: The selector.
        authority: Whose list it is.
        list_id: Which one.
    """
    return target.authority == authority and (
        not target.lists
        or any(
            list_id.startswith(one[:-1]) if one.endswith("*") else one == list_id
            for one in target.lists
        )
    )


@lru_cache(maxsize=TARGETS_KEPT_MAX)
def _of_list(
    targets: tuple[ListedTarget, ...], authority: str, list_id: str
) -> tuple[ListedTarget, ...]:
    return tuple(target for target in targets if is_of_list(target, authority, list_id))


def _fits(target: ListedTarget, entry: ListedAs) -> bool:
    """Whether a selector that looks at the list of an entry means that entry."""
    tags = set(entry.programmes)
    return not (
        (target.programmes and tags.isdisjoint(target.programmes))
        or (tags and tags.issubset(target.except_programmes))
        or (target.schemas and entry.schema not in target.schemas)
        or ((target.measures or target.measures_unstated) and not _is_imposed(target, entry))
        or (target.listings and not _is_named(target.listings, entry))
        or _is_named(target.except_listings, entry)
    )


def _is_imposed(target: ListedTarget, entry: ListedAs) -> bool:
    """Whether the list itself imposes on an entry what a selector asks for."""
    imposed = " ".join(entry.measures).casefold()
    if target.measures_unstated and imposed:
        return False
    return not target.measures or any(word.casefold() in imposed for word in target.measures)


@lru_cache(maxsize=TARGETS_KEPT_MAX)
def countries_named(target: Target, regime: str) -> frozenset[str]:
    """The countries that a target is about; none if it is about any.

    An act that touches none of them misses it by more than a single fact is likely to change, and
    the countries that it does touch are the whole reason.

    Args:
        target: The target.
        regime: That of its measure: a country, or a theme.

    Example:
        >>> sorted(countries_named(Target(places=("XA",)), "XB"))
        ['XA', 'XB']
        >>> sorted(countries_named(Target(), "terrorism"))
        []
    """
    named = {regime} if len(regime) == _COUNTRY_LETTERS else set()
    named.update(target.places)
    if (goods := target.goods) is not None:
        named.update(goods.origin, goods.exported_from, goods.destination)
    if (party := target.party) is not None:
        named.update(party.of, party.established_in, party.located_in, party.nationals_of)
    if (states := target.states) is not None:
        named.update(states.sending, states.receiving)
    return frozenset(named)


def _is_named(names: tuple[str, ...], entry: ListedAs) -> bool:
    if not names:
        return False
    own = {name.casefold() for name in (*entry.names, entry.name)}
    return any(name.casefold() in own for name in names)
