"""Every reason has a name, and every name stands for something that happens."""

from pathlib import Path

import pytest

from article41.match import (
    SCORER,
    About,
    BirthEvidence,
    Explanation,
    Index,
    IndexRecord,
    Query,
    build_index,
    compare,
    explain,
    kernel,
)
from article41.match.explanation import Likeness, Lowering
from article41.model.clocks import PartialDate, StatedDate
from article41.model.entities import Entity, Name, Schema
from article41.model.listings import Listing


def explained(query: str, listed: str, schema: Schema) -> Explanation:
    found = explain(query, listed, query_schema=schema, listed_schema=schema)
    assert found is not None
    return found


def test_the_kernel_and_the_enums_know_the_same_reasons() -> None:
    assert {one.value for one in Likeness} == set(kernel.LIKENESSES)
    assert {one.value for one in Lowering} == set(kernel.LOWERINGS)
    assert {one.value for one in BirthEvidence} == set(kernel.BIRTH_EVIDENCES)


@pytest.mark.parametrize(
    ("likeness", "query", "listed"),
    [
        (Likeness.SAME, "Ada Example", "Ada Example"),
        (Likeness.SPELLING, "Ada Example", "Ada Exampel"),
        (Likeness.SOUND, "Ada Schneider", "Ada Shnaider"),
        (Likeness.VARIANT, "William Example", "Bill Example"),
        (Likeness.ACROSS_SCRIPTS, "Ада Эксампл", "Ada Example"),
        (Likeness.INITIAL, "A. Example", "Ada Example"),
        (Likeness.GLUED, "Ada Mariaexample", "Ada Maria Example"),
    ],
)
def test_words_are_alike_for_every_reason(likeness: Likeness, query: str, listed: str) -> None:
    found = explained(query, listed, Schema.PERSON)

    assert likeness in {pair.likeness for pair in found.pairs}


@pytest.mark.parametrize(
    ("lowering", "query", "listed", "schema"),
    [
        (Lowering.BOTH_LEFT_OVER, "Ada Example Prox", "Ada Example Quill", Schema.PERSON),
        (Lowering.OTHER_NUMBER, "Orient Star 7", "Orient Star 9", Schema.VESSEL),
        (Lowering.NUMBER_MISSING, "Orient Star 7", "Orient Star", Schema.VESSEL),
        (Lowering.OTHER_LEGAL_FORM, "Specimen Ltd", "Specimen AG", Schema.COMPANY),
        (Lowering.OTHER_ORDER, "Ada bin Beda", "Beda bin Ada", Schema.PERSON),
        (Lowering.ONE_WORD_ALIKE, "Specimen", "Spezimen", Schema.COMPANY),
        (Lowering.ONE_WORD_ALIKE, "Exampel", "Ада Эксампл", Schema.PERSON),
    ],
)
def test_a_score_is_lowered_for_every_reason(
    lowering: Lowering, query: str, listed: str, schema: Schema
) -> None:
    found = explained(query, listed, schema)

    assert lowering in {factor.reason for factor in found.lowered}
    assert found.score < found.words_score


@pytest.mark.parametrize(
    "query",
    [
        "Ada Example née Muster",
        "Ada Example (geb. Muster)",
        "Ada Example, rozená Muster",
        "Ada Example урождённая Muster",
        "Ada Example alias Muster",
    ],
)
@pytest.mark.parametrize("listed", ["EXAMPLE, Ada", "MUSTER, Ada"])
def test_a_former_name_hides_neither_itself_nor_the_other(query: str, listed: str) -> None:
    asked, found = (Query(name=name, schema=Schema.PERSON) for name in (query, listed))

    assert compare([(asked, found)])[0] >= 0.65  # The usual threshold.


@pytest.mark.parametrize(
    ("evidence", "given", "listed"),
    [
        (BirthEvidence.CONFLICT, "1950-02-14", "1970-03-20"),
        (BirthEvidence.DOUBTFUL, "1965", "1970"),
        (BirthEvidence.NEAR, "1970-02-14", "1970-02-15"),
        (BirthEvidence.NEAR, "1976-12-08", "1967-12-08"),
        (BirthEvidence.ABSENT, "1970-02-14", ""),
        (BirthEvidence.COMPATIBLE, "1970", "1970-02-14"),
        (BirthEvidence.SAME_DAY, "1970-02-14", "1970-02-14"),
    ],
)
def test_dates_of_birth_give_every_kind_of_evidence(
    evidence: BirthEvidence, given: str, listed: str, tmp_path: Path
) -> None:
    entity = Entity(
        schema=Schema.PERSON, names=(Name(value="Ada Example"),), birth_dates=born(listed)
    )
    listing = Listing(authority="XA", list_id="xa-main", id="1", entity=entity, place="a:1")
    record = IndexRecord(listing=listing, version_sha256="0" * 64, published=None)
    about = About(generation="of-the-test", lists=(), scorer=SCORER)
    build_index(tmp_path / "names.index", [record], about=about)

    [answer] = Index(tmp_path / "names.index").search(
        [Query(name="Ada Example", birth_dates=born(given))], threshold=0.1
    )

    assert [found.birth_evidence for found in answer.found] == [evidence]


def born(text: str) -> tuple[StatedDate, ...]:
    return (StatedDate(first=PartialDate.parse(text)),) if text else ()
