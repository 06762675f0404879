"""Who is named by each field and option, in which role, and with which of its facts."""

import pytest

from article41.checks.payment.message import Means
from article41.model.errors import MessageError
from tests.checks.payment.swift_mt.made import golden, message, only, read, told, values


def test_an_ordinary_transfer_names_everybody_in_their_role() -> None:
    shown = only(golden("103.fin"))

    assert not values(shown, Means.UNMAPPED)
    assert told(shown, "4:52D") == [
        ("FW", "code"),
        ("021000089", "number", "payer-bank", "USABA"),
        ("FIRST SAMPLE BANK", "name", "payer-bank"),
        ("2 SAMPLE ROAD", "address", "payer-bank"),
        ("FIRST SAMPLE BANK 2 SAMPLE ROAD", "run-on", "payer-bank"),
    ]
    assert told(shown, "4:53B") == [("C", "code"), ("12345", "account")]
    assert told(shown, "4:56C") == [
        ("CP", "code"),
        ("0999", "number", "intermediary", "USPID"),
    ]
    assert told(shown, "4:57A") == [("THRDXCXX", "bic", "payee-bank")]
    assert values(shown, Means.BIC, "intermediary-2") == ["INSTXDXX"]
    assert told(shown, "1:terminal")[0] == ("EXAMXAXXXXX", "bic", "intermediary-3")


def test_the_sender_stands_for_the_bank_of_the_payer_if_nobody_else_does() -> None:
    shown = only(message("*"))

    assert told(shown, "1:terminal")[0] == ("EXAMXAXXXXX", "bic", "payer-bank")
    assert told(shown, "2:terminal")[0] == ("SAMPXBXXXXX", "bic", "payee-bank")
    word = only(message("20:A", "79:B", kind="199"))
    assert told(word, "1:terminal")[0] == ("EXAMXAXXXXX", "bic", "other")
    assert told(word, "2:terminal")[0] == ("SAMPXBXXXXX", "bic", "other-2")


def test_a_bank_that_fields_and_headers_name_is_one_party() -> None:
    shown = only(message("*", "52A:OTHRXAXX", "53A:EXAMXAXX", "57A:SAMPXBXXABC"))

    assert told(shown, "1:terminal")[0] == ("EXAMXAXXXXX", "bic", "intermediary")
    assert told(shown, "2:terminal")[0] == ("SAMPXBXXXXX", "bic", "payee-bank")


def test_numbered_lines_say_what_they_are() -> None:
    shown = only(golden("202-cov.fin"))

    assert told(shown, "4:59F") == [
        ("2", "account", "ultimate-payee"),
        ("ADA EXAMPLE", "name", "ultimate-payee"),
        ("4 SAMPLE LANE", "address", "ultimate-payee"),
        ("XD", "country", "ultimate-payee"),
        ("SAMPLEVILLE", "place", "ultimate-payee"),
    ]


def test_facts_of_a_person_in_numbered_lines() -> None:
    shown = only(
        message(
            "20:R", "32A:261130EUR1,", "59:BO", "50F:CCPT/XA/P-77\n1/ADA\n4/19650911\n5/XE/OLDTOWN"
        )
    )

    assert told(shown, "4:50F") == [
        ("XA", "nationality", "payer"),
        ("XA/P-77", "number", "payer", "CCPT"),
        ("ADA", "name", "payer"),
        ("1965-09-11", "birth-date", "payer"),
        ("XE/OLDTOWN", "birth-place", "payer"),
    ]


def test_line_eight_completes_a_number() -> None:
    shown = only(message("20:R", "32A:261130EUR1,", "59:BO", "50F:/1\n1/ADA\n6/XD/A BANK/77\n8/88"))

    assert told(shown, "4:50F") == [
        ("1", "account", "payer"),
        ("ADA", "name", "payer"),
        ("A BANK", "reference", "payer"),
        ("XD/A BANK/77", "number", "payer", "CUST"),
        ("88", "reference", "payer"),
        ("XD/A BANK/7788", "number", "payer", "CUST"),
    ]
    identity = only(message("20:R", "32A:261130EUR1,", "59:BO", "50F:/1\n1/ADA\n7/XE/ID-7"))
    assert told(identity, "4:50F")[2:] == [
        ("XE", "nationality", "payer"),
        ("XE/ID-7", "number", "payer", "NIDN"),
    ]


