"""The record of questions and answers: append-only, provable, written before an answer leaves."""

from article41.casework.audit.entries import Asked, Disclosure, Entry, Receipt, Software
from article41.casework.audit.record import RECORD_FOLDER, Durability, Record
from article41.casework.audit.room import see_writable
from article41.casework.audit.ticket import MayLeave

__all__ = [
    "RECORD_FOLDER",
    "Asked",
    "Disclosure",
    "Durability",
    "Entry",
    "MayLeave",
    "Receipt",
    "Record",
    "Software",
    "see_writable",
]
