"""The slow twin's ear: distances and sounds of words, from their definitions and without tricks."""

import re
from functools import lru_cache

LETTERS_MAX = 32
"""Letters that are kept of a word or of two words written as one."""
SOUNDS_MAX = 32
"""Sounds that are kept of a word when it is compared across scripts."""
SAME = 4096


def edits(one: str, other: str) -> int:
    """Optimal string alignment distance, by the textbook's table."""
    table = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(other) + 1)]
             for i in range(len(one) + 1)]  # fmt: skip
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[len(one)][len(other)]


PHONETIC_RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch", "s"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"),
        ("sh", "s"), ("zh", "s"), ("ch", "c"), ("ck", "k"), ("dj", "j"), ("c(?=[eiy])", "s"),
        ("[cq]", "k"), ("z", "s"), ("w", "v"), ("o[uo]", "u"), ("o", "u"), ("e[eiy]", "i"),
        ("[ey]", "i"), ("i[ey]", "i"), (".", ""),
    )
]  # fmt: skip
"""The first rule that fits at a place says which sound its letters write; `.` writes itself."""


@lru_cache(100_000)
def phonetic(word: str) -> str:
    """The coarse phonetic form of a Latin word."""
    form = ""
    place = 0
    while place < len(word):
        letter, following = word[place], word[place + 1 : place + 2]
        last = form[-1:]
        if letter == "h" and last and last in "aeiou" and not (following and following in "aeiou"):
            place += 1
        elif letter == "x":
            form += "s" if place == 0 or last == "k" else "ks"
            place += 1
        else:
            written, sound = first_rule(word, place)
            place += len(written)
            form += sound if sound != last else ""
        form = form[:LETTERS_MAX]
    return form or "h" * bool(word)


def first_rule(word: str, place: int) -> tuple[str, str]:
    """The letters at a place that write one sound, and the sound."""
    for pattern, sound in PHONETIC_RULES:
        if found := pattern.match(word, place):
            return found[0], sound or found[0]
    raise AssertionError("the last rule fits any letter")


_V, _NO_V = "(?=[aeiouy])", "(?![aeiouy])"
HEARING_RULES = [
    (re.compile(pattern), sounds.split())
    for pattern, sounds in (
        ("a", "A"), ("ee", "I"), ("e", "E"), ("i", "I"), ("o[ou]", "U"), ("o", "O"), ("u", "U"),
        (rf"(?<![a-z])y{_V}|(?<=[aeiouy])y{_V}", "Y"), ("y", "I"),
        ("wh", "W"), (f"(?<=[aeiouy])w{_NO_V}", "U"), ("w", "W"),
        ("ph", "F"), ("p", "P"), ("bh?", "B"), ("f", "F"), ("v", "V"),
        ("th", "TH"), ("t[sz]", "TS"), ("tch", "CH"), ("t", "T"),
        ("dzh", "J"), ("dj", "J"), ("dz", "Z"), ("dh", "DH"), ("d", "D"),
        ("kh", "KH"), ("[kq]", "K"),
        (r"(?<![a-z])ch(?=[rl])", "K"), ("ch(?=t)", "KH"), ("ch", "CH"), ("cz", "CH"),
        ("c(?=[eiy])", "SOFT_C"), ("(?<=[a-z]{2}i)c(?![a-z])", "CH"), ("c", "K"),
        ("gh", "G"), ("g(?=[eiy])", "SOFT_G"), ("g", "G"), ("j", "J"),
        ("sh", "SH"), ("sch", "SH"), ("sz", "SH"), ("s", "S"), ("zh", "ZH"), ("z", "Z"),
        (r"(?<![a-z])x", "S"), ("x", "K S"), ("l", "L"), ("r", "R"), ("m", "M"),
        (f"ng{_NO_V}", "N"), ("n(?=[pbm])", "M"), ("n", "N"),
        (rf"(?<![a-z])h|h{_V}", "H"), (".", ""),
    )
]  # fmt: skip
"""The first rule that fits at a place says which sounds its letters write."""


