"""The documents: links lead somewhere, and everything a reader may meet has its entry."""

import importlib
import re
from pathlib import Path

import click
import pytest

from article41.model.errors import Article41Error

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BY_NAME = {page.relative_to(ROOT).as_posix(): page for page in PAGES}


def headings(page: Path) -> list[str]:
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Headings as hosting sites turn them into anchors."""
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in headings(page)
    }


def all_errors(kind: type[Article41Error] = Article41Error) -> list[type[Article41Error]]:
    return [kind, *(error for child in kind.__subclasses__() for error in all_errors(child))]


@pytest.mark.parametrize("name", BY_NAME)
def test_every_link_leads_somewhere(name: str) -> None:
    page = BY_NAME[name]
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)

    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        target, _, anchor = link.partition("#")
        if not link.startswith(("https://", "mailto:")):
            path = (page.parent / target).resolve() if target else page
            if not path.exists() or (anchor and anchor not in anchors(path)):
                broken.append(link)
    assert broken == []


def test_every_page_is_reached_from_the_start() -> None:
    reached = {ROOT / "README.md", ROOT / "CHANGELOG.md"}
    waiting = list(reached)
    while waiting:
        page = waiting.pop()
        for link in re.findall(r"\]\(([^)\s#]+\.md)", page.read_text(encoding="utf-8")):
            target = (page.parent / link).resolve()
            if target.is_file() and target not in reached:
                reached.add(target)
                waiting.append(target)

    assert [name for name, page in BY_NAME.items() if page not in reached] == []


def test_every_error_code_has_an_entry_and_every_entry_a_code() -> None:
    page = ROOT / "docs" / "reference" / "errors.md"
    codes = [error.code for error in all_errors()]

    assert len(set(codes)) == len(codes)
    assert sorted(headings(page)[1:]) == sorted(f"`{code}`" for code in codes)


def test_every_command_of_make_that_is_mentioned_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z%-]+):", makefile, flags=re.MULTILINE))
    benchmarks = {f"bench-{path.stem}" for path in (ROOT / "bench").glob("*.py")}

    unknown = set()
    for name, page in BY_NAME.items():
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"(?:`|^\$ |^)make ([a-z][a-z-]*)", text, flags=re.MULTILINE):
            if target not in targets | benchmarks:
                unknown.add(f"{name}: make {target}")
    assert unknown == set()


def test_every_command_has_an_entry() -> None:
    faces = importlib.import_module("article41.faces.cli")
    groups = [value for value in vars(faces).values() if isinstance(value, click.Group)]
    assert groups
    page = ROOT / "docs" / "reference" / "cli.md"
    described = headings(page) if page.exists() else []

    missing = [path for path in commands(groups[0]) if f"`article41 {path}`" not in described]
    assert missing == []


def commands(group: click.Group) -> list[str]:
    context = click.Context(group)
    paths = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            paths += [f"{name} {path}" for path in commands(command)]
        else:
            paths.append(name)
    return paths
