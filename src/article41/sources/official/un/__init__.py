"""The consolidated list of the United Nations Security Council, from its XML.

Every element of individuals and entities is read; one that is not known is an error.
"""

from article41.sources.official.un.publication import kind_of, read

__all__ = ["kind_of", "read"]
