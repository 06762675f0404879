"""Of whom an open question can be asked, by the fact that would answer it."""

from collections.abc import Mapping
from functools import lru_cache

from article41.model.terms import Term

KEPT_MAX = 4_096
"""Facts of which it is kept of whom they are asked."""


class AskedOf(Term):
    """Who can answer a question, or what it waits for."""

    CUSTOMER = "customer"
    """Who takes part, or brought it about: parties, goods, purpose, places, owners."""
    BANK = "bank"
    """A bank on the way: the banks of a payment, and through which countries it is cleared."""
    DECISION = "decision"
    """The asker's own desk: whether somebody is the entry that they resemble (`same_as` or
    `different_from` of the party)."""
    ASKER = "asker"
    """The asker about itself: what it has in hand, does and may do by licence."""
    LISTING = "listing"
    """The authority whose entry it is: what it says of the entry, or of its days."""
    LISTS = "lists"
    """The own data: a list is to be added or updated, unless the parties were looked for elsewhere
    (`not_listed_by`)."""
    LAW = "law"
    """Law that is not held here, or not surely; no field of an act answers it, but
    `facts.national-law-forbids` where that is the fact."""


class NoMeasure(Term):
    """What stands in `measure` of a finding, or of what was considered, that is no measure.

    Ids of measures have a `/`, and none of these has.
    """

    NOT_MODELLED = "not-modelled"
    """Law that bears on the act and is not held; what was considered of it."""
    UNMAPPED = "unmapped"
    """An entry under a programme of which no measure says what it brings."""
    LIST_MISSING = "list-missing"
    """No whole list of the jurisdiction is held."""
    LIST_IN_DOUBT = "list-in-doubt"
    """One is held and is stale, shrunken or incomplete."""
    LIST_BEING_INDEXED = "list-being-indexed"
    """A newer version of one was just added and is not in the index yet: ask again in a moment."""
    OWNERS_NOT_KNOWN = "owners-not-known"
    """Nobody says who owns or controls a body that may be owned by one who is listed."""
    NAME_NOT_COMPARED = "name-not-compared"
    """A party is compared by no whole name."""
    COUNTRIES_NOT_KNOWN = "countries-not-known"
    """The act may touch a country on which the law has measures, and does not say so."""
    CONFLICT_OF_LAWS = "conflict-of-laws"
    """A statute forbids to follow another law."""
    DEEDS = "deeds"
    """Considered: what the asker does."""
    LISTS = "lists"
    """Considered: who was looked for on which lists."""
    OTHER_BIRTHS = "other-births"
    """Considered: who has a listed name and other dates of birth."""
    OTHER_DAYS = "other-days"
    """Considered: law that is there on other days."""
    COUNTRIES = "countries"
    """Considered: on which countries law was looked for."""
    UNSAID = "unsaid"
    """Considered: what the act leaves unsaid."""


_BY_BEGINNING: Mapping[str, AskedOf] = {
    "lists": AskedOf.LISTS,
    "catalogue": AskedOf.LAW,
    "asker": AskedOf.ASKER,
    "licences": AskedOf.ASKER,
    "conflicts": AskedOf.ASKER,
    "jurisdictions": AskedOf.LAW,
    "cleared_in": AskedOf.BANK,
}
_BY_FACT: Mapping[str, AskedOf] = {
    "facts.national-law-forbids": AskedOf.LAW,
    "facts.foreign-law-is-the-reason": AskedOf.ASKER,
}
_BANKS = ("payer-bank", "payee-bank", "intermediary")
"""How the keys of banks on the way begin."""


@lru_cache(maxsize=KEPT_MAX)
def asked_of(fact: str) -> AskedOf:
    """Of whom a fact is asked.

    Args:
        fact: Its path or name; the key of an entry where that entry is in doubt.

    Example:
        >>> asked_of("parties.payee.same_as").value, asked_of("lists.eu-journal").value
        ('decision', 'lists')
        >>> asked_of("parties.payer-bank.country").value, asked_of("xa-main/7").value
        ('bank', 'listing')
    """
    begin, _, rest = fact.partition(".")
    known = _BY_FACT.get(fact) or _BY_BEGINNING.get(begin)
    if known is not None:
        return known
    if begin == "parties" and rest:
        if rest.endswith((".same_as", ".different_from")):
            return AskedOf.DECISION
        return AskedOf.BANK if rest.startswith(_BANKS) else AskedOf.CUSTOMER
    return AskedOf.LISTING if "/" in begin else AskedOf.CUSTOMER
