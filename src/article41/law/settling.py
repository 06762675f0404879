"""Which entries of lists are a question of a party still, once it surely is one of them."""

from article41.law.truth import NO
from article41.model.verdicts import ListedAs

SCORE_OF_ITS_NAME = 0.95
"""From here on a name on a list is taken for that of one who surely is an entry of it."""


def settled(found: tuple[ListedAs, ...]) -> tuple[ListedAs, ...]:
    """Without resemblances on lists of which the party surely is an entry.

    Its own name stays: one who was taken off may stand there anew; and a list may have a target
    once for each programme, as the annexes of the Union and the list of Commerce do.
    """
    programmes: dict[str, set[str]] = {}
    for entry in found:
        if entry.identity.is_sure:
            held = programmes.setdefault(entry.list_id, set())
            held.update(entry.programmes if entry.in_force is not NO else ())
    if not programmes:
        return found

    def is_settled(entry: ListedAs) -> bool:
        own = programmes.get(entry.list_id)
        if entry.identity.is_sure or own is None:
            return False
        has_its_name = entry.score is None or entry.score >= SCORE_OF_ITS_NAME
        return not has_its_name or (bool(own) and own.issuperset(entry.programmes))

    return tuple(entry for entry in found if not is_settled(entry))
