"""The Consolidated Screening List of the United States, which repeats thirteen lists (CSV)."""

from article41.sources.official.us_csl.publication import kind_of_rows, read

__all__ = ["kind_of_rows", "read"]
