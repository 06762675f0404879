"""What is said once in a verdict: questions, entries, limits and laws of which the same holds."""

import msgspec
import pytest

from article41.checks import Finding as Limit
from article41.checks import FindingKind
from article41.checks.held import list_words
from article41.faces.cli.list_coverage import limits_told
from article41.law.nothing_found import COUNTRIES_OPEN
from article41.model.clocks import InForce
from article41.model.measures import Outcome
from article41.model.ownership import Owned, OwnershipNote
from article41.model.verdicts import Because, DutyNote, Finding, MissingFact, Nexus, Result
from tests.faces.verdicts_made import (
    ALIKE,
    CLEARED,
    COVERAGE,
    FOUND,
    FUNDS,
    REVIEW,
    in_one_line,
    text_of,
    with_findings,
)


def test_a_question_stands_once_with_all_for_whom_it_decides() -> None:
    here, there = with_findings(REVIEW), with_findings(REVIEW, jurisdiction="XE")
    both = msgspec.structs.replace(here, results=(*here.results, *there.results))

    text = text_of(both)
    told = in_one_line(text)

    assert text.count(CLEARED.question) == 1
    assert f"cleared_in: {CLEARED.question} It may bring FREEZE in XB, XE, else NOT BOUND" in told


def test_lines_of_goods_of_which_the_same_is_asked_stand_together() -> None:
    asked = tuple(
        MissingFact(fact=f"goods[{at}].items", question="is it arms?", if_so=Outcome.PROHIBIT)
        for at in range(9)
    )
    text = text_of(with_findings(msgspec.structs.replace(REVIEW, missing=asked)))

    assert text.count("is it arms?") == 1
    assert "goods[5].items and 3 more: is it arms?" in in_one_line(text)


def test_owners_are_asked_for_once_for_all_parties() -> None:
    findings = [
        Finding(
            jurisdiction="XB",
            outcome=Outcome.REVIEW,
            measure="owners-not-known",
            title=f"nobody says who owns or controls {key}",
            missing=(
                MissingFact(
                    fact=f"parties.{key}.owners",
                    question=f"does a party on the lists of XB own or control {key}?",
                    if_so=Outcome.PROHIBIT,
                ),
            ),
        )
        for key in ("payee", "payee-bank")
    ]
    text = text_of(with_findings(*findings))

    assert "  REVIEW: nobody says who owns or controls payee\n  REVIEW: nobody says" in text
    assert text.count("own or control") == 1
    assert "parties.payee.owners, parties.payee-bank.owners: does a party on the lists" in text


def test_entries_listed_elsewhere_under_one_name_have_one_line() -> None:
    others = [
        msgspec.structs.replace(ALIKE, key=f"{key}-main/1", authority=key.upper())
        for key in ("xc", "xe")
    ]
    verdict = msgspec.structs.replace(FOUND, listed_elsewhere=(ALIKE, *others))

    told = in_one_line(text_of(verdict))

    assert "of these, by authorities whose law binds nobody here: xb-main/9 " in told
    assert "SPECIMEN TRADERS: xc-main/1 (XC), xe-main/1 (XE), by resemblance" in told


def test_what_a_party_is_on_several_lists_under_one_name_is_said_once() -> None:
    other = msgspec.structs.replace(ALIKE, key="xc-main/1", authority="XC")
    standing = msgspec.structs.replace(FOUND.parties[1], listed=(ALIKE, other))
    verdict = msgspec.structs.replace(FOUND, parties=(standing,))

    parties = in_one_line(text_of(verdict).partition("\nParties\n")[2])

    assert parties.count("resembles SPECIMEN TRADERS; found by name with score 0.871:") == 1
    assert "- xb-main/9, XB; not known" in parties
    assert "- xc-main/1, XC; not known" in parties


def test_a_review_says_why_before_the_provision_and_what_is_due_only_if_it_is_so() -> None:
    duty = DutyNote(what="tell the authority of XB", within="5 days")
    text = text_of(with_findings(msgspec.structs.replace(REVIEW, duties=(duty,))))

    assert text.index("    listed ") < text.index("    asks ") < text.index("    measure ")
    assert "    duty if so   tell the authority of XB, 5 days\n" in text
    assert "    duty if so " not in text_of(with_findings(FUNDS))


def test_of_several_grounds_one_is_told_whole_and_the_others_by_name() -> None:
    here = Because(fact="parties.payer.country", value="XB", text="of XB")
    grounds = tuple(
        Nexus(party="payer", ground=ground, because=(here,), text=f"Article {at}: by {ground}")
        for at, ground in enumerate(("nationality", "incorporation", "business-in-territory"))
    )
    verdict = with_findings(msgspec.structs.replace(REVIEW, nexus=grounds))

    told, whole = in_one_line(text_of(verdict)), in_one_line(text_of(verdict, is_whole=True))

    assert (
        "payer, by incorporation: parties.payer.country is XB: of XB (Article 1); also by "
        "nationality, business in territory" in told
    )
    assert all(f"(Article {at}: by " in whole for at in range(3))


