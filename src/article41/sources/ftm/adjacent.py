"""What a FollowTheMoney file says of its targets in entities of their own, gathered in one pass.

Sanctions, addresses, documents and links stand before or after their target; they are held, the
targets are not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from article41.model.entities import Address
from article41.model.listings import Part
from article41.sources.ftm.lines import FtmEntity, entities
from article41.sources.ftm.vocabulary import LINKS, OTHER_SCHEMAS, SCHEMAS

ADDRESS = "Address"
SANCTION = "Sanction"
DOCUMENTS = frozenset({"Identification", "Passport"})

_ADDRESS_PARTS = {"street", "street2", "city", "region", "state", "postalCode", "country", "full"}


class Targets(msgspec.Struct, frozen=True):
    """How a target is told from what stands around it."""

    by_flag: bool
    """By the exporter's own word, where it says one."""
    by_topic: bool
    """By having topics or a sanction; without either word all that can be named are targets."""


class Adjacent:
    """The entities around the targets, by the id of the target."""

    def __init__(self, part: Part) -> None:
        """Read the file once."""
        self.captions: dict[str, str] = {}
        self.sanctions: dict[str, list[FtmEntity]] = defaultdict(list)
        self.documents: dict[str, list[FtmEntity]] = defaultdict(list)
        self.links: dict[str, list[FtmEntity]] = defaultdict(list)
        self.addresses: dict[str, FtmEntity] = {}
        self._holders: dict[str, tuple[str, ...]] = {}
        self._schemas: dict[str, str] = {}
        self._used: set[str] = set()
        by_flag = has_topics = False
        for whole in entities(part):
            by_flag = by_flag or whole.is_target is not None
            has_topics = has_topics or "topics" in whole.properties
            for entity in (whole, *whole.nested):
                self._keep(entity)
        self.targets = Targets(by_flag, bool(self.sanctions) or has_topics)

    def is_target(self, entity: FtmEntity) -> bool:
        """True if the entity is a listing of its own."""
        if entity.is_target is not None:
            return entity.is_target
        if entity.schema not in SCHEMAS and entity.schema not in OTHER_SCHEMAS:
            return False
        has_word = entity.id in self.sanctions or "topics" in entity.properties
        return has_word or not (self.targets.by_flag or self.targets.by_topic)

    def use(self, entity: FtmEntity) -> FtmEntity:
        """Note that what the entity says stands in a listing."""
        self._used.add(entity.id)
        return entity

    @property
    def count(self) -> int:
        """How many entities stand around targets."""
        return len(self._schemas)

    def unused(self) -> Counter[str]:
        """How many entities of which schema say nothing of any listing."""
        return Counter(schema for id_, schema in self._schemas.items() if id_ not in self._used)

    def holds(self, entity: FtmEntity) -> bool:
        """True if the entity is one of those around targets."""
        return entity.id in self._schemas

    def address(self, id_: str) -> Address | None:
        """The address of this id, if the file has it."""
        return address_of(self.use(self.addresses[id_])) if id_ in self.addresses else None

    def _keep(self, entity: FtmEntity) -> None:
        if entity.schema == ADDRESS:
            self.addresses[entity.id] = entity
            self._schemas[entity.id] = entity.schema
        elif entity.schema == SANCTION:
            self._hold(self.sanctions, entity, ("entity",))
        elif entity.schema in DOCUMENTS:
            self._hold(self.documents, entity, ("holder",))
        elif entity.schema in LINKS:
            self._hold(self.links, entity, LINKS[entity.schema])
        elif name := entity.caption or next(iter(entity.properties.get("name", ())), ""):
            self.captions[entity.id] = name

    def _hold(
        self, held: dict[str, list[FtmEntity]], entity: FtmEntity, ends: tuple[str, ...]
    ) -> None:
        holders = [id_ for end in ends for id_ in entity.properties.get(end, ())]
        # A nested entity stands in both its ends; the second time it says nothing new.
        known = self._holders.get(entity.id, ())
        for id_ in dict.fromkeys(holders):
            if id_ not in known:
                held[id_].append(entity)
        self._holders[entity.id] = (*known, *holders)
        self._schemas[entity.id] = entity.schema


def address_of(entity: FtmEntity) -> Address:
    """The address that an entity is, its whole line as the street where it has no parts.

    Example:
        >>> entity = FtmEntity(id="a", schema="Address", line=1, properties={
        ...     "full": ["1 Example Street, Exampleville"], "city": ["Exampleville"]})
        >>> address_of(entity).street
        '1 Example Street, Exampleville'
    """
    values = {name: ", ".join(texts) for name, texts in entity.properties.items()}
    full = values.get("full", "")
    street = ", ".join(filter(None, (values.get("street"), values.get("street2"))))
    region = ", ".join(filter(None, (values.get("region"), values.get("state"))))
    city, country = values.get("city", ""), values.get("country", "")
    postal_code = values.get("postalCode", "")
    said = _words(street, city, region, postal_code, country)
    notes = [f"{name}: {text}" for name, text in _others(values)]
    if not street:
        street = full
    elif _words(full) - said:
        notes.insert(0, full)
    return Address(
        street=street,
        city=city,
        region=region,
        postal_code=postal_code,
        country=country,
        note="; ".join(notes),
    )


def _others(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in values.items():
        if name not in _ADDRESS_PARTS and text:
            yield name, text


def _words(*texts: str) -> set[str]:
    return {word.strip(",.;") for text in texts for word in text.casefold().split()}
