"""Any bytes are read as acts, or as who owns whom, or refused with an error of ours.

What was read has bytes of its own, of which the very same act is read; a refusal says what to do.
"""

import contextlib
import importlib
import sys

from article41.checks.reading import ActFormat, canonical, oddities, read_acts
from article41.checks.reading.ownership import read_own
from article41.model.errors import ActError


def try_one(data: bytes) -> bool:
    """True if the bytes were read as acts."""
    with contextlib.suppress(ActError):
        read_own(data, file="fuzz")
    outcomes = [_is_read(data, format_) for format_ in (None, *ActFormat)]
    return any(outcomes)


def _is_read(data: bytes, format_: ActFormat | None) -> bool:
    refusal = None
    acts = []
    try:
        acts = list(read_acts(data, file="fuzz", format=format_))
    except ActError as error:
        refusal = error
    if refusal is not None:
        assert refusal.message
        assert refusal.hint
        # YAML ends lines at other characters, too.
        assert 0 <= refusal.line <= len(data) + 1
        return False
    assert acts
    for act in acts:
        oddities(act)
        assert list(read_acts(canonical(act), file="fuzz")) == [act]
    return True


if __name__ == "__main__":
    # Not an import statement: only `make fuzz` has atheris, the type checker does not.
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
