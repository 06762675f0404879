"""An entry that a copy goes on naming, and the list itself took off later, is a question."""

from datetime import date

import pytest

from article41.checks.identity import standing_of
from article41.model.clocks import InForce
from tests.checks.asked import PUBLISHED, Screened, party
from tests.checks.made import entry

LATER = date(2024, 9, 1)
COPY = "us-csl/SDN/7"


@pytest.mark.parametrize(
    ("day", "in_force"), [(PUBLISHED, InForce.YES), (date(2024, 10, 1), InForce.UNKNOWN)]
)
def test_a_copy_does_not_list_whom_its_list_took_off_later(
    screened: Screened, day: date, in_force: InForce
) -> None:
    other = entry("ofac-sdn/9", "Bo Specimen")
    lists = screened(entry("ofac-sdn/7"), other, entry(COPY), also=[(LATER, [other])])

    [found] = standing_of(party("Someone", listings=(COPY,)), lists, as_of=day).listed

    assert (found.key, found.in_force) == (COPY, in_force)


def test_a_copy_lists_whom_its_list_still_has_or_never_had(screened: Screened) -> None:
    own, other = entry("ofac-sdn/7"), entry("ofac-sdn/9", "Bo Specimen")
    lists = screened(own, other, entry(COPY), entry("us-csl/SDN/8", "Cy"), also=[(LATER, [own])])

    for key in (COPY, "us-csl/SDN/8"):
        standing = standing_of(party("Someone", listings=(key,)), lists, as_of=LATER)
        assert {one.in_force for one in standing.listed if one.key == key} == {InForce.YES}


def test_a_copy_made_after_the_list_took_it_off_is_believed(screened: Screened) -> None:
    other = entry("ofac-sdn/9", "Bo Specimen")
    lists = screened(
        entry("ofac-sdn/7"), other, also=[(LATER, [other]), (date(2025, 1, 1), [entry(COPY)])]
    )

    [found] = standing_of(party("S", listings=(COPY,)), lists, as_of=date(2025, 2, 1)).listed

    assert found.in_force is InForce.YES
