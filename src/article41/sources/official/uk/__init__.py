"""The UK Sanctions List, and the list of OFSI that was closed in January 2026."""

from article41.sources.official.uk import conlist, sheet, xml_list

__all__ = ["conlist", "sheet", "xml_list"]
