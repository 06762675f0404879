"""What `article41 measures` is asked about is understood, or refused; never taken for nothing."""

import json

import pytest
from click.shell_completion import ShellComplete

from article41.faces.cli import main
from tests.faces.made import call


def found(*arguments: str) -> set[str]:
    answer = json.loads(call("measures", *arguments, "--json").stdout)
    return {one["measure"]["id"] for one in answer["measures"]}


@pytest.mark.parametrize("name", ["Syria", "syr", "sy", "Syrian Arab Republic"])
def test_a_country_is_the_same_by_any_name(name: str) -> None:
    assert found("--on", name) == found("--on", "SY")
    assert "eu/syria/oil" in found("--on", name)


def test_a_theme_may_have_any_letters() -> None:
    assert found("--on", "Human Rights") == found("--on", "human-rights") != set()


@pytest.mark.parametrize("name", ["UK", "uk", "GBR", "United Kingdom"])
def test_the_united_kingdom_is_one_jurisdiction(name: str) -> None:
    assert found("--jurisdiction", name) == found("--jurisdiction", "GB") != set()


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--on", "XX"], "no country and no theme is called `XX`", "stands for a country"),
        (["--on", "Syrai"], "no country and no theme is called `Syrai`", "mean Syria (SY)?"),
        (["--on", "terorism"], "no country and no theme", "did you mean terrorism?"),
        (["--on", ""], "no country and no theme", "write a country by code or name"),
        (["--jurisdiction", "Atlantis"], "`Atlantis` is no country", "ISO 3166-1"),
        (["--kind", "freeze"], "no measure is of the kind `freeze`", "asset-freeze"),
        (["eu/syria/oils"], "no measure `eu/syria/oils`", "`eu/syria/oil`"),
        (["eu/syria/oil", "--on", "SY"], "`eu/syria/oil` is one measure", "leave the id out"),
        (
            ["--in-force", "2012-07-06", "--as-of", "2012-01-01"],
            "`--in-force` and `--as-of` both name the day",
            "`--as-of` for all measures",
        ),
    ],
)
def test_what_no_law_is_called_is_refused(arguments: list[str], message: str, hint: str) -> None:
    result = call("measures", *arguments, code=2)

    assert result.stdout == ""
    assert message in result.stderr
    assert hint in result.stderr


def test_an_id_that_is_begun_stands_for_all_that_begin_so() -> None:
    assert {"eu/syria/oil", "eu/syria/gas"} < found("eu/syria") < found("--jurisdiction", "EU")
    assert found("EU/Syria/Oil") == {"eu/syria/oil"}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("European Union", "EU"),
        ("the United Nations", "UN"),
        ("Arab League", "LAS"),
        ("OFAC", "US"),
    ],
)
def test_a_union_and_an_authority_may_be_called_by_name(name: str, key: str) -> None:
    assert found("--jurisdiction", name) == found("--jurisdiction", key)


def test_europe_is_no_jurisdiction() -> None:
    assert "did you mean EU" in call("measures", "--jurisdiction", "Europe", code=2).stderr


def test_a_kind_may_have_any_letters() -> None:
    assert found("--kind", "Asset Freeze") == found("--kind", "asset-freeze") != set()


def test_a_member_state_is_told_where_the_law_of_the_union_is() -> None:
    germany = call("measures", "--jurisdiction", "Germany").stdout
    before = call("measures", "--jurisdiction", "GB", "--as-of", "2019-01-01").stdout
    after = call("measures", "--jurisdiction", "GB", "--as-of", "2022-01-01").stdout

    assert "`--jurisdiction EU`" in germany
    assert "`--jurisdiction EU`" in before
    assert "`--jurisdiction EU`" not in after


@pytest.mark.parametrize("arguments", [["--on", "Japan"], ["--jurisdiction", "BR"]])
def test_nothing_held_is_said_to_be_no_finding(arguments: list[str]) -> None:
    told = " ".join(call("measures", *arguments).stdout.split())
    answer = json.loads(call("measures", *arguments, "--json").stdout)

    assert "that is no finding that there is no" in told
    assert "that is no finding that there is no" in answer["notes"][0]


def test_a_country_is_told_of_the_measures_for_whole_lists() -> None:
    assert "measures --on listed" in " ".join(call("measures", "--on", "RU").stdout.split())


@pytest.mark.parametrize(
    ("option", "begun", "word"),
    [
        ("--on", "s", "SY"),
        ("--on", "hum", "human-rights"),
        ("--kind", "asset", "asset-freeze"),
        ("--jurisdiction", "e", "EU"),
    ],
)
def test_a_shell_completes_the_words_of_the_law(option: str, begun: str, word: str) -> None:
    shell = ShellComplete(main, {}, "article41", "_ARTICLE41_COMPLETE")

    offered = shell.get_completions(["measures", option], begun)

    assert word in {one.value for one in offered}
