"""The labels that open a piece of OFAC's remarks, and what stands behind each.

Only labels seen in published files; a label that is not here is looked at by `remarks`.
"""

from article41.model.entities import NameKind
from article41.model.identifiers import Identifier, IdentifierKind
from article41.sources.official.ofac.remark_facts import (
    Facts,
    Rule,
    alias,
    as_property,
    birth_date,
    contact,
    number,
    ship_number,
    wallet,
    words_in,
)


def rule_of(text: str) -> tuple[Rule, int] | None:
    """The rule for the longest label that opens a text, and the label's length.

    Example:
        >>> rule_of("Tax ID No. 7 (Examplia)")[1]
        10
        >>> rule_of("Faxian Example") is None
        True
    """
    folded = text.lower()
    for label, rule in _BY_FIRST_WORD.get(_first_word(folded), ()):
        end = len(label)
        ends_a_word = end == len(folded) or not folded[end - 1 : end + 1].isalnum()
        if folded.startswith(label) and ends_a_word:
            return rule, end
    return None


def read_labelled(facts: Facts, label: str, text: str) -> bool:
    """Put the text under a label in its place; false if no rule knows it or there is no text.

    Example:
        >>> facts = Facts()
        >>> read_labelled(facts, "POB", "Exampleville"), facts.birth_places
        (True, ['Exampleville'])
    """
    piece = f"{label} {text}".strip()
    found = rule_of(piece)
    if found is None or not text:
        return False
    rule, end = found
    return rule(facts, piece[:end], piece[end:].lstrip(" :"))


def read_document(
    facts: Facts, *, label: str, value: str, country: str, issued: str, expires: str
) -> bool:
    """Put a document given in parts in its place, as if a remark had printed it.

    Returns:
        False if it has no number and no rule knows its label: it stays text.

    Example:
        >>> facts = Facts()
        >>> read_document(facts, label="Club Card", value="X7", country="Examplia", issued="",
        ...               expires="")
        True
        >>> facts.identifiers[0].kind
        <IdentifierKind.OTHER: 'other'>
    """
    parts = (
        value,
        f"({country})" if country else "",
        f"issued {issued}" if issued else "",
        f"expires {expires}" if expires else "",
    )
    text = " ".join(filter(None, parts))
    if read_labelled(facts, label, text) or not (label or text):
        return True
    if value:
        facts.identifiers.append(
            Identifier(
                kind=IdentifierKind.OTHER,
                value=value,
                label=label,
                country=country,
                issued_on=issued,
                expires_on=expires,
            )
        )
    else:
        facts.unparsed.append(f"{label} {text}".strip())
    return bool(value)


def _first_word(folded: str) -> str:
    return folded.split(" ", 1)[0].split(":", 1)[0]


