"""The shipped feeds are sound, a user's file changes them, and what is wrong in it is named."""

from datetime import date
from pathlib import Path

import pytest

from article41.model.errors import FormatError
from article41.sources.registry import AGE_MAX_HOURS, load_feeds

SHIPPED = load_feeds()


def own(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_feed_is_asked_over_https_and_says_its_terms() -> None:
    assert list(SHIPPED) == [
        "un-sc", "eu-fsd", "ofac-sdn", "ofac-cons", "uk-sl", "uk-conlist", "ch-seco", "ca-sema",
        "au-dfat", "us-csl", "us-dpl",
    ]  # fmt: skip
    for feed in SHIPPED.values():
        addresses = (*feed.addresses, *feed.mirrors, *feed.hashes)
        assert [one for one in addresses if not one.startswith("https://")] == []
        assert feed.rhythm
        assert feed.terms
        assert feed.age_max_hours == AGE_MAX_HOURS


def test_a_retired_feed_is_so_from_its_day_on() -> None:
    closed = SHIPPED["uk-conlist"]

    assert not closed.is_retired(date(2026, 1, 27))
    assert closed.is_retired(date(2026, 1, 28))
    assert closed.is_retired(None)
    assert not SHIPPED["uk-sl"].is_retired(None)


def test_a_users_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    text = '[un-sc]\nage_max_hours = 12\nenabled = false\n[eu-fsd]\nfiles = ["eu.xml"]\n'

    feeds = load_feeds(own(tmp_path, text))

    changed = feeds["un-sc"]
    assert (changed.age_max_hours, changed.enabled) == (12, False)
    assert changed.addresses == SHIPPED["un-sc"].addresses
    assert feeds["eu-fsd"].files == (tmp_path / "eu.xml",)
    assert feeds["uk-sl"] == SHIPPED["uk-sl"]
    assert list(feeds) == list(SHIPPED)


def test_other_addresses_leave_the_mirrors_of_the_first_behind(tmp_path: Path) -> None:
    text = '[ofac-sdn]\naddresses = ["https://lists.example/sdn.csv"]\n'

    feed = load_feeds(own(tmp_path, text))["ofac-sdn"]

    assert feed.addresses == ("https://lists.example/sdn.csv",)
    assert feed.mirrors == ()


def test_a_user_may_add_a_feed(tmp_path: Path) -> None:
    text = '[xa-main]\nauthority = "XA"\ntitle = "Main list"\nfiles = ["main.csv"]\n'

    feed = load_feeds(own(tmp_path, text))["xa-main"]

    assert (feed.authority, feed.age_max_hours) == ("XA", AGE_MAX_HOURS)


@pytest.mark.parametrize(
    ("text", "line", "path", "message"),
    [
        ("[un-sc]\nenabled = yes\n", 2, "", "not TOML"),
        ("[un-sc]\nage_max_hours = 0\n", 0, "un-sc.age_max_hours", ">= 1|> 0"),
        ('[un-sc]\nage_max_hours = "48"\n', 0, "un-sc.age_max_hours", "expected `int`"),
        ('[un-sc]\nadress = "https://lists.example"\n', 0, "un-sc", "`adress`"),
        ("[un-sc]\naddresses = []\n", 0, "un-sc.addresses", "missing"),
        ('[un-sc]\naddresses = ["ftp://lists.example"]\n', 0, "un-sc.addresses", "no address"),
        ('[un-sc]\naddresses = ["https://"]\n', 0, "un-sc.addresses", "no address"),
        ('[un-sc]\naddresses = ["https://[::1"]\n', 0, "un-sc.addresses", "no address"),
        ('[un-sc]\nmirrors = ["https://a.example", "https://b.example"]\n', 0, "un-sc.mirrors",
         "2 for 1"),
        ("[un-sc]\nretired_on = 7\n", 0, "un-sc.retired_on", "expected `date`"),
        ("[XA_main]\nenabled = false\n", 0, "XA_main", "no id of a list"),
        ("[un-scc]\nenabled = false\n", 0, "un-scc.authority", "no such feed is shipped"),
        ("un-sc = 7\n", 0, "un-sc", "expected `object`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_file_and_line_or_key(
    text: str, line: int, path: str, message: str, tmp_path: Path
) -> None:
    file = own(tmp_path, text)

    with pytest.raises(FormatError, match=message) as caught:
        load_feeds(file)

    assert (caught.value.file, caught.value.line, caught.value.path) == (str(file), line, path)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        load_feeds(tmp_path / "none.toml")
    latin = tmp_path / "feeds.toml"
    latin.write_bytes('[un-sc]\ntitle = "Ré"\n'.encode("latin-1"))
    with pytest.raises(FormatError, match="not in UTF-8"):
        load_feeds(latin)
