"""Stands around every route: names each request, counts it, and turns a failure into a problem.

What a route raises never reaches a client as it is, and nothing that was answered is kept by
anybody on the way.
"""

import itertools
import logging
import re
import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from article41.faces.api.counting import Counts
from article41.faces.api.problems import PROBLEM, problem_headers, problem_json, problem_of
from article41.model.errors import (
    Article41Error,
    MethodError,
    RequestError,
    UnknownRouteError,
)

REQUEST_ID = "x-request-id"
"""Names a request; made here where its sender gave none."""
REQUEST_ID_PATTERN = "^[A-Za-z0-9._:-]{1,100}$"
_ID = re.compile(REQUEST_ID_PATTERN)
_REQUEST_ID = REQUEST_ID.encode("ascii")
_OURS = secrets.token_hex(8)
_NUMBERS = itertools.count(1)
"""Ids made here: of this process, and counted in it."""
ALWAYS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)
"""What every response says, unless its route says otherwise."""
_LOG = logging.getLogger("article41.server")
_ONCE = ((b"authorization", "Authorization"), (b"content-type", "Content-Type"))
"""Headers of which the first would count here, and elsewhere perhaps the last."""
_LENGTH, _CHUNKED = b"content-length", b"transfer-encoding"
_UNKNOWN = "unknown"
_PROBLEM = "problem"
"""The code of the problem that a request was answered with, in its state."""
_GONE = 499
"""Counted where whoever asked had left before the answer."""


class Guarded:
    """An application with all that holds for each of its requests.

    Args:
        inner: The application.
        counts: What is counted.
        ended: Told of the state of each request that has ended.
    """

    def __init__(
        self, inner: FastAPI, counts: Counts, ended: Callable[[dict[str, Any]], None]
    ) -> None:
        """Keep them, and by which path each route is known."""
        self._inner = inner
        self._counts = counts
        self._ended = ended
        routes = (one for one in inner.routes if isinstance(one, Route))
        self._path_by_route: dict[object, str] = {route.endpoint: route.path for route in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        began = time.perf_counter()
        request_id = _request_id(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        status = 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = (_REQUEST_ID, request_id.encode("ascii"))
                given = {name for name, _ in message.get("headers", ())}
                always = [pair for pair in ALWAYS if pair[0] not in given]
                message["headers"] = [*message.get("headers", ()), own, *always]
            await send(message)

        try:
            ambiguous = _ambiguous(scope)
            if ambiguous is not None:
                response = refusal(Request(scope), ambiguous)
                # Where a request ends that is read in two ways, nobody knows.
                response.headers["connection"] = "close"
                await response(scope, receive, sent)
                return
            await self._inner(scope, receive, sent)
        except ClientDisconnect:
            status = _GONE
        except Exception:
            # Told already, and the client has its problem, unless an answer had begun.
            if not status:
                raise
        finally:
            self._ended(state)
            path = self._path_by_route.get(scope.get("endpoint"), _UNKNOWN)
            self._counts.request(path, status, time.perf_counter() - began)
            if _PROBLEM in state:
                self._counts.problem(path, state[_PROBLEM])

    def refused(self, error: Article41Error) -> None:
        """Count what was refused before it was a request, such as one connection too many.

        Args:
            error: Why.
        """
        self._counts.problem(_UNKNOWN, error.code)


def _ambiguous(scope: Scope) -> RequestError | None:
    """What of a head can be read in two ways: a server before this one may have read the other."""
    names = [name for name, _ in scope["headers"]]
    for name, shown in _ONCE:
        if names.count(name) > 1:
            return RequestError(f"`{shown}` stands twice", hint="give it once", path=shown)
    if _CHUNKED in names and _LENGTH in names:
        return RequestError(
            "`Content-Length` stands beside `Transfer-Encoding`",
            hint="give one of them",
            path="Content-Length",
        )
    return None


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _REQUEST_ID:
            given = value.decode("latin-1")
            if _ID.fullmatch(given):
                return str(given)
    return new_request_id()


def new_request_id() -> str:
    """A name for a request to which its sender gave none."""
    return f"{_OURS}{next(_NUMBERS):x}"


def request_id_of(request: Request) -> str:
    """By which a request is named."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def refusal(request: Request, error: Article41Error) -> Response:
    """A failure as the response to a request."""
    problem = problem_of(error, request_id=request_id_of(request))
    request.scope["state"][_PROBLEM] = problem.code
    return Response(
        problem_json(problem),
        status_code=problem.status,
        headers=dict(problem_headers(problem)),
        media_type=PROBLEM,
    )


async def refused(request: Request, error: Exception) -> Response:
    """A failure of ours."""
    assert isinstance(error, Article41Error)
    return refusal(request, error)


async def refused_by_route(request: Request, error: Exception) -> Response:
    """What no route takes, in our words."""
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code == 405:
        allowed: Sequence[str] = (error.headers or {}).get("Allow", "").split(", ")
        response = refusal(
            request,
            MethodError(
                f"`{path}` takes no {request.method}", hint=f"it takes {' and '.join(allowed)}"
            ),
        )
        response.headers["allow"] = ", ".join(allowed)
        return response
    if error.status_code == 404:
        return refusal(
            request, UnknownRouteError(f"there is no `{path}`", hint="see `/openapi.json`")
        )
    return refusal(request, RequestError(str(error.detail), hint="see `/openapi.json`"))


async def failed(request: Request, error: Exception) -> Response:
    """A fault of the server itself: told to whoever runs it, and no word of it to who asks."""
    _LOG.error("request %s failed", request_id_of(request), exc_info=error)
    return refusal(
        request,
        Article41Error(
            "the server failed at this request; no answer was given",
            hint="tell whoever runs it the id of the request",
        ),
    )
