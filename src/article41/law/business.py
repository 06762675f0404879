"""What a party does for a living: whether it is a bank, and in which lines of business it is."""

import re
import unicodedata
from collections.abc import Mapping

from article41.law.codes import digits_of
from article41.law.items import begins
from article41.law.situation import Situation
from article41.law.truth import Held, no, unknown, yes
from article41.model.entities import Schema
from article41.model.parties import Party, Role, Status

_BANK_ROLES = {Role.PAYER_BANK, Role.PAYEE_BANK, Role.INTERMEDIARY, Role.FINANCIER}
_OF_MONEY = (
    "bank", "financ", "credit", "lend", "loan", "invest", "insur", "fund", "exchange", "money",
    "payment", "remit", "hawala", "securit", "leas", "broker", "asset", "capital", "holding",
    "conglomerate", "divers", "various", "other", "service", "trust",
)  # fmt: skip
"""Beginnings of words for lines of business in which a credit or financial institution may be."""
_OF_ENERGY = (
    "oil", "petrol", "gas", "fuel", "hydrocarbon", "refin", "mineral", "mining", "geolog", "erdol",
    "energ", "power", "electr", "resource", "company", "corporation", "establishment", "organi",
    "enterprise",
)  # fmt: skip
"""In the name of a body of the State, what may be in a line of business that the law means."""


def bank_held(meant: bool, party: Party, situation: Situation, path: str) -> Held:  # noqa: FBT001
    """Whether a party is, or is not, a credit or financial institution.

    Args:
        meant: True if a bank is meant.
        party: The party.
        situation: The act.
        path: Where the party stands in it.
    """
    is_bank = party.is_bank
    if is_bank is None and party.role in _BANK_ROLES:
        is_bank = True
    if is_bank is None and (situation.is_person(party) or party.status is Status.GOVERNMENT):
        is_bank = False
    if is_bank is None and party.status is Status.CENTRAL_BANK:
        is_bank = True
    if is_bank is None and party.sectors and not any(map(_is_of_money, party.sectors)):
        given = ", ".join(party.sectors)
        held = no if meant else yes
        return held(f"{path}.sectors", given, f"{party.key} is in {given}, and no bank")
    if is_bank is None:
        return unknown(f"{path}.is_bank", f"is {party.key} a credit or financial institution?")
    word = "a bank" if is_bank else "no bank"
    held = yes if is_bank is meant else no
    return held(f"{path}.is_bank", str(is_bank).lower(), f"{party.key} is {word}")


def sectors_held(
    meant: tuple[str, ...],
    party: Party,
    situation: Situation,
    path: str,
    chapters: Mapping[str, tuple[str, ...]],
) -> Held:
    """Whether a party is in one of some lines of business.

    Args:
        meant: The lines.
        party: The party.
        situation: The act.
        path: Where the party stands in it.
        chapters: Of the HS, in which stands what a line trades in; any if absent.
    """
    if not party.sectors:
        return _likely_sectors(meant, party, situation, path, chapters)
    found = [sector for sector in party.sectors if sector in meant]
    given = ", ".join(party.sectors)
    if found:
        return yes(f"{path}.sectors", given, f"{party.key} is in {', '.join(found)}")
    return no(f"{path}.sectors", given, f"{party.key} is not in {', '.join(meant)}")


def _likely_sectors(
    meant: tuple[str, ...],
    party: Party,
    situation: Situation,
    path: str,
    chapters: Mapping[str, tuple[str, ...]],
) -> Held:
    """Nobody says what it does: open, unless what it is or what it trades in speaks against it."""
    named = ", ".join(meant)
    if situation.is_person(party):
        return no(f"{path}.schema", "Person", f"{party.key} is a natural person")
    if situation.is_bank(party.key):
        return no(f"{path}.is_bank", "a bank", f"{party.key} is a bank, not in {named}")
    if party.status is Status.CENTRAL_BANK:
        return no(f"{path}.status", party.status.value, f"{party.key} is a central bank")
    codes = [digits_of(line.code) for line in situation.goods]
    headings = [chapters.get(sector, ("",)) for sector in meant]
    if codes and not any(begins(code, row) for code in codes for row in headings):
        return no("goods", ", ".join(codes), f"such goods are not traded in {named}")
    if not codes and _is_plainly_of_state(party):
        why = f"{party.key} is government, not a body in {named}"
        return no(f"{path}.status", Status.GOVERNMENT.value, why)
    return unknown(f"{path}.sectors", f"is {party.key} in one of {named}?")


def _is_of_money(sector: str) -> bool:
    return any(word.startswith(_OF_MONEY) for word in re.split(r"[^a-z]+", _bare(sector)))


def _is_plainly_of_state(party: Party) -> bool:
    """True of a body of the State whose names can be read and speak of no such business."""
    names = [_bare(name) for name in (party.name, *party.other_names) if name]
    return (
        party.status is Status.GOVERNMENT
        and party.schema is not Schema.COMPANY
        and bool(names)
        and all(name.isascii() and not any(one in name for one in _OF_ENERGY) for name in names)
    )


def _bare(text: str) -> str:
    """A text in small letters without their marks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))
