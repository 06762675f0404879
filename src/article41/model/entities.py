"""Who or what is listed or asked about, with FollowTheMoney schema names."""

import msgspec

from article41.model.clocks import StatedDate
from article41.model.identifiers import Identifier
from article41.model.terms import Term


class Schema(Term):
    """What kind of thing an entity is (FollowTheMoney names)."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    COMPANY = "Company"
    PUBLIC_BODY = "PublicBody"
    LEGAL_ENTITY = "LegalEntity"
    VESSEL = "Vessel"
    AIRPLANE = "Airplane"
    VEHICLE = "Vehicle"
    CRYPTO_WALLET = "CryptoWallet"
    THING = "Thing"


class NameKind(Term):
    """How the authority ranks a name."""

    PRIMARY = "primary"
    STRONG_ALIAS = "strong-alias"
    WEAK_ALIAS = "weak-alias"
    FORMER = "former"


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """One name as printed on a list.

    Example:
        >>> Name(value="Example Trading").kind
        <NameKind.PRIMARY: 'primary'>
    """

    value: str
    """As printed, outer blanks trimmed, in the order written on the list."""
    kind: NameKind = NameKind.PRIMARY
    """Primary, alias by quality, or former."""
    script: str = "Latn"
    """ISO 15924 code of most letters; `Zyyy` where there are none."""
    language: str = ""
    """As the authority states it; empty if it does not."""
    note: str = ""
    """What the authority added to this name."""
    act: str = ""
    """The legal act that brought it, as printed; empty if the list does not say."""
    place: str = ""
    """Where it stands in the publication (`alt.csv:12`); empty for the listing's own place."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address as printed, by its parts.

    Example:
        >>> Address(city="Exampleville", country="XA").city
        'Exampleville'
    """

    street: str = ""
    """Street and number, or the whole address where the list has one line."""
    city: str = ""
    """Town or city."""
    region: str = ""
    """State or province."""
    postal_code: str = ""
    """As printed."""
    country: str = ""
    """As printed."""
    note: str = ""
    """What the authority added."""
    act: str = ""
    """The legal act that brought it, as printed; empty if the list does not say."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A person, organization, vessel, aircraft or other target with what is printed about it.

    Example:
        >>> Entity(schema=Schema.PERSON, names=(Name(value="Ada Example"),)).names[0].value
        'Ada Example'
    """

    schema: Schema
    """FollowTheMoney schema."""
    names: tuple[Name, ...]
    """The primary name first; never empty."""
    birth_dates: tuple[StatedDate, ...] = ()
    """All stated dates of birth."""
    birth_places: tuple[str, ...] = ()
    """As printed."""
    nationalities: tuple[str, ...] = ()
    """Nationality and citizenship, as printed."""
    genders: tuple[str, ...] = ()
    """As printed."""
    titles: tuple[str, ...] = ()
    """Titles and positions, as printed."""
    addresses: tuple[Address, ...] = ()
    """Addresses."""
    identifiers: tuple[Identifier, ...] = ()
    """Numbers, accounts, wallets and contacts."""
    links: tuple[str, ...] = ()
    """Names of other targets this one is linked to, as printed."""
    flags: tuple[str, ...] = ()
    """Flag states of a vessel or aircraft, as printed."""
    properties: tuple[tuple[str, str], ...] = ()
    """Further data as (name, value), names in camel case as FollowTheMoney writes them."""

    def __post_init__(self) -> None:
        """Refuse a target without a name: nothing could ever resemble it."""
        if not self.names:
            raise ValueError("an entity needs a name")
