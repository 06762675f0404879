"""The routes: what each takes, by which key, and what it gives."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from article41.checks import THRESHOLD
from article41.checks.payment.act import asker_of
from article41.checks.reading import ActFormat
from article41.checks.reading.faults import shown
from article41.faces.api.access import Scope
from article41.faces.api.answerer import Answerer
from article41.faces.api.answering import ActsAsked, acts_told, read_acts_asked
from article41.faces.api.counting import METRICS_TYPE, Counts
from article41.faces.api.described import openapi_json
from article41.faces.api.guarding import Guarded, failed, refused, refused_by_route
from article41.faces.api.holdings import Holdings
from article41.faces.api.limits import Limits
from article41.faces.api.measures import MEASURE_ELSEWHERE, MEASURE_PARAMETERS, measures_told
from article41.faces.api.payments import (
    MESSAGE_TYPES,
    PAYMENT_ELSEWHERE,
    PAYMENT_PARAMETERS,
    PaymentsAsked,
)
from article41.faces.api.questions import Parameters, threshold_of, yes_or_no
from article41.faces.api.readiness import readiness
from article41.faces.api.repeats import REPLAYED, Reply
from article41.faces.api.watching import Watched
from article41.faces.cli.options import day_of, jurisdiction_of
from article41.faces.recording import Recorder
from article41.faces.settings import now, today
from article41.model.errors import Article41Error, OverloadError, RequestError

JSON = "application/json"
ACT_TYPES: Mapping[str, ActFormat | None] = {
    JSON: ActFormat.JSON,
    "application/yaml": ActFormat.YAML,
    "application/x-ndjson": ActFormat.JSON_LINES,
}
"""What a body of acts may be."""
CHECK_PARAMETERS = {"known_at": False, "threshold": False, "jurisdiction": True}
CHECK_ELSEWHERE = dict.fromkeys(
    ("as_of", "on"), "the day whose lists and law answer is `on` of each act"
)
CLOCKS = {"as_of": False, "known_at": False}
_UP = b'{"status":"up"}'


class Routes:
    """What each address gives.

    Args:
        answerer: What they share.
    """

    def __init__(self, answerer: Answerer) -> None:
        """Read nothing yet."""
        self._answerer = answerer
        self._holdings = Holdings(answerer.folder)

    async def match(self, request: Request) -> Response:
        """Whom names resemble."""
        answerer = self._answerer
        key = answerer.admitted(request, Scope.MATCH)
        _refuse_parameters(request, hint="what is asked stands in the body")
        body, _ = await answerer.bodies.asked(request, (JSON,))
        return _given(await answerer.names_recorded(request, key, body))

    async def check(self, request: Request) -> Response:
        """What the law says of acts."""
        answerer = self._answerer
        key = answerer.admitted(request, Scope.CHECK)
        given = Parameters(request.query_params.multi_items(), CHECK_PARAMETERS, CHECK_ELSEWHERE)
        known_at = given.known_at()
        threshold = given.one("threshold", threshold_of)
        jurisdictions = given.every("jurisdiction", jurisdiction_of)
        body, kind = await answerer.bodies.asked(request, tuple(ACT_TYPES))
        return _given(
            await answerer.recorded(
                request,
                key,
                body,
                kind="check",
                field="verdicts",
                tell=lambda asker: acts_told(
                    ActsAsked(
                        read_acts_asked(body, ACT_TYPES[kind], jurisdictions),
                        known_at,
                        THRESHOLD if threshold is None else threshold,
                    ),
                    answerer.lists.opened(),
                    asker,
                ),
            )
        )

    async def payments(self, request: Request) -> Response:
        """Whether payments of messages are to be held, and by what."""
        answerer = self._answerer
        key = answerer.admitted(request, Scope.PAYMENTS)
        given = Parameters(
            request.query_params.multi_items(), PAYMENT_PARAMETERS, PAYMENT_ELSEWHERE
        )
        threshold = given.one("threshold", threshold_of)
        asker, day = given.one("asker", asker_of), given.one("on", day_of)
        jurisdictions, known_at = given.every("jurisdiction", jurisdiction_of), given.known_at()
        is_whole = given.one("all", yes_or_no) or False
        replies = given.one("replies", yes_or_no) or False
        body, _ = await answerer.bodies.asked(request, MESSAGE_TYPES)
        asked = PaymentsAsked(
            body=body,
            asker=asker or "",
            day=day,
            jurisdictions=jurisdictions,
            known_at=known_at,
            threshold=THRESHOLD if threshold is None else threshold,
            is_whole=is_whole,
            with_replies=replies,
        )
        return _given(await answerer.payments_recorded(request, key, asked))

    async def certificate(self, request: Request) -> Response:
        """The proof of what is on record under a name."""
        answerer = self._answerer
        key = answerer.admitted(request, None)
        _refuse_parameters(request)
        name = str(request.path_params["name"])
        return _json(await answerer.in_thread(lambda: answerer.certificate(name, key)))

    async def lists(self, request: Request) -> Response:
        """Which lists are held, how old they are, and what limits what they say."""
        answerer = self._answerer
        answerer.admitted(request, Scope.LISTS)
        given = Parameters(request.query_params.multi_items(), CLOCKS)
        as_of, known_at = given.one("as_of", day_of), given.known_at()
        return _json(
            await answerer.in_thread(
                lambda: self._holdings.told(
                    answerer.lists.opened(), as_of=as_of, known_at=known_at, asked_on=today()
                )
            )
        )

    async def measures(self, request: Request) -> Response:
        """Which measures are held, and where each stands on a day."""
        answerer = self._answerer
        answerer.admitted(request, Scope.MEASURES)
        given = Parameters(
            request.query_params.multi_items(), MEASURE_PARAMETERS, MEASURE_ELSEWHERE
        )
        return _json(await answerer.in_thread(lambda: measures_told(given)))

    async def health(self, request: Request) -> Response:
        """That the server runs."""
        _refuse_parameters(request)
        return _json(_UP)

    async def ready(self, request: Request) -> Response:
        """That it can answer."""
        answerer = self._answerer
        answerer.admitted(request, None)
        _refuse_parameters(request)
        if answerer.is_ending:
            raise OverloadError("the server is ending", hint="ask another one")
        return _json(await answerer.in_thread(lambda: readiness(answerer, asked_on=today())))

    async def metrics(self, request: Request) -> Response:
        """What the server counts."""
        answerer = self._answerer
        answerer.admitted(request, Scope.METRICS)
        _refuse_parameters(request)
        watched = Watched(answerer, now=now())
        written = await answerer.in_thread(lambda: answerer.counts.written(watched))
        return Response(written, media_type=METRICS_TYPE)

    async def openapi(self, request: Request) -> Response:
        """What all routes take and give."""
        self._answerer.admitted(request, None)
        _refuse_parameters(request)
        return _json(openapi_json())


def _refuse_parameters(request: Request, *, hint: str = "leave it out: there are none") -> None:
    """Refuse parameters where there are none to be."""
    if request.scope["query_string"]:
        for name, _ in request.query_params.multi_items():
            raise RequestError(f"unknown parameter {shown(name)}", hint=hint, path=name)


def _given(reply: Reply) -> Response:
    headers = {REPLAYED: "true"} if reply.is_repeated else None
    return Response(reply.body, media_type=JSON, headers=headers)


def _json(body: bytes) -> Response:
    return Response(body, media_type=JSON)


Extension = Callable[[FastAPI, Answerer], None]


def application(
    folder: Path,
    recorder: Recorder,
    *,
    limits: Limits | None = None,
    extensions: Sequence[Extension] = (),
) -> Guarded:
    """The server's application for the store in a folder.

    Args:
        folder: Of the store.
        recorder: Keeps what was said.
        limits: How much is read, and how long is waited; as usual if absent.
        extensions: Each adds routes of its own, such as those of the page.

    Raises:
        Article41Error: The lists cannot be opened.
    """
    counts = Counts()
    answerer = Answerer(folder, recorder, counts, limits or Limits())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        answerer.close()

    inner = FastAPI(
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    inner.add_exception_handler(Article41Error, refused)
    inner.add_exception_handler(HTTPException, refused_by_route)
    inner.add_exception_handler(Exception, failed)
    routes = Routes(answerer)
    _add(inner, "/match", "POST", routes.match)
    _add(inner, "/check", "POST", routes.check)
    _add(inner, "/payments", "POST", routes.payments)
    _add(inner, "/certificates/{name}", "GET", routes.certificate)
    _add(inner, "/lists", "GET", routes.lists)
    _add(inner, "/measures", "GET", routes.measures)
    _add(inner, "/health", "GET", routes.health)
    _add(inner, "/ready", "GET", routes.ready)
    _add(inner, "/metrics", "GET", routes.metrics)
    _add(inner, "/openapi.json", "GET", routes.openapi)
    for extend in extensions:
        extend(inner, answerer)
    return Guarded(inner, counts, answerer.bodies.ended)


def _add(
    inner: FastAPI, path: str, method: str, route: Callable[[Request], Awaitable[Response]]
) -> None:
    inner.add_route(path, route, methods=[method])
