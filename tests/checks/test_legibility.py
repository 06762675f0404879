"""Which names tell nobody from others, and when that leaves a party open."""

import pytest

from article41.checks.legibility import fault_of_name, name_open
from article41.model.entities import Schema

FAULTS = [
    ("", Schema.THING, "has no letter"),
    ("12345", Schema.COMPANY, "has no letter"),
    ("٣٤٥", Schema.THING, "has no letter"),
    ("12345", Schema.VESSEL, ""),
    ("A", Schema.THING, "has initials alone"),
    ("A. B.", Schema.PERSON, "has initials alone"),
    ("И. И.", Schema.PERSON, "has initials alone"),
    ("B P", Schema.COMPANY, ""),
    ("3M", Schema.THING, ""),
    ("AB", Schema.PERSON, ""),
    ("王", Schema.PERSON, ""),
    ("测试", Schema.PERSON, ""),
    ("مثال", Schema.PERSON, ""),
    ("Élan", Schema.PERSON, ""),
    ("ꦗꦮ", Schema.PERSON, "is in a script that is not read"),
    ("Ada ꦗꦮ", Schema.PERSON, "is in a script that is not read"),
    ("N/A", Schema.COMPANY, "names nobody"),
    ("TO ORDER", Schema.THING, "names nobody"),
    ("to order of Example Bank", Schema.THING, ""),
    ("Not  Provided.", Schema.THING, "names nobody"),
]


@pytest.mark.parametrize(("name", "schema", "fault"), FAULTS)
def test_a_name_that_tells_nobody_from_others_is_told(
    name: str, schema: Schema, fault: str
) -> None:
    assert fault_of_name(name, schema) == fault


def test_a_party_is_open_where_no_name_of_it_is_compared_in_full() -> None:
    assert name_open((), {}) == "is not given"
    assert name_open(("7", "8"), {"7": "has no letter", "8": "has no letter"}) == (
        "`7` has no letter"
    )
    assert name_open(("7", "Ada Example"), {"7": "has no letter"}) == ""
