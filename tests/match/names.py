"""Invented names, parties and lists for the tests of matching, in every supported script."""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from tests.match.slow_twin import Party


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SYLLABLES = _split(
    "mo ham ma d al kar im ov ser gei zh ang li qa ddaf i kh ex an der abdul rah man co shipp ing "
    "a sch mi tt x ia ng uy en y ou ss ef ph il w h ts ch ck oo ee ie"
)
LATIN = _split(
    "al bin ibn bint el de van abd Abdul Rahman Abdurrahman Abdullah Muhammad Mohamed William Bill "
    "John Ivan Yusuf Joseph Li Lee Ri Kim Jong Gim Xu Qadhafi Gaddafi Kadafi Aleksandr Alexander "
    "Müller Mueller Øst Żuk Łódź Nguyễn O'Neil Saint-Jean Ada Example Exampel"
)
FIRMS = _split(
    "Bank Banco Trading Ticaret Shipping Naviera Ltd LLC GmbH S.A. Co. Company Holding OOO AG PLC "
    "Orient Star Ocean Three III 3 No.7 7 12th Second Two 2 J A S B.V. International"
)
OTHER = _split(
    "محمد علي الحسن القذافي عبدالرحمن حسین گیلانی Иван Сергей Александрович Кадыров ООО Заря "
    "Γιώργος Παπαδόπουλος יוסף כהן გიორგი ბერიძე Արամ Պետրոսյան 김정은 박 金 "
    "正恩 李 王小明 有限公司 ハシモト さくら 山田 कुमार สมชาย"
)
LETTERS = "aeiouyhkqcgsztdnlrmbx"
GROUPS = (0, 1, 2, None)

DAYS = (19700214, 19700215, 19701402, 19710214, 19800214, 19700101, 19700200, 19760314)
SPANS = ((19700000, 19700000), (19680000, 19720000), (19740000, 19760000))

dice = st.randoms(use_true_random=False)
"""Dice that hypothesis throws; a `Random` with a seed throws the same names without it."""


def word(dice: Random) -> str:
    kind = dice.randrange(7)
    if kind < 3:
        return "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(1, 4)))
    return dice.choice((LATIN, LATIN, FIRMS, (*OTHER, "J", "A.", "m", "S"))[kind - 3])


def name(dice: Random, vocabulary: Sequence[str] = ()) -> str:
    """A name of 1 to 24 words, none of them more than twice: crowds have a test of their own."""
    count = dice.randint(1, 24 if dice.randrange(6) == 0 else 5)
    words = [dice.choice(vocabulary) if vocabulary else word(dice) for _ in range(count)]
    kept = [one for place, one in enumerate(words) if words[:place].count(one) < 2]
    return dice.choice((" ", " ", " ", "-", ", ")).join(kept)


def like(dice: Random, name: str) -> str:
    """A name near to another: letters and words changed, swapped, glued, split or left out."""
    for _ in range(dice.randint(0, 2)):
        name = dice.choice((_with_letter_changed, _with_word_changed))(dice, name)
    return name


def _with_letter_changed(dice: Random, name: str) -> str:
    place = dice.randint(0, max(0, len(name) - 1))
    letter, tail, new = name[place : place + 1], name[place + 1 :], dice.choice(LETTERS)
    changed = (
        tail,
        letter + new + tail,
        new + tail,
        tail[:1] + letter + tail[1:],
        f"{letter} {tail}",
    )
    return name[:place] + dice.choice(changed)


def _with_word_changed(dice: Random, name: str) -> str:
    parts = name.split(" ")
    place = dice.randrange(len(parts))
    match dice.choice(("drop", "add", "swap", "glue", "initial")):
        case "drop" if len(parts) > 1:
            del parts[place]
        case "add":
            parts.insert(place, word(dice))
        case "swap":
            parts.append(parts.pop(place))
        case "glue":
            parts[place : place + 2] = ["".join(parts[place : place + 2])]
        case _:
            parts[place] = parts[place][:1]
    return " ".join(parts)


def births(dice: Random) -> tuple[tuple[int, int], ...]:
    day = dice.choice(DAYS)
    return dice.choice(((), (), ((day, day),), (dice.choice(SPANS), (day, day))))


def pair(dice: Random) -> tuple[Party, Party]:
    """A query and a listed party of one name each, often near to one another."""
    listed = name(dice)
    asked = like(dice, listed) if dice.randrange(4) else name(dice)
    group = dice.choice(GROUPS)
    other = group if dice.randrange(3) else dice.choice(GROUPS)
    return Party((asked,), group, births(dice)), Party((listed,), other, births(dice))


def parties(dice: Random, count: int, vocabulary: Sequence[str] = ()) -> list[Party]:
    """A list of which many names are near to others of it."""
    names = [name(dice, vocabulary)]
    made = []
    for _ in range(count):
        given = [
            like(dice, dice.choice(names)) if dice.randrange(3) == 0 else name(dice, vocabulary)
            for _ in range(dice.randint(1, 2))
        ]
        names += given
        made.append(Party(tuple(given), dice.choice(GROUPS), births(dice)))
    return made


def questions(dice: Random, listed: Sequence[Party], count: int) -> list[Party]:
    """Queries, most of them near to a name of a list."""
    names = [name for party in listed for name in party.names]
    asked = [
        like(dice, dice.choice(names)) if dice.randrange(4) else name(dice) for _ in range(count)
    ]
    return [Party((one,), dice.choice(GROUPS), births(dice)) for one in asked]
