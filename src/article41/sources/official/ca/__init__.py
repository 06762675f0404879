"""Canada's consolidated list of autonomous sanctions, as XML (SEMA and JVCFOA)."""

from article41.sources.official.ca.publication import kind_of, read

__all__ = ["kind_of", "read"]
