"""Who is named beside another party of a payment, and where that one is then taken to be.

Messages name the payer or payee again (who initiates the payment, for whose account it is made),
whom to call about a party, and who has the account beside it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from article41.checks.payment.message import Means, Text
from article41.model.parties import Party, Role

_NAMED_AGAIN: Mapping[Role, tuple[Role, ...]] = {
    Role.ULTIMATE_PAYER: (Role.PAYER,),
    Role.ULTIMATE_PAYEE: (Role.PAYEE,),
    Role.OTHER: (Role.PAYER, Role.PAYEE),
}
"""Who may be the payer or the payee once more."""
_CONTACT = "CtctDtls/Nm"
"""Path of whom to call about a party, below that party."""
_HOLDER = "Acct/Nm"
"""Path of who has an account, which need not be the party beside it."""


def contacts(texts: Sequence[Text]) -> dict[str, str]:
    """Whom to call, by its key, with the key of the party about which.

    Args:
        texts: Of a payment.
    """
    hosts: dict[str, str] = {}
    for one in texts:
        if one.of and one.path.endswith(_CONTACT):
            above = one.path.removesuffix(_CONTACT)
            around = (text.of for text in texts if text.path.startswith(above))
            hosts[one.of] = next((key for key in around if key not in ("", one.of)), "")
    return hosts


def holders(texts_of: dict[str, list[Text]]) -> dict[str, str]:
    """Whoever has an account under quite another name than its party becomes a party, too.

    When the party was born says nothing of that one, who would be told from the listed by it.

    Args:
        texts_of: The texts of each party; names of such holders are moved.

    Returns:
        By the key of each the party beside whose account it stands.
    """
    hosts: dict[str, str] = {}
    for key, texts in list(texts_of.items()):
        if not any(one.means is Means.BIRTH_DATE for one in texts):
            continue
        named = [one for one in texts if one.means is Means.NAME]
        own = {
            word for one in named if not one.path.endswith(_HOLDER) for word in _words(one.value)
        }
        others = [
            one
            for one in named
            if one.path.endswith(_HOLDER) and own and own.isdisjoint(_words(one.value))
        ]
        if others:
            holder = _next_other(texts_of)
            texts_of[key] = [one for one in texts if one not in others]
            texts_of[holder] = others
            hosts[holder] = key
    return hosts


def placed(
    parties: Sequence[Party],
    alone: Collection[str],
    hosts: Mapping[str, str],
    assumed: list[str],
) -> Iterator[Party]:
    """The parties, with the country of another where they are taken to be where that one is.

    Args:
        parties: Of a payment.
        alone: Keys of those of whom a message has the name and nothing else.
        hosts: By the key of a party that of the one beside which it is named.
        assumed: What is taken for granted is added to it, in words.
    """
    ends = [one for one in parties if one.role in (Role.PAYER, Role.PAYEE)]
    by_key = {one.key: one for one in parties}
    for party in parties:
        host = None
        if not party.country and party.key in alone:
            again = None if party.other_names else _namesake(party, ends)
            host = again or by_key.get(hosts.get(party.key, ""))
        if host is None or not host.country:
            yield party
            continue
        why = "whose name it has" if host is again else "beside which it is named"
        assumed.append(f"{party.key} is taken to be of {host.country}, as {host.key}, {why}")
        yield msgspec.structs.replace(party, country=host.country, located_in=host.located_in)


def _namesake(party: Party, ends: Sequence[Party]) -> Party | None:
    """The payer or payee whose name it has, if it may be that one once more."""
    for end in ends:
        is_meant = end.role in _NAMED_AGAIN.get(party.role, ()) and bool(end.country)
        if is_meant and _spelling(end.name) == _spelling(party.name):
            return end
    return None


def _next_other(texts_of: Mapping[str, object]) -> str:
    other = Role.OTHER.value
    count = sum(key == other or key.startswith(f"{other}-") for key in texts_of)
    return f"{other}-{count + 1}" if count else other


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _spelling(name: str) -> str:
    return " ".join(name.casefold().split())
