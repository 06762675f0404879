"""Every act in the guides is read, fits the published schema, and each kind is shown."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from article41.checks.reading import canonical, read_acts
from article41.checks.reading.limits import (
    ACT_BYTES_MAX,
    GOODS_MAX,
    PARTIES_MAX,
    STAKES_MAX,
    TEXT_MAX,
)
from article41.checks.reading.shorthand import NUMBERS
from article41.model.acts import Act
from article41.model.errors import ActError
from tests.faces.json_schema import faults

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDE = (DOCS / "guides" / "acts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)
SCHEMA = json.loads((DOCS / "reference" / "act.schema.json").read_text(encoding="utf-8"))


def as_json(text: str) -> Any:  # whatever the YAML holds
    """An example as a program would send it in JSON: yes and no are true and false there."""
    words = {"yes": True, "no": False, "true": True, "false": False}

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: changed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [changed(one) for one in value]
        return words.get(value, value)

    return changed(yaml.load(text, Loader=yaml.BaseLoader))


def read(text: str) -> Act:
    (act,) = read_acts(text.encode(), file="guide")
    return act


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_act_of_the_guide_is_read_and_fits_the_schema(example: str) -> None:
    act = read(example)

    assert read(canonical(act).decode()) == act
    assert list(faults(as_json(example), SCHEMA, SCHEMA)) == []
    assert list(faults(json.loads(canonical(act)), SCHEMA, SCHEMA)) == []


def test_the_guide_shows_each_kind_of_act() -> None:
    shown = {str(type(read(example)).__struct_config__.tag) for example in EXAMPLES}

    assert shown == {str(kind.__struct_config__.tag) for kind in Act.__args__}


def test_the_guide_names_every_number_and_the_limits_that_there_are() -> None:
    assert [name for name in NUMBERS if f"`{name}`" not in GUIDE] == []
    for limit in (ACT_BYTES_MAX, PARTIES_MAX, GOODS_MAX, STAKES_MAX, TEXT_MAX):
        assert f"{limit:,} " in GUIDE


def test_the_fault_of_the_guide_is_what_is_said() -> None:
    lines = EXAMPLES[0].replace("owners: unknown", "dob: 1965").encode()

    with pytest.raises(ActError) as caught:
        list(read_acts(lines, file="act.yaml"))

    said = f"{caught.value}\nhint: {caught.value.hint}"
    shown = GUIDE.partition("## What goes wrong")[2].partition("```\n")[2].partition("```")[0]
    assert said.startswith(shown.rstrip().removesuffix("..."))
