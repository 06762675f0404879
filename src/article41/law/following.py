"""What follows from a deed: who deals in a security may buy it, who receives an envoy admits it."""

from collections.abc import Mapping

from article41.model.acts import Act, DiplomaticAct, SecuritiesAct, Verb

_RECEIVES = {Verb.ACCREDIT, Verb.RECEIVE_ENVOY}
_SIDES = {Verb.PURCHASE, Verb.SELL}
_NO_BUYER = {Verb.SELL, Verb.BROKER}


def with_what_follows(
    act: Act, by_party: Mapping[str, tuple[Verb, ...]]
) -> dict[str, tuple[Verb, ...]]:
    """What each party of an act does, and what it does thereby.

    Example:
        >>> from datetime import date
        >>> from article41.model.acts import Asker
        >>> act = SecuritiesAct(
        ...     on=date(2012, 7, 6), asker=Asker(party="dealer"), parties=(), instrument="bond")
        >>> with_what_follows(act, {"dealer": (Verb.DEAL_SECURITY,)})["dealer"][1].value
        'purchase'
    """
    if isinstance(act, DiplomaticAct):
        return {key: received(verbs) for key, verbs in by_party.items()}
    if isinstance(act, SecuritiesAct):
        return _dealt(by_party)
    return dict(by_party)


def received(verbs: tuple[Verb, ...]) -> tuple[Verb, ...]:
    """What a State does that accredits or receives an envoy: it lets the envoy enter.

    Example:
        >>> [verb.value for verb in received((Verb.ACCREDIT,))]
        ['accredit', 'enter']
    """
    if _RECEIVES.isdisjoint(verbs) or Verb.ENTER in verbs:
        return verbs
    return (*verbs, Verb.ENTER)


def _dealt(by_party: Mapping[str, tuple[Verb, ...]]) -> dict[str, tuple[Verb, ...]]:
    """Who buys a security: who says so, else whoever deals and neither sells nor mediates.

    To deal is to buy or to sell; where nobody says which, nothing shows that it is not a purchase.
    """
    is_bought = any(Verb.PURCHASE in verbs for verbs in by_party.values())
    found: dict[str, tuple[Verb, ...]] = {}
    for key, verbs in by_party.items():
        own = verbs
        if Verb.DEAL_SECURITY in own and not is_bought and _NO_BUYER.isdisjoint(own):
            own = (*own, Verb.PURCHASE)
        elif Verb.DEAL_SECURITY not in own and not _SIDES.isdisjoint(own):
            own = (Verb.DEAL_SECURITY, *own)
        found[key] = own
    return found
