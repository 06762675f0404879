"""Lists published as tables, read by a description in TOML: shipped ones and a user's own."""

from article41.sources.declared.publication import DeclaredTable, own_tables, shipped_tables
from article41.sources.declared.starting import starting_description

__all__ = ["DeclaredTable", "own_tables", "shipped_tables", "starting_description"]
