"""The annexes of the European Union's sanctions acts, as tables transcribed from its journal.

An amendment alone is refused: it says what an act adds, never what is in force.
"""

from article41.sources.official.eu_journal.publication import (
    ACTS_THAT_LIST,
    EMPTY,
    kind_of_rows,
    read,
)

__all__ = ["ACTS_THAT_LIST", "EMPTY", "kind_of_rows", "read"]
