"""Names that stand in brackets within a name: `Ada (a.k.a. Adda) EXAMPLE`.

The whole stays the primary name; what it says of others is read beside it, and only behind a label.
"""

import re
from collections.abc import Iterator

from article41.model.entities import NameKind

_LABELLED = re.compile(
    r"(?P<before>[^()]*\S)\s*"
    r"\((?P<label>a\.?\s?k\.?\s?a\.?|alias|ex|formerly|f\.?k\.?a\.?)[\s.:]+(?P<names>[^()]+)\)"
    r"\s*(?P<after>[^()]*)",
    re.IGNORECASE,
)
_FORMER = ("ex", "f")


def names_within(name: str, *, is_person: bool) -> Iterator[tuple[str, NameKind]]:
    """The other names that a name holds in brackets behind a label, and the one without them.

    A single word in the brackets of a person's name replaces the word before them; anything else
    is a name of its own.

    Example:
        >>> [name for name, _ in names_within("Ada (a.k.a. Adda, Ade) EXAMPLE", is_person=True)]
        ['Ada EXAMPLE', 'Adda EXAMPLE', 'Ade EXAMPLE']
        >>> list(names_within("NEW STAR (ex OLD STAR)", is_person=False))[1]
        ('OLD STAR', <NameKind.FORMER: 'former'>)
        >>> list(names_within("Example Bank (XA)", is_person=False))
        []
    """
    found = _LABELLED.fullmatch(name)
    if found is None:
        return
    before, after = found["before"].split(), found["after"].split()
    is_former = found["label"].casefold().startswith(_FORMER)
    kind = NameKind.FORMER if is_former else NameKind.STRONG_ALIAS
    yield " ".join((*before, *after)), NameKind.STRONG_ALIAS
    for other in filter(None, map(str.strip, re.split(r"[,;/]|\bor\b", found["names"]))):
        is_word = is_person and " " not in other and len(before) + len(after) > 1
        yield " ".join((*before[:-1], other, *after)) if is_word else other, kind
