"""Questions that were never asked, for records that are made in tests."""

from datetime import UTC, datetime, timedelta

from article41.casework.audit import Asked, Software

ASKED_AT = datetime(2024, 6, 1, 9, tzinfo=UTC)


def question(number: int = 0, *, name: str = "Ada Example", is_withheld: bool = False) -> Asked:
    return Asked(
        kind="match",
        asked_at=ASKED_AT + timedelta(seconds=number),
        by="local:tester",
        question=b'{"name":"%s","threshold":0.650}' % name.encode(),
        answer=b'{"matches":[],"number":%d}' % number,
        software=Software(code="c0de", version="0"),
        lists={"xa-main": "ab" * 32},
        settings={"threads": 1, "share": 0.5},
        is_withheld=is_withheld,
    )
