"""A server in this process over a small store, with keys, and ways to ask it."""

import asyncio
import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from article41.casework.audit import RECORD_FOLDER, Asked, Entry, MayLeave, Receipt, Record
from article41.faces.api.access import Keys, Scope
from article41.faces.api.application import application
from article41.faces.api.guarding import Guarded
from article41.faces.api.limits import Limits
from article41.faces.recording import Recorder
from article41.faces.recording import recorder as recorder_of
from article41.faces.settings import Recording
from article41.faces.web.pages import add_page
from article41.model.errors import RecordError

Headers = dict[str, str] | list[tuple[str, bytes]]
MADE_AT = datetime(2024, 6, 1, tzinfo=UTC)
ACT = {
    "act": "payment",
    "on": "2024-06-01",
    "asker": "payer-bank",
    "jurisdictions": ["US"],
    "parties": {
        "payer": {"name": "Beda Sample", "country": "DE"},
        "payer-bank": {"name": "Example Bank", "country": "DE"},
        "payee": {"name": "Ada Example", "country": "SY"},
    },
}


class Served:
    """A server over a store of its own.

    Args:
        folder: Of the store.
        limits: How much is read, and how long is waited.
        recorder: Keeps what was said; a record in the folder if absent.
    """

    def __init__(
        self,
        folder: Path,
        limits: Limits | None = None,
        recorder: Recorder | None = None,
        recording: Recording = Recording.WHOLE,
    ) -> None:
        self.folder = folder
        self.record = Record.open(folder / RECORD_FOLDER)
        self.app: Guarded = application(
            folder,
            recorder or recorder_of(folder, by="server:", recording=recording),
            limits=limits,
            extensions=(add_page,),
        )

    def key(self, *scopes: Scope) -> str:
        """A key for some scopes, for all if none is given."""
        given = scopes or (Scope.ADMIN,)
        return Keys(self.folder).create("Test", given, now=MADE_AT, expires_at=None)[1]

    def entries(self) -> list[Entry]:
        """All that is on record."""
        self.record.settle()
        return [self.record.entry(index) for index in range(self.record.size)]

    def ask(
        self,
        method: str,
        path: str,
        *,
        key: str | None,
        headers: Headers | None = None,
        **given: Any,  # as httpx has it
    ) -> httpx.Response:
        """The response to one request."""
        return self.ask_all([(method, path, {"headers": headers, **given})], key=key)[0]

    def ask_all(
        self, requests: Sequence[tuple[str, str, dict[str, Any]]], *, key: str | None
    ) -> list[httpx.Response]:
        """The responses to some requests that are made at once."""

        async def asked() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await asyncio.gather(
                    *(
                        client.request(method, path, **_with_key(given, key))
                        for method, path, given in requests
                    )
                )

        return asyncio.run(asked())


def _with_key(given: dict[str, Any], key: str | None) -> dict[str, Any]:
    headers = given.get("headers") or {}
    pairs = list(headers.items()) if isinstance(headers, dict) else list(headers)
    own = [] if key is None else [(b"authorization", f"Bearer {key}".encode())]
    named = [(name, one if isinstance(one, bytes) else one.encode()) for name, one in pairs]
    return {**given, "headers": [*own, *((name.encode(), one) for name, one in named)]}


class Refusing(Recorder):
    """A record to which nothing can be written."""

    def __init__(self) -> None:
        super().__init__(None, recording=Recording.WHOLE, by="server:", settings={})

    def write(self, asked: Sequence[Asked], *, may_leave: MayLeave | None = None) -> list[Receipt]:
        raise RecordError("the record cannot be written: no space left", hint="make room")


def copied(store: Path, folder: Path) -> Path:
    """A store that a test may change."""
    return shutil.copytree(store, folder / "store")


def problem(response: httpx.Response, status: int) -> Any:  # whatever the JSON holds
    """The problem that a response is, with all that each of them has."""
    assert response.headers["content-type"] == "application/problem+json"
    found = json.loads(response.content)
    assert response.status_code == found["status"] == status, found
    assert found["code"]
    assert found["detail"]
    assert found["hint"]
    assert found["request_id"] == response.headers["x-request-id"]
    return found
