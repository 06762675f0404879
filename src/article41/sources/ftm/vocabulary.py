"""FollowTheMoney's words and ours: schemas, numbers, links, and which schema has which property."""

from article41.model.entities import NameKind, Schema
from article41.model.identifiers import IdentifierKind

SCHEMAS = {schema.value: schema for schema in Schema if schema is not Schema.THING}
"""The schemas with a counterpart; what else can be listed is a thing, its own word kept."""
OTHER_SCHEMAS = frozenset({
    "Asset", "BankAccount", "CallForTenders", "Contract", "CourtCase", "Event", "License",
    "Position", "Project", "RealEstate", "Security", "Territory", "Thing", "Trip", "UserAccount",
})  # fmt: skip
"""The other schemas of what can be named and listed."""
NAMES = {
    "name": NameKind.PRIMARY,
    "alias": NameKind.STRONG_ALIAS,
    "weakAlias": NameKind.WEAK_ALIAS,
    "previousName": NameKind.FORMER,
}
"""The properties that hold names."""
LINKS = {
    "Associate": ("person", "associate"),
    "Control": ("controller", "controlled"),
    "Debt": ("debtor", "creditor"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Membership": ("member", "organization"),
    "Occupancy": ("holder", "post"),
    "Ownership": ("owner", "asset"),
    "Payment": ("payer", "beneficiary"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}
"""The schemas that link two entities, with the properties that name the ends."""
REFERENCES = frozenset({
    "bank", "holder", "issuer", "operator", "organization", "owner", "parent", "riskSource",
})  # fmt: skip
"""The properties of a target that name another entity by its id, but for addresses."""
IDENTIFIERS = {
    "passportNumber": IdentifierKind.PASSPORT,
    "idNumber": IdentifierKind.NATIONAL_ID,
    "socialSecurityNumber": IdentifierKind.NATIONAL_ID,
    "taxNumber": IdentifierKind.TAX,
    "innCode": IdentifierKind.TAX,
    "vatCode": IdentifierKind.TAX,
    "registrationNumber": IdentifierKind.REGISTRATION,
    "ogrnCode": IdentifierKind.REGISTRATION,
    "imoNumber": IdentifierKind.IMO,
    "mmsi": IdentifierKind.MMSI,
    "callSign": IdentifierKind.CALL_SIGN,
    "swiftBic": IdentifierKind.BIC,
    "leiCode": IdentifierKind.LEI,
    "dunsCode": IdentifierKind.DUNS,
    "publicKey": IdentifierKind.WALLET,
    "cryptoAddress": IdentifierKind.WALLET,
    "serialNumber": IdentifierKind.AIRCRAFT_SERIAL,
    "phone": IdentifierKind.PHONE,
    "email": IdentifierKind.EMAIL,
    "website": IdentifierKind.WEBSITE,
} | dict.fromkeys(
    (
        "accountId", "accountNumber", "bikCode", "brightQueryId", "brightQueryOrgId", "bvdId",
        "cageCode", "caemCode", "cikCode", "coatoCode", "crsNumber", "figiCode", "fnsCode",
        "fssCode", "giiNumber", "iban", "icaoCode", "icijId", "ipoCode", "irsCode", "isin",
        "isinCode", "jibCode", "kppCode", "licenseNumber", "mbsCode", "npiCode", "okpoCode",
        "permId", "pfrNumber", "ricCode", "sayariId", "ticker", "uniqueEntityId", "uscCode",
        "voenCode", "wikidataId",
    ),
    IdentifierKind.OTHER,
)  # fmt: skip
"""The properties that hold numbers and contacts."""
TITLES = ("title", "position")
"""The properties of a person that hold titles and positions."""

_THING = frozenset({
    "address", "alias", "country", "createdAt", "description", "keywords", "modifiedAt", "name",
    "notes", "previousName", "program", "publisher", "publisherUrl", "retrievedAt", "sourceUrl",
    "summary", "topics", "weakAlias", "wikidataId", "wikipediaUrl",
})  # fmt: skip
_LEGAL_ENTITY = _THING | {
    "abbreviation", "brightQueryId", "bvdId", "classification", "dissolutionDate", "dunsCode",
    "email", "icijId", "idNumber", "incorporationDate", "innCode", "jurisdiction", "legalForm",
    "leiCode", "licenseNumber", "mainCountry", "npiCode", "ogrnCode", "okpoCode", "okvedCode",
    "opencorporatesUrl", "phone", "registrationNumber", "sayariId", "sector", "status",
    "swiftBic", "taxNumber", "taxStatus", "uniqueEntityId", "uscCode", "vatCode", "website",
}  # fmt: skip
_ORGANIZATION = _LEGAL_ENTITY | {"cageCode", "giiNumber", "imoNumber", "permId"}
_VEHICLE = _THING | {
    "buildDate", "deregistrationDate", "model", "registrationDate", "registrationNumber", "type",
}  # fmt: skip
PROPERTIES = {
    Schema.THING: _THING,
    Schema.LEGAL_ENTITY: _LEGAL_ENTITY,
    Schema.ORGANIZATION: _ORGANIZATION,
    Schema.PUBLIC_BODY: _ORGANIZATION,
    Schema.PERSON: _LEGAL_ENTITY | {
        "appearance", "biography", "birthCountry", "birthDate", "birthPlace", "citizenship",
        "deathDate", "education", "ethnicity", "eyeColor", "fatherName", "firstName", "gender",
        "hairColor", "height", "lastName", "middleName", "motherName", "nameSuffix",
        "nationality", "passportNumber", "political", "position", "profession", "religion",
        "socialSecurityNumber", "spokenLanguage", "title", "weight",
    },
    Schema.COMPANY: _ORGANIZATION | {
        "bikCode", "caemCode", "capital", "cikCode", "coatoCode", "fnsCode", "fssCode", "ipoCode",
        "irsCode", "jibCode", "kppCode", "mbsCode", "okopfCode", "oksmCode", "pfrNumber",
        "ricCode", "ticker", "voenCode",
    },
    Schema.VEHICLE: _VEHICLE,
    Schema.VESSEL: _VEHICLE | {
        "callSign", "crsNumber", "deadweightTonnage", "flag", "grossRegisteredTonnage",
        "imoNumber", "mmsi", "nameChangeDate", "navigationArea", "pastFlags", "pastTypes",
        "registrationPort", "tonnage",
    },
    Schema.AIRPLANE: _VEHICLE | {"icaoCode", "manufacturer", "serialNumber"},
    Schema.CRYPTO_WALLET: _THING | {
        "accountId", "balance", "balanceDate", "blockchain", "creationDate", "cryptoAddress",
        "currencySymbol", "custodyType", "managingExchange", "publicKey",
    },
}  # fmt: skip
"""Which properties of text, date or number a schema has, for those that we write."""
OTHER_PROPERTIES = {
    "BankAccount": _THING | {"accountNumber", "accountType", "bankName", "iban"},
    "Security": _THING | {
        "classification", "figiCode", "isin", "issueDate", "maturityDate", "registrationNumber",
        "ticker", "type",
    },
}  # fmt: skip
"""The same for schemas of things that are written under their own word."""
