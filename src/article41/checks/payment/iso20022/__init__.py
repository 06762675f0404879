"""Messages of ISO 20022: pacs, pain and camt in every version, read text by text."""

from article41.checks.payment.iso20022.reader import read_iso20022

__all__ = ["read_iso20022"]