_NUMBERS = {
    IdentifierKind.PASSPORT: (
        "Passport",
        "Passport No.",
        "Passport Booklet",
        "Diplomatic Passport",
        "British National Overseas Passport",
        "Stateless Person Passport",
        "Travel Document Number",
    ),
    IdentifierKind.NATIONAL_ID: (
        "National ID No.",
        "National ID No. NIC",
        "National ID No. CNIC",
        "National Foreign ID Number",
        "National Foreign ID Number RNE",
        "Identification Number",
        "Cedula No.",
        "C.U.R.P.",
        "C.U.R.P. #",
        "C.U.I.",
        "C.U.I.P.",
        "D.N.I.",
        "I.F.E.",
        "N.I.E.",
        "SSN",
        "LE Number",
        "CNP (Personal Numerical Code)",
        "Personal ID Card",
        "Federal ID Card",
        "Refugee ID Card",
        "Stateless Person ID Card",
        "Tazkira National ID Card",
        "Citizen's Card Number",
        "Residency Number",
        "Numero de Identidad",
        "Turkish Identification Number",
        "Turkish Identificiation Number",
        "UAE Identification",
        "Kenyan ID No.",
        "Bosnian Personal ID No.",
        "Moroccan Personal ID No.",
        "Credencial electoral",
        "Electoral Registry No.",
    ),
    IdentifierKind.TAX: (
        "Tax ID No.",
        "NIT #",
        "R.F.C.",
        "R.F.C. #",
        "RFC",
        "RTN",
        "RUC #",
        "RUT #",
        "RIF #",
        "C.I.F.",
        "C.U.I.T.",
        "N.I.F.",
        "V.A.T. Number",
        "US FEIN",
        "Fiscal Code",
        "Italian Fiscal Code",
        "Romanian Tax Registration",
        "Paraguayan tax identification number",
        "Numero Unico de Identificacao Tributaria (NUIT)",
    ),
    IdentifierKind.REGISTRATION: (
        "Registration Number",
        "Registration ID",
        "Registration Certificate Number (Dubai)",
        "Business Registration Number",
        "Business Registration Document #",
        "Business Registration Document # CUD",
        "Business Number",
        "Commercial Registry Number",
        "Company Number",
        "UK Company Number",
        "Company ID: No.",
        "C.R. No.",
        "Romanian C.R.",
        "C.I.N.",
        "RSIN",
        "Folio Mercantil No.",
        "Matricula Mercantil No",
        "Public Registration Number",
        "Central Registration System Number",
        "Economic Register Number (CBLS)",
        "Unified Social Credit Code (USCC)",
        "United Social Credit Code Certificate (USCCC)",
        "Chamber of Commerce Number",
        "Istanbul Chamber of Comm. No.",
        "Dubai Chamber of Commerce Membership No.",
        "Certificate of Incorporation Number",
        "Registered Charity No.",
        "Enterprise Number",
        "Branch Unit Number",
        "Organization Code",
        "File Number",
        "MSB Registration Number",
        "Afghan Money Service Provider License Number",
        "Trade License No.",
        "Tourism License No.",
        "License",
        "Permit Number",
        "SRE Permit No.",
    ),
    IdentifierKind.DUNS: ("D-U-N-S Number",),
    IdentifierKind.LEI: ("Legal Entity Number",),
    IdentifierKind.MMSI: ("MMSI",),
    IdentifierKind.CALL_SIGN: ("Other Vessel Call Sign",),
    IdentifierKind.AIRCRAFT_SERIAL: (
        "Aircraft Manufacturer's Serial Number (MSN)",
        "Aircraft Construction Number (also called L/N or S/N or F/N)",
        "Aircraft Serial Identification",
    ),
    IdentifierKind.OTHER: (
        "ISIN",
        "BIK (RU)",
        "Government Gazette Number",
        "Chinese Commercial Code",
        "Driver's License No.",
        "Pilot License Number",
        "Birth Certificate Number",
        "Military Registration Number",
        "Cartilla de Servicio Militar Nacional",
        "Seafarer's Identification Document",
        "Immigration No.",
        "Public Security and Immigration No.",
        "Tarjeta Profesional",
        "Trademark number",
        "VisaNumberID",
        "Serial No.",
        "Aircraft Mode S Transponder Code",
        "Romanian Permanent Resident CAN",
        "Russian State Individual Business Registration Number Pattern (OGRNIP)",
        "Telex",
    ),
}

_CODES = {
    IdentifierKind.BIC: ("SWIFT/BIC",),
    IdentifierKind.AIRCRAFT_TAIL: ("Aircraft Tail Number", "Previous Aircraft Tail Number"),
    IdentifierKind.OTHER: ("Equity Ticker", "MICEX Code", "UN/LOCODE", "BIC Container Code"),
}
"""Numbers that may be letters only."""

_CONTACTS = {
    IdentifierKind.PHONE: (
        "Phone",
        "Phone No.",
        "Phone Number",
        "Telephone",
        "Telephone No.",
        "Telephone Number",
        "Fax",
        "Fax No.",
    ),
    IdentifierKind.EMAIL: ("Email", "Email Address"),
    IdentifierKind.WEBSITE: ("Website",),
}

