"""The addresses of the page: sign in, ask about a name or an act, see the lists.

Every page is made here and needs no script; what is asked goes in the body of a request and never
into an address.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from article41.checks import THRESHOLD
from article41.faces.api.access import Key, Scope
from article41.faces.api.answerer import Answerer, refuse_other_scope
from article41.faces.api.answering import ActsAsked, acts_told, names_told, read_acts_asked
from article41.faces.api.holdings import Holdings
from article41.faces.api.payments import PaymentsAsked, payments_told
from article41.faces.api.problems import Problem, problem_of
from article41.faces.api.questions import match_question
from article41.faces.cli.rendering import finding_line
from article41.faces.settings import now, today
from article41.faces.web.forms import FIELDS, FILES, fields_of, parts_of
from article41.faces.web.sessions import COOKIE, VALID_FOR, Sessions
from article41.faces.web.shown import (
    example_act,
    name_answer_of,
    shown_name,
    shown_payments,
    shown_verdict,
)
from article41.model.countries import ISO_COUNTRIES
from article41.model.entities import Schema
from article41.model.errors import AccessError, Article41Error, RequestError

CHECK, LISTS, SIGN_IN, SIGN_OUT = "/page/check", "/page/lists", "/page/sign-in", "/page/sign-out"
NAME, ACT, PAYMENT = "/page/name", "/page/act", "/page/payment"
STYLE, ICON = "/page/style.css", "/page/icon.svg"
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
MATCHES_SHOWN = 20
_HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
_NOTHING: Mapping[str, object] = {
    "answer": None, "verdicts": (), "payments": (), "notes": (), "records": (), "lists": (),
    "limits": (),
}  # fmt: skip
"""What a page has of answers where nothing was asked."""
_SEE_OTHER = 303
Form = dict[str, str]


class Pages:
    """What each address of the page gives.

    Args:
        answerer: What all routes share.

    Raises:
        StoreError: The secret of the sessions cannot be made or read.
    """

    def __init__(self, answerer: Answerer) -> None:
        """Read nothing yet but the secret of the sessions."""
        self._answerer = answerer
        self._sessions = Sessions(answerer.folder, answerer.keys)
        self._holdings = Holdings(answerer.folder)

    async def home(self, request: Request) -> Response:
        """Lead to the page."""
        del request
        return RedirectResponse(CHECK, status_code=_SEE_OTHER)

    async def style(self, request: Request) -> Response:
        """The one stylesheet."""
        del request
        return _kept("style.css", "text/css")

    async def icon(self, request: Request) -> Response:
        """The sign of the page."""
        del request
        return _kept("icon.svg", "image/svg+xml")

    async def sign_in_form(self, request: Request) -> Response:
        """Where a key is shown."""
        return self._page(request, "sign-in.html", None)

    async def sign_in(self, request: Request) -> Response:
        """Begin a session."""
        form, _ = await self._form(request)
        try:
            key = self._answerer.keys.of(form.get("key", "").strip(), now=now())
        except AccessError as error:
            return self._page(request, "sign-in.html", None, problem=problem_of(error))
        response = RedirectResponse(CHECK, status_code=_SEE_OTHER)
        response.set_cookie(
            COOKIE,
            self._sessions.begun(key, now=now()),
            max_age=int(VALID_FOR.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
            path="/",
        )
        return response

    async def sign_out(self, request: Request) -> Response:
        """End a session."""
        await self._own_form(request)
        response = RedirectResponse(SIGN_IN, status_code=_SEE_OTHER)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    async def check(self, request: Request) -> Response:
        """Where a name or an act is asked about."""
        return self._asking(request, self._key(request))

    async def name(self, request: Request) -> Response:
        """Whom a name resembles."""
        key, form, _ = await self._own_form(request)
        party = {
            "name": form.get("name", ""),
            "schema": form.get("schema") or None,
            "birth_dates": [form["birth_date"]] if form.get("birth_date") else [],
            "country": form.get("country") or None,
        }
        asked = {
            "parties": [party],
            "as_of": form.get("as_of") or None,
            "known_at": form.get("known_at") or None,
            "limit": MATCHES_SHOWN,
        }
        try:
            refuse_other_scope(key, Scope.MATCH)
            told, records = await self._answerer.told(
                key,
                kind="match",
                tell=lambda asker: names_told(
                    match_question(json.dumps(asked).encode()),
                    self._answerer.lists.opened(),
                    self._answerer.links,
                    asker,
                ),
            )
        except Article41Error as error:
            return self._asking(request, key, form=form, problem=problem_of(error))
        shown = shown_name(name_answer_of(told.asked[0].answer))
        return self._asking(request, key, form=form, answer=shown, records=records)

    async def act(self, request: Request) -> Response:
        """What the law says of an act."""
        key, form, _ = await self._own_form(request)
        try:
            refuse_other_scope(key, Scope.CHECK)
            told, records = await self._answerer.told(
                key,
                kind="check",
                tell=lambda asker: acts_told(
                    ActsAsked(
                        read_acts_asked(form.get("act", "").encode(), None, ()), None, THRESHOLD
                    ),
                    self._answerer.lists.opened(),
                    asker,
                ),
            )
        except Article41Error as error:
            return self._asking(request, key, form=form, problem=problem_of(error))
        verdicts = await self._answerer.in_thread(
            lambda: [shown_verdict(one.answer) for one in told.asked]
        )
        return self._asking(
            request, key, form=form, verdicts=verdicts, notes=told.notes, records=records
        )

    async def payment(self, request: Request) -> Response:
        """Whether the payments of a file are to be held."""
        key, form, file = await self._own_form(request)
        asked = PaymentsAsked(
            body=file or form.get("message", "").encode(),
            asker=form.get("asker", ""),
            day=None,
            jurisdictions=(),
            known_at=None,
            threshold=THRESHOLD,
        )
        try:
            refuse_other_scope(key, Scope.PAYMENTS)
            told, records = await self._answerer.told(
                key,
                kind="payment",
                tell=lambda asker: payments_told(asked, self._answerer.lists.opened(), asker),
            )
        except Article41Error as error:
            return self._asking(request, key, form=form, problem=problem_of(error))
        payments = shown_payments(told.asked[0].answer)
        return self._asking(request, key, form=form, payments=payments, records=records)

    async def lists(self, request: Request) -> Response:
        """Which lists are held, and what limits them."""
        key = self._key(request)
        try:
            refuse_other_scope(key, Scope.LISTS)
            answer = await self._answerer.in_thread(
                lambda: self._holdings.answer(
                    self._answerer.lists.opened(), as_of=None, known_at=None, asked_on=today()
                )
            )
        except Article41Error as error:
            return self._page(request, "lists.html", key, problem=problem_of(error))
        limits = [finding_line(one) for one in answer.findings]
        return self._page(request, "lists.html", key, lists=answer.lists, limits=limits)

    async def certificate(self, request: Request) -> Response:
        """The proof of an answer, as a file."""
        key = self._key(request)
        name = str(request.path_params["name"])
        try:
            body = await self._answerer.in_thread(lambda: self._answerer.certificate(name, key))
        except Article41Error as error:
            return self._asking(request, key, problem=problem_of(error))
        headers = {"content-disposition": 'attachment; filename="answer.certificate"'}
        return Response(body, media_type="application/json", headers=headers)

    def _asking(
        self,
        request: Request,
        key: Key,
        *,
        form: Form | None = None,
        problem: Problem | None = None,
        **given: object,
    ) -> Response:
        return self._page(
            request,
            "check.html",
            key,
            problem=problem,
            form={"act": example_act().replace("{today}", today().isoformat()), **(form or {})},
            schemas=[one.value for one in Schema],
            countries=ISO_COUNTRIES,
            **given,
        )

    def _page(
        self,
        request: Request,
        name: str,
        key: Key | None,
        *,
        problem: Problem | None = None,
        **given: object,
    ) -> Response:
        cookie = request.cookies.get(COOKIE, "")
        text = _templates().get_template(name).render(
            key=key,
            token=self._sessions.token(cookie) if key else "",
            here=request.url.path,
            problem=problem,
            **{**_NOTHING, **given},
        )  # fmt: skip
        status = 200 if problem is None else problem.status
        return Response(text, status_code=status, media_type="text/html", headers=_HEADERS)

    def _key(self, request: Request) -> Key:
        """The key of who is signed in.

        Raises:
            AccessError: Nobody is.
        """
        return self._sessions.key_of(request.cookies.get(COOKIE, ""), now=now())

    async def _own_form(self, request: Request) -> tuple[Key, Form, bytes]:
        """The key of who is signed in, and what their own form sends.

        Raises:
            AccessError: Nobody is signed in, or the form is of another site.
        """
        key = self._key(request)
        form, file = await self._form(request)
        if not self._sessions.is_own(request.cookies.get(COOKIE, ""), form.pop("token", "")):
            raise AccessError("the form is not of this session", hint="open the page again")
        return key, form, file

    async def _form(self, request: Request) -> tuple[Form, bytes]:
        """What a form sends: its fields, and the file if there is one.

        Raises:
            AccessError: Another site sends it.
            RequestError: It is no form of ours.
        """
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise AccessError("the form is of another site", hint="open the page again")
        body, kind = await self._answerer.body(request, (FIELDS, FILES))
        if kind == FIELDS:
            return dict(fields_of(body)), b""
        parts = dict(parts_of(body, request.headers["content-type"]))
        file = parts.pop("file", b"")
        try:
            return {name: one.decode("utf-8") for name, one in parts.items()}, file
        except UnicodeDecodeError as error:
            raise RequestError("the form cannot be read", hint="open the page again") from error


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("article41.faces.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _kept(name: str, kind: str) -> Response:
    """A file that is the same for everybody, and may be kept on the way."""
    headers = {"cache-control": "max-age=3600", "content-security-policy": POLICY}
    return Response(_file(name), media_type=kind, headers=headers)


@cache
def _file(name: str) -> bytes:
    return resources.files("article41.faces.web").joinpath("templates", name).read_bytes()


def add_page(inner: FastAPI, answerer: Answerer) -> None:
    """Add the page to the server."""
    pages = Pages(answerer)
    _add(inner, "/", "GET", pages.home)
    _add(inner, STYLE, "GET", pages.style)
    _add(inner, ICON, "GET", pages.icon)
    _add(inner, SIGN_IN, "GET", pages.sign_in_form)
    _add(inner, SIGN_IN, "POST", pages.sign_in)
    _add(inner, SIGN_OUT, "POST", pages.sign_out)
    _add(inner, CHECK, "GET", pages.check)
    _add(inner, NAME, "POST", pages.name)
    _add(inner, ACT, "POST", pages.act)
    _add(inner, PAYMENT, "POST", pages.payment)
    _add(inner, LISTS, "GET", pages.lists)
    _add(inner, "/page/certificates/{name}", "GET", pages.certificate)


def _add(
    inner: FastAPI, path: str, method: str, page: Callable[[Request], Awaitable[Response]]
) -> None:
    async def answered(request: Request) -> Response:
        try:
            return await page(request)
        except AccessError:
            # Whoever is not signed in signs in; a form of another site does nothing.
            return RedirectResponse(SIGN_IN, status_code=_SEE_OTHER)

    inner.add_api_route(path, answered, methods=[method], response_model=None)
