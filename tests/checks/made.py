"""Entries of several lists, and what they are linked to."""

from collections.abc import Iterable
from pathlib import Path

from article41.checks import refresh_index
from article41.checks.clusters import Clusters, clusters_of
from article41.checks.links import Link
from article41.match import Index
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Address, Entity, Name, Schema
from article41.model.identifiers import Identifier, IdentifierKind
from article41.model.listings import Listing
from article41.store import LinkDecision, LinkVerdict, Store
from tests.store.made import moment, version

BORN = PartialDate(year=1965, month=9, day=11)
PASSPORT = Identifier(kind=IdentifierKind.PASSPORT, value="XA 000123")
TAX = Identifier(kind=IdentifierKind.TAX, value="7700012345")
SHIP = Identifier(kind=IdentifierKind.IMO, value="IMO 9074729")
OTHER_SHIP = Identifier(kind=IdentifierKind.IMO, value="9321483")


def entry(
    key: str,
    name: str = "Ada Example",
    *,
    schema: Schema = Schema.PERSON,
    born: PartialDate | None = None,
    numbers: Iterable[Identifier] = (),
    country: str = "",
    **fields: object,
) -> Listing:
    list_id, _, number = key.partition("/")
    entity = Entity(
        schema=schema,
        names=(Name(value=name),),
        birth_dates=(StatedDate(first=born),) if born else (),
        addresses=(Address(country=country),) if country else (),
        identifiers=tuple(numbers),
    )
    one = {"authority": "XA", "list_id": list_id, "id": number, "entity": entity}
    return Listing(place=f"{key}:1", **{**one, **fields})  # type: ignore[arg-type]


def decided(one: str, other: str, verdict: LinkVerdict) -> LinkDecision:
    pair = (min(one, other), max(one, other))
    return LinkDecision(
        pair=pair, verdict=verdict, decided_by="Eva", reason="seen", decided_at=moment(9)
    )


def linked(folder: Path, *listings: Listing, decisions: Iterable[LinkDecision] = ()) -> Clusters:
    with Store(folder) as store:
        for list_id in sorted({one.list_id for one in listings}):
            kept = [one for one in listings if one.list_id == list_id]
            store.add(version(kept, content=list_id.encode(), list_id=list_id), known_at=moment(0))
        for decision in decisions:
            store.decide_link(decision)
        return clusters_of(store, Index(refresh_index(store).path))


def only(found: Clusters) -> Link:
    [link] = found.links
    assert found.conflicts == ()
    assert found.clusters == ((link.left, link.right),)
    return link
