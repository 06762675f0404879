"""Whatever is wrong with a file of acts, its error names file, line and remedy, and comes soon."""

from collections.abc import Mapping
from time import perf_counter

import pytest

from article41.checks.reading import read_acts
from article41.model.errors import ActError

SECONDS_MAX = 10
"""Far above what any of these takes; what has no bound takes longer."""
ACT = """act: payment
on: 2012-07-06
asker: payer-bank
parties:
  payer: {name: Ada Example, country: XA}
  payer-bank: {name: Example Bank, country: XA}
  payee: {name: Beda Sample, country: XB}
money: 500 EUR
"""
GOODS = """act: cargo
on: 2012-07-06
asker: seller
parties:
  seller: {name: Example Trading, country: XA}
goods:
  - {description: pump, code: "8413"}
"""


def with_(old: str, new: str, text: str = ACT) -> str:
    assert old in text
    return text.replace(old, new)


DEEP = "facts: " + "{a: " * 50 + "b" + "}" * 50
CLUMSY: Mapping[str, tuple[str | bytes, int]] = {
    "a quote without end": (with_("Ada Example", '"Ada Example'), 5),
    "a bracket without end": (with_("country: XA}\n  payer-b", "country: XA\n  payer-b"), 6),
    "a tab": (with_("  payer:", "\tpayer:"), 5),
    "no day of the calendar": (with_("2012-07-06", "2012-02-30"), 2),
    "a day backwards": (with_("2012-07-06", "06.07.2012"), 2),
    "a moment": (with_("2012-07-06", "2012-07-06T10:00:00Z"), 2),
    "a day in words": (with_("2012-07-06", "yesterday"), 2),
    "an unknown role": (with_("  payer:", "  paier:"), 5),
    "a misspelt field": (with_("country: XB", "contry: XB"), 7),
    "a misspelt field above": (with_("money:", "monney:"), 8),
    "a key twice": (ACT + "money: 700 EUR\n", 9),
    "a key twice inside": (with_("country: XB", "country: XB, country: XA"), 7),
    "two askers": (with_("payer-bank\nparties", "[payer, payee]\nparties"), 3),
    "an asker that is no party": (with_("payer-bank\nparties", "payeee\nparties"), 3),
    "an asker by name": (with_("payer-bank\nparties", "{name: Ada Example}\nparties"), 3),
    "an asker without a word": (with_("payer-bank\nparties", "\nparties"), 3),
    "an unknown verb": (with_("payer-bank\nparties", "{party: payee, does: flly}\nparties"), 3),
    "a negative amount": (with_("500 EUR", "-500 EUR"), 8),
    "a comma": (with_("500 EUR", "1,500.00 EUR"), 8),
    "an unknown currency": (with_("500 EUR", "500 EURO"), 8),
    "no currency": (with_("500 EUR", "500"), 8),
    "not a number": (with_("500 EUR", "NaN EUR"), 8),
    "no end": (with_("500 EUR", ".inf EUR"), 8),
    "an unknown act": (with_("act: payment", "act: paiment"), 1),
    "no act": (with_("act: payment\n", ""), 1),
    "a list of names": (with_("name: Ada Example", "name: [Ada, Example]"), 5),
    "an unknown country": (with_("country: XB", "country: Atlantis"), 7),
    "a word for owners": (with_("country: XB", "owners: none"), 7),
    "perhaps": (ACT + "facts: {a: perhaps}\n", 9),
    "a list of facts": (ACT + "facts: [a, b]\n", 9),
    "a wrong check digit": (with_("country: XB", "lei: 529900T8BM49AURSDO56"), 7),
    "more than the whole": (
        ACT + "holdings: {stakes: {owner: A, asset: payee, percent: 130}}\n", 9
    ),
    "an owner of nobody": (ACT + "holdings: {stakes: {owner: A, asset: payeee}}\n", 9),
    "a licence that ends first": (
        ACT + "licences: {authority: X, number: a, valid_from: 2012-06-01, "
        "valid_until: 2012-01-01}\n", 9,
    ),
    "a code with letters": (with_('"8413"', '"84AB"', GOODS), 7),
    "no goods": (with_('goods:\n  - {description: pump, code: "8413"}', "goods: []", GOODS), 6),
    "an empty line of goods": (with_('{description: pump, code: "8413"}', "", GOODS), 7),
    "a quantity in words": (with_('code: "8413"', "quantity: lots", GOODS), 7),
    "a huge name": (with_("Ada Example", "A" * 30_000), 5),
    "a huge id": (ACT + f"id: {'x' * 5_000}\n", 9),
    "depth": (ACT + DEEP, 9),
    "depth without end": (ACT + "purposes: " + "[" * 50_000, 9),
    "aliases that grow": ("a: &a [x, x]\nb: [*a, *a]\n" + ACT, 1),
    "a tag": (with_("Ada Example", "!!python/object:os.system x"), 5),
    "UTF-16": (ACT.encode("utf-16"), 1),
    "UTF-16 without its mark": (ACT.encode("utf-16-le"), 1),
    "UTF-32": (ACT.encode("utf-32"), 1),
    "Latin-1": (with_("Ada", "Äda").encode("latin-1"), 5),
    "NUL": (with_("Ada", "A\0da"), 5),
    "NUL in quotes": (with_("Ada Example", r'"A\0da"'), 5),
    "a bell": (with_("Ada", "A\x07da"), 5),
    "a packed file": (b"PK\x03\x04\x14\0\0\0", 1),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 1),
    "XML": ("<Document/>", 1),
    "a table": ("act,on\npayment,2012-07-06\n", 1),
    "a word": ("hello\n", 1),
    "a mapping for a key": ("? [a, b]\n: c\n", 1),
    "JSON that is not": ('{"act": "payment",}', 1),
    "JSON without end": ('{"a":' * 50_000, 1),
}  # fmt: skip


@pytest.mark.parametrize(("data", "line"), CLUMSY.values(), ids=CLUMSY)
def test_an_error_names_the_file_the_line_and_the_remedy(data: str | bytes, line: int) -> None:
    began = perf_counter()
    with pytest.raises(ActError) as caught:
        list(read_acts(data if isinstance(data, bytes) else data.encode(), file="act.yaml"))

    assert perf_counter() - began < SECONDS_MAX
    error = caught.value
    assert str(error).startswith(f"act.yaml:{line}")
    assert error.hint
    assert len(str(error)) < 400


@pytest.mark.parametrize("text", ["\ufeff" + ACT, ACT.replace("\n", "\r\n"), f"---\n{ACT}...\n"])
def test_a_mark_and_the_ends_of_lines_are_no_fault(text: str) -> None:
    [act] = read_acts(text.encode(), file="act.yaml")

    assert act.asker.party == "payer-bank"
