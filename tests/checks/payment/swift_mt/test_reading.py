"""What fields say, field by field: money, days, codes, references, words, headers."""

import pytest

from article41.checks.payment.message import Means
from article41.checks.payment.swift_mt.found import day, run_on
from article41.model.errors import MessageError
from tests.checks.payment.swift_mt.made import golden, message, only, read, told, values


def test_kind_flag_number_and_reference_are_told() -> None:
    shown = read(golden("batch.rje"))

    assert [one.message for one in shown] == ["MT103 STP", "F21", "MT103 STP"]
    assert [one.number for one in shown] == [1, 2, 3]
    assert shown[0].reference == "11111111-2222-4333-8444-555555555555"
    assert only(message("*", "70:/ROC/E2E-1//MORE")).reference == "E2E-1"
    assert only(message("*")).reference == "REF"


def test_days_and_figures_are_as_iso_20022_writes_them() -> None:
    shown = only(message("*", "33B:USD1400,", "36:0,893", "71F:EUR1,", "71F:EUR2,5"))

    assert told(shown, "4:32A") == [("2026-11-30", "date"), ("1250.50", "amount", "", "EUR")]
    assert told(shown, "4:33B") == [("1400", "amount", "", "USD")]
    assert told(shown, "4:36") == [("0,893", "code")]
    assert told(shown, "4:71F") == [("1", "amount", "", "EUR")]
    assert told(shown, "4:71F[2]") == [("2.5", "amount", "", "EUR")]


def test_years_of_two_digits_are_of_a_century() -> None:
    assert (day("791231"), day("800101"), day("000229")) == (
        "2079-12-31",
        "1980-01-01",
        "2000-02-29",
    )
    assert day("260231") == day("20261301") == ""


@pytest.mark.parametrize("money", ["EUR1250,50", "261130EUR", "261130EUR1.250,50", "260231EUR1,"])
def test_an_amount_that_cannot_be_read_is_refused(money: str) -> None:
    with pytest.raises(MessageError, match="is no amount") as caught:
        read(message("*").replace(b"261130EUR1250,50", money.encode()))

    assert (caught.value.line, caught.value.path) == (3, "4:32A")


def test_a_charge_that_cannot_be_read_is_words() -> None:
    assert told(only(message("*", "71F:ADA EXAMPLE")), "4:71F") == [("ADA EXAMPLE", "unmapped")]


@pytest.mark.parametrize(
    ("field", "code", "words", "means"),
    [
        ("23B", "CRED", "ADAM", "unmapped"),
        ("71A", "OUR", "ADA", "unmapped"),
        ("13C", "/SNDTIME/1200+0100", "/ADA/1200", "unmapped"),
        ("23E", "HOLD", "OLD EXAMPLE", "instruction"),
        ("36", "1,5", "ADA", "unmapped"),
        ("71G", "", "261130EUR1,", "unmapped"),
    ],
)
def test_a_code_counts_in_its_form_alone(field: str, code: str, words: str, means: str) -> None:
    if code:
        assert told(only(message("*", f"{field}:{code}")), f"4:{field}") == [(code, "code")]
    assert told(only(message("*", f"{field}:{words}")), f"4:{field}") == [(words, means)]


def test_a_tag_of_no_table_is_unmapped() -> None:
    shown = only(message("*", "99Z:BO SAMPLE", "22A:NEWT"))

    assert told(shown, "4:99Z") == [("BO SAMPLE", "unmapped")]
    assert told(shown, "4:22A") == [("NEWT", "unmapped")]


def test_free_text_runs_on_over_the_ends_of_its_lines() -> None:
    first = "INVOICE 7 OF EXAMPLE SHIPPING COMPA"
    shown = only(message("*", f"70:{first}\nNY\n2026"))

    assert told(shown, "4:70") == [
        (f"{first} NY 2026", "remittance"),
        (f"{first}NY 2026", "remittance"),
    ]
    assert run_on(["A", "", "B"], [False, False, False]) == ("A B",)
    assert run_on(["", ""], [False, False]) == ()


def test_characters_that_swift_does_not_know_are_kept() -> None:
    shown = only(message("20:R", "79:ПЁТР ПРИМЕР ﾄｸﾃｲ", kind="199"))

    assert told(shown, "4:79") == [("ПЁТР ПРИМЕР ﾄｸﾃｲ", "instruction")]


def test_words_from_bank_to_bank_are_read_by_their_codes() -> None:
    shown = only(
        message(
            "*",
            "72:/INS/INSTXDXX\n/INS/OLD EXAMPLE\n//BANK\n/ACC/TELL MR BO\n/CHRQ/OTHRXEXX\n"
            "/EXAMPLE/CO\n/MREF/7",
        )
    )

    assert told(shown, "4:72") == [
        ("INS", "code"),
        ("INSTXDXX", "bic", "intermediary"),
        ("INSTXDXX", "instruction"),
        ("INS", "code"),
        ("OLD EXAMPLE BANK", "name", "intermediary-2"),
        ("/ACC/TELL MR BO", "instruction"),
        ("CHRQ", "instruction"),
        ("OTHRXEXX", "bic", "other"),
        ("OTHRXEXX", "instruction"),
        ("/EXAMPLE/CO", "instruction"),
        ("MREF", "code"),
        ("7", "reference"),
    ]


