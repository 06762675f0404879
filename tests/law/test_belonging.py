"""Whoever a measure means by status, name or place may own a body: where the text says so."""

from article41.law.belonging import as_owned, as_owner
from article41.law.loading import load_catalogue
from article41.law.ownership import families
from article41.model.parties import Role, Status
from article41.model.targets import OwnedToo, PartyTarget


def test_every_measure_names_a_rule_that_there_is_and_where_its_text_says_so() -> None:
    found = [
        target.party.owned_too
        for measure in load_catalogue().measures
        for target in measure.targets
        if target.party is not None and target.party.owned_too is not None
    ]

    assert {one.rule for one in found} <= set(families())
    assert all(one.citation for one in found)
    assert len(found) > 30


def test_the_owner_is_asked_who_it_is_and_the_body_what_it_does() -> None:
    target = PartyTarget(
        roles=(Role.PAYEE,),
        status=(Status.GOVERNMENT,),
        of=("XA",),
        is_bank=True,
        sectors=("oil-production",),
        owned_too=OwnedToo(rule="eu", citation="Art 1"),
    )

    assert as_owner(target) == PartyTarget(status=(Status.GOVERNMENT,), of=("XA",))
    assert as_owned(target) == PartyTarget(is_bank=True, sectors=("oil-production",))


def test_where_whatever_a_bank_owns_is_meant_the_owner_must_be_the_bank() -> None:
    owned_too = OwnedToo(rule="eu", citation="Art 1", of_banks=True)
    target = PartyTarget(established_in=("XA",), is_bank=True, owned_too=owned_too)

    assert as_owner(target) == PartyTarget(established_in=("XA",), is_bank=True)
    assert as_owned(target) == PartyTarget()
