"""The rules of CONTRIBUTING that no linter knows."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import article41
from article41.model import errors

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "article41"

MODULE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
LONG_MODULES: dict[str, str] = {}
"""Modules that may be longer, each with its reason."""

HOMELESS = {
    "base", "common", "core", "handler", "handlers", "helper", "helpers", "manager", "managers",
    "misc", "service", "services", "util", "utils",
}  # fmt: skip
COMFORT = re.compile(r"\b(clear|cleared|safe|allowed|approved|compliant)\b", re.IGNORECASE)
MACHINE = re.compile(
    r"/tmp/|/root/|/home/\w|--(extra-)?index-url|--find-links"
    r"|pypi\.org|pythonhosted\.org|crates\.io|registry\.npmjs"
)


def kept_files() -> list[Path]:
    """Everything that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


FILES = kept_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]
SOURCE = [path for path in PYTHON if path.is_relative_to(PACKAGE)]
RUST = [path for path in FILES if path.suffix == ".rs"]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=named(path))


def docstring_of(
    node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef,
) -> ast.Constant | None:
    first = node.body[0] if node.body else None
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return first.value if is_text and isinstance(first.value.value, str) else None  # type: ignore[union-attr]


def python_functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            text = docstring_of(node)
            if text is not None:
                lines -= (text.end_lineno or text.lineno) - text.lineno + 1
            yield f"{named(path)}:{node.lineno} {node.name}", lines


def without_tests(path: Path) -> list[str]:
    """The lines of a Rust file before its tests module."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line == "#[cfg(test)]" and lines[number + 1].startswith("mod "):
            return lines[:number]
    return lines


def rust_functions(path: Path) -> Iterator[tuple[str, int]]:
    """Functions as rustfmt lays them out: the end has the indentation of the beginning."""
    lines = without_tests(path)
    for number, line in enumerate(lines):
        found = re.match(r"( *)(pub(\([a-z]+\))? )?(const )?(unsafe )?fn (\w+)", line)
        if found and not line.rstrip().endswith(("}", ";")):
            end = number + 1
            while end < len(lines) and lines[end] not in (f"{found[1]}}}", f"{found[1]};"):
                end += 1
            yield f"{named(path)}:{number + 1} {found[6]}", end - number + 1


def test_functions_fit_on_a_screen() -> None:
    functions = [found for path in PYTHON for found in python_functions(path)]
    functions += [found for path in RUST for found in rust_functions(path)]

    assert functions
    assert [found for found in functions if found[1] > FUNCTION_LINES_MAX] == []


def test_modules_are_short() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    lengths |= {named(path): len(without_tests(path)) for path in RUST}

    too_long = {name: lines for name, lines in lengths.items() if lines > MODULE_LINES_MAX}
    assert set(too_long) == set(LONG_MODULES), too_long


def test_every_module_has_a_name_of_its_own() -> None:
    assert [named(path) for path in PYTHON + RUST if path.stem in HOMELESS] == []
    assert [named(path) for path in PYTHON + RUST if path.parent.name in HOMELESS] == []


def test_every_module_says_its_one_job() -> None:
    silent = [path for path in SOURCE if docstring_of(tree(path)) is None]
    crate = [path for path in RUST if path.stem != "tests"]
    silent += [path for path in crate if not path.read_text(encoding="utf-8").startswith("//!")]

    assert [named(path) for path in silent] == []


def test_every_field_of_a_struct_is_documented() -> None:
    bare = []
    for path in SOURCE:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue
            if any("Struct" in ast.unparse(base) for base in node.bases):
                bare += [f"{named(path)} {node.name}.{name}" for name in undocumented(node)]

    assert bare == []


def undocumented(node: ast.ClassDef) -> Iterator[str]:
    followers = [*node.body[1:], ast.Pass()]
    for field, follower in zip(node.body, followers, strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            is_text = isinstance(follower, ast.Expr) and isinstance(follower.value, ast.Constant)
            if not is_text and not field.target.id.startswith("_"):
                yield field.target.id


def test_compiled_code_enters_through_one_door() -> None:
    doors = set()
    for path in SOURCE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import | ast.ImportFrom) and "_kernel" in ast.unparse(node):
                doors.add(named(path))

    assert doors <= {"src/article41/match/kernel.py"}


def test_no_screen_gives_a_word_of_comfort() -> None:
    spoken = []
    for path in SOURCE:
        if path.relative_to(PACKAGE).parts[0] in ("faces", "casework", "checks"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found = COMFORT.search(node.value)
                    spoken += [f"{named(path)}:{node.lineno} {found[0]}"] if found else []

    assert spoken == []


def test_the_sentence_of_an_error_has_no_capital_and_no_full_stop() -> None:
    faults = []
    for path in SOURCE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                faults += [
                    f"{named(path)}:{node.lineno} {fault}" for fault in error_faults(node.exc)
                ]

    assert faults == []


def error_faults(call: ast.Call) -> Iterator[str]:
    kind = getattr(errors, ast.unparse(call.func).rpartition(".")[2], None)
    if not (isinstance(kind, type) and issubclass(kind, errors.Article41Error)):
        return
    pieces = [node for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)]
    texts = [piece.value for piece in pieces if isinstance(piece.value, str)]
    if isinstance(call.args[0], ast.Constant | ast.JoinedStr) and texts:
        if re.match(r"[A-Z][a-z]", ast.unparse(call.args[0]).lstrip("f'\"")):
            yield "begins with a capital"
        if texts[-1].endswith("."):
            yield "ends with a full stop"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("InputError('No such day', hint='x')", "begins with a capital"),
        ("errors.FormatError(f'line {n} is cut.', hint='x')", "ends with a full stop"),
    ],
)
def test_the_check_of_errors_finds_faults(text: str, fault: str) -> None:
    call = ast.parse(text, mode="eval").body

    assert isinstance(call, ast.Call)
    assert list(error_faults(call)) == [fault]


def test_unfinished_work_has_an_issue() -> None:
    unfinished = []
    for path in PYTHON + RUST:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(r"(#|//) *(TODO|FIXME|XXX)(?!\(#\d+\))", line):
                unfinished.append(f"{named(path)}:{number}")

    assert unfinished == []


def test_unsafe_stands_in_one_file_and_says_why_it_is_sound() -> None:
    unsound = []
    for path in RUST:
        before = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            code = line.partition("//")[0]
            is_sound = path == ROOT / "kernel" / "src" / "mmap.rs" and "// SAFETY:" in before
            if re.search(r"\bunsafe\b", code) and not is_sound:
                unsound.append(f"{named(path)}:{number}")
            before = before + line if line.strip().startswith("//") else line

    assert unsound == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    knowing = []
    for path in FILES:
        if path.name != "Cargo.lock" and path != Path(__file__).resolve():
            found = MACHINE.search(path.read_text(encoding="utf-8", errors="replace"))
            knowing += [f"{named(path)}: {found[0]}"] if found else []

    assert knowing == []


def test_what_is_tested_is_the_installed_package() -> None:
    installed = Path(article41.__file__).resolve().parent

    assert not installed.is_relative_to(ROOT / "src")
    inside = [path for path in FILES if path.is_relative_to(PACKAGE)]
    assert PACKAGE / "py.typed" in inside
    differing = []
    for path in inside:
        copy = installed / path.relative_to(PACKAGE)
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            differing.append(named(path))
    assert differing == [], "run it by make, which installs first"