def test_who_is_paid_in_the_end_is_named_by_words_of_as_many_letters_as_a_bic() -> None:
    shown = only(message("*", "72:/ULTB/EXAMXDAMPLE\n/INS/EXAMXDAMPLE"))

    assert told(shown, "4:72") == [
        ("ULTB", "code"),
        ("EXAMXDAMPLE", "name", "ultimate-payee"),
        ("INS", "code"),
        ("EXAMXDAMPLE", "bic", "intermediary"),
        ("EXAMXDAMPLE", "instruction"),
    ]


def test_a_word_that_goes_on_behind_two_slashes_is_whole() -> None:
    full = "/ACC/PAY TO THE EXAMPLE SHIPPING CO"
    shown = only(message("*", f"72:{full}\n//MPANY"))

    assert f"{full}MPANY" in values(shown, Means.INSTRUCTION)


def test_the_country_of_a_report_is_that_of_its_party() -> None:
    shown = only(message("*", "77B:/ORDERRES/XA//ON BUSINESS\n/BENEFRES/XB\n//OF ADA"))

    assert told(shown, "4:77B") == [
        ("ORDERRES", "code"),
        ("XA", "country", "payer"),
        ("ON BUSINESS", "instruction"),
        ("BENEFRES", "code"),
        ("XB", "country", "payee"),
        ("OF ADA", "instruction"),
    ]


@pytest.mark.parametrize("code", ["RETN", "REJT"])
def test_money_that_goes_back_is_told(code: str) -> None:
    assert only(message("*", f"72:/{code}/99\n/AC04/")).is_return
    assert not only(message("*", f"72:/ACC/SAY /{code}/")).is_return
    assert not only(message("20:R", f"79:/{code}/99", kind="199")).is_return


@pytest.mark.parametrize(
    ("kind", "moves"),
    [("103", True), ("202", True), ("101", True), ("700", True), ("190", True), ("564", True),
     ("199", False), ("292", False), ("195", False), ("996", False), ("111", False),
     ("210", False), ("910", False), ("940", False)],
)  # fmt: skip
def test_a_mere_word_moves_no_money(kind: str, *, moves: bool) -> None:
    of_kind = {"202": ("20:R", "32A:261130EUR1,", "58A:SAMPXCXX"), "700": ("*", "32B:EUR1,")}

    fields = of_kind.get(kind, ("*", "79:X"))

    assert only(message(*fields, kind=kind)).moves_money is moves


@pytest.mark.parametrize(
    ("fields", "kind", "twice"),
    [
        (("*", "59A:SAMPXCXX"), "103", "59A"),
        (("*", "50A:SAMPXCXX"), "103", "50A"),
        (("*", "70:A", "70:B"), "103", "70"),
        (("*", "71A:OUR", "71A:SHA"), "103", "71A"),
        (("20:A", "79:B", "79:C"), "199", "79"),
        (("20:A", "32A:261130EUR1,", "58A:SAMPXCXX", "58D:BO"), "202", "58D"),
        (("20:A", "20:B", "32B:EUR1,", "50:ADA", "59:BO"), "700", "20"),
    ],
)
def test_a_field_that_is_there_twice_is_refused(
    fields: tuple[str, ...], kind: str, twice: str
) -> None:
    with pytest.raises(MessageError, match=f"field {twice} is there twice") as caught:
        read(message(*fields, kind=kind))

    assert caught.value.path.startswith(f"4:{twice}")


def test_a_field_of_the_cover_may_be_there_again_with_the_customers() -> None:
    data = golden("202-cov.fin")

    assert only(data).message == "MT202 COV"
    with pytest.raises(MessageError, match="field 57A is there twice"):
        read(data.replace(b":33B:", b":57A:FRTHXDXX\r\n:33B:"))


@pytest.mark.parametrize("missing", ["20", "32A", "50K", "59"])
def test_a_payment_without_a_party_or_its_amount_is_refused(missing: str) -> None:
    data = message("*")
    start = data.index(f":{missing}:".encode())
    end = data.index(b"\r\n", start)
    without = data[:start] + data[end + 2 :]
    empty = data[: start + len(missing) + 2] + data[end:]

    for one in (without, empty):
        with pytest.raises(MessageError, match=f"MT103 without field {missing[:2]}"):
            read(one)