def test_a_line_that_its_number_does_not_explain_is_unmapped() -> None:
    shown = only(message("20:R", "32A:261130EUR1,", "59:BO", "50F:ADA\n1/BO\n4/NEVER\nCY"))

    assert [row[:2] for row in told(shown, "4:50F")] == [
        ("ADA", "unmapped"),
        ("BO", "name"),
        ("NEVER", "unmapped"),
        ("CY", "unmapped"),
    ]


def test_a_line_without_a_number_may_go_on_with_the_name_before_it() -> None:
    shown = only(message("20:R", "32A:261130EUR1,", "50K:ADA", "59F:/1\n1/BO\nSAMPLE\n2/HIGH ROAD"))
    address = only(message("20:R", "32A:261130EUR1,", "50K:ADA", "59F:/1\n1/BO\n4 HIGH ROAD\n3/XA"))

    assert told(shown, "4:59F")[1:] == [
        ("BO", "name", "payee"),
        ("SAMPLE", "unmapped", "payee"),
        ("HIGH ROAD", "address", "payee"),
        ("BO SAMPLE", "name", "payee"),
    ]
    assert values(address, Means.NAME, "payee") == ["BO"]


def test_a_bic_in_small_letters_is_a_bic() -> None:
    shown = only(message("*", "57A:thrdxdxx", "56A:SCNDxdxxXXX"))

    assert told(shown, "4:57A") == [("thrdxdxx", "bic", "payee-bank")]
    assert told(shown, "4:56A") == [("SCNDxdxxXXX", "bic", "intermediary")]


def test_a_name_over_two_numbered_lines_is_one_name() -> None:
    names = values(only(golden("103.fin")), Means.NAME, "payer")
    glued = only(message("20:R", "32A:261130EUR1,", "59:BO",
                         "50F:/1\n1/EXAMPLE SHIPPING AND TRADING COMPAN\n1/Y"))  # fmt: skip

    assert names == [
        "EXAMPLE TRADING",
        "COMPANY OF NOWHERE",
        "EXAMPLE TRADING COMPANY OF NOWHERE",
    ]
    assert "EXAMPLE SHIPPING AND TRADING COMPANY" in values(glued, Means.NAME, "payer")


def test_a_name_that_runs_on_without_numbers_is_found_whole() -> None:
    shown = only(golden("103.fin"))

    assert "ADA EXAMPLE AND SONS FORWARDING AGENCY -} OF NOWHERE" in values(
        shown, Means.NAME, "payee"
    )
    assert values(shown, Means.COUNTRY, "payee") == ["XC"]
    split = only(
        message("20:R", "32A:261130EUR1,", "59:BO", "50K:OLD EXAMPLE\nSHIPPING CO\n1 ROAD")
    )
    assert values(split, Means.NAME, "payer") == ["OLD EXAMPLE", "OLD EXAMPLE SHIPPING CO"]
    assert values(split, Means.RUN_ON, "payer") == ["OLD EXAMPLE SHIPPING CO 1 ROAD"]


def test_an_address_with_a_figure_is_no_name() -> None:
    shown = only(message("20:R", "32A:261130EUR1,", "59:BO", "50K:OLD EXAMPLE\n1 SHIPPING ROAD"))

    assert values(shown, Means.NAME, "payer") == ["OLD EXAMPLE"]


def test_numbered_lines_are_known_where_no_letter_says_so() -> None:
    shown = only(message("*").replace(b":59:BO SAMPLE", b":59:/7\r\n1/BO SAMPLE\r\n3/XB/TOWN"))

    assert told(shown, "4:59") == [
        ("7", "account", "payee"),
        ("BO SAMPLE", "name", "payee"),
        ("XB", "country", "payee"),
        ("TOWN", "place", "payee"),
    ]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("/DE89370400440532013000", ("DE89370400440532013000", "iban")),
        ("/DE89 3704 0044 0532 0130 00", ("DE89 3704 0044 0532 0130 00", "iban")),
        ("/XX12345678901234567", ("XX12345678901234567", "account")),
        ("/OF THE EXAMPLE BRANCH", ("OF THE EXAMPLE BRANCH", "account")),
        ("//RT", ("RT", "code")),
        ("//FW 021", ("/FW 021", "account")),
        ("/C/12", ("C", "code")),
    ],
)
def test_an_account_line_is_an_iban_an_account_or_a_clearing_code(
    line: str, row: tuple[str, str]
) -> None:
    shown = only(message("*", f"57A:{line}\nSAMPXCXX"))

    assert told(shown, "4:57A")[0][:2] == row
    assert told(shown, "4:57A")[-1] == ("SAMPXCXX", "bic", "payee-bank")


