"""Nothing but `/health` answers without a key; a key is for what it is for, and is told once."""

import json
import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from article41.faces.api.access import KEYS_FILE, Keys, Scope
from article41.model.errors import AccessError, CorruptStoreError
from tests.faces.api.made import ACT, MADE_AT, Served, problem
from tests.faces.made import call, lines_of_json

ROUTES = [
    ("POST", "/match", Scope.MATCH),
    ("POST", "/check", Scope.CHECK),
    ("GET", "/lists", Scope.LISTS),
    ("GET", "/measures", Scope.MEASURES),
    ("GET", "/metrics", Scope.METRICS),
    ("GET", "/ready", None),
    ("GET", "/openapi.json", None),
]


@pytest.mark.parametrize(("method", "path", "scope"), ROUTES)
def test_nothing_answers_without_a_key_that_is_for_it(
    served: Served, method: str, path: str, scope: Scope | None
) -> None:
    bare = served.ask(method, path, key=None, json=ACT)
    unknown = served.ask(method, path, key="a41_0123_" + "x" * 43, json=ACT)
    others = [one for one in Scope if one not in (scope, Scope.ADMIN)]
    foreign = served.ask(method, path, key=served.key(*others), json=ACT)

    assert problem(bare, 401)["code"] == "access"
    assert bare.headers["www-authenticate"].startswith("Bearer")
    assert problem(unknown, 401)["code"] == "access"
    if scope is not None:
        assert problem(foreign, 403)["code"] == "scope"
    else:
        assert foreign.status_code == 200
    assert served.entries() == []


def test_a_key_ends_when_it_expires_or_is_revoked_while_the_server_runs(served: Served) -> None:
    secret = served.key(Scope.LISTS)
    key_id = secret.split("_")[1]
    over = Keys(served.folder).create(
        "Old", [Scope.LISTS], now=MADE_AT, expires_at=MADE_AT + timedelta(days=1)
    )[1]
    before = served.ask("GET", "/lists", key=secret)

    call("keys", "revoke", key_id, "--store", served.folder)

    assert before.status_code == 200
    revoked = problem(served.ask("GET", "/lists", key=secret), 401)
    assert "is revoked" in revoked["detail"]
    assert "is expired" in problem(served.ask("GET", "/lists", key=over), 401)["detail"]


def test_the_commands_make_show_and_revoke_keys(served: Served) -> None:
    made = call(
        "keys", "create", "--name", "Desk", "--scope", "match", "--scope", "check",
        "--expires", "90d", "--json", "--store", served.folder,
    )  # fmt: skip
    (key,) = lines_of_json(made.stdout)
    plain = call(
        "keys", "create", "--name", "Second", "--scope", "admin", "--expires", "never",
        "--store", served.folder,
    )  # fmt: skip
    call("keys", "revoke", key["id"], "--store", served.folder)

    shown = call("keys", "list", "--json", "--store", served.folder).stdout

    first, second = json.loads(shown)
    assert key["key"].startswith(f"a41_{key['id']}_")
    assert key["key"] not in shown
    assert (first["scopes"], first["state"]) == (["match", "check"], "revoked")
    assert (second["name"], second["state"], second["expires_at"]) == ("Second", "valid", None)
    assert plain.stdout.strip().startswith(f"a41_{second['id']}_")
    lines = call("keys", "list", "--store", served.folder).stdout.splitlines()
    assert [line.split()[0] for line in lines] == [first["id"], second["id"]]


@pytest.mark.parametrize(
    "given",
    [
        ("--name", " ", "--scope", "match"),
        ("--name", "Desk"),
        ("--name", "Desk", "--scope", "everything"),
        ("--name", "Desk", "--scope", "match", "--expires", "2001-01-01"),
        ("--name", "Desk", "--scope", "match", "--expires", "99999999d"),
    ],
)
def test_a_key_that_would_be_for_nothing_is_refused(served: Served, given: tuple[str, ...]) -> None:
    call("keys", "create", *given, "--store", served.folder, code=2)

    assert not (served.folder / KEYS_FILE).exists()


def test_only_the_hash_of_a_key_is_kept_and_only_its_owner_reads_it(served: Served) -> None:
    secret = served.key()

    file = served.folder / KEYS_FILE

    assert file.stat().st_mode & 0o777 == 0o600
    assert secret.rpartition("_")[2] not in file.read_text(encoding="utf-8")


def _make(folder: Path, count: int) -> None:
    for number in range(count):
        Keys(folder).create(f"Key {number}", [Scope.MATCH], now=MADE_AT, expires_at=None)


def test_no_key_is_lost_when_several_make_them_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    makers = [context.Process(target=_make, args=(tmp_path, 10)) for _ in range(4)]

    for one in makers:
        one.start()
    for one in makers:
        one.join()

    assert [one.exitcode for one in makers] == [0] * 4
    assert len({key.id for key in Keys(tmp_path).all()}) == 40
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys.json", "keys.lock"]


@pytest.mark.parametrize("secret", ["", "a41", "a41__", "\ud800", "a41_x_\ud800"])
def test_what_is_no_key_is_unknown(tmp_path: Path, secret: str) -> None:
    with pytest.raises(AccessError):
        Keys(tmp_path).of(secret, now=datetime.now(UTC))


def test_a_damaged_file_of_keys_admits_nobody(served: Served) -> None:
    secret = served.key()
    (served.folder / KEYS_FILE).write_text('{"keys": [', encoding="utf-8")

    response = served.ask("GET", "/lists", key=secret)

    assert problem(response, 503)["code"] == CorruptStoreError.code
