"""Countries by their codes, and by the names under which people, lists and documents write them.

A table of words; it says nothing of what is a State.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

_TABLE = """
AD AND Andorra
AE ARE United Arab Emirates|UAE|Emirates|Emirati
AF AFG Afghanistan|Afghan
AG ATG Antigua and Barbuda
AI AIA Anguilla
AL ALB Albania|Albanian
AM ARM Armenia|Armenian
AO AGO Angola|Angolan
AQ ATA Antarctica
AR ARG Argentina|Argentine|Argentinian
AS ASM American Samoa
AT AUT Austria|Austrian
AU AUS Australia|Australian
AW ABW Aruba
AX ALA Åland Islands|Aland
AZ AZE Azerbaijan|Azerbaijani
BA BIH Bosnia and Herzegovina|Bosnia|Bosnia-Hercegovina|Bosnian
BB BRB Barbados
BD BGD Bangladesh|Bangladeshi
BE BEL Belgium|Belgian
BF BFA Burkina Faso
BG BGR Bulgaria|Bulgarian
BH BHR Bahrain|Bahraini
BI BDI Burundi|Burundian
BJ BEN Benin
BL BLM Saint Barthélemy|St Barts
BM BMU Bermuda
BN BRN Brunei Darussalam|Brunei
BO BOL Bolivia|Plurinational State of Bolivia|Bolivia (Plurinational State of)|Bolivian
BQ BES Bonaire, Sint Eustatius and Saba|Caribbean Netherlands
BR BRA Brazil|Brazilian
BS BHS Bahamas
BT BTN Bhutan
BV BVT Bouvet Island
BW BWA Botswana
BY BLR Belarus|Byelorussia|Republic of Belarus|Belarusian|Belarussian
BZ BLZ Belize
CA CAN Canada|Canadian
CC CCK Cocos (Keeling) Islands|Cocos Islands|Keeling Islands
CD COD Democratic Republic of the Congo|DR Congo|DRC|Congo-Kinshasa|Congo (DRC)
CD COD Congo, Democratic Republic of the|Congolese (DRC)
CF CAF Central African Republic|CAR|Central African
CG COG Congo|Republic of the Congo|Congo-Brazzaville|Congo, Republic of the
CH CHE Switzerland|Swiss Confederation|Swiss
CI CIV Côte d'Ivoire|Ivory Coast|Ivorian
CK COK Cook Islands
CL CHL Chile|Chilean
CM CMR Cameroon|Cameroonian
CN CHN China|People's Republic of China|PRC|Mainland China|Chinese
CO COL Colombia|Colombian
CR CRI Costa Rica|Costa Rican
CU CUB Cuba|Cuban
CV CPV Cabo Verde|Cape Verde|Cabo Verde. Previously Cape Verde.
CW CUW Curaçao
CX CXR Christmas Island
CY CYP Cyprus|Cypriot
CZ CZE Czechia|Czech Republic|Czech
DE DEU Germany|Federal Republic of Germany|German
DJ DJI Djibouti
DK DNK Denmark|Danish
DM DMA Dominica
DO DOM Dominican Republic
DZ DZA Algeria|Algerian
EC ECU Ecuador|Ecuadorian
EE EST Estonia|Estonian
EG EGY Egypt|Egyptian
EH ESH Western Sahara
ER ERI Eritrea|Eritrean
ES ESP Spain|Spanish
ET ETH Ethiopia|Ethiopian
FI FIN Finland|Finnish
FJ FJI Fiji
FK FLK Falkland Islands|Malvinas|Falkland Islands (Malvinas)
FM FSM Micronesia|Federated States of Micronesia|Micronesia, Federated States of
FO FRO Faroe Islands|Faeroe Islands
FR FRA France|French
GA GAB Gabon|Gabonese
GB GBR United Kingdom|UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland
GB GBR United Kingdom of Great Britain and Northern Ireland|British
GD GRD Grenada
GE GEO Georgia|Georgian
GF GUF French Guiana
GG GGY Guernsey
GH GHA Ghana|Ghanaian
GI GIB Gibraltar
GL GRL Greenland
GM GMB Gambia|Gambian
GN GIN Guinea|Guinea-Conakry|Guinean
GP GLP Guadeloupe
GQ GNQ Equatorial Guinea
GR GRC Greece|EL|Hellenic Republic|Greek
GS SGS South Georgia and the South Sandwich Islands
GT GTM Guatemala|Guatemalan
GU GUM Guam
GW GNB Guinea-Bissau
GY GUY Guyana
HK HKG Hong Kong|Hong Kong SAR|Hongkong|China, Hong Kong Special Administrative Region
HM HMD Heard Island and McDonald Islands
HN HND Honduras|Honduran
HR HRV Croatia|Croatian
HT HTI Haiti|Haitian
HU HUN Hungary|Hungarian
ID IDN Indonesia|Indonesian
IE IRL Ireland|Republic of Ireland|Eire|Irish
IL ISR Israel|Israeli
IM IMN Isle of Man|Man, Isle of
IN IND India|Indian
IO IOT British Indian Ocean Territory
IQ IRQ Iraq|Iraqi
IR IRN Iran|Islamic Republic of Iran|Iran (Islamic Republic of)|Persia|Iranian
IS ISL Iceland|Icelandic
IT ITA Italy|Italian
JE JEY Jersey
JM JAM Jamaica|Jamaican
JO JOR Jordan|Jordanian
JP JPN Japan|Japanese
KE KEN Kenya|Kenyan
KG KGZ Kyrgyzstan|Kyrgyz Republic|Kyrgyz
KH KHM Cambodia|Kampuchea|Cambodian
KI KIR Kiribati
KM COM Comoros|Comorian
KN KNA Saint Kitts and Nevis
KP PRK North Korea|DPRK|Democratic People's Republic of Korea|Korea, North
KP PRK Korea (Democratic People's Republic of)|RPDC|North Korean
KR KOR South Korea|Republic of Korea|Korea, South|Korea (Republic of)|ROK|South Korean
KW KWT Kuwait|Kuwaiti
KY CYM Cayman Islands|Caymans
KZ KAZ Kazakhstan|Kazakh|Kazakhstani
LA LAO Laos|Lao People's Democratic Republic
LB LBN Lebanon|Lebanese
LC LCA Saint Lucia
LI LIE Liechtenstein
LK LKA Sri Lanka|Ceylon|Sri Lankan
LR LBR Liberia|Liberian
LS LSO Lesotho
LT LTU Lithuania|Lithuanian
LU LUX Luxembourg
LV LVA Latvia|Latvian
LY LBY Libya|Libyan Arab Jamahiriya|Libyan
MA MAR Morocco|Moroccan
MC MCO Monaco
MD MDA Moldova|Republic of Moldova|Moldova, Republic of|Moldovan
ME MNE Montenegro|Montenegrin
MF MAF Saint Martin (French part)|Saint Martin
MG MDG Madagascar
MH MHL Marshall Islands
MK MKD North Macedonia|Macedonia|FYROM|FYR Macedonia|Former Yugoslav Republic of Macedonia
MK MKD Macedonian
ML MLI Mali|Malian
MM MMR Myanmar|Burma|Myanmar (Burma)|Burmese
MN MNG Mongolia|Mongolian
MO MAC Macao|Macau
MP MNP Northern Mariana Islands
MQ MTQ Martinique
MR MRT Mauritania|Mauritanian
MS MSR Montserrat
MT MLT Malta|Maltese
MU MUS Mauritius
MV MDV Maldives|Maldivian
MW MWI Malawi
MX MEX Mexico|Mexican
MY MYS Malaysia|Malaysian
MZ MOZ Mozambique|Mozambican
NA NAM Namibia|Namibian
NC NCL New Caledonia
NE NER Niger|Nigerien
NF NFK Norfolk Island
NG NGA Nigeria|Nigerian
NI NIC Nicaragua|Nicaraguan
NL NLD Netherlands|Holland|Kingdom of the Netherlands|Netherlands, Kingdom of the|Dutch
NO NOR Norway|Norwegian
NP NPL Nepal|Nepalese
NR NRU Nauru
NU NIU Niue
NZ NZL New Zealand
OM OMN Oman|Omani
PA PAN Panama|Panamanian
PE PER Peru|Peruvian
PF PYF French Polynesia
PG PNG Papua New Guinea
PH PHL Philippines|Filipino|Philippine
PK PAK Pakistan|Pakistani
PL POL Poland|Polish
PM SPM Saint Pierre and Miquelon
PN PCN Pitcairn|Pitcairn Islands
PR PRI Puerto Rico
PS PSE Palestine|State of Palestine|Palestinian Territories|Palestinian Territory
PS PSE Palestine, State of|Palestinian|West Bank|Gaza
PT PRT Portugal|Portuguese
PW PLW Palau
PY PRY Paraguay|Paraguayan
QA QAT Qatar|Qatari
RE REU Réunion
RO ROU Romania|ROM|Romanian
RS SRB Serbia|Serbian
RU RUS Russian Federation|Russia|Russian
RW RWA Rwanda|Rwandan
SA SAU Saudi Arabia|Kingdom of Saudi Arabia|KSA|Saudi Arabian|Saudi
SB SLB Solomon Islands
SC SYC Seychelles
SD SDN Sudan|Sudanese
SE SWE Sweden|Swedish
SG SGP Singapore|Singaporean
SH SHN Saint Helena, Ascension and Tristan da Cunha|Saint Helena
SI SVN Slovenia|Slovenian
SJ SJM Svalbard and Jan Mayen|Svalbard
SK SVK Slovakia|Slovak Republic|Slovak
SL SLE Sierra Leone|Sierra Leonean
SM SMR San Marino
SN SEN Senegal|Senegalese
SO SOM Somalia|Somali
SR SUR Suriname
SS SSD South Sudan|South Sudanese
ST STP Sao Tome and Principe
SV SLV El Salvador|Salvadoran
SX SXM Sint Maarten (Dutch part)|Sint Maarten
SY SYR Syrian Arab Republic|Syria|Syrian
SZ SWZ Eswatini|Swaziland
TC TCA Turks and Caicos Islands
TD TCD Chad|Chadian
TF ATF French Southern Territories
TG TGO Togo|Togolese
TH THA Thailand|Thai
TJ TJK Tajikistan|Tajik
TK TKL Tokelau
TL TLS Timor-Leste|East Timor
TM TKM Turkmenistan|Turkmen
TN TUN Tunisia|Tunisian
TO TON Tonga
TR TUR Türkiye|Turkey|Turkish
TT TTO Trinidad and Tobago
TV TUV Tuvalu
TW TWN Taiwan|Chinese Taipei|Taiwan, Province of China|Taiwanese
TZ TZA Tanzania|United Republic of Tanzania|Tanzania, United Republic of|Tanzanian
UA UKR Ukraine|Ukrainian
UG UGA Uganda|Ugandan
UM UMI United States Minor Outlying Islands
US USA United States of America|United States|U.S.|U.S.A.|America|American
UY URY Uruguay|Uruguayan
UZ UZB Uzbekistan|Uzbek
VA VAT Holy See|Vatican|Vatican City|Vatican City State
VC VCT Saint Vincent and the Grenadines|Saint Vincent
VE VEN Venezuela|Bolivarian Republic of Venezuela|Venezuela (Bolivarian Republic of)|Venezuelan
VG VGB British Virgin Islands|BVI|Virgin Islands (British)
VI VIR United States Virgin Islands|US Virgin Islands|Virgin Islands (U.S.)
VN VNM Viet Nam|Vietnam|Socialist Republic of Vietnam|Vietnamese
VU VUT Vanuatu
WF WLF Wallis and Futuna
WS WSM Samoa|Western Samoa
YE YEM Yemen|Republic of Yemen|Yemeni
YT MYT Mayotte
ZA ZAF South Africa|South African
ZM ZMB Zambia|Zambian
ZW ZWE Zimbabwe|Zimbabwean
"""
_KOSOVO = "XK XKX Kosovo|Kosovan"
_PAST = """
AN ANT Netherlands Antilles
CS SCG Serbia and Montenegro
DD DDR German Democratic Republic|East Germany
SU SUN Soviet Union|USSR|Union of Soviet Socialist Republics
YU YUG Yugoslavia
"""
_RESERVED = [f"X{letter}" for letter in "ABCDEFGHIJLMNOPQRSTUVWXYZ"]
_SAID_BESIDE = ("the", "and", "passport", "national", "nationality")
SUGGESTION_LIKENESS_MIN = 0.6
"""Least likeness of a name that is offered for one that is not known, from 0 to 1."""


def _lines(table: str) -> Iterator[tuple[str, str, list[str]]]:
    for line in table.strip().splitlines():
        code, alpha_3, names = line.split(" ", 2)
        yield code, alpha_3, names.split("|")


def _fold(text: str) -> str:
    """Words without accents, case, article and what documents print beside a country."""
    if text.isascii():
        kept = text.lower()
    else:
        bare = unicodedata.normalize("NFKD", text)
        kept = "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
    words = re.sub(r"[\W_]+", " ", re.sub("[.'’]", "", kept)).split()
    joined = ["saint" if word == "st" else word for word in words if word not in _SAID_BESIDE]
    return " ".join(joined)


_ALL = [*_lines(_TABLE), *_lines(_KOSOVO), *_lines(_PAST)]
_FIRST = {code: names[0] for code, _, names in reversed(_ALL)}
ALPHA_2_BY_ALPHA_3: Mapping[str, str] = MappingProxyType({row[1]: row[0] for row in _ALL})
"""ISO 3166-1; `XKX`, in common use for Kosovo, and codes of the past are among them."""
ALPHA_3_BY_ALPHA_2: Mapping[str, str] = MappingProxyType({row[0]: row[1] for row in _ALL})
"""The same, the other way round."""
ISO_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {code: _FIRST[code] for code, _, _ in _lines(_TABLE)}
)
"""The 249 codes of ISO 3166-1 with a short name in English."""
PAST_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {code: _FIRST[code] for code, _, _ in _lines(_PAST)}
)
"""Codes that ISO 3166-1 has withdrawn and that acts and papers of the past still name."""
COUNTRIES: Mapping[str, str] = MappingProxyType(
    {**ISO_COUNTRIES, **PAST_COUNTRIES, "XK": _FIRST["XK"]}
    | {code: f"Example {code}" for code in _RESERVED}
)
"""Every code that an act may name: ISO, past, `XK`, and `XA` to `XZ` for examples."""
_WRITTEN = {_fold(name): (name, code) for code, name in COUNTRIES.items()} | {
    _fold(name): (name, code) for code, _, names in _ALL for name in names
}


@lru_cache(maxsize=4096)
def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country as printed; empty if nobody can tell.

    A code of two letters that the standard leaves to its users (`XA`) stands for itself.

    Example:
        >>> country_code("Iran (Islamic Republic of)"), country_code("TUR"), country_code("Cali")
        ('IR', 'TR', '')
    """
    if text in COUNTRIES:
        return text
    folded = _fold(text)
    if folded in _WRITTEN:
        return _WRITTEN[folded][1]
    for code in (text.strip().upper(), folded.upper()):
        if code in COUNTRIES or code in ALPHA_2_BY_ALPHA_3:
            return code if code in COUNTRIES else ALPHA_2_BY_ALPHA_3[code]
    return ""


def country(text: str) -> str:
    """The two-letter code of a country, however it is written: code, alpha-3 or English name.

    Case, accents, punctuation and the article do not matter. `UK` is `GB` and `EL` is `GR`.

    Raises:
        ValueError: It is none; the message offers the nearest one.

    Example:
        >>> country("sy"), country("SYR"), country("Syria"), country("The Syrian Arab Republic")
        ('SY', 'SY', 'SY', 'SY')
        >>> country("Syrai")
        Traceback (most recent call last):
        ValueError: `Syrai` is no country that is known here; did you mean Syria (SY)?
    """
    code = country_code(text)
    if code:
        return code
    near = near_country(text)
    offer = f"; did you mean {near}?" if near else ""
    raise ValueError(f"`{text}` is no country that is known here{offer}")


def near_country(text: str) -> str:
    """The country that was probably meant, with its code; empty if none is called nearly so.

    Example:
        >>> near_country("Syrai"), near_country("terrorism")
        ('Syria (SY)', '')
    """
    likeness = SUGGESTION_LIKENESS_MIN
    near = difflib.get_close_matches(_fold(text), _WRITTEN, n=1, cutoff=likeness)
    return "{} ({})".format(*_WRITTEN[near[0]]) if near else ""


def country_name(code: str) -> str:
    """Its short name in English, or the code itself where it has none here.

    Example:
        >>> country_name("SY"), country_name("??")
        ('Syrian Arab Republic', '??')
    """
    return COUNTRIES.get(code, code)


def is_reserved(code: str) -> bool:
    """True for the codes that stand for a country in examples.

    Example:
        >>> is_reserved("XA"), is_reserved("SY")
        (True, False)
    """
    return code in _RESERVED
