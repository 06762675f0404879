import pytest

from article41.model.entities import NameKind, Schema
from article41.model.identifiers import IdentifierKind
from article41.sources.official.ofac.remark_facts import Facts
from article41.sources.official.ofac.remarks import read_remarks


def of_person(text: str) -> Facts:
    return read_remarks(text, schema=Schema.PERSON)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("DOB 1962", "1962"),
        ("DOB Sep 1962", "1962-09"),
        ("alt. DOB 05 Sep 1962", "1962-09-05"),
        ("DOB circa 1962", "circa 1962"),
        ("DOB circa 1979-1982", "circa 1979 to 1982"),
        ("DOB 1962 to 1964", "1962 to 1964"),
        ("DOB 01 Jan 1953 to 31 Dec 1954", "1953-01-01 to 1954-12-31"),
        ("Alt. DOB: 1962", "1962"),
    ],
)
def test_a_date_of_birth_is_read_in_each_of_its_forms(text: str, date: str) -> None:
    facts = of_person(f"{text}; Gender Male.")

    assert [str(stated) for stated in facts.birth_dates] == [date]
    assert facts.genders == ["Male"]
    assert facts.unparsed == []


@pytest.mark.parametrize(
    "text",
    ["DOB 31 Feb 1962", "DOB 01 Jan 0001", "DOB 1964 to 1962", "DOB unknown", "DOB 12 Foo 1962"],
)
def test_a_date_that_no_calendar_has_stays_text(text: str) -> None:
    facts = of_person(f"{text}; POB Exampleville, Examplia.")

    assert facts.birth_dates == []
    assert facts.unparsed == [text]
    assert facts.birth_places == ["Exampleville, Examplia"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passport X01 (Examplia)", ("passportNumber", "X01", "Examplia", "", "", "")),
        (
            "alt. Passport X 01 (Examplia) issued 01 Jan 2001 expires Jan 2011",
            ("passportNumber", "X 01", "Examplia", "01 Jan 2001", "Jan 2011", ""),
        ),
        ("Passport Booklet: X01 (Examplia)", ("passportNumber", "X01", "Examplia", "", "", "")),
        (
            "Passport 41 issued under the name Bea Example",
            ("passportNumber", "41", "", "", "", "issued under the name Bea Example"),
        ),
        (
            "Tax ID No. 77 (Congo, Democratic Republic of the)",
            ("taxNumber", "77", "Congo, Democratic Republic of the", "", "", ""),
        ),
        (
            "Registration Number HRA 7 (Exampleville) (Examplia)",
            ("registrationNumber", "HRA 7", "Examplia", "", "", "Exampleville"),
        ),
        ("National ID No. JMB 0105", ("idNumber", "JMB 0105", "", "", "", "")),
        ("SWIFT/BIC EXAM XA XX", ("swiftBic", "EXAM XA XX", "", "", "", "")),
        ("MMSI 572469210", ("mmsi", "572469210", "", "", "", "")),
        ("D-U-N-S Number 52-024-2307", ("dunsCode", "52-024-2307", "", "", "", "")),
        ("Kenyan Example Card No. 25142", ("other", "25142", "", "", "", "")),
    ],
)
def test_a_document_number_is_read_with_its_country_and_dates(
    text: str, expected: tuple[str, ...]
) -> None:
    facts = of_person(text)

    (found,) = facts.identifiers
    assert expected == (
        found.kind.value,
        found.value,
        found.country,
        found.issued_on,
        found.expires_on,
        found.note,
    )
    assert facts.unparsed == []


@pytest.mark.parametrize(
    "text", ["Passport issued in Exampleville, Examplia", "NIT # Provisional (Examplia)"]
)
def test_a_label_without_a_number_stays_text(text: str) -> None:
    assert of_person(text).unparsed == [text]


def test_an_imo_number_whose_check_digit_fails_is_kept_and_says_so() -> None:
    remark = "Vessel Registration Identification IMO 9074729; Vessel Registration Identification"

    right, wrong = read_remarks(f"{remark} IMO 9074728.", schema=Schema.VESSEL).identifiers

    assert (right.kind, right.value, right.note) == (IdentifierKind.IMO, "9074729", "")
    assert (wrong.kind, wrong.value) == (IdentifierKind.IMO, "9074728")
    assert wrong.note == "form or check digit does not hold"


