"""An act by fields: every field of the model is there, and what is filled in is what is read."""

import contextlib
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect

from article41.checks.reading import canonical
from article41.checks.reading.shorthand import ALSO
from article41.faces.web import desk
from article41.faces.web.faults import Faults, read_form
from article41.faces.web.fields import ACT_KINDS, Control, Field, act_fields
from article41.faces.web.filled import Marks, form_of
from article41.faces.web.filling import (
    BEGUN,
    ITEMS_MAX,
    PARTIES_MAX,
    begun,
    changed,
    of_act,
    plain_act,
    steps_of,
)
from article41.faces.web.proposed import proposed
from article41.model.acts import Act
from article41.model.holdings import Share
from tests.acts import some_acts
from tests.faces.web.sending import Seen


def page_of(plain: dict[str, Any], marks: Marks | None = None) -> Seen:  # any JSON
    """The fields of an act as they stand in the page."""
    form = form_of(plain, marks or Marks())
    template = desk.templates().get_template("fields.html")
    lists = proposed(form.proposes, keys=form.keys)
    # Any: a template's macros have no types.
    module: Any = template.make_module({"focus": "", "proposed": lists})
    return Seen(str(module.inputs(form.inputs)))


def structs(kind: inspect.Type) -> list[inspect.StructType]:
    """Those that a type is made of."""
    match kind:
        case inspect.StructType():
            return [kind]
        case inspect.UnionType():
            return [struct for one in kind.types for struct in structs(one)]
        case inspect.VarTupleType():
            return structs(kind.item_type)
        case _:
            return []


def assert_all_there(struct: inspect.StructType, fields: tuple[Field, ...]) -> None:
    short = {"share": "percent"}
    names = {short.get(one.encode_name, one.encode_name) for one in struct.fields}
    assert {one.name for one in fields} == names
    for model in struct.fields:
        name = short.get(model.encode_name, model.encode_name)
        (field,) = (one for one in fields if one.name == name)
        assert field.help
        for inner in structs(model.type):
            if inner.cls is not Share:
                assert field.control in (Control.GROUP, Control.ROWS)
                assert_all_there(inner, field.fields)


@pytest.mark.parametrize("kind", ACT_KINDS)
def test_every_field_of_the_model_is_in_the_form(kind: str) -> None:
    struct = inspect.type_info(ACT_KINDS[kind])
    assert isinstance(struct, inspect.StructType)

    assert_all_there(struct, act_fields(kind))
    assert set(ALSO) <= {one.cls for one in _all_structs(struct)} | set(ALSO)


def _all_structs(struct: inspect.StructType) -> list[inspect.StructType]:
    inner = [one for field in struct.fields for one in structs(field.type)]
    return [struct, *(each for one in inner for each in _all_structs(one))]


def test_a_field_that_the_model_gains_appears_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from article41.faces.web import fields

    payment = ACT_KINDS["payment"]
    grown = msgspec.defstruct(
        "PaymentAct", [("urgency", str, "")], bases=(payment,), kw_only=True, frozen=True
    )
    said = {"PaymentAct": fields._schema()["PaymentAct"]}
    said["PaymentAct"]["properties"]["urgency"] = {"description": "How soon."}
    monkeypatch.setitem(fields.ACT_KINDS, "payment", grown)
    fields.act_fields.cache_clear()
    try:
        (new,) = (one for one in fields.act_fields("payment") if one.name == "urgency")
    finally:
        fields.act_fields.cache_clear()
        fields._schema.cache_clear()

    assert (new.label, new.help, new.control) == ("Urgency", "How soon.", Control.TEXT)


def test_each_kind_begins_with_its_roles() -> None:
    assert set(BEGUN) == set(ACT_KINDS)
    for kind in ACT_KINDS:
        page = page_of(begun(kind, on="2024-06-01"))
        assert list(page.faults()) == []
        assert page.sent()["asker.party"] == BEGUN[kind][0]


