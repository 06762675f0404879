"""The Denied Persons List of the US Bureau of Industry and Security."""

from article41.sources.official.us_bis.publication import kind_of_rows, read

__all__ = ["kind_of_rows", "read"]
