"""The day on which all situations are asked."""

from datetime import date

ASKED_ON = date(2026, 11, 30)
