"""The lists of the Office of Foreign Assets Control, from its delimited files.

Nothing is skipped in silence: what is not kept in a listing is counted in the report.
"""

from article41.sources.official.ofac.delimited import kind_of
from article41.sources.official.ofac.publication import read_csv

__all__ = ["kind_of", "read_csv"]
