"""How much of an act is read; what is more is an error that names the limit."""

ACT_BYTES_MAX = 1_000_000
"""Bytes of one act."""
FILE_BYTES_MAX = 256_000_000
"""Bytes of a file that is not read line by line."""
DEPTH_MAX = 12
"""Lists and mappings inside one another; an act needs five."""
VALUES_MAX = 200_000
"""Values in one act."""
TEXT_MAX = 20_000
"""Characters of one text."""
WORD_MAX = 200
"""Characters of a key, a code or another word."""
DIGITS_MAX = 40
"""Digits of a number."""
PARTIES_MAX = 500
"""Parties of one act."""
GOODS_MAX = 5_000
"""Lines of goods of one act."""
STAKES_MAX = 10_000
"""Stakes of one act; as many controls."""
ITEMS_MAX = 1_000
"""Items of any other list."""
YEAR_FIRST, YEAR_LAST = 1800, 2199
"""Years in which a day of an act can lie."""

ITEMS_MAX_BY_FIELD = {
    "parties": PARTIES_MAX,
    "goods": GOODS_MAX,
    "stakes": STAKES_MAX,
    "controls": STAKES_MAX,
}
"""Items of the lists that may have another number of them."""
