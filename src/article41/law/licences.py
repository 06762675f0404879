"""What a specific licence lifts: nothing but what its authority may lift, and what it says itself.

A licence that does not say what it lifts, or whose authority nobody knows, is shown with that
question and lifts nothing.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from article41.law.loading import read_shipped
from article41.law.nexus import Bound
from article41.law.targets import Reading
from article41.law.words import spelling
from article41.model.acts import Licence
from article41.model.clocks import InForce
from article41.model.measures import Certainty, Measure, Outcome
from article41.model.targets import Entry
from article41.model.verdicts import Because, MissingFact, ReliefNote

_LISTED = "listed"
"""The regime of measures that lists of every programme bring: no licence is for all of them."""


class LicensingAuthority(
    Entry, frozen=True, kw_only=True, rename={"valid_from": "from", "valid_until": "until"}
):
    """Who grants licences, and of which law.

    Example:
        >>> load_licensing()[0].jurisdiction
        'US'
    """

    jurisdiction: str
    """Whose measures it can lift."""
    names: tuple[str, ...]
    """How it is called."""
    country: str = ""
    """Of a union: the member State, for those who are bound through it."""
    of: tuple[str, ...] = ()
    """Authorities of the measures that it can lift; all of the jurisdiction if empty."""
    valid_from: date | None = None
    """First day; always if absent."""
    valid_until: date | None = None
    """First day on which it cannot any more."""
    citation: str
    """Where this is said."""
    certainty: Certainty
    """How sure this is."""
    verified_on: date
    """When it was last compared with its source."""
    verified_by: str
    """With what."""

    def holds_on(self, day: date) -> bool:
        """True on the days on which it can."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


class _Licensing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    authority: tuple[LicensingAuthority, ...]


@lru_cache(maxsize=8)
def load_licensing(folder: Path | None = None) -> tuple[LicensingAuthority, ...]:
    """The authorities, in the order of their file.

    Raises:
        CatalogueError: The file is missing or wrong.
    """
    return read_shipped("licensing.toml", _Licensing, folder).authority


def licence_note(
    licence: Licence, measure: Measure, reading: Reading, parties: tuple[str, ...], bound: Bound
) -> ReliefNote | None:
    """What a licence is to one measure; absent if it is about another one.

    Args:
        licence: The licence.
        measure: The measure, which bears on the act or may.
        reading: The act as this measure reads it.
        parties: Keys of the parties meant.
        bound: On what the measure binds the doer.
    """
    regimes = {measure.regime} - {_LISTED}
    is_named = bool({measure.id, measure.programme, *regimes} & set(licence.lifts))
    if licence.lifts and not is_named:
        return None
    rows = _rows(licence.authority, reading.situation.day)
    own = [row for row in rows if row.jurisdiction == measure.jurisdiction]
    if rows and not own and not is_named:
        return None  # A licence of another law, of which nobody says that it is for this one.
    of_another = _of_another(licence, measure, own, bound) if rows else ()
    if against := (*of_another, *_against(licence, reading, parties)):
        return _note(licence, InForce.NO, against)
    missing = (*_open(licence, measure, rows), *_unsaid(licence, reading), *_through(own, bound))
    if missing:
        return _note(licence, InForce.UNKNOWN, (), missing)
    because = Because(
        fact="licences", value=licence.number, text=f"licensed by {licence.authority}"
    )
    return _note(licence, InForce.YES, (because,))


def _rows(authority: str, day: date) -> list[LicensingAuthority]:
    return [
        row
        for row in load_licensing()
        if row.holds_on(day) and spelling(authority) in map(spelling, row.names)
    ]


def _note(
    licence: Licence,
    fits: InForce,
    because: tuple[Because, ...],
    missing: tuple[MissingFact, ...] = (),
) -> ReliefNote:
    is_fit = fits is InForce.YES
    return ReliefNote(
        id=licence.number,
        kind=None,
        title="specific licence",
        citation=f"{licence.authority} {licence.number}",
        fits=fits,
        because=because,
        proof=("the act keeps within the terms of the licence",) if is_fit else (),
        missing=missing,
        duties=(licence.reporting,) if licence.reporting and is_fit else (),
    )


