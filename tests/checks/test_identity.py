"""A party and the entries that it is, or merely resembles."""

from datetime import date

import msgspec
import pytest

from article41.checks.identity import standing_of, standings_of
from article41.model.clocks import InForce
from article41.model.entities import Schema
from article41.model.errors import ActError
from article41.model.listings import LegalAct
from article41.model.parties import Decision
from article41.model.verdicts import Identity
from tests.checks.asked import DAY, KIND, PASSPORT, PUBLISHED, Screened, document, party, told
from tests.checks.made import BORN, entry
from tests.store.made import moment


def test_a_name_alone_never_makes_more_than_a_resemblance(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=BORN))

    standing = standing_of(party("Ada Example", birth_date="1965-09-11"), lists, as_of=DAY)

    assert told(standing) == [("xa/7", Identity.RESEMBLES)]
    [found] = standing.listed
    assert (found.score, found.name, found.evidence) == (
        1.0, "Ada Example", "name, born on the same day",
    )  # fmt: skip
    assert standing.screened == ("Ada Example",)


def test_other_births_stand_beside_a_resemblance(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=BORN))

    [found] = standing_of(party("Ada Example", birth_date="1965-09-12"), lists).listed

    assert found.conflicts == ("birth dates differ in one part",)


def test_who_has_the_name_and_was_born_on_another_day_leaves_a_trace(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=BORN), entry("xa/8", name="Somebody Else"))

    standing = standing_of(party("Ada Example", birth_date="1931-02-03"), lists, as_of=DAY)

    assert not standing.listed
    [found] = standing.born_otherwise
    assert (found.key, found.identity) == ("xa/7", Identity.RESEMBLES)
    assert found.conflicts == ("born 1931-02-03, the listed 1965-09-11",)


def test_an_entry_decided_to_be_another_leaves_no_second_trace(screened: Screened) -> None:
    lists = screened(entry("xa/7", born=BORN))
    decision = Decision(listing="xa/7", by="A. Examiner", reason="other births")
    asked = party("Ada Example", birth_date="1931-02-03", different_from=(decision,))

    assert not standing_of(asked, lists, as_of=DAY).born_otherwise


def test_a_key_is_asserted_with_all_that_law_asks_of_the_entry(screened: Screened) -> None:
    listed = entry(
        "xa/7",
        programmes=("XA-FLEET",),
        measures=("Asset freeze",),
        legal_acts=(LegalAct(title="2024/7 (OJ L1)"),),
        listed_on=date(2024, 2, 1),
    )
    lists = screened(listed)

    [found] = standing_of(party("Bob", listings=("xa/7",)), lists, as_of=DAY).listed

    assert (found.identity, found.in_force) == (Identity.ASSERTED, InForce.YES)
    assert (found.programmes, found.measures, found.acts) == (
        ("XA-FLEET",), ("Asset freeze",), ("2024/7 (OJ L1)",),
    )  # fmt: skip
    assert (found.listed_from, found.score) == (date(2024, 2, 1), None)


def test_whom_a_list_links_to_an_entry_is_told_as_it_prints_them(screened: Screened) -> None:
    listed = entry("xa/7")
    linked = msgspec.structs.replace(listed.entity, links=("BEDA SAMPLE", "SPECIMEN TRADERS"))
    lists = screened(msgspec.structs.replace(listed, entity=linked))

    [found] = standing_of(party("Ada Example"), lists, as_of=DAY).listed

    assert found.links == ("BEDA SAMPLE", "SPECIMEN TRADERS")


def test_a_key_that_no_list_has_is_refused_with_the_nearest(screened: Screened) -> None:
    lists = screened(entry("xa/1234"), entry("xa/99"))

    with pytest.raises(ActError) as refused:
        standing_of(party(listings=("xa/1243",)), lists)

    assert refused.value.path == "parties.payee.listings[0]"
    assert "`xa/1234`" in refused.value.hint


def test_an_asserted_key_that_was_off_its_list_on_the_day_is_kept_and_said(
    screened: Screened,
) -> None:
    gone = entry("xa/7", delisted_on=date(2024, 6, 1))
    lists = screened(gone)

    [found] = standing_of(party(listings=("xa/7",)), lists, as_of=date(2024, 7, 1)).listed

    assert (found.in_force, found.listed_until) == (InForce.NO, date(2024, 6, 1))


def test_a_decision_confirms_with_its_author_and_reason(screened: Screened) -> None:
    lists = screened(entry("xa/7"))
    decision = Decision(listing="xa/7", by="A. Examiner", reason="same passport")

    [found] = standing_of(party("Someone", same_as=(decision,)), lists).listed

    assert found.identity is Identity.CONFIRMED
    assert found.evidence == "the decision of A. Examiner: same passport"


def test_who_is_decided_to_be_somebody_else_is_left_out_and_stays_visible(
    screened: Screened,
) -> None:
    lists = screened(entry("xa/7"), entry("xa/8", "Ada Exemple"))
    decision = Decision(listing="xa/7", by="A. Examiner", reason="other births")

    standing = standing_of(party("Ada Example", different_from=(decision,)), lists)

    assert told(standing) == [("xa/8", Identity.RESEMBLES)]
    assert standing.different_from == ("xa/7",)