def test_a_review_of_a_law_that_may_bind_somebody_does_not_say_that_it_binds_nobody() -> None:
    review = with_findings(REVIEW)
    result = msgspec.structs.replace(review.results[0], binds=InForce.NO, binds_asker=InForce.NO)

    text = text_of(msgspec.structs.replace(review, results=(result,)))

    assert "REVIEW (it binds nobody as far as the act says)" in text


def test_reviews_that_can_make_the_answer_no_worse_are_named_and_ask_nothing() -> None:
    idle = msgspec.structs.replace(
        REVIEW,
        measure="xb/idle",
        title="Reports on listed parties",
        if_same=None,
        would_be=Outcome.CONDITIONS,
        missing=(MissingFact(fact="money", question="how much?", if_so=Outcome.CONDITIONS),),
    )
    stopped = msgspec.structs.replace(FUNDS, outcome=Outcome.PROHIBIT)
    verdict = with_findings(stopped, idle, REVIEW)

    text, whole = text_of(verdict), text_of(verdict, is_whole=True)

    before, _, after = text.partition("  PROHIBIT stands, whatever the answers to these:\n")
    assert "REVIEW: Blocking of listed parties" in before
    assert "  REVIEW: Reports on listed parties\n" in after
    assert "how much?" not in text
    assert "cleared_in: " in after
    assert "how much?" in whole
    assert "stands, whatever" not in whole


def test_what_was_said_of_an_entry_is_not_said_again_of_the_next_measure() -> None:
    other = msgspec.structs.replace(REVIEW, measure="xb/other")
    text = in_one_line(text_of(with_findings(REVIEW, other)))

    assert "listed SPECIMEN TRADERS (xb-main/9, XB), as above" in text


def test_the_most_severe_outcome_is_named_first() -> None:
    last = msgspec.structs.replace(FOUND, results=FOUND.results[::-1])

    assert "\n  PROHIBIT in XA; REVIEW in XB; NO MEASURE FOUND in XD, XC\n" in text_of(last)


def test_why_a_law_binds_nobody_is_told_in_one_line() -> None:
    asked = msgspec.structs.replace(FOUND.act, jurisdictions=("XC",))
    because = Because(fact="parties.payer.country", value="XA", text="not of it")
    unbound = msgspec.structs.replace(FOUND.results[2], unbound=(because,))
    verdict = msgspec.structs.replace(FOUND, act=asked, results=(unbound,))

    assert "not bound    parties.payer.country XA\n" in text_of(verdict)
    assert "parties.payer.country is XA: not of it\n" in text_of(verdict, is_whole=True)


def test_what_a_law_in_brief_asks_is_named_with_it() -> None:
    brief = text_of(FOUND).partition("Law of XB")[2].partition("Law of XC")[0]

    assert "    asks         cleared_in\n" in brief


def test_a_law_that_binds_the_state_alone_says_so_of_what_is_held() -> None:
    ground = Nexus(party="state:XC", ground="state", because=())
    result = msgspec.structs.replace(
        FOUND.results[2], binds=InForce.YES, binds_asker=InForce.NO, nexus=(ground,)
    )
    text = text_of(msgspec.structs.replace(FOUND, results=(result,)))

    assert "(as far as it is held here it binds States, not the asker)" in text


def test_limits_of_which_the_same_is_said_of_several_lists_stand_once() -> None:
    [one, other] = COVERAGE.lists
    lists = (one, msgspec.structs.replace(other, version=one.version))
    found = (
        ("xa-main", FindingKind.GAP, "ships"),
        ("xa-main", FindingKind.GAP, "aliases"),
        ("xa-main", FindingKind.LISTED_NAMES_CUT_SHORT, "1200"),
        ("xa-main", FindingKind.STALE, "40 days old"),
        ("xb-main", FindingKind.LISTED_NAMES_CUT_SHORT, "2"),
        ("xb-main", FindingKind.STALE, "9 days old"),
        ("xc-main", FindingKind.FEED_FAILED, "refused: no list"),
    )
    findings = tuple(Limit(list_id=id_, kind=kind, detail=said) for id_, kind, said in found)
    coverage = msgspec.structs.replace(COVERAGE, lists=lists, findings=findings)

    assert list(limits_told(coverage)) == [
        "gap: xa-main lacks ships; aliases",
        "limit: names of which only the beginning is compared: xa-main (1,200), xb-main (2)",
        "limit: every list is older than it may be; what came since is missing",
        "limit: the last try to get xc-main failed, refused: no list",
    ]
    said = (*map(list_words, findings), "no list of any authority is whole")
    raw = msgspec.Raw(msgspec.json.encode(coverage))
    told = in_one_line(text_of(msgspec.structs.replace(FOUND, lists=said, coverage=raw)))
    assert "limit no list of any authority is whole xa-main lacks ships; aliases names" in told