def test_a_company_number_of_the_imo_is_no_ship_number() -> None:
    (found,) = read_remarks(
        "Identification Number IMO 5342883.", schema=Schema.ORGANIZATION
    ).identifiers

    assert found.kind is IdentifierKind.NATIONAL_ID
    assert found.value == "IMO 5342883"


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("a.k.a. 'ABU EXAMPLE'", "ABU EXAMPLE", NameKind.WEAK_ALIAS),
        ("a.k.a. 'E.X.'.", "E.X.", NameKind.WEAK_ALIAS),
        ("a.k.a. ''EXAMPLE''", "EXAMPLE", NameKind.WEAK_ALIAS),
        ("a.k.a. ''ABD EXAMPLE'", "'ABD EXAMPLE", NameKind.WEAK_ALIAS),
        ("a.k.a. 'QA'QA'", "QA'QA", NameKind.WEAK_ALIAS),
        ("f.k.a. '7TH EXAMPLE'", "7TH EXAMPLE", NameKind.FORMER),
    ],
)
def test_a_weak_alias_loses_its_quotes_and_no_letter(text: str, value: str, kind: NameKind) -> None:
    (name,) = of_person(text).names

    assert (name.value, name.kind) == (value, kind)


def test_a_wallet_carries_its_currency() -> None:
    (found,) = of_person("alt. Digital Currency Address - XBT 1Example7.").identifiers

    assert (found.kind, found.value, found.label) == (IdentifierKind.WALLET, "1Example7", "XBT")


def test_the_last_piece_of_a_cut_remark_is_never_taken_for_data() -> None:
    facts = read_remarks(
        "Digital Currency Address - XBT 1Whole7; alt. Digital Currency Address - XBT 1Cu",
        schema=Schema.PERSON,
        is_cut=True,
    )

    assert [found.value for found in facts.identifiers] == ["1Whole7"]
    assert facts.unparsed == ["alt. Digital Currency Address - XBT 1Cu"]


def test_a_persons_office_is_a_title_and_a_companys_is_not() -> None:
    text = "Deputy Minister of Examples"

    assert of_person(f"{text}.").titles == [text]
    assert read_remarks(f"{text}.", schema=Schema.ORGANIZATION).unparsed == [text]


def test_a_sentence_about_a_person_is_no_office() -> None:
    text = "Member of Example Group, is wanted by the Government of Examplia"

    assert of_person(text).unparsed == [text]


def test_the_full_stop_of_the_remark_is_not_part_of_a_name_but_that_of_an_abbreviation_is() -> None:
    assert of_person("Linked To: EXAMPLE GROUP.").links == ["EXAMPLE GROUP"]
    assert of_person("Linked To: EXAMPLE, S.A. DE C.V.").links == ["EXAMPLE, S.A. DE C.V."]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (
            "Secondary sanctions risk: Example Regulations, section 1(b)",
            "secondarySanctionsRisk", "Example Regulations, section 1(b)",
        ),
        (
            "Additional Sanctions Information - Subject to Secondary Sanctions",
            "additionalSanctions", "Subject to Secondary Sanctions",
        ),
        (
            "alt. Executive Order 13662 Directive Determination - Subject to Directive 4",
            "sanctionsDetermination",
            "Executive Order 13662 Directive Determination - Subject to Directive 4",
        ),
        ("Organization Established Date 18 Mar 1997", "incorporationDate", "18 Mar 1997"),
        ("Organization Type: Activities of examples", "organizationType", "Activities of examples"),
        ("alt. Target Type Financial Institution", "targetType", "Financial Institution"),
        ("Former Vessel Flag Examplia", "pastFlags", "Examplia"),
        ("Vessel Year of Build 1999", "buildDate", "1999"),
        ("Aircraft Operator Example Air", "operator", "Example Air"),
        ("wife of Bea Example", "familyMember", "wife of Bea Example"),
        ("all offices worldwide", "scope", "all offices worldwide"),
        ("Listing Date (CMIC) 03 Jun 2021", "directiveListingDate", "(CMIC) 03 Jun 2021"),
    ],
)  # fmt: skip
def test_what_has_no_field_becomes_a_named_property(text: str, name: str, value: str) -> None:
    assert of_person(f"{text}; Gender Male.").properties == [(name, value)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Website www.example.test", IdentifierKind.WEBSITE, "www.example.test"),
        ("http://www.example.test (website)", IdentifierKind.WEBSITE, "http://www.example.test"),
        ("alt. Email Address ada@example.test", IdentifierKind.EMAIL, "ada@example.test"),
        ("Email:ada@example.test", IdentifierKind.EMAIL, "ada@example.test"),
        ("Telephone (98)(21)(66153220)", IdentifierKind.PHONE, "(98)(21)(66153220)"),
        ("PHONE 850 2 18111 ext. 8221", IdentifierKind.PHONE, "850 2 18111 ext. 8221"),
    ],
)
def test_a_contact_is_kept_whole(text: str, kind: IdentifierKind, value: str) -> None:
    (found,) = of_person(f"{text}; Gender Male.").identifiers

    assert (found.kind, found.value) == (kind, value)