def test_a_decision_against_an_assertion_is_refused(screened: Screened) -> None:
    lists = screened(entry("xa/7"))
    decision = Decision(listing="xa/7", by="A. Examiner", reason="other births")

    with pytest.raises(ActError, match="somebody else"):
        standing_of(party(listings=("xa/7",), different_from=(decision,)), lists)


def test_an_entry_brings_those_that_lists_call_the_same(screened: Screened) -> None:
    lists = screened(
        entry("xa/7"), entry("xb/8", "A. E.", same_as=("xa/7",)), entry("xc/9", restates=("xb/8",))
    )

    standing = standing_of(party("Someone Else", listings=("xb/8",)), lists)

    assert [(one.key, one.identity.value, one.evidence) for one in standing.listed] == [
        ("xb/8", "asserted", "the caller"),
        ("xa/7", "asserted", "`xb/8` names it as the same"),
        ("xc/9", "asserted", "it names `xb/8` as the same"),
    ]


def test_the_day_and_the_moment_decide_which_record_answers(screened: Screened) -> None:
    later = entry("xa/7", "Ada Later", measures=("Travel ban",))
    lists = screened(entry("xa/7", measures=("Asset freeze",)), also=[(date(2024, 9, 1), [later])])
    asked = party(listings=("xa/7",))

    def measures(as_of: date, **more: object) -> tuple[str, ...]:
        [found] = standing_of(asked, lists, as_of=as_of, **more).listed  # type: ignore[arg-type]
        return found.measures

    assert measures(PUBLISHED) == ("Asset freeze",)
    assert measures(date(2024, 9, 2)) == ("Travel ban",)
    assert measures(date(2024, 9, 2), known_at=moment(0)) == ("Asset freeze",)


def test_a_key_known_only_later_is_refused_for_an_earlier_moment(screened: Screened) -> None:
    lists = screened(
        entry("xa/7"), also=[(date(2024, 9, 1), [entry("xa/7"), entry("xa/8", "Bob Example")])]
    )

    with pytest.raises(ActError, match="known at that moment"):
        standing_of(party(listings=("xa/8",)), lists, known_at=moment(0))


def test_what_cannot_be_looked_for_is_said(screened: Screened) -> None:
    lists = screened(entry("xa/7"))

    nothing = standing_of(party(""), lists)
    illegible = standing_of(party("!!!", document(KIND.IMO, "9074728")), lists)

    assert nothing.limits == ("nothing to look for: neither a name nor a number is given",)
    assert illegible.limits == (
        "IMO 9074728 has not the form or the check digit of one",
        "`!!!` has no legible letter and was not compared",
    )


def test_a_batch_answers_as_each_party_alone(screened: Screened) -> None:
    lists = screened(
        entry("xa/7", born=BORN, numbers=[PASSPORT]),
        entry("xa/8", "Bob Example", schema=Schema.PERSON),
    )
    parties = [
        party("Ada Example"),
        party("Bob Exampel", id="b"),
        party("Ada Example", document(KIND.PASSPORT, "XA000123", "XA")),
        party("Ada Example"),
    ]

    together = standings_of(parties, lists, as_of=DAY)

    assert together == [standing_of(one, lists, as_of=DAY) for one in parties]
    assert [one.party for one in together] == ["payee", "b", "payee", "payee"]


def test_a_date_of_birth_that_is_none_is_refused(screened: Screened) -> None:
    with pytest.raises(ActError, match="no date of birth"):
        standing_of(party("Ada", birth_date="11/09/1965"), screened(entry("xa/7")))


def test_nothing_is_reached_through_who_is_decided_to_be_somebody_else(
    screened: Screened,
) -> None:
    lists = screened(
        entry("xa/7", numbers=[PASSPORT]), entry("xb/8", "Bob Elsewhere", same_as=("xa/7",))
    )
    decision = Decision(listing="xa/7", by="A. Examiner", reason="other births")
    given = party("", document(KIND.PASSPORT, "XA000123", "XA"), different_from=(decision,))

    standing = standing_of(given, lists)

    assert standing.listed == ()
    assert standing.different_from == ("xa/7",)
    assert standing.limits == (
        "`xa/7` is left out, decided by A. Examiner: other births,"
        " although found by passport XA000123 (XA)",
    )


def test_a_decision_on_an_entry_that_has_changed_since_is_said(screened: Screened) -> None:
    later = entry("xa/7", "Ada Example", born=BORN)
    lists = screened(entry("xa/7"), also=[(date(2024, 9, 1), [later])])
    decision = Decision(
        listing="xa/7", by="A. Examiner", reason="no birth given", on=date(2024, 2, 1)
    )
    given = party("Ada Example", different_from=(decision,))

    assert standing_of(given, lists, as_of=date(2024, 9, 2)).limits == (
        "`xa/7` has changed since it was decided by A. Examiner on 2024-02-01: no birth given",
    )
    assert standing_of(given, lists, as_of=PUBLISHED).limits == ()


def test_a_party_that_cannot_be_asked_about_is_named_in_a_batch(screened: Screened) -> None:
    lists = screened(entry("xa/7"))
    parties = [party("Bob Example", id="b"), party(id="c", listings=("xa/9",))]

    with pytest.raises(ActError) as refused:
        standings_of([*parties, party(id="d", listings=("xa/9",))], lists)

    assert refused.value.path == "parties.c.listings[0]"
