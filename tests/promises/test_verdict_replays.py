"""The same act, lists, catalogue and moment give the same bytes, wherever they are asked."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article41.checks import Screener
from article41.checks.acts import Checker
from article41.checks.reading import canonical, read_acts
from article41.checks.verdict_json import verdict_json, verdict_of
from article41.model.acts import Act
from tests.promises.world import ASKED_ON, world_acts

KNOWN_AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
EXAMPLES = settings().max_examples // 4
"""Of those of the profile: each is a verdict or several."""
shared_checker = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
batches = st.lists(world_acts(), min_size=2, max_size=6)


def written(checker: Checker, act: Act) -> bytes:
    return verdict_json(checker.check(act, known_at=KNOWN_AT, asked_on=ASKED_ON))


@pytest.fixture(scope="session")
def second_checker(screener: Screener) -> Checker:
    return Checker(screener)


@shared_checker
@given(act=world_acts())
def test_the_same_question_has_the_same_answer(
    checker: Checker, second_checker: Checker, act: Act
) -> None:
    first = written(checker, act)

    assert written(checker, act) == first
    assert written(second_checker, act) == first


@shared_checker
@given(act=world_acts())
def test_a_verdict_that_is_read_back_says_what_was_asked(checker: Checker, act: Act) -> None:
    first = written(checker, act)
    verdict = verdict_of(first)

    assert verdict.act == act
    assert verdict_json(verdict) == first
    assert written(checker, verdict.act) == first
    assert verdict.known_at == KNOWN_AT


@shared_checker
@given(acts=batches, order=st.randoms(use_true_random=False))
def test_the_order_of_acts_does_not_matter(
    checker: Checker, acts: list[Act], order: Random
) -> None:
    places = list(range(len(acts)))
    order.shuffle(places)

    told = checker.check_many([acts[at] for at in places], known_at=KNOWN_AT, asked_on=ASKED_ON)

    shuffled = {at: verdict_json(one) for at, one in zip(places, told, strict=True)}
    for at, act in enumerate(acts):
        assert shuffled[at] == written(checker, act)


def shuffled_keys(value: object, order: Random) -> object:
    """The same JSON value with the fields of each object in another order."""
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {key: shuffled_keys(value[key], order) for key in keys}
    if isinstance(value, list):
        return [shuffled_keys(one, order) for one in value]
    return value


def respelled(value: object) -> object:
    """The same JSON value as somebody else would write it: longer numbers, words in capitals."""
    if isinstance(value, list):
        return [respelled(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {key: respelled(one) for key, one in value.items()}
    for field, otherwise in OTHERWISE.items():
        given = told.get(field)
        if isinstance(given, str):
            told[field] = otherwise(given)
    return told


def in_capitals(word: str) -> str:
    return word.upper().replace("-", "_")


def country_in_words(code: str) -> str:
    return {"DE": "Germany", "SY": "Syria", "US": "usa", "GB": "UK"}.get(code, code)


OTHERWISE: Mapping[str, Callable[[str], str]] = {
    "amount": "{}.00".format,
    "currency": str.lower,
    "status": in_capitals,
    "role": in_capitals,
    "owners": in_capitals,
    "country": country_in_words,
    "origin": country_in_words,
    "loaded_in": country_in_words,
    "leaves": country_in_words,
}
"""How somebody else writes the same."""


@shared_checker
@given(act=world_acts(), order=st.randoms(use_true_random=False))
def test_the_order_of_fields_and_the_spelling_do_not_matter(
    checker: Checker, act: Act, order: Random
) -> None:
    [plainly] = read_acts(canonical(act), file="plain.json")
    value = shuffled_keys(respelled(json.loads(canonical(act))), order)
    [otherwise] = read_acts(json.dumps(value).encode(), file="otherwise.json")

    assert otherwise == plainly
    assert written(checker, otherwise) == written(checker, plainly)


ASK = """
import sys
from datetime import date, datetime
from article41.checks import Screener
from article41.checks.acts import Checker
from article41.checks.reading import read_acts
from article41.checks.verdict_json import verdict_json
acts = read_acts(sys.stdin.buffer, file="acts.jsonl")
known_at, asked_on = datetime.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3])
for verdict in Checker(Screener(sys.argv[1])).check_many(
    acts, known_at=known_at, asked_on=asked_on
):
    sys.stdout.buffer.write(verdict_json(verdict) + b"\\n")
"""


@pytest.mark.slow
@settings(shared_checker, max_examples=min(EXAMPLES // 12, 20))
@given(asked=st.lists(world_acts(), min_size=12, max_size=12))
def test_another_process_gives_the_same_bytes(
    checker: Checker, store: Path, asked: list[Act]
) -> None:
    lines = b"\n".join(canonical(act) for act in asked)
    acts = list(read_acts(lines, file="acts.jsonl"))
    told = checker.check_many(acts, known_at=KNOWN_AT, asked_on=ASKED_ON)
    here = [verdict_json(one) for one in told]

    for hash_seed in ("0", "4141"):
        there = subprocess.run(
            [sys.executable, "-c", ASK, str(store), KNOWN_AT.isoformat(), str(ASKED_ON)],
            input=lines,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        )
        assert there.stdout.splitlines() == here
