"""The act that a payment message asks about: a payment with its parties, its money, its way.

The day is the asker's and never that of the message: who sends a message must not choose by which
lists and which law it is answered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import msgspec

from article41.checks.payment.header import sender_of
from article41.checks.payment.message import SCREENED, Means, Screening, Text, Transaction
from article41.checks.payment.parties import BANK_ROLES, Drawn, parties_of
from article41.checks.reading.faults import one_of, shown
from article41.checks.reading.texts import MEANT, plain_decimal, plainly
from article41.law.ties import NATIONAL_CURRENCIES
from article41.model.acts import Asker, Money, PaymentAct
from article41.model.clocks import PartialDate
from article41.model.countries import country_code
from article41.model.entities import Schema
from article41.model.errors import InputError
from article41.model.identifiers import Bic, IdentifierKind
from article41.model.parties import Document, Party, Role

_SETTLED = re.compile(r"(IntrBkSttlmAmt|32A|32B)")
"""The amount that moves on this leg, where a message has several."""
_PURPOSES: Mapping[str, str] = {"PENS": "pension", "LOAR": "loan-repayment"}
"""Codes of purpose (ISO 20022 external codes) that say just what a word of the catalogue says."""
_BIC = Bic.pattern
_ASKERS = (
    Role.PAYER, Role.PAYER_BANK, Role.INTERMEDIARY, Role.PAYEE_BANK, Role.PAYEE,
    Role.ULTIMATE_PAYER, Role.ULTIMATE_PAYEE,
)  # fmt: skip
"""On whose behalf it may be asked."""
_ASKER = re.compile(rf"({'|'.join(role.value for role in _ASKERS)})(?:-[1-9])?")
_FREE = frozenset(means for means, how in SCREENED.items() if how is Screening.TEXT) - {
    Means.ACCOUNT, Means.ADDRESS, Means.BIRTH_PLACE, Means.PLACE, Means.RUN_ON
}  # fmt: skip
"""What is not said of a party in particular, and in which a place may be named."""
_PLACES = frozenset({Means.ADDRESS, Means.PLACE})
"""Of a party they are its address; of none they are ports, and branches of a bank not named."""


class MessageAct(NamedTuple):
    """The act of a message, and what it takes for granted."""

    act: PaymentAct
    assumed: tuple[str, ...]
    """In words, a line each."""


def act_of(
    transaction: Transaction,
    *,
    day: date,
    asker: str = "",
    jurisdictions: Sequence[str] = (),
) -> MessageAct:
    """The payment that a transaction asks about.

    Args:
        transaction: What was read of the message.
        day: The day on which it is carried out.
        asker: On whose behalf it is asked, as `asker_of` reads it: a role such as `payee-bank`, or
            a BIC. Whom the message does not name is added, a BIC as a bank on the way. The payer's
            bank if absent, else who sent the message.
        jurisdictions: Whose answers come first.

    Raises:
        InputError: The asker is neither a role nor a BIC.

    Example:
        >>> texts = (
        ...     Text(path="Dbtr/Nm", value="Ada Example", means=Means.NAME, of="payer"),
        ...     Text(path="DbtrAgt/BICFI", value="EXAMXAXX", means=Means.BIC, of="payer-bank"),
        ... )
        >>> one = Transaction(message="pacs.008.001.08", number=1, texts=texts)
        >>> asked = act_of(one, day=date(2024, 6, 1))
        >>> asked.act.asker.party, [party.country for party in asked.act.parties]
        ('payer-bank', ['XA', 'XA'])
    """
    parties, assumed = _without_births_to_come(parties_of(transaction), day)
    parties, asking = _asking(parties, asker, transaction)
    texts = transaction.texts
    sums = [one for one in texts if one.means is Means.AMOUNT]
    amounts = [(one.path, money) for one in sums if (money := _money(one))]
    settled = (money for path, money in amounts if _SETTLED.search(path))
    money = next(settled, amounts[0][1] if amounts else None)
    return MessageAct(
        PaymentAct(
            on=day,
            asker=Asker(party=asking),
            parties=parties,
            id=transaction.reference,
            jurisdictions=tuple(jurisdictions),
            money=money,
            purposes=_purposes(texts),
            places=(*_other_currencies((one for _, one in amounts), money), *_of_nobody(texts)),
            text="\n".join(
                [
                    one.value
                    for one in texts
                    if one.means in _FREE or (one.means in _PLACES and not one.of)
                ]
            ),
        ),
        assumed,
    )


def _without_births_to_come(drawn: Drawn, day: date) -> Drawn:
    """The parties without dates of birth after the day: such a one tells nobody from the listed."""
    odd = [one for one in drawn.parties if one.birth_date and _is_after(one.birth_date, day)]
    if not odd:
        return drawn
    said = (
        f"{one.key} is said to be born on {one.birth_date}, after {day}: it is passed over"
        for one in odd
    )
    parties = tuple(
        msgspec.structs.replace(one, birth_date="") if one in odd else one for one in drawn.parties
    )
    return Drawn(parties, (*drawn.assumed, *said))


def _is_after(birth_date: str, day: date) -> bool:
    born = PartialDate.parse(birth_date)
    return date(born.year, born.month or 1, born.day or 1) > day


def _asking(
    parties: tuple[Party, ...], asker: str, transaction: Transaction
) -> tuple[tuple[Party, ...], str]:
    """The parties with who asks among them, and its key."""
    wanted = asker_of(asker)
    if any(party.key == wanted for party in parties):
        return parties, wanted
    if not wanted:
        return _asking_itself(parties or (Party(role=Role.PAYER),), transaction)
    role = _role_of(wanted)
    if role is not None:
        # Nothing is known of it, and so all that could bind it is asked.
        own = Party(role=role, id="" if wanted == role.value else wanted)
        return (*parties, own), wanted
    known = _with_bic(parties, wanted)
    return (parties, known) if known else ((*parties, _bank(wanted)), "asker")


def asker_of(text: str) -> str:
    """Read on whose behalf payments are asked about: a role of a payment, or a BIC.

    Args:
        text: What was written; empty if nobody said.

    Raises:
        InputError: It is neither: another asker would be answered by another law.

    Example:
        >>> asker_of("Payee bank"), asker_of("exam xa xx"), asker_of("")
        ('payee-bank', 'EXAMXAXX', '')
    """
    if not text:
        return ""
    word, bic = plainly(text), re.sub(r"\s", "", text).upper()
    if _role_of(word) is not None:
        return word
    if not _BIC.fullmatch(bic):
        raise InputError(
            f"{shown(text)} is neither a role of a payment nor a BIC",
            hint=f"{one_of([one.value for one in _ASKERS], given=word, meant=MEANT.get(word, ''))}"
            ", or a BIC of 8 or 11 letters",
        )
    return bic


def _role_of(word: str) -> Role | None:
    """The role of a word; `intermediary-2` is one of several."""
    found = _ASKER.fullmatch(word)
    return None if found is None else Role(found[1])


def _asking_itself(
    parties: tuple[Party, ...], transaction: Transaction
) -> tuple[tuple[Party, ...], str]:
    """The payer's bank, else who sent the message, else the first bank, else who is named first."""
    keys = [party.key for party in parties]
    if Role.PAYER_BANK.value in keys:
        return parties, Role.PAYER_BANK.value
    sender = sender_of(transaction.texts)
    wanted: list[str] = []
    if sender is not None:
        wanted += [sender.of, _with_bic(parties, sender.value)]
    wanted += [party.key for party in parties if party.role in BANK_ROLES]
    return parties, next((key for key in wanted if key in keys), keys[0])


