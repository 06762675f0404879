"""Whether an entry of a list is one that a measure selects: by authority, list, tags and words."""

from article41.model.targets import ListedTarget
from article41.model.verdicts import ListedAs


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
    if target.authority != entry.authority or not _is_on(target.lists, entry.list_id):
        return False
    tags = set(entry.programmes)
    imposed = " ".join(entry.measures).casefold()
    return not (
        (target.programmes and not tags & set(target.programmes))
        or (tags and tags <= set(target.except_programmes))
        or (target.schemas and entry.schema not in target.schemas)
        or (target.measures and not any(word.casefold() in imposed for word in target.measures))
        or (target.measures_unstated and imposed)
        or (target.listings and not _is_named(target.listings, entry))
        or _is_named(target.except_listings, entry)
    )


def _is_named(names: tuple[str, ...], entry: ListedAs) -> bool:
    if not names:
        return False
    own = {name.casefold() for name in (*entry.names, entry.name)}
    return any(name.casefold() in own for name in names)


def _is_on(lists: tuple[str, ...], list_id: str) -> bool:
    return not lists or any(
        list_id.startswith(one[:-1]) if one.endswith("*") else one == list_id for one in lists
    )
