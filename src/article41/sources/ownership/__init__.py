"""Files that say who owns and controls whom: tables of one's own, and public registers."""

from article41.sources.ownership.reading import (
    FORMS,
    OwnershipFormat,
    content_of,
    form_of,
    read_holdings,
)
from article41.sources.ownership.record import OwnershipRecord, leading_to

__all__ = [
    "FORMS",
    "OwnershipFormat",
    "OwnershipRecord",
    "content_of",
    "form_of",
    "leading_to",
    "read_holdings",
]