def _open(
    licence: Licence, measure: Measure, rows: list[LicensingAuthority]
) -> Iterator[MissingFact]:
    """What has to be known of the licence before it can lift anything."""
    number, authority = licence.number, licence.authority
    if not rows:
        question = f"whose law does `{authority}` lift? it is no licensing authority known here"
        yield _asked(f"licences.{number}.authority", question)
    if not licence.lifts:
        question = f"does licence {number} lift `{measure.id}`? it does not say what it `lifts`"
        yield _asked(f"licences.{number}.lifts", question)


def _unsaid(licence: Licence, reading: Reading) -> Iterator[MissingFact]:
    """What the act does not say and the licence goes by."""
    situation = reading.situation
    if licence.purposes and not situation.act.purposes:
        yield _asked("purposes", f"is it for {', '.join(licence.purposes)}, as is licensed?")
    if licence.amount_max is not None and situation.money is None:
        left = licence.amount_max - licence.amount_used
        yield _asked("money", f"is it {left} {licence.currency} or less, as is licensed?")


def _through(own: list[LicensingAuthority], bound: Bound) -> Iterator[MissingFact]:
    """Whether the doer is bound through the State of the authority, where nothing says so yet."""
    if not bound.grounds and own and all(row.country for row in own):
        countries = ", ".join(sorted({row.country for row in own}))
        question = f"is {bound.party} bound through {countries}, whose authority licensed it?"
        yield _asked(f"parties.{bound.party}.country", question)


def _asked(fact: str, question: str) -> MissingFact:
    return MissingFact(fact=fact, question=question, if_so=Outcome.CONDITIONS)


def _of_another(
    licence: Licence, measure: Measure, own: list[LicensingAuthority], bound: Bound
) -> Iterator[Because]:
    """Why its authority cannot lift this measure for who is bound by it."""

    def against(text: str) -> Because:
        fact = f"licences.{licence.number}.authority"
        return Because(fact=fact, value=licence.authority, text=text)

    if not own:
        yield against(f"it grants no licences of the law of {measure.jurisdiction}")
        return
    able = [row for row in own if not row.of or measure.authority in row.of]
    if not able:
        yield against(f"it cannot lift what {measure.authority} forbids")
        return
    through = {each.value for nexus in bound.grounds for each in nexus.because}
    if through and not any(not row.country or row.country in through for row in able):
        countries = ", ".join(sorted({row.country for row in able}))
        yield against(f"it licenses who is bound through {countries}, not {bound.party}")


def _against(licence: Licence, reading: Reading, parties: tuple[str, ...]) -> Iterator[Because]:
    """Why a licence is none for this act."""
    situation = reading.situation
    day, act = situation.day, situation.act

    def against(field: str, value: object, text: str) -> Because:
        return Because(fact=f"licences.{licence.number}.{field}", value=f"{value}", text=text)

    if day < licence.valid_from:
        yield against("valid_from", licence.valid_from, "the licence has not begun")
    if licence.valid_until is not None and licence.valid_until <= day:
        yield against("valid_until", licence.valid_until, "an expired licence is no licence")
    others = sorted(set(parties) - set(licence.parties)) if licence.parties else []
    if others:
        yield against("parties", ", ".join(licence.parties), f"it does not name {others[0]}")
    if licence.purposes and act.purposes and not set(licence.purposes) & set(act.purposes):
        yield against("purposes", ", ".join(licence.purposes), "the act has another purpose")
    money = situation.money
    if licence.amount_max is None or money is None:
        return
    if licence.currency and money.currency != licence.currency:
        yield against("amount_max", licence.amount_max, f"no amount in {licence.currency} is given")
    elif licence.amount_used + money.amount > licence.amount_max:
        left = licence.amount_max - licence.amount_used
        yield against("amount_max", licence.amount_max, f"only {left} of it is left")
