"""What in an act can be so and seldom is: days in an odd order, bodies that own themselves.

It is said, no more.
"""

from collections.abc import Iterator
from datetime import date

from article41.model.acts import Act, CargoAct, PartyAct, SecuritiesAct


def oddities(act: Act) -> tuple[str, ...]:
    """What surprises in an act, in words; what it means the law decides.

    Example:
        >>> from article41.model.acts import Asker
        >>> from article41.model.parties import Party, Role
        >>> customer = Party(role=Role.CUSTOMER, name="Ada Example")
        >>> oddities(PartyAct(on=date(2024, 6, 1), asker=Asker(party="customer"),
        ...                   parties=(customer,), relation_since=date(2025, 1, 1)))
        ('`relation_since` (2025-01-01) is after `on` (2024-06-01)',)
    """
    days = (
        f"`{later}` ({day_later}) is after `{earlier}` ({day_earlier})"
        for later, day_later, earlier, day_earlier in _pairs(act)
        if day_later is not None and day_earlier is not None and day_later > day_earlier
    )
    return (*days, *_of_themselves(act))


def _of_themselves(act: Act) -> Iterator[str]:
    """Bodies with shares of their own: they may have bought them, or a key is a slip."""
    for number, stake in enumerate(act.holdings.stakes):
        if stake.owner == stake.asset:
            yield (
                f"`holdings.stakes[{number}]` says that `{stake.owner}` owns a part of itself: it "
                f"counts for nobody; if another owns it, name that one as `owner`"
            )


def _pairs(act: Act) -> Iterator[tuple[str, date | None, str, date | None]]:
    """Days that are seldom after others."""
    yield "contract_on", act.contract_on, "on", act.on
    for number, licence in enumerate(act.licences):
        yield f"licences[{number}].valid_from", licence.valid_from, "on", act.on
        yield "on", act.on, f"licences[{number}].valid_until", licence.valid_until
    match act:
        case CargoAct():
            yield "contract_on", act.contract_on, "shipped_on", act.shipped_on
            yield "contract_on", act.contract_on, "performed_on", act.performed_on
            yield "shipped_on", act.shipped_on, "performed_on", act.performed_on
        case PartyAct():
            yield "relation_since", act.relation_since, "on", act.on
        case SecuritiesAct():
            yield "issued_on", act.issued_on, "on", act.on
        case _:
            return
