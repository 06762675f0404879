"""FollowTheMoney entities that link others: ownership, directorship, kinship, unknown links.

What an exporter writes of shares is free text; what cannot be read of it is counted, and the share
stays unknown.
"""

from collections.abc import Iterator
from datetime import date

from article41.model.countries import country_code
from article41.model.entities import Schema
from article41.model.holdings import Control, ControlKind, Right, Share, Stake
from article41.model.parties import Document, Party, Role
from article41.sources.ftm.lines import FtmEntity, entities
from article41.sources.ftm.vocabulary import IDENTIFIERS, LINKS
from article41.sources.ownership.percents import day_after, first_day, percent_share
from article41.sources.ownership.record import Gathering

KIND = "ftm"

_CONTROLS = {
    "Directorship": ControlKind.DIRECTORSHIP,
    "Family": ControlKind.FAMILY,
    "UnknownLink": ControlKind.LINKED,
    "Associate": ControlKind.LINKED,
    "Representation": ControlKind.LINKED,
    # QUIRK: no later release of the vocabulary has it; it says control without saying which.
    "Control": ControlKind.LINKED,
}
_SCHEMAS = {one.value: one for one in Schema}
_NAMES = ("alias", "weakAlias", "previousName", "abbreviation")


def read(into: Gathering) -> None:
    """Read the links of a file and the parties at their ends.

    Raises:
        FormatError: A line is no entity; the error names it.
    """
    for whole in entities(into.part):
        for entity in (whole, *whole.nested):
            into.tally.read += 1
            _read_one(entity, into)
        for oddity in whole.oddities:
            into.tally.remark(oddity, into.place(whole.line))


def _read_one(entity: FtmEntity, into: Gathering) -> None:
    if entity.schema not in LINKS:
        _party(entity, into)
    elif entity.schema == "Ownership":
        _ownership(entity, into)
    elif entity.schema in _CONTROLS:
        _control(entity, into)
    else:
        reason = f"a link that says nothing of ownership or control ({entity.schema})"
        into.tally.pass_over(reason, into.place(entity.line))


def _ends(entity: FtmEntity, into: Gathering) -> list[tuple[str, str]]:
    first, second = LINKS[entity.schema]
    owners, assets = entity.properties.get(first, []), entity.properties.get(second, [])
    if not owners or not assets:
        into.tally.skip(f"a link without both ends ({entity.schema})", into.place(entity.line))
    return [(owner, asset) for owner in owners for asset in assets]


def _ownership(entity: FtmEntity, into: Gathering) -> None:
    said = [text for name in ("ownershipType", "role", "description", "summary", "status")
            for text in entity.properties.get(name, ())]  # fmt: skip
    words = " ".join(said).casefold()
    right = Right.VOTES if "voting" in words and "share" not in words else Right.UNSPECIFIED
    # Who holds bearer shares today nobody can say.
    is_nominee = True if any(word in words for word in ("nominee", "trustee", "bearer")) else None
    begins, ends = _days(entity, into)
    shares = list(_shares(entity, into))
    for owner, asset in _ends(entity, into):
        for number, share in enumerate(shares):
            # Several percentages of one link are several statements of one stake.
            source = f"{entity.id} ({number + 1})" if len(shares) > 1 else entity.id
            into.stake(
                Stake(
                    owner=owner,
                    asset=asset,
                    share=share,
                    right=right,
                    held_from=begins,
                    held_until=ends,
                    is_nominee=is_nominee,
                    source=source,
                )
            )


def _shares(entity: FtmEntity, into: Gathering) -> Iterator[Share | None]:
    texts = entity.properties.get("percentage", [])
    for text in texts:
        share = percent_share(text)
        if share is None:
            into.tally.skip("a percentage that cannot be read", into.place(entity.line))
        yield share
    if not texts:
        if entity.properties.get("sharesCount"):
            reason = "a number of shares without the number of all"
            into.tally.skip(reason, into.place(entity.line))
        yield None


def _control(entity: FtmEntity, into: Gathering) -> None:
    roles = [text for name in ("role", "relationship", "summary")
             for text in entity.properties.get(name, ())]  # fmt: skip
    begins, ends = _days(entity, into)
    source = f"{entity.schema} {entity.id}" + (f": {', '.join(roles)}" if roles else "")
    for owner, asset in _ends(entity, into):
        into.control(
            Control(
                owner=owner,
                asset=asset,
                kind=_CONTROLS[entity.schema],
                held_from=begins,
                held_until=ends,
                source=source,
            )
        )


def _days(entity: FtmEntity, into: Gathering) -> tuple[date | None, date | None]:
    """The first day, and the first day no longer, as far as they can be read."""
    begins = [first_day(text) for text in entity.properties.get("startDate", ())]
    ends = [day_after(text) for text in entity.properties.get("endDate", ())]
    if None in begins or None in ends:
        into.tally.skip("a day that cannot be read", into.place(entity.line))
        # An end that cannot be read does not end anything.
        ends = [] if None in ends else ends
    known = [day for day in begins if day is not None]
    over = [day for day in ends if day is not None]
    is_begun = bool(known) and None not in begins
    return (min(known) if is_begun else None), (max(over) if over else None)


def _party(entity: FtmEntity, into: Gathering) -> None:
    schema = _SCHEMAS.get(entity.schema)
    if schema is None:
        reason = f"an entity that is no party ({entity.schema})"
        into.tally.pass_over(reason, into.place(entity.line))
        return
    values = entity.properties
    names = [*values.get("name", ()), *(name for one in _NAMES for name in values.get(one, ()))]
    name = entity.caption if entity.caption in names else next(iter(names), entity.caption)
    is_person = schema is Schema.PERSON
    countries = _countries(entity, "country")
    seats = _countries(entity, "jurisdiction") + _countries(entity, "mainCountry")
    into.party(
        Party(
            role=Role.OWNER,
            id=entity.id,
            name=name,
            other_names=tuple(dict.fromkeys(one for one in names if one != name)),
            schema=schema,
            country="" if is_person else next(iter([*seats, *countries]), ""),
            nationalities=tuple(
                dict.fromkeys(_countries(entity, "nationality") + _countries(entity, "citizenship"))
            ),
            residence=next(iter(countries), "") if is_person else "",
            birth_date=min(values.get("birthDate", [""])),
            documents=tuple(
                Document(kind=kind, value=value)
                for property_, kind in IDENTIFIERS.items()
                for value in values.get(property_, ())
            ),
        )
    )


def _countries(entity: FtmEntity, name: str) -> list[str]:
    return [code for text in entity.properties.get(name, ()) if (code := country_code(text))]
