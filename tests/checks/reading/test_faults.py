"""What cannot be read is refused with the field, the line and what to write instead."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from article41.checks.reading import ActFormat, read_acts
from article41.checks.reading.limits import (
    ACT_BYTES_MAX,
    DEPTH_MAX,
    GOODS_MAX,
    PARTIES_MAX,
    STAKES_MAX,
    TEXT_MAX,
    VALUES_MAX,
)
from article41.model.acts import Act
from article41.model.errors import ActError
from tests.acts import some_acts

PAYMENT: dict[str, object] = {
    "act": "payment",
    "on": "2012-07-06",
    "asker": {"party": "payer"},
    "parties": [{"role": "payer", "name": "Ada"}, {"role": "payee", "name": "Beda"}],
}


def refused(data: str | bytes, format_: ActFormat | None = None) -> ActError:
    content = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    with pytest.raises(ActError) as caught:
        list(read_acts(content, file="act", format=format_))
    return caught.value


def without(**fields: object) -> ActError:
    """What is said of a payment with other fields."""
    return refused(json.dumps(PAYMENT | fields, indent=1))


def of_payee(**fields: object) -> ActError:
    return without(parties=[{"role": "payer"}, {"role": "payee", **fields}])


@pytest.mark.parametrize(
    ("fields", "path", "message", "hint"),
    [
        ({"act": "paiment"}, "act", "unknown act `paiment`", "did you mean `payment`?"),
        ({"act": "cargo"}, "goods", "`goods` is missing", "every cargo act has it"),
        ({"asker": ["payer", "payee"]}, "asker", "there are 2 askers", "an act for each"),
        ({"facts": ["a"]}, "facts", "words with yes or no are expected", "a-word: yes"),
        ({"on": "0001-01-01"}, "on", "`0001-01-01` is not between the years 1800", "leave the"),
        ({"on": "9999-12-31"}, "on", "is not between the years", "leave"),
        ({"on": "2012-02-30"}, "on", "`2012-02-30` is no day of the calendar", "as 2012-07-06"),
        ({"on": "06/07/2012"}, "on", "a day is expected, not the text `06/07/2012`", "as 2012-"),
        ({"on": 20120706}, "on", "a day is expected, not the number `20120706`", "as 2012-07-06"),
        ({"on": None}, "on", "`on` is missing", "every payment act has it"),
        ({"date": "2012-07-06"}, "date", "unknown field `date`", "did you mean `on`?"),
        ({"purpose": "x"}, "purpose", "unknown field `purpose`", "did you mean `purposes`?"),
        ({"monney": "5 EUR"}, "monney", "unknown field `monney`", "did you mean `money`?"),
        ({"money": 500}, "money", "the amount has no currency", "write it as 500 USD"),
        ({"money": "500"}, "money", "`500` is no amount with its currency", "500 USD"),
        ({"money": "1,500 EUR"}, "money", "a number is expected, not the text `1,500`", "12.50"),
        ({"money": "5 EUX"}, "money", "unknown currency `EUX`", "as EUR or USD"),
        ({"money": "-5 EUR"}, "money", "`-5` is below nothing", "how much there is"),
        ({"money": {"amount": float("nan"), "currency": "EUR"}}, "money.amount",
         "a number is expected, not the number `NaN`", "digits"),
        ({"money": {"amount": float("inf"), "currency": "EUR"}}, "money.amount",
         "a number is expected, not the number `Infinity`", "digits"),
        ({"money": {"amount": "1" * 50, "currency": "EUR"}}, "money.amount",
         "has more than 40 digits", "see whether it is one"),
        ({"money": {"amount": "1e400", "currency": "EUR"}}, "money.amount",
         "has more than 40 digits", "see whether it is one"),
        ({"money": {"amount": True, "currency": "EUR"}}, "money.amount",
         "a number is expected, not `true`", "digits"),
        ({"asker": "payeee"}, "asker.party", "`payeee` names no party", "did you mean `payee`?"),
        ({"asker": 5}, "asker", "a text is expected, not the number `5`", "write it in quotes"),
        ({"asker": {"party": "payer", "does": "broadcast"}}, "asker.does[0]",
         "`broadcast` is nothing that is done in a payment act", "one of hold, onboard"),
        ({"asker": {"party": "payer", "does": "transfer"}}, "asker.does",
         "unknown verb `transfer`", "did you mean `pay`?"),
        ({"asker": {"party": "payer", "in_hand": "account"}}, "asker.in_hand",
         "`account` does not say what is in hand of whom", "`account of customer`"),
        ({"asker": {"party": "payer", "in_hand": ["x of y"]}}, "asker.in_hand[0].of",
         "`y` names no party", "one of payer, payee"),
        ({"parties": []}, "parties", "the act has no party", "name all"),
        ({"parties": {"sellar": "Ada"}}, "parties.sellar", "`sellar` is no role",
         "did you mean `seller`?"),
        ({"parties": [{"role": "payer"}, {"role": "payer"}]}, "parties[1]",
         "two parties have the key `payer`", "give each an `id`"),
        ({"jurisdictions": "europe"}, "jurisdictions", "`europe` is no", "code"),
        ({"facts": {"is-own-national": "perhaps"}}, "facts.is-own-national",
         "yes or no is expected, not the text `perhaps`", "write true or false"),
        ({"cleared_in": ["US", None]}, "cleared_in[1]", "the item is empty", "take it out"),
        ({"licences": {"authority": "XA", "number": "1", "valid_from": "2012-01-02",
                       "valid_until": "2012-01-02"}}, "licences[0].valid_until",
         "is not after the first day, `2012-01-02`", "no longer"),
        ({"licences": {"authority": "XA", "number": "1", "valid_from": "2012-01-02",
                       "amount_max": 5}}, "licences[0].currency", "no currency", "EUR"),
        ({"licences": {"authority": "XA", "number": "1", "valid_from": "2012-01-02",
                       "parties": "seller"}}, "licences[0].parties[0]", "names no party", "payer"),
        ({"holdings": {"stakes": [{"owner": "payer", "asset": "Payee", "percent": 5}]}},
         "holdings.stakes[0].asset", "`Payee` names no party", "did you mean `payee`?"),
        ({"holdings": {"controls": {"owner": "payee", "asset": "payee", "kind": "family"}}},
         "holdings.controls[0].asset", "`payee` is said to control itself", "leave it out"),
        ({"holdings": {"stakes": {"owner": "payer", "asset": "payee", "percent": 101}}},
         "holdings.stakes.percent", "`101` lies not between nothing and the whole", "33 1/3"),
        ({"holdings": {"stakes": {"owner": "payer", "asset": "payee", "percent": "half"}}},
         "holdings.stakes.percent", "a share is expected, not the text `half`", "33 1/3"),
        ({"holdings": {"stakes": {"owner": "payer", "asset": "payee", "percent": "50-25"}}},
         "holdings.stakes.percent", "`50-25` lies not between", "33 1/3"),
        ({"holdings": {"stakes": {"owner": "payer", "asset": "payee", "percent": "1/0"}}},
         "holdings.stakes.percent", "a share is expected", "33 1/3"),
        ({"holdings": {"stakes": {"owner": "payer", "asset": "payee", "share": "55"}}},
         "holdings.stakes.share", "`55` lies not between", "`percent`"),
        ({"holdings": {"stakes": {"owner": "payer", "asset": "payee", "share": "1/2",
                                  "percent": 50}}},
         "holdings.stakes.percent", "`share` says the same", "keep one"),
        ({"holdings": {"rebuttals": "seller"}}, "holdings.rebuttals[0]", "names no party", "payer"),
        ({"holdings": {"controls": {"owner": "payer", "asset": "payee", "kind": "board"}}},
         "holdings.controls.kind", "unknown control kind `board`", "board-majority"),
    ],
)  # fmt: skip
def test_a_fault_names_its_field_and_what_to_write(
    fields: dict[str, object], path: str, message: str, hint: str
) -> None:
    error = without(**fields)

    assert error.path == path
    assert message in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("fields", "path", "message", "hint"),
    [
        ({"dob": "1965"}, "dob", "unknown field `dob` of a party", "did you mean `birth_date`?"),
        ({"nam": "Ada"}, "nam", "unknown field `nam`", "did you mean `name`?"),
        ({"country": "Xandu"}, "country", "`Xandu` is no country", "code"),
        ({"country": "QQ"}, "country", "`QQ` is no country", "code"),
        ({"country": "Syrai"}, "country", "`Syrai` is no country", "did you mean Syria (SY)?"),
        ({"birth_date": "07.10.1952"}, "birth_date", "`07.10.1952` is no date of birth", "1965-09"),
        ({"name": 5}, "name", "a text is expected, not the number `5`", "write it in quotes"),
        ({"name": ["Ada"]}, "name", "a text is expected, not a list", "write a text"),
        ({"name": "A\u0007"}, "name", "U+0007", "encoding"),
        ({"name": "A\ud800"}, "name", "U+D800", "encoding"),
        ({"name": "A\u0000"}, "name", "U+0000", "encoding"),
        ({"id": "a\nb"}, "id", "longer than one line", "a key"),
        ({"schema": "ship"}, "schema", "unknown schema `ship`", "did you mean `Vessel`?"),
        ({"status": "centralbank"}, "status", "unknown status", "did you mean `central-bank`?"),
        ({"us_person": "maybe"}, "us_person", "yes or no is expected", "true or false"),
        ({"us_person": 1}, "us_person", "yes or no is expected, not the number `1`", "true"),
        ({"bic": "XX"}, "bic", "`XX` has not the form or the check digit of BIC", "the papers"),
        ({"imo": "9074728"}, "imo", "the check digit of IMO", "the papers"),
        ({"lei": "529900T8BM49AURSDO56"}, "lei", "the check digit of LEI", "the papers"),
        ({"iban": "DE00370400440532013000"}, "iban", "the check digits of IBAN", "the papers"),
        ({"passport": {"number": "5"}}, "passport", "a value and a country", "write both"),
        ({"documents": [{"kind": "imo", "value": "1"}]}, "documents[0].value", "of IMO", "papers"),
        ({"documents": [{"kind": "pass", "value": "1"}]}, "documents[0].kind",
         "unknown identifier kind `pass`", "did you mean `passport`?"),
        ({"listings": ["ofac"]}, "listings[0]", "`ofac` is no key of a listing", "ofac-sdn/9712"),
        ({"acts_for": "payee"}, "acts_for", "acts for itself in the end", "leave"),
        ({"acts_for": "seller"}, "acts_for", "`seller` names no party", "one of payer, payee"),
        ({"listings": "a/1", "different_from": {"listing": "a/1", "by": "B", "reason": "c"}},
         "different_from[0].listing", "to be this party and to be somebody else", "keep"),
    ],
)  # fmt: skip
def test_a_fault_of_a_party_names_its_field(
    fields: dict[str, object], path: str, message: str, hint: str
) -> None:
    error = of_payee(**fields)

    assert error.path == f"parties[1].{path}"
    assert message in error.message
    assert hint in error.hint


CARGO = '{"act":"cargo","on":"2024-06-01","asker":"buyer","parties":{"buyer":"A"},"goods":%s}'


@pytest.mark.parametrize(
    ("goods", "path", "message", "hint"),
    [
        ("[]", "goods", "the cargo has no goods", "at least one line"),
        ('[{"origin":"XA"}]', "goods[0]", "it is not said what these goods are", "`description`"),
        ('[{"code":2709}]', "goods[0].code", "not the number `2709`", "write it in quotes"),
        ('[{"code":"1C350"}]', "goods[0].code", "`1C350` is no HS or CN code", "`items`"),
        ('[{"cas":"67-56-2"}]', "goods[0].cas", "the check digit of a CAS number", "67-56-1"),
        ('[{"hs":"2709"}]', "goods[0].hs", "unknown field `hs`", "did you mean `code`?"),
        ('[{"code":"27","price":"60"}]', "goods[0].price", "no amount with its currency", "USD"),
        ('[{"code":"27","quantity":"some"}]', "goods[0].quantity", "a number is expected", "12"),
        ('[{"code":"27","quantity":"5 t","unit":"l"}]', "goods[0].quantity", "`unit` says", "one"),
    ],
)  # fmt: skip
def test_a_fault_of_goods_names_its_line(goods: str, path: str, message: str, hint: str) -> None:
    error = refused(CARGO % goods)

    assert error.path == path
    assert message in error.message
    assert hint in error.hint


def test_a_communication_says_what_is_communicated() -> None:
    error = refused('{"act":"communication","on":"2024-06-01","asker":"payer","parties":"A"}')
    assert error.path == "parties"

    error = refused(json.dumps(PAYMENT | {"act": "communication"}))
    assert "it is not said what is communicated" in error.message


@pytest.mark.parametrize("format_", [None, ActFormat.YAML])
def test_the_line_of_a_fault_is_that_of_its_field(format_: ActFormat | None) -> None:
    text = (
        '{"act": "payment",\n "on": "2012-07-06",\n "asker": "payer",\n "parties": {\n'
        '  "payer": {"name": "Ada"},\n  "payee": {\n   "name": "Beda",\n   "country": "Xandu"}}}'
    )

    assert refused(text, format_).line == 8
    assert refused(text.replace("Xandu", "XA").replace("Beda", "\\u0007"), format_).line == 7
    assert refused(text.replace('"asker": "payer",', '"text": "",'), format_).line == 1
    assert refused(text.replace('"country"', '"name"'), format_).line in (7, 8)
    assert str(refused(text, format_)).startswith("act:8 in `parties.payee.country`: ")


def test_what_follows_an_act_is_no_part_of_it() -> None:
    error = refused('{"act": "party"\n} "on" {"on": 1}', ActFormat.JSON)

    assert (error.line, error.message) == (1, "`on` is missing")


def test_the_line_counts_from_the_beginning_of_the_file() -> None:
    line = json.dumps(PAYMENT)
    broken = line.replace("2012-07-06", "2012")

    assert refused(f"{line}\n{line}\n\n{broken}\n").line == 4
    assert refused(f"[{line},\n{line},\n{broken}]").line == 3
    assert refused(f"[{line},\n{line}\n{line}]").line == 3
    assert refused(f"---\n{line}\n---\n{broken}\n").line == 4
    assert refused(f"- {line}\n- {broken}\n").line == 2


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 0, "there is no act"),
        (b"[]", 0, "there is no act"),
        (b"---\n---\n", 0, "there is no act"),
        (b"hello", 1, "a mapping with the fields of an act is expected, not the text `hello`"),
        (b"[[]]", 1, "a mapping with the fields of an act is expected, not a list"),
        (b'{"act": "payment",\n}', 2, "this is no JSON: "),
        (b'{"act": "payment"\n', 2, "this is no JSON: expecting ',' delimiter, at column 1"),
        (b'{"act": "a\x07"}', 1, "this is no JSON: invalid control character at"),
        (b'\n{"a": "x",\n}', 3, "this is no JSON: "),
        (b'{"act": "a", "act": "b"}', 1, "`act` stands twice"),
        (b"act: a\non: b\nact: c\n", 3, "`act` stands twice"),
        (b"\xff\xfea\0c\0t\0", 1, "this is UTF-16 or UTF-32"),
        (b"a\0c\0t\0", 1, "this is UTF-16 or UTF-32"),
        (b"PK\x03\x04\x14\x00", 1, "this is a packed file"),
        (b"%PDF-1.7\n", 1, "this is a PDF"),
        (b"act: a\nid: \xe9\n", 2, "the bytes are not UTF-8"),
        (b'<?xml version="1.0"?>', 1, "this is XML, and no act"),
        (b"act: &a x\nid: *a", 1, "the anchor `a` is not read"),
        (b"act: *a", 1, "the alias `a` is not read"),
        (b"act: !!python/name:os.system x", 1, "the tag `tag:yaml.org,2002:python/name"),
        (b"act: !!binary aGk=", 1, "the tag `tag:yaml.org,2002:binary` is not read"),
        (b"act: [1, 2", 1, "this is no YAML: "),
        (b"on: 1\nid: a: b\n", 2, "this is no YAML: mapping values are not allowed"),
        (b"[a]: b", 1, "a key is no text"),
        (b"<<: {act: payment}", 1, "`act` is missing"),
        (b"act: payment\nid: a\x1b", 2, "the control character U+001B stands there"),
        (b'act: payment\nid: "a\non: 1\n', 2, "a quote that begins here does not end"),
        (b"act: payment\nid: 'a\non: 1\n", 2, "a quote that begins here does not end"),
        (b"act: payment\nasker:\n\tparty: a\n", 3, "a tab begins the line"),
        (b"a: b\nparties:\n  a: {b: c\n  d: e", 4, "in what begins on line 3"),
        (b"a: " + b"[" * 5_000, 1, "lists and mappings stand inside one another"),
    ],
)
def test_what_is_no_act_at_all_is_refused(data: bytes, line: int, message: str) -> None:
    error = refused(data)

    assert message in error.message
    assert error.hint
    if line:
        assert abs(error.line - line) <= (1 if "YAML" in message else 0)


def test_an_alias_cannot_multiply() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]

    assert "is not read" in refused("\n".join(lines)).message


@pytest.mark.parametrize("format_", [ActFormat.JSON, ActFormat.JSON_LINES, ActFormat.YAML])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_depth_has_a_limit(opening: str, format_: ActFormat) -> None:
    for depth in (DEPTH_MAX + 2, 100_000):
        assert refused(opening * depth, format_).code == "act"
    closing = "]" if opening == "[" else "}"
    whole = f'{{"text": {opening * DEPTH_MAX}1{closing * DEPTH_MAX}}}'
    message = refused(whole, format_).message
    assert message == f"more than {DEPTH_MAX} lists and mappings stand inside one another"


@pytest.mark.parametrize("format_", [ActFormat.JSON, ActFormat.JSON_LINES, ActFormat.YAML])
def test_the_length_of_an_act_has_a_limit(format_: ActFormat) -> None:
    long = json.dumps(PAYMENT | {"text": "x" * ACT_BYTES_MAX})

    assert f"longer than {ACT_BYTES_MAX:,}" in refused(long, format_).message


def test_texts_lists_and_values_have_limits() -> None:
    assert f"more than {TEXT_MAX:,}" in without(text="x" * (TEXT_MAX + 1)).message
    many = [{"role": "other", "id": f"a{number}"} for number in range(PARTIES_MAX + 1)]
    assert f"more than {PARTIES_MAX:,}" in without(parties=many).message
    lines = CARGO % json.dumps([{"code": "27"}] * (GOODS_MAX + 1))
    assert f"more than {GOODS_MAX:,}" in refused(lines).message
    stakes = [{"owner": "a", "asset": "b"}] * (STAKES_MAX + 1)
    assert f"more than {STAKES_MAX:,}" in without(holdings={"stakes": stakes}).message
    owners = [{"owner": f"{number:05}", "asset": "payee"} for number in range(PARTIES_MAX)]
    assert f"more than {PARTIES_MAX:,}" in without(holdings={"stakes": owners}).message
    assert (
        f"more than {VALUES_MAX:,} values"
        in refused(json.dumps([1] * VALUES_MAX).join(('{"text":', "}"))).message
    )


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert refused(data).hint


@given(st.text('{}[]":,-&*!|>#%@`\n\t \\ae1.~', max_size=40), st.sampled_from(ActFormat))
def test_any_signs_are_read_or_refused(text: str, format_: ActFormat) -> None:
    assert refused(text, format_).hint


@given(some_acts(), st.data())
def test_a_field_that_was_spoilt_is_refused_with_its_line(act: Act, data: st.DataObject) -> None:
    from article41.checks.reading import canonical

    plain = json.loads(canonical(act))
    name = data.draw(st.sampled_from(sorted(set(plain) - {"text", "id", "channel", "subject"})))
    plain[name] = {"x\u200b": [[]]}
    text = json.dumps(plain, indent=1)

    error = refused(text)

    assert error.path.partition(".")[0].partition("[")[0] == name
    assert f'"{name}"' in "".join(text.splitlines()[: error.line])
