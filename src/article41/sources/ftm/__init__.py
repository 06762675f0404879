"""FollowTheMoney JSON lines and OpenSanctions' tables of targets, read and written.

They hold lists that others have read and joined; an authority's own file says more.
"""

from article41.sources.ftm.lines import kind_of
from article41.sources.ftm.publication import read
from article41.sources.ftm.simple import kind_of_rows, read_simple

__all__ = ["kind_of", "kind_of_rows", "read", "read_simple"]
