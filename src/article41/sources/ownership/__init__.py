"""Files that say who owns and controls whom: tables and JSON of one's own, and public registers."""

from article41.sources.ownership.reading import OwnershipFormat, read_holdings
from article41.sources.ownership.record import OwnershipRecord, leading_to

__all__ = ["OwnershipFormat", "OwnershipRecord", "leading_to", "read_holdings"]
