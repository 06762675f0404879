"""Switzerland's list of sanctioned targets, which prints the whole past of each (SECO, XML)."""

from article41.sources.official.ch.publication import kind_of, read

__all__ = ["kind_of", "read"]
