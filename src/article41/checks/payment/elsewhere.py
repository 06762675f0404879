"""A payment as if it had to do with a country that one of its texts names.

A text says a country and not what of it: that the payment is made there, or for goods that come
from there or go there. The law is asked about each of these.
"""

from collections.abc import Iterator, Mapping

import msgspec

from article41.checks.payment.parties import BANK_ROLES
from article41.law.items import NONE_OF_THEM
from article41.model.acts import Act, CargoAct, Goods, PaymentAct
from article41.model.parties import Role

_IN_TRADE: Mapping[Role, Role] = {Role.PAYER: Role.BUYER, Role.PAYEE: Role.SELLER}


def as_if_in(act: PaymentAct, country: str) -> Iterator[Act]:
    """The acts that a payment may be part of if its text means a country.

    Goods are taken to be on no control list: that they may be arms is no reason to ask of every
    text that names a country under an embargo on arms.

    Args:
        act: The payment.
        country: The country that is named.
    """
    yield msgspec.structs.replace(act, places=(*act.places, country))
    home = _home(act)
    if home and home != country:
        yield _cargo(act, country, home)
        yield _cargo(act, home, country)


def _home(act: PaymentAct) -> str:
    """The country of the payer, else of the payee, else of a bank."""
    countries = {party.role: party.country for party in reversed(act.parties) if party.country}
    roles = (Role.PAYER, Role.PAYEE, *BANK_ROLES)
    return next((countries[role] for role in roles if role in countries), "")


def _cargo(act: PaymentAct, out_of: str, into: str) -> CargoAct:
    line = Goods(
        origin=out_of,
        exported_from=out_of,
        destination=into,
        items=(NONE_OF_THEM,),
        us_content=out_of == "US",
    )
    return CargoAct(
        on=act.on,
        asker=act.asker,
        parties=tuple(
            msgspec.structs.replace(one, role=_IN_TRADE.get(one.role, one.role), id=one.key)
            for one in act.parties
        ),
        id=act.id,
        jurisdictions=act.jurisdictions,
        # Whether a ship carries it a text does not say, and a flag would be asked for.
        facts={"carried-by-vessel-or-aircraft": False},
        text=act.text,
        goods=(line,),
        loaded_in=out_of,
        discharged_in=into,
        money=act.money,
    )