@settings(max_examples=25)
@given(some_acts())
def test_an_act_that_is_shown_and_sent_is_the_same_act(act: Act) -> None:
    page = page_of(of_act(act), Marks(is_whole=True))

    assert list(page.faults()) == []
    plain = plain_act(str(act.__struct_config__.tag), page.sent())
    assert canonical(_as_kept(read_form(plain))) == canonical(_as_kept(act))


@settings(max_examples=10)
@given(some_acts())
def test_what_is_left_out_of_many_rows_is_blank(act: Act) -> None:
    page = page_of(of_act(act), Marks(rows_whole=0))

    plain = plain_act(str(act.__struct_config__.tag), page.sent())
    assert canonical(_as_kept(read_form(plain))) == canonical(_as_kept(act))


def _as_kept(act: Act) -> Act:
    """An act without what forms do not keep: the order of what is ticked, and empty names."""
    replace = msgspec.structs.replace
    asker = replace(act.asker, does=tuple(sorted(act.asker.does, key=lambda one: one.value)))
    parties = tuple(
        replace(one, other_names=tuple(name for name in one.other_names if name))
        for one in act.parties
    )
    return replace(act, asker=asker, parties=parties)


def filled_in(**more: str) -> dict[str, str]:
    return {
        "on": "2024-06-01",
        "asker.party": "payer-bank",
        "parties[0].role": "payer-bank",
        "parties[0].name": "Example Bank",
        "parties[1].role": "payee",
        "parties[1].name": "Ada Example",
        **more,
    }


def test_every_fault_is_told_at_once_at_its_place() -> None:
    form = filled_in(
        **{
            "parties[0].country": "Atlantis",
            "parties[1].birth_date": "long ago",
            "money.amount": "5",
            "purposes[0]": "fun",
        }
    )
    with pytest.raises(Faults) as caught:
        read_form(plain_act("payment", form))

    assert list(caught.value.by_place) == [
        "parties[0].country", "parties[1].birth_date", "purposes[0]", "money",
    ]  # fmt: skip
    assert all(": " in said for said in caught.value.by_place.values())


def test_a_fault_stands_at_its_field_and_what_was_typed_stays() -> None:
    plain = plain_act("payment", filled_in(**{"parties[1].nationalities[0]": "Atlantis"}))
    with pytest.raises(Faults) as caught:
        read_form(plain)

    form = form_of(plain, Marks(faults=caught.value.by_place))
    page = page_of(plain, Marks(faults=caught.value.by_place))

    assert form.id_of("parties[1].nationalities[0]") == "f-parties-1-nationalities"
    assert "f-parties-1-nationalities-x" in page.ids
    assert page.sent()["parties[1].nationalities[0]"] == "Atlantis"


def test_what_is_missing_is_asked_for_at_its_field() -> None:
    plain = plain_act("cargo", {"asker.party": "payee"})

    with pytest.raises(Faults) as caught:
        read_form(plain)
    assert list(caught.value.by_place) == ["on"]


def test_a_fact_that_is_said_twice_is_refused() -> None:
    facts = {"facts[0].word": "is-own-national", "facts[0].is": "yes",
             "facts[3].word": "is-own-national", "facts[3].is": "no"}  # fmt: skip

    with pytest.raises(Faults) as caught:
        read_form(plain_act("payment", filled_in(**facts)))
    assert "stands twice" in next(iter(caught.value.by_place.values()))


def test_rows_come_and_go() -> None:
    plain = plain_act("payment", filled_in())

    more = changed(plain, "add parties")
    assert [one.get("name") for one in more["parties"]] == ["Example Bank", "Ada Example", None]
    less = changed(more, "drop parties[0]")
    assert less["parties"] == [{"role": "payee", "name": "Ada Example"}, {}]
    nested = changed(less, "add parties[0].documents")
    assert nested["parties"][0]["documents"] == [{}]