def sounds(word: str) -> list[str]:
    """The sounds of a word, none twice in a row."""
    heard: list[str] = []
    place = 0
    while place < len(word):
        found, new = next(
            (found, new) for rule, new in HEARING_RULES if (found := rule.match(word, place))
        )
        place += len(found[0])
        for sound in new:
            if heard[-1:] != [sound] and len(heard) < SOUNDS_MAX:
                heard.append(sound)
    return heard


KEY_CLASSES = {
    sound: letter
    for letter, members in {
        "p": "P B F V W", "t": "T D TH DH", "k": "K", "h": "H KH", "g": "G SOFT_G J ZH",
        "s": "S SOFT_C Z SH CH TS", "l": "L R", "m": "M", "n": "N",
    }.items()
    for sound in members.split()
}  # fmt: skip


def skeleton(heard: list[str]) -> str:
    """The coarse consonant key of a word's sounds."""
    return "".join(KEY_CLASSES.get(sound, "") for sound in heard) or "a" * bool(heard)


def budget_skeleton(length: int) -> int:
    return 0 if length <= 4 else 1 if length <= 8 else 2


VOWELS = frozenset("AEIOU")
MISSING = dict.fromkeys(VOWELS, 14) | {"Y": 16, "W": 30, "H": 40}
LENGTH = dict.fromkeys(VOWELS, 20) | {"Y": 20, "W": 40, "H": 50}
CONFUSED = {
    frozenset(pair.split("/")): cost
    for cost, pairs in (
        (3, "SOFT_C/S"), (4, "I/Y G/SOFT_G"), (5, "E/I O/U"), (6, "SOFT_G/J"),
        (8, "A/O A/E E/Y U/W V/W T/TH D/DH"), (10, "O/W KH/H"),
        (12, "SOFT_G/ZH J/ZH SOFT_C/TS"),
        (15, "F/V TH/DH S/Z S/SH S/TS Z/TS"),
        (20, "U/Y P/B B/V P/F T/D K/G K/KH J/CH ZH/SH ZH/Z SH/CH CH/TS SOFT_C/CH"),
        (24, "A/Y O/Y"), (25, "F/W TH/D T/DH DH/Z K/SOFT_G G/J ZH/CH SOFT_C/K"),
        (30, "A/W Y/J J/Z"), (35, "TH/S KH/G G/H S/CH K/CH L/R"), (36, "E/W I/W"),
        (40, "B/W B/F P/V SOFT_G/H SOFT_G/KH"), (45, "TH/Z"), (60, "D/Z K/H J/S"),
    )
    for pair in pairs.split()
}  # fmt: skip


def instead(one: str, other: str) -> int:
    """What it costs to read one sound for another."""
    if one == other:
        return 0
    vowels = len(VOWELS & {one, other})
    return CONFUSED.get(frozenset((one, other)), (160, 110, 12)[vowels])


def cost(one: list[str], other: list[str]) -> int:
    """The least cost of turning one row of sounds into the other."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = []
            if i:
                ways.append(table[i - 1][j] + MISSING.get(one[i - 1], 90))
            if j:
                ways.append(table[i][j - 1] + MISSING.get(other[j - 1], 90))
            if i and j:
                ways.append(table[i - 1][j - 1] + instead(one[i - 1], other[j - 1]))
            table[i][j] = min(ways, default=0)
    return table[len(one)][len(other)]


def similarity_across(one: str, other: str) -> int:
    """How alike two words sound across scripts, 0 to `SAME`."""
    a, b = sounds(one), sounds(other)
    key_a, key_b = skeleton(a), skeleton(b)
    if not a or not b or edits(key_a, key_b) > budget_skeleton(max(len(key_a), len(key_b))):
        return 0
    length = sum(LENGTH.get(sound, 100) for sound in a + b)
    return max(0, (length - 2 * cost(a, b)) * SAME // length)