def test_a_cover_without_its_customers_is_refused() -> None:
    data = message("20:A", "32A:261130EUR1,", "58A:SAMPXCXX", kind="202", flag="COV")

    with pytest.raises(MessageError, match="MT202 without field 50a"):
        read(data)


def test_a_credit_is_read_to_its_last_field() -> None:
    shown = only(golden("700.fin"))

    assert (shown.message, shown.reference, shown.moves_money) == ("MT700", "LC-1", True)
    assert not values(shown, Means.UNMAPPED)
    assert told(shown, "4:31D") == [("270131", "code"), ("SAMPLEVILLE", "place")]
    assert values(shown, Means.NAME, "buyer") == ["EXAMPLE IMPORTERS"]
    assert values(shown, Means.NAME, "seller")[0] == "SAMPLE EXPORTERS"
    assert values(shown, Means.BIC, "payer-bank") == ["EXAMXAXXXXX"]
    assert values(shown, Means.BIC, "intermediary") == ["APPLXAXX"]
    assert values(shown, Means.BIC, "payee-bank") == ["ADVSXBXX"]
    assert told(shown, "4:41D") == [
        ("ANY BANK IN SAMPLELAND", "instruction"),
        ("BY NEGOTIATION", "code"),
    ]
    assert told(shown, "4:44F") == [("EXAMPLE PORT", "place")]
    assert "TOOLS FOREXAMPLE" in values(shown, Means.GOODS)[1]


def test_headers_are_texts() -> None:
    shown = only(golden("202-cov.fin"))

    assert told(shown, "2:terminal") == [("EXAMXAXXXXX", "bic", "payer"), ("A", "code")]
    assert told(shown, "1:terminal") == [("SAMPXBXXXXX", "bic", "payee-bank"), ("A", "code")]
    assert told(shown, "2:time") == [("1200261130", "code")]
    [word] = read(b"{1:F01EXAMXAXXAXXX}{2:O0011200261130SAMPXBXXAXXX00000000002611301201N}"
                  b"{3:{108:MUR}{433:/AOK/ADA}}{4:{999:HELLO}}")  # fmt: skip
    assert told(word, "3:433") == [("/AOK/ADA", "unmapped")]
    assert told(word, "4:999") == [("HELLO", "unmapped")]
    assert not word.moves_money


def test_the_terminal_in_a_reference_of_the_network_is_a_bank() -> None:
    data = message("*") + b"{5:{MRF:2611301200261130OTHRXEXXAXXX0000000000}}"

    assert told(only(data), "5:MRF") == [
        ("2611301200261130OTHRXEXXAXXX0000000000", "reference"),
        ("OTHRXEXXXXX", "bic", "other"),
    ]


def test_each_payment_of_an_order_is_a_transaction() -> None:
    order = ("20:A", "50H:/1\nADA", "30:261130")
    shown = read(
        message(*order, "21:1", "32B:EUR1,", "59:BO", "21:2", "32B:EUR2,", "59:CY", kind="101")
        + message("*")
    )

    assert [one.number for one in shown] == [1, 2, 3]
    assert [one.reference for one in shown] == ["1", "2", "REF"]
    assert [values(one, Means.NAME, "payer") for one in shown[:2]] == [["ADA"], ["ADA"]]
    assert [values(one, Means.NAME, "payee") for one in shown[:2]] == [["BO"], ["CY"]]
    assert [values(one, Means.AMOUNT) for one in shown[:2]] == [["1"], ["2"]]


@pytest.mark.parametrize(("kind", "total"), [("102", "32A:261130EUR3,"), ("104", "32B:EUR3,")])
def test_what_stands_behind_the_payments_concerns_all_of_them(kind: str, total: str) -> None:
    shown = read(
        message("20:A", "21:1", "32B:EUR1,", "59:BO", "21:2", "32B:EUR2,", "59:CY", total,
                "53A:OTHRXDXX", kind=kind)
    )  # fmt: skip

    assert [values(one, Means.AMOUNT) for one in shown] == [["1", "3"], ["2", "3"]]
    assert [values(one, Means.BIC, "intermediary") for one in shown] == [["OTHRXDXX"]] * 2


def test_who_pays_or_is_paid_in_the_end_is_a_party() -> None:
    full = "/ROC/1/ULTD/OLD EXAMPLE/ULTB//NAME/"
    shown = only(message("*", f"70:{full}\nSAMPLE SONS/XA", "72:/ULTB/CY SAMPLE"))

    assert values(shown, Means.NAME, "ultimate-payer")[0] == "OLD EXAMPLE"
    assert "SAMPLE SONS" in values(shown, Means.NAME, "ultimate-payee")
    assert values(shown, Means.NAME, "ultimate-payee-2") == ["CY SAMPLE"]
    lei = only(message("*", "70:/ULTD/529900T8BM49AURSDO55/PURP/GDDS"))
    assert values(lei, Means.LEI, "ultimate-payer") == ["529900T8BM49AURSDO55"]
