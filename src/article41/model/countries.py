"""Countries by the codes and the English names under which lists and documents print them.

A table of words; it says nothing of what is a State.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_TABLE = """
AD AND Andorra
AE ARE United Arab Emirates|UAE|U.A.E.|Emirati
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
AX ALA Aland Islands
AZ AZE Azerbaijan|Azerbaijani
BA BIH Bosnia and Herzegovina|Bosnia|Bosnian
BB BRB Barbados
BD BGD Bangladesh|Bangladeshi
BE BEL Belgium|Belgian
BF BFA Burkina Faso
BG BGR Bulgaria|Bulgarian
BH BHR Bahrain|Bahraini
BI BDI Burundi|Burundian
BJ BEN Benin
BL BLM Saint Barthelemy
BM BMU Bermuda
BN BRN Brunei|Brunei Darussalam
BO BOL Bolivia|Bolivia (Plurinational State of)|Bolivian
BQ BES Bonaire, Sint Eustatius and Saba
BR BRA Brazil|Brazilian
BS BHS Bahamas|The Bahamas
BT BTN Bhutan
BV BVT Bouvet Island
BW BWA Botswana
BY BLR Belarus|Republic of Belarus|Belarusian|Belarussian
BZ BLZ Belize
CA CAN Canada|Canadian
CC CCK Cocos Islands|Cocos (Keeling) Islands
CD COD Congo, Democratic Republic of the|Democratic Republic of the Congo|DRC|Congolese (DRC)
CF CAF Central African Republic|Central African
CG COG Congo|Congo, Republic of the|Republic of the Congo
CH CHE Switzerland|Swiss
CI CIV Cote d'Ivoire|Ivory Coast|Ivorian
CK COK Cook Islands
CL CHL Chile|Chilean
CM CMR Cameroon|Cameroonian
CN CHN China|People's Republic of China|PRC|Chinese
CO COL Colombia|Colombian
CR CRI Costa Rica|Costa Rican
CU CUB Cuba|Cuban
CV CPV Cabo Verde|Cape Verde|Cabo Verde. Previously Cape Verde.
CW CUW Curacao
CX CXR Christmas Island
CY CYP Cyprus|Cypriot
CZ CZE Czech Republic|Czechia|Czech
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
FK FLK Falkland Islands|Falkland Islands (Malvinas)
FM FSM Micronesia|Micronesia, Federated States of|Federated States of Micronesia
FO FRO Faroe Islands
FR FRA France|French
GA GAB Gabon|Gabonese
GB GBR United Kingdom|United Kingdom of Great Britain and Northern Ireland|UK|Great Britain|British
GD GRD Grenada
GE GEO Georgia|Georgian
GF GUF French Guiana
GG GGY Guernsey
GH GHA Ghana|Ghanaian
GI GIB Gibraltar
GL GRL Greenland
GM GMB Gambia|The Gambia|Gambian
GN GIN Guinea|Guinean
GP GLP Guadeloupe
GQ GNQ Equatorial Guinea
GR GRC Greece|Greek
GS SGS South Georgia and the South Sandwich Islands
GT GTM Guatemala|Guatemalan
GU GUM Guam
GW GNB Guinea-Bissau|Guinea Bissau
GY GUY Guyana
HK HKG Hong Kong|China, Hong Kong Special Administrative Region
HM HMD Heard Island and McDonald Islands
HN HND Honduras|Honduran
HR HRV Croatia|Croatian
HT HTI Haiti|Haitian
HU HUN Hungary|Hungarian
ID IDN Indonesia|Indonesian
IE IRL Ireland|Irish
IL ISR Israel|Israeli
IM IMN Isle of Man|Man, Isle of
IN IND India|Indian
IO IOT British Indian Ocean Territory
IQ IRQ Iraq|Iraqi
IR IRN Iran|Iran (Islamic Republic of)|Islamic Republic of Iran|Iran, Islamic Republic of|Iranian
IS ISL Iceland|Icelandic
IT ITA Italy|Italian
JE JEY Jersey
JM JAM Jamaica|Jamaican
JO JOR Jordan|Jordanian
JP JPN Japan|Japanese
KE KEN Kenya|Kenyan
KG KGZ Kyrgyzstan|Kyrgyz Republic|Kyrgyz
KH KHM Cambodia|Cambodian
KI KIR Kiribati
KM COM Comoros|Comorian
KN KNA Saint Kitts and Nevis|St. Kitts and Nevis
KP PRK Korea, North|North Korea|Democratic People's Republic of Korea|DPRK|RPDC|North Korean
KR KOR Korea, South|South Korea|Republic of Korea|South Korean
KW KWT Kuwait|Kuwaiti
KY CYM Cayman Islands
KZ KAZ Kazakhstan|Kazakh|Kazakhstani
LA LAO Laos|Lao People's Democratic Republic
LB LBN Lebanon|Lebanese
LC LCA Saint Lucia
LI LIE Liechtenstein
LK LKA Sri Lanka|Sri Lankan
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
MF MAF Saint Martin
MG MDG Madagascar
MH MHL Marshall Islands
MK MKD North Macedonia|Macedonia|The Former Yugoslav Republic of Macedonia|Macedonian
ML MLI Mali|Malian
MM MMR Burma|Myanmar|Myanmar (Burma)|Burmese
MN MNG Mongolia|Mongolian
MO MAC Macau|Macao
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
NL NLD Netherlands|The Netherlands|Netherlands, Kingdom of the|Dutch
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
PH PHL Philippines|The Philippines|Filipino|Philippine
PK PAK Pakistan|Pakistani
PL POL Poland|Polish
PM SPM Saint Pierre and Miquelon
PN PCN Pitcairn
PR PRI Puerto Rico
PS PSE Palestine|State of Palestine|Palestine, State of|Palestinian|West Bank|Gaza
PT PRT Portugal|Portuguese
PW PLW Palau
PY PRY Paraguay|Paraguayan
QA QAT Qatar|Qatari
RE REU Reunion
RO ROU Romania|Romanian
RS SRB Serbia|Serbian
RU RUS Russia|Russian Federation|Russian
RW RWA Rwanda|Rwandan
SA SAU Saudi Arabia|Saudi Arabian|Saudi
SB SLB Solomon Islands
SC SYC Seychelles
SD SDN Sudan|The Sudan|Sudanese
SE SWE Sweden|Swedish
SG SGP Singapore|Singaporean
SH SHN Saint Helena, Ascension and Tristan da Cunha|Saint Helena
SI SVN Slovenia|Slovenian
SJ SJM Svalbard and Jan Mayen
SK SVK Slovakia|Slovak Republic|Slovak
SL SLE Sierra Leone|Sierra Leonean
SM SMR San Marino
SN SEN Senegal|Senegalese
SO SOM Somalia|Somali
SR SUR Suriname
SS SSD South Sudan|South Sudanese
ST STP Sao Tome and Principe
SV SLV El Salvador|Salvadoran
SX SXM Sint Maarten
SY SYR Syria|Syrian Arab Republic|Syrian
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
TR TUR Turkey|Turkiye|Turkish
TT TTO Trinidad and Tobago
TV TUV Tuvalu
TW TWN Taiwan|Taiwan, Province of China|Taiwanese
TZ TZA Tanzania|United Republic of Tanzania|Tanzania, United Republic of|Tanzanian
UA UKR Ukraine|Ukrainian
UG UGA Uganda|Ugandan
UM UMI United States Minor Outlying Islands
US USA United States|United States of America|American
UY URY Uruguay|Uruguayan
UZ UZB Uzbekistan|Uzbek
VA VAT Holy See|Vatican City|Vatican City State
VC VCT Saint Vincent and the Grenadines
VE VEN Venezuela|Venezuela (Bolivarian Republic of)|Bolivarian Republic of Venezuela|Venezuelan
VG VGB Virgin Islands, British|British Virgin Islands|Virgin Islands (British)
VI VIR Virgin Islands, U.S.|United States Virgin Islands|Virgin Islands (U.S.)
VN VNM Vietnam|Viet Nam|Vietnamese
VU VUT Vanuatu
WF WLF Wallis and Futuna
WS WSM Samoa
XK XKX Kosovo|Kosovan
YE YEM Yemen|Yemeni
YT MYT Mayotte
ZA ZAF South Africa|South African
ZM ZMB Zambia|Zambian
ZW ZWE Zimbabwe|Zimbabwean
"""
_ROWS = tuple(line.split(" ", 2) for line in _TABLE.split("\n") if line)
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = str.maketrans("áãåçéèêíóôöúüÅÇÉ", "aaaceeeiooouuACE")
_PRINTED_BESIDE = ("passport", "national", "nationality")
_ANY_CODE_LETTERS = 2

ALPHA_2_BY_ALPHA_3: Mapping[str, str] = MappingProxyType({row[1]: row[0] for row in _ROWS})
"""ISO 3166-1; `XKX`, in common use for Kosovo, is among them."""
ALPHA_3_BY_ALPHA_2: Mapping[str, str] = MappingProxyType({row[0]: row[1] for row in _ROWS})
"""The same, the other way round."""


def _folded(text: str) -> str:
    words = _WORD.findall(text.translate(_ACCENTS).casefold().replace("'", ""))
    return " ".join(word for word in words if word not in _PRINTED_BESIDE)


_CODE_BY_WORDS = {_folded(word): row[0] for row in _ROWS for word in (*row[:2], *row[2].split("|"))}


def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country as printed; empty if nobody can tell.

    A code of two letters that the standard leaves to its users (`XA`) stands for itself.

    Example:
        >>> country_code("Iran (Islamic Republic of)"), country_code("TUR"), country_code("Cali")
        ('IR', 'TR', '')
    """
    found = _CODE_BY_WORDS.get(_folded(text), "")
    if found or len(text) != _ANY_CODE_LETTERS:
        return found
    return text.upper() if text.isascii() and text.isalpha() and text[0] in "Xx" else ""