def test_rows_that_are_still_blank_stay_while_others_come() -> None:
    page = page_of(changed(changed(begun("cargo", on="2024-06-01"), "add licences"), "add goods"))

    plain = plain_act("cargo", page.sent(), keeps_rows=True)

    assert (plain["licences"], plain["goods"]) == ([{}], [{}])
    assert changed(plain, "add goods")["goods"] == [{}, {}]
    assert "licences" not in plain_act("cargo", page.sent())


@pytest.mark.parametrize(
    "do", ["", "add", "add on", "add parties[9].documents", "drop parties", "drop parties[7]",
           "add money", "add parties[0].name", "explode parties", "add parties[x]"],
)  # fmt: skip
def test_what_cannot_be_added_or_taken_out_changes_nothing(do: str) -> None:
    plain = plain_act("payment", filled_in())

    assert changed(plain_act("payment", filled_in()), do) == plain


def test_rows_have_an_end() -> None:
    plain = begun("cargo", on="2024-06-01")
    for _ in range(2 * ITEMS_MAX):
        changed(plain, "add goods")
        changed(plain, "add parties")

    assert len(plain["goods"]) == ITEMS_MAX
    assert len(plain["parties"]) == PARTIES_MAX


@pytest.mark.parametrize("name", ["", ".", "a..b", "a[", "a[12345]", "a[-1]", "A", "a b", "a[1]b"])
def test_what_is_no_place_is_none(name: str) -> None:
    assert steps_of(name) == ()


def test_deep_and_foreign_names_are_left_alone() -> None:
    form = filled_in(**{"a.b.c.d.e.f.g.h": "x", "parties.name": "x", "on[0]": "x", "!none": "x"})

    assert plain_act("payment", form) == plain_act("payment", filled_in())


def test_an_open_question_is_an_open_field() -> None:
    plain = plain_act("payment", filled_in())
    marks = Marks(
        questions={
            "parties[1].owners": ("who owns it?",), "facts.is-own-national": ("is it so?",),
        }
    )  # fmt: skip

    page = page_of(plain, marks)

    assert {"f-parties-1-owners-q", "f-facts-is-own-national"} <= set(page.ids)
    assert page.sent()["facts[0].word"] == "is-own-national"
    assert list(page.faults()) == []


@pytest.mark.parametrize(
    ("day", "kind"), [("", "date"), ("2024-06-01", "date"), ("2024-13-99", ""), ("20240601", ""),
                      ("yesterday", "")],
)  # fmt: skip
def test_what_is_no_day_stays_as_it_was_typed(day: str, kind: str) -> None:
    (on, *_) = form_of({"act": "party", "on": day, "parties": []}, Marks()).inputs

    assert (on.value, "date" if on.is_day else "") == (day, kind)


names = st.lists(
    st.sampled_from(
        ("parties", "goods", "on", "asker", "party", "does", "facts", "word", "is", "holdings",
         "stakes", "documents", "cleared_in", "via", "other_names", "figures", "money")
    ).flatmap(lambda word: st.sampled_from((word, f"{word}[0]", f"{word}[3]", f"{word}[0][1]"))),
    min_size=1, max_size=4,
).map(".".join)  # fmt: skip


@settings(max_examples=60)
@given(
    st.sampled_from(tuple(ACT_KINDS)),
    st.dictionaries(names | st.text(max_size=8), st.text(max_size=8), max_size=8),
    st.builds("{} {}".format, st.sampled_from(("add", "drop", "more")), names),
)
def test_whatever_is_sent_is_a_form_or_a_fault(kind: str, form: dict[str, str], do: str) -> None:
    plain = changed(plain_act(kind, form, keeps_rows=True), do)

    assert list(page_of(plain).faults()) == []
    with contextlib.suppress(Faults):
        read_form(plain_act(kind, form))


def test_acts_are_those_of_the_model() -> None:
    assert set(ACT_KINDS.values()) == set(get_args(Act))