def test_a_bic_that_is_none_is_a_name() -> None:
    assert told(only(message("*", "57A:OLD EXAMPLE BANK")), "4:57A") == [
        ("OLD EXAMPLE BANK", "name", "payee-bank")
    ]


def test_a_bank_in_an_option_of_no_table_is_unmapped_text_of_it() -> None:
    assert told(only(message("*", "57J:/NAME/OLD EXAMPLE")), "4:57J") == [
        ("/NAME/OLD EXAMPLE", "unmapped", "payee-bank")
    ]


def test_a_party_of_too_many_lines_is_refused() -> None:
    with pytest.raises(MessageError, match="a party of 6 lines") as caught:
        read(message("*").replace(b"BO SAMPLE", b"/1\r\nA\r\nB\r\nC\r\nD\r\nE"))

    assert (caught.value.line, caught.value.path) == (10, "4:59/6")


def test_banks_are_the_parties_of_a_transfer_between_banks() -> None:
    shown = only(
        message("20:A", "32A:261130EUR1,", "52A:ORDRXDXX", "58D:OLD EXAMPLE BANK", kind="202")
    )

    assert values(shown, Means.BIC, "payer") == ["ORDRXDXX"]
    assert values(shown, Means.NAME, "payee") == ["OLD EXAMPLE BANK"]
    assert values(shown, Means.BIC, "intermediary") == ["EXAMXAXXXXX"]
    assert values(shown, Means.BIC, "payee-bank") == ["SAMPXBXXXXX"]
    own = only(message("20:A", "32A:261130EUR1,", "58A:SAMPXCXX", kind="202"))
    assert values(own, Means.BIC, "payer") == ["EXAMXAXXXXX"]


def test_a_cover_names_the_customers_whose_payment_it_covers() -> None:
    shown = only(golden("202-cov.fin"))

    assert values(shown, Means.BIC, "payer") == ["EXAMXAXXXXX", "EXAMXAXX", "EXAMXAXX"]
    assert values(shown, Means.BIC, "payee") == ["FRTHXDXXABC", "FRTHXDXX"]
    assert values(shown, Means.BIC, "intermediary") == ["THRDXCXX"]
    assert values(shown, Means.BIC, "payee-bank") == ["SAMPXBXXXXX"]
    assert values(shown, Means.NAME, "ultimate-payer") == ["OLD EXAMPLE SHIPPING"]
    assert values(shown, Means.NAME, "ultimate-payee") == ["ADA EXAMPLE"]


def test_a_bank_of_the_customers_does_not_stand_for_one_of_the_cover() -> None:
    data = golden("202-cov.fin").replace(b":52A:EXAMXAXX", b"", 1)

    assert values(only(data), Means.BIC, "payer") == ["EXAMXAXXXXX"]


def test_second_parties_of_a_role_have_keys_of_their_own() -> None:
    shown = only(message("20:A", "50C:ADAMXAXX", "50L:BO", "59:CY", "21:1", kind="101"))

    assert values(shown, Means.BIC, "other") == ["ADAMXAXX"]
    assert values(shown, Means.NAME, "other-2") == ["BO"]


def test_a_collector_of_debits_is_the_payee() -> None:
    shown = only(message("20:A", "50K:ADA", "59:BO", "52A:SAMPXCXX", kind="104"))

    assert values(shown, Means.NAME, "payee") == ["ADA"]
    assert values(shown, Means.NAME, "payer") == ["BO"]
    assert values(shown, Means.BIC, "payee-bank") == ["SAMPXCXX"]


def test_a_party_without_numbers_is_a_name_and_an_address_in_any_option() -> None:
    shown = only(message("20:R", "32A:261130EUR1,", "59:BO", "50F:/7\nADA EXAMPLE\n1 ROAD"))

    assert told(shown, "4:50F")[:3] == [
        ("7", "account", "payer"),
        ("ADA EXAMPLE", "name", "payer"),
        ("1 ROAD", "address", "payer"),
    ]
