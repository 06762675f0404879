"""Alerts as rows of a table, for whoever goes on with them elsewhere."""

import msgspec

from article41.casework.monitor import Alert

SEPARATOR = "; "
"""Stands between the values of one cell."""


class AlertRow(msgspec.Struct, frozen=True, kw_only=True):
    """An alert as a row; its fields are the columns.

    Example:
        >>> AlertRow.__struct_fields__[:4]
        ('customer', 'asked', 'list', 'listing_id')
    """

    customer: str
    """The id of the customer."""
    asked: str
    """The name of the customer that resembles most."""
    list: str
    """Which list."""
    listing_id: str
    """The authority's own number."""
    score: str
    """0 to 1, six decimals."""
    name: str
    """The name of the entry."""
    name_kind: str
    """How the authority ranks it."""
    primary_name: str
    """The first name printed."""
    listing_schema: str
    """The kind of target."""
    programmes: str
    """As published, between them `; `."""
    listing_birth_dates: str
    """In words of the list, between them `; `."""
    birth_evidence: str
    """What dates of birth say."""
    numbers: str
    """Numbers that both have, between them `; `."""


def alert_row(alert: Alert) -> AlertRow:
    """An alert as a row."""
    list_id, _, listing_id = alert.listing.partition("/")
    return AlertRow(
        customer=alert.customer,
        asked=alert.asked,
        list=list_id,
        listing_id=listing_id,
        score=f"{alert.score:.6f}",
        name=alert.name,
        name_kind=alert.name_kind,
        primary_name=alert.primary_name,
        listing_schema=alert.listing_schema,
        programmes=SEPARATOR.join(alert.programmes),
        listing_birth_dates=SEPARATOR.join(alert.birth_dates),
        birth_evidence=alert.birth_evidence,
        numbers=SEPARATOR.join(alert.numbers),
    )
