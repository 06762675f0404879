"""Large cities of countries on which there are measures of trade, finance or regions, by name.

An address or a text may name a city and no country. The table says where a city of that name lies;
whether that matters the law is asked. Cities whose name is as well one of elsewhere, or an ordinary
word, are left out.
"""

_TABLE = """
SY Damascus Aleppo Homs Latakia Lattakia Tartus Tartous Hasakah Qamishli Idlib Raqqa Palmyra Daraa
IR Tehran Teheran Isfahan Esfahan Mashhad Tabriz Shiraz Ahvaz Kermanshah Urmia Zahedan Rasht Bushehr
IR Asaluyeh Kharg
KP Pyongyang Hamhung Chongjin Nampo Wonsan Sinuiju Kaesong Rason
CU Havana Habana Camaguey Holguin Varadero Matanzas
RU Moscow Moskva Novosibirsk Yekaterinburg Ekaterinburg Kazan Chelyabinsk Omsk Samara Krasnodar
RU Krasnoyarsk Voronezh Volgograd Vladivostok Kaliningrad Murmansk Arkhangelsk Novorossiysk Irkutsk
BY Minsk Gomel Homyel Mogilev Vitebsk Grodno Hrodna Bobruisk
VE Caracas Maracaibo Barquisimeto Maracay
MM Yangon Rangoon Mandalay Naypyidaw Naypyitaw
SD Khartoum Omdurman
LY Tripoli Benghazi Misrata Misurata Tobruk
AF Kabul Kandahar Herat Jalalabad
IQ Baghdad Basra Mosul Erbil Kirkuk
YE Sanaa Hodeidah Hudaydah
SO Mogadishu Kismayo
UA Donetsk Luhansk Lugansk Mariupol Melitopol Kherson
"""
COUNTRY_BY_CITY = {
    name.casefold(): line.split()[0]
    for line in _TABLE.strip().splitlines()
    for name in line.split()[1:]
}
"""Country of each city, by its name in small letters."""