@pytest.mark.parametrize(
    ("stale", "told"),
    [
        ("abc", "every list but xd is older than it may be; what came since is missing"),
        ("ab", "older than they may be, and what came since is missing: xa (9 days), xb (9 days)"),
        ("a", "xa is 9 days old, more than it may be; what came since is missing"),
    ],
)
def test_lists_that_are_old_are_told_by_those_that_are_not(stale: str, told: str) -> None:
    [one, _] = COVERAGE.lists
    coverage = msgspec.structs.replace(
        COVERAGE,
        lists=tuple(msgspec.structs.replace(one, list_id=f"x{id_}") for id_ in "abcd"),
        findings=tuple(
            Limit(list_id=f"x{id_}", kind=FindingKind.STALE, detail="9 days old") for id_ in stale
        ),
    )

    assert list(limits_told(coverage)) == [f"limit: {told}"]


def test_laws_that_bind_nobody_stand_together_with_a_line_for_each_measure() -> None:
    unbound = msgspec.structs.replace(
        FOUND.results[2],
        outcome=Outcome.NOT_BOUND,
        unbound=(Because(fact="parties.payer.country", value="XA", text="not of it"),),
        findings=(msgspec.structs.replace(FUNDS, outcome=Outcome.NOT_BOUND),),
    )
    other = msgspec.structs.replace(unbound, jurisdiction="XE", exposure=("it may list you",))
    text = text_of(msgspec.structs.replace(FOUND, results=(unbound, other)))

    assert "\nNOT BOUND: the law of XC (Example XC), XE (Example XE) binds nobody here\n" in text
    assert text.count("No funds for listed parties or what they own") == 2
    assert "               it may list you\n" in text
    assert text.count("parties.payer.country XA") == 1


def test_what_was_told_of_one_measure_is_not_told_of_the_next() -> None:
    twice = with_findings(FUNDS, msgspec.structs.replace(FUNDS, measure="xa/fleet/other"))

    text = text_of(twice)

    for said in ("report to the authority", "no liability", "Interest on what", "2024-03-01"):
        assert text.count(said) == 1


def test_that_no_owner_is_given_is_told_with_all_alone() -> None:
    note = OwnershipNote(
        party="payer", rule="XA_2024", owned=Owned.NOT_OWNED, text="no owner of payer is given"
    )
    verdict = msgspec.structs.replace(FOUND, ownership=(*FOUND.ownership, note))

    assert note.text not in text_of(verdict)
    assert note.text in text_of(verdict, is_whole=True)


def test_of_many_entries_that_resemble_the_best_are_told_and_the_others_counted() -> None:
    entries = tuple(
        msgspec.structs.replace(ALIKE, key=f"xb-main/{number}", score=0.7 + number / 100)
        for number in range(9)
    )
    asked = tuple(
        MissingFact(fact="parties.payee.same_as", question=f"is payee {one.key}?",
                    if_so=Outcome.FREEZE)
        for one in entries
    )  # fmt: skip
    finding = msgspec.structs.replace(REVIEW, listed=entries, missing=asked)
    standing = msgspec.structs.replace(FOUND.parties[1], listed=entries)
    verdict = msgspec.structs.replace(with_findings(finding), parties=(standing,))

    text, whole = text_of(verdict), text_of(verdict, is_whole=True)

    assert text.count("xb-main/8") == 2
    assert "(xb-main/3" not in text
    assert text.count("and 4 more, less alike (--all)") == 2
    assert "or is it one of 4 more, less alike (--all)?" in text
    assert all(whole.count(f"is payee {one.key}?") == 2 for one in entries)
    assert "less alike" not in whole


def test_tags_that_no_measure_maps_are_told_once_with_all_their_entries() -> None:
    unmapped = [
        Finding(
            jurisdiction="XB", outcome=Outcome.REVIEW, measure="unmapped",
            title="unmapped: XB-FLEET of xb-main",
            listed=(msgspec.structs.replace(ALIKE, key=f"xb-main/{number}"),),
        )
        for number in range(3)
    ]  # fmt: skip

    text = text_of(with_findings(*unmapped))

    assert text.count("unmapped: XB-FLEET") == 1
    assert all(f"(xb-main/{number}, XB)" in text for number in range(3))


def test_laws_that_an_unknown_place_alone_may_bring_in_are_told_in_one_line() -> None:
    title = "the act may touch a country"
    place = Finding(jurisdiction="XD", outcome=Outcome.REVIEW, measure=COUNTRIES_OPEN, title=title)
    unheld = msgspec.structs.replace(
        place, measure="not-modelled", title="not modelled: the law of XE"
    )
    results = tuple(
        Result(jurisdiction=key, outcome=Outcome.REVIEW, binds=InForce.UNKNOWN, findings=findings)
        for key, findings in {"XD": (place,), "XE": (place, unheld)}.items()
    )
    verdict = msgspec.structs.replace(FOUND, results=results)

    text, whole = text_of(verdict), text_of(verdict, is_whole=True)

    assert "Law of XD (Example XD), XE (Example XE): REVIEW" in text
    assert text.count("the act may touch a country") == 1
    assert "not modelled: the law of XE" not in text
    assert "not modelled: the law of XE" in whole
