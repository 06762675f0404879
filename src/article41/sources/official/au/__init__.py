"""Australia's consolidated list, as the spreadsheet of the Department of Foreign Affairs."""

from article41.sources.official.au.publication import kind_of_rows, read

__all__ = ["kind_of_rows", "read"]