_PROPERTIES = {
    "additionalSanctions": ("Additional Sanctions Information -",),
    "aircraftModel": ("Aircraft Model",),
    "buildDate": ("Aircraft Manufacture Date", "Vessel Year of Build"),
    "directiveEffectiveDate": ("Effective Date",),
    "directiveListingDate": ("Listing Date",),
    "divestmentDate": ("Purchase/Sales For Divestment Date",),
    "ethnicity": ("ethnicity", "Tribe"),
    "formerCitizenship": ("Former Citizenship Country",),
    "incorporationDate": ("Organization Established Date",),
    "issuerName": ("Issuer Name",),
    "jurisdiction": ("Nationality of Registration", "Registration Country"),
    "operator": ("Aircraft Operator",),
    "organizationType": ("Organization Type",),
    "pastFlags": ("Former Vessel Flag",),
    "secondarySanctionsRisk": ("Secondary sanctions risk",),
    "targetType": ("Target Type",),
    "transactionsProhibited": (
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions",
    ),
    "type": ("Other Vessel Type",),
}

_SENTENCES = {
    "blocking": ("U.S. Persons Must Continue to Block",),
    "custody": (
        "arrested",
        "currently incarcerated",
        "currently in jail",
        "currently in remand",
        "In custody",
    ),
    "familyMember": (
        "Spouse of",
        "wife of",
        "son of",
        "daughter of",
        "daughter-in-law of",
        "brother of",
        "half-brother of",
        "nephew of",
        "sister of",
        "sister-in-law of",
        "Child of",
    ),
    "furtherInformation": ("For more information",),
    "indictment": ("ICTY indictee",),
    "sanctionsDetermination": (
        "CAATSA Section",
        "Executive Order",
        "IFCA Determination",
        "PEESA Information",
    ),
    "scope": (
        "all offices worldwide",
        "all locations in",
        "All branches",
        "and all other",
        "Only locations in",
    ),
    "transactionsProhibited": ("United States financial institutions are prohibited",),
}
"""Sentences of which the label is a part."""

_OTHERS: dict[str, Rule] = {
    "a.k.a.": alias(NameKind.WEAK_ALIAS),
    "d.b.a.": alias(NameKind.WEAK_ALIAS, note="d.b.a."),
    "f.k.a.": alias(NameKind.FORMER, note="weak"),
    "n.k.a.": alias(NameKind.WEAK_ALIAS, note="n.k.a."),
    "DOB": birth_date,
    "POB": words_in(lambda facts: facts.birth_places),
    "nationality": words_in(lambda facts: facts.nationalities),
    "citizen": words_in(lambda facts: facts.nationalities),
    "Gender": words_in(lambda facts: facts.genders),
    "Linked To": words_in(lambda facts: facts.links),
    "Other Vessel Flag": words_in(lambda facts: facts.flags),
    "Position": words_in(lambda facts: facts.titles),
    "Rank": words_in(lambda facts: facts.titles),
    "Alternate Title": words_in(lambda facts: facts.titles),
    "Alternate Title,": words_in(lambda facts: facts.titles),
    "Digital Currency Address": wallet,
    "Vessel Registration Identification": ship_number,
}


def _all_rules() -> dict[str, Rule]:
    rules = dict(_OTHERS)
    for kind, labels in _NUMBERS.items():
        rules |= dict.fromkeys(labels, number(kind))
    for kind, labels in _CODES.items():
        rules |= dict.fromkeys(labels, number(kind, has_digit=False))
    for kind, labels in _CONTACTS.items():
        rules |= dict.fromkeys(labels, contact(kind))
    for name, labels in _PROPERTIES.items():
        rules |= dict.fromkeys(labels, as_property(name))
    for name, labels in _SENTENCES.items():
        rules |= dict.fromkeys(labels, as_property(name, keep_label=True))
    return rules


def _by_first_word() -> dict[str, list[tuple[str, Rule]]]:
    table: dict[str, list[tuple[str, Rule]]] = {}
    for label, rule in sorted(_all_rules().items(), key=lambda item: -len(item[0])):
        folded = label.lower()
        table.setdefault(_first_word(folded), []).append((folded, rule))
    return table


_BY_FIRST_WORD = _by_first_word()
