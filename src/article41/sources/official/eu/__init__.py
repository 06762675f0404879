"""The consolidated list of financial sanctions of the European Union, in all its forms."""

from article41.sources.official.eu import csv_list, old_forms, xml_list

__all__ = ["csv_list", "old_forms", "xml_list"]
