"""What an entry brought is cited by the text that speaks of it, and of no other programme."""

from datetime import date

import pytest

from article41.law.brought import Brought, brought_by
from article41.law.loading import load_catalogue
from article41.model.clocks import InForce
from article41.model.verdicts import Identity, ListedAs


def listed(
    authority: str,
    list_id: str,
    tag: str,
    *,
    name: str = "Ada Example",
    acts: tuple[str, ...] = (),
) -> ListedAs:
    return ListedAs(
        key=f"{list_id}/7",
        authority=authority,
        list_id=list_id,
        name=name,
        identity=Identity.ASSERTED,
        in_force=InForce.YES,
        programmes=(tag,),
        acts=acts,
    )


def brought(entry: ListedAs, day: date, measure: str) -> Brought:
    [found] = [one for one in brought_by(load_catalogue(), entry, day) if one.measure == measure]
    return found


@pytest.mark.parametrize(
    ("act", "since"),
    [
        ("Executive Order 13338", "2004-05-11"),
        ("Executive Order 13460", "2008-02-13"),
        ("Executive Order 13573", "2011-05-18"),
    ],
)
def test_an_entry_of_several_orders_is_cited_by_its_own(act: str, since: str) -> None:
    entry = listed("OFAC", "demo-ofac-syria", "SYRIA", acts=(act,))

    found = brought(entry, date(2012, 7, 6), "us/syria/blocking")

    assert found.citation.startswith(f"{act}, s. ")
    assert ";" not in found.citation.replace("; 31 CFR 542.201", "")
    assert found.says == f"in force since {since}"


@pytest.mark.parametrize(
    ("day", "annex"), [(date(2011, 10, 14), "Art 4, Annex IIa"), (date(2012, 7, 6), "Annex IIa")]
)
def test_the_one_bank_of_annex_iia_is_cited_by_it(day: date, annex: str) -> None:
    bank = listed("EU", "eu-fsf", "SYR", name="Commercial Bank of Syria")
    other = listed("EU", "eu-fsf", "SYR")

    assert annex in brought(bank, day, "eu/syria/asset-freeze").citation
    assert "IIa" not in brought(other, day, "eu/syria/asset-freeze").citation
