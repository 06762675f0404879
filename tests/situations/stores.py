"""The moment at which all situations are asked."""

from datetime import UTC, date, datetime, time

ASKED_ON = date(2026, 11, 30)
ASKED_AT = datetime.combine(ASKED_ON, time.min, tzinfo=UTC)
