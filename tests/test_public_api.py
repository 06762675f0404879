"""A name is public once a page says what it means and an example shows how it is used."""

import enum
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import msgspec
import pytest

import article41
from article41 import model
from article41.model.errors import Article41Error

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = "\n".join(
    page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").rglob("*.md"))
)
MODEL_MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.iter_modules(model.__path__, "article41.model.")
]
WORDS = {
    name: value
    for module in MODEL_MODULES
    for name, value in vars(module).items()
    if inspect.isclass(value) and value.__module__ == module.__name__ and name[0] != "_"
}


def exported() -> list[str]:
    return list(getattr(article41, "__all__", ()))


def test_public_names_are_few_sorted_and_exist() -> None:
    names = exported()

    assert names == sorted(set(names))
    assert len(names) <= 40
    assert [name for name in names if not hasattr(article41, name)] == []


def test_every_public_name_has_a_page() -> None:
    assert [name for name in exported() if not re.search(rf"`{name}\b", DOCUMENTS)] == []


def test_every_public_class_and_function_shows_an_example() -> None:
    public = [getattr(article41, name) for name in exported()]
    shown = [thing for thing in public if needs_example(thing)]

    assert [thing.__name__ for thing in shown if ">>> " not in (thing.__doc__ or "")] == []


def needs_example(thing: object) -> bool:
    if inspect.isclass(thing):
        return not issubclass(thing, enum.Enum | Article41Error)
    return inspect.isfunction(thing)


@pytest.mark.parametrize("name", WORDS)
def test_every_word_of_the_model_has_a_page_and_an_example(name: str) -> None:
    word = WORDS[name]

    assert re.search(rf"`{name}\b", DOCUMENTS)
    assert not needs_example(word) or ">>> " in (word.__doc__ or "")


@pytest.mark.parametrize("name", WORDS)
def test_the_model_is_frozen_data_closed_sets_and_errors(name: str) -> None:
    word = WORDS[name]

    if issubclass(word, msgspec.Struct):
        assert word.__struct_config__.frozen
    else:
        assert issubclass(word, enum.Enum | Article41Error)
