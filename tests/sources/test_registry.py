"""Every feed is described wholly and truly, and a user's file that is wrong says where."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from article41.model.errors import FormatError
from article41.sources.registry import AGE_MAX_HOURS, Feed, load_feeds

LISTS = {
    "un-sc", "eu-fsd", "ofac-sdn", "ofac-cons", "uk-sl", "uk-conlist", "ch-seco", "ca-sema",
    "au-dfat", "us-csl", "us-dpl",
}  # fmt: skip


def own(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_feed_is_described_and_asked_over_tls() -> None:
    feeds = load_feeds()

    assert set(feeds) == LISTS
    for list_id, feed in feeds.items():
        assert feed.id == list_id
        assert all((feed.authority, feed.title, feed.rhythm, feed.terms))
        assert {urlsplit(one).scheme for one in feed.addresses + feed.mirrors} == {"https"}
        assert len(set(feed.addresses)) == len(feed.addresses)
        assert 1 <= feed.age_max_hours <= AGE_MAX_HOURS
    assert len(feeds["ofac-sdn"].addresses) == 4


def test_a_closed_list_is_retired_from_its_last_day_on() -> None:
    feed = load_feeds()["uk-conlist"]

    assert feed.retired_on == date(2026, 1, 28)
    assert not feed.is_retired(date(2026, 1, 27))
    assert feed.is_retired(date(2026, 1, 28))
    assert feed.is_retired(None)
    assert not load_feeds()["uk-sl"].is_retired(None)


def test_a_users_file_changes_only_what_it_names(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        '[un-sc]\nage_max_hours = 72\nenabled = false\n[uk-sl]\nfiles = ["lists/uk.xml"]\n'
        '[us-csl]\naddresses = ["https://mirror.example/csl.csv"]\n',
    )

    shipped, feeds = load_feeds(), load_feeds(path)

    assert (feeds["un-sc"].age_max_hours, feeds["un-sc"].enabled) == (72, False)
    assert feeds["un-sc"].addresses == shipped["un-sc"].addresses
    assert feeds["uk-sl"].files == (tmp_path / "lists" / "uk.xml",)
    assert feeds["us-csl"].addresses == ("https://mirror.example/csl.csv",)
    assert feeds["us-csl"].mirrors == ()
    assert feeds["eu-fsd"] == shipped["eu-fsd"]


def test_a_users_file_may_add_a_feed(tmp_path: Path) -> None:
    path = own(tmp_path, '[xa-main]\nauthority = "XA"\ntitle = "Main"\nfiles = ["/a.csv"]\n')

    assert load_feeds(path)["xa-main"] == Feed(
        id="xa-main", authority="XA", title="Main", files=(Path("/a.csv"),)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[un-sc\n", "feeds.toml:1: not TOML: expected"),
        ("[un-sc]\n\nage_max_hours = 07\n", "feeds.toml:3: not TOML"),
        ("[un-sc]\n\nage_max = 72\n", "feeds.toml:3 in `un-sc.age_max`: no such key"),
        ('["un-sc"]\nage_max = 72\n', "feeds.toml:2 in `un-sc.age_max`: no such key"),
        ("un-sc.age_max = 72\n", "feeds.toml:1 in `un-sc.age_max`: no such key"),
        ("[un-sc]\nage_max_hours = 0\n",
         "feeds.toml:2 in `un-sc.age_max_hours`: expected `int` >= 1"),
        ('[un-sc]\nage_max_hours = "72"\n', "in `un-sc.age_max_hours`: expected `int`, got `str`"),
        ("un-sc = 7\n", "in `un-sc`: expected `object`, got `int`"),
        ('[un-sc]\naddresses = "https://a.example/"\n', "in `un-sc.addresses`: expected `array`"),
        ("[un-sc]\naddresses = []\n", "in `un-sc.addresses`: missing"),
        ('[un-sc]\naddresses = ["a.example/un.xml"]\n', "`a.example/un.xml` is no address"),
        ('[un-sc]\naddresses = ["ftp://a.example/un.xml"]\n', "is no address"),
        ('[un-sc]\naddresses = ["https:///un.xml"]\n', "is no address"),
        ('[un-sc]\naddresses = ["https://[a"]\n', "is no address"),
        ('[un-sc]\nmirrors = ["https://a.example/", "https://b.example/"]\n',
         "in `un-sc.mirrors`: 2 for 1 addresses"),
        ('[un-scc]\nage_max_hours = 72\n',
         "feeds.toml:1 in `un-scc.authority`: missing, and no such feed"),
        ('["UN SC"]\nenabled = true\n', "in `UN SC`: no id of a list"),
    ],
)  # fmt: skip
def test_a_users_file_that_is_wrong_says_where(text: str, said: str, tmp_path: Path) -> None:
    path = own(tmp_path, text)

    with pytest.raises(FormatError) as caught:
        load_feeds(path)

    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)
    assert caught.value.hint


def test_a_wrong_key_is_told_with_the_keys_that_exist(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        load_feeds(own(tmp_path, "[un-sc]\nage_max = 72\n"))

    assert "title, addresses, mirrors" in caught.value.hint
    assert "age_max_hours" in caught.value.hint


def test_a_users_file_that_is_absent_or_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        load_feeds(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'[un-sc]\ntitle = "\xe9"\n')
    with pytest.raises(FormatError, match="not in UTF-8"):
        load_feeds(tmp_path / "latin.toml")