def _with_bic(parties: Iterable[Party], bic: str) -> str:
    """The key of a party by the letters of its BIC that name the institution; empty if none is."""
    for party in parties:
        for one in party.documents:
            if one.kind is IdentifierKind.BIC and one.value[:8] == bic[:8]:
                return party.key
    return ""


def _bank(bic: str) -> Party:
    return Party(
        role=Role.INTERMEDIARY,
        id="asker",
        name=bic,
        country=bic[4:6],
        schema=Schema.COMPANY,
        is_bank=True,
        documents=(Document(kind=IdentifierKind.BIC, value=bic),),
    )


def _money(text: Text) -> Money | None:
    if not text.unit:
        return None
    try:
        amount = Decimal(text.value.replace(",", "."))
    except InvalidOperation:
        return None
    if not amount.is_finite():
        return None
    # As acts are read: so its bytes are those of the same act that somebody writes.
    with suppress(InvalidOperation):
        amount = plain_decimal(amount)
    return Money(amount=amount, currency=text.unit.upper())


def _purposes(texts: Iterable[Text]) -> tuple[str, ...]:
    codes = (one.value.upper() for one in texts if one.means is Means.PURPOSE)
    return tuple(dict.fromkeys(_PURPOSES[code] for code in codes if code in _PURPOSES))


def _other_currencies(amounts: Iterable[Money], money: Money | None) -> tuple[str, ...]:
    """Countries whose own currency an instructed amount is in, where another one is settled."""
    found = {one.currency for one in amounts} - {money.currency if money else ""}
    return tuple(sorted(NATIONAL_CURRENCIES[one] for one in found if one in NATIONAL_CURRENCIES))


def _of_nobody(texts: Iterable[Text]) -> Iterator[str]:
    """Countries that the message names beside its parties, as reports to authorities do."""
    named = (one.value for one in texts if one.means is Means.COUNTRY and not one.of)
    yield from dict.fromkeys(code for value in named if (code := country_code(value)))
