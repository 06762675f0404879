"""The addresses of the page: sign in, ask about a name, an act or a payment, see the lists.

Every page is made here and is whole without a script.
"""

from collections.abc import Awaitable, Callable, Collection

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from article41.faces.api.access import Scope, refuse_other_scope
from article41.faces.api.answerer import Answerer
from article41.faces.api.holdings import Holdings
from article41.faces.api.problems import problem_of
from article41.faces.cli.rendering import finding_line
from article41.faces.settings import now, today
from article41.faces.web.asking import Asking
from article41.faces.web.carried import Carried, LapsedError
from article41.faces.web.desk import POLICY, Desk
from article41.faces.web.files import FILES, giving
from article41.faces.web.origins import Origins
from article41.faces.web.sessions import COOKIE, VALID_FOR
from article41.model.errors import AccessError, Article41Error, OriginError

CHECK, LISTS, SIGN_IN, SIGN_OUT = "/page/check", "/page/lists", "/page/sign-in", "/page/sign-out"
_SEE_OTHER = 303
_LOST = "the browser has it, one page back"
_LOST_BELOW = "copy it from the form, before you sign in"


class Pages:
    """Who comes and goes, and what is held.

    Args:
        desk: Where one sits.
        answerer: What all routes share.
        asking: Where one asks.
    """

    def __init__(self, desk: Desk, answerer: Answerer, asking: Asking) -> None:
        """Read nothing yet."""
        self._desk = desk
        self._asking = asking
        self._answerer = answerer
        self._holdings = Holdings(answerer.folder)

    async def home(self, request: Request) -> Response:
        """Lead to the page."""
        del request
        return RedirectResponse(CHECK, status_code=_SEE_OTHER)

    async def sign_in_form(self, request: Request) -> Response:
        """Where a key is shown."""
        return self._desk.page(request, "sign-in.html", None)

    async def sign_in(self, request: Request) -> Response:
        """Begin a session; what was filled in when the one before had ended comes back."""
        form = await self._desk.strangers_form(request)
        carried = Carried.back(form)
        try:
            key = self._answerer.keys.of(form.get("key", "").strip(), now=now())
        except AccessError as error:
            return self._desk.page(
                request, "sign-in.html", None, problem=problem_of(error), carried=carried
            )
        cookie = self._desk.sessions.begun(key, now=now())
        response: Response = RedirectResponse(CHECK, status_code=_SEE_OTHER)
        if carried is not None:
            response = self._asking.again(request, key, carried, cookie=cookie)
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=int(VALID_FOR.total_seconds()),
            httponly=True,
            samesite="strict",
            # The browser's own word, where another server speaks HTTPS for this one.
            secure="https" in (request.url.scheme, request.headers.get("origin", "")[:5]),
            path="/",
        )
        return response

    def lapsed(self, request: Request, lapsed: LapsedError) -> Response:
        """The form as it was filled in, or where one signs in to have it back."""
        key, carried = lapsed.key, lapsed.carried
        is_script = bool(request.headers.get("hx-request"))
        if request.url.path == SIGN_OUT:
            return _led(request, SIGN_IN if key is None else CHECK)
        if key is not None and carried is not None:
            response = self._asking.again(request, key, carried)
            response.status_code = problem_of(lapsed.why).status
            is_kept = True
        else:
            # What is nowhere else stays where it is.
            is_kept = carried is not None and carried.is_short
            lost = _LOST_BELOW if is_script else _LOST
            response = self._desk.page(
                request, "sign-in.html", None, problem=problem_of(lapsed.why),
                carried=carried if is_kept else None, lost="" if is_kept else lost,
            )  # fmt: skip
        if is_script:
            response.headers["hx-reselect"] = ".skip,header,main" if is_kept else "#result"
            response.headers["hx-retarget"] = "body" if is_kept else "#result"
            response.headers["hx-reswap"] = "innerHTML show:top" if is_kept else "outerHTML"
        return response

    async def sign_out(self, request: Request) -> Response:
        """End a session."""
        await self._desk.own_form(request)
        response = RedirectResponse(SIGN_IN, status_code=_SEE_OTHER)
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return response

    async def lists(self, request: Request) -> Response:
        """Which lists are held, and what limits them."""
        key = self._desk.key(request)
        try:
            refuse_other_scope(key, Scope.LISTS)
            answer = await self._answerer.in_thread(
                lambda: self._holdings.answer(
                    self._answerer.lists.opened(), as_of=None, known_at=None, asked_on=today()
                )
            )
        except Article41Error as error:
            return self._desk.page(request, "lists.html", key, problem=problem_of(error))
        of_list: dict[str, list[str]] = {one.list: [] for one in answer.lists}
        limits = []
        for one in answer.findings:
            # Whose it is its row says.
            said = finding_line(one)
            told = of_list.get(one.list_id)
            if told is None:
                limits.append(said)
            else:
                told.append(said.partition(": ")[2].removeprefix(f"{one.list_id} "))
        return self._desk.page(
            request, "lists.html", key, lists=answer.lists, limits=limits, of_list=of_list
        )

    async def certificate(self, request: Request) -> Response:
        """The proof of an answer, as a file."""
        key = self._desk.key(request)
        name = str(request.path_params["name"])
        try:
            body = await self._answerer.in_thread(lambda: self._answerer.certificate(name, key))
        except Article41Error as error:
            return self._desk.page(request, "refused.html", key, problem=problem_of(error))
        headers = {"content-disposition": 'attachment; filename="answer.certificate"'}
        return Response(body, media_type="application/json", headers=headers)


def add_page(inner: FastAPI, answerer: Answerer, *, origins: Collection[str] = ()) -> None:
    """Add the page to the server.

    Args:
        inner: The server.
        answerer: What all routes share.
        origins: The addresses at which people see it, where whoever runs it named them.
    """
    desk = Desk(answerer, Origins(origins))
    asking = Asking(desk, answerer)
    pages = Pages(desk, answerer, asking)
    add = _Adding(inner, desk, pages)
    add("/", "GET", pages.home)
    for name in FILES:
        add(f"/page/{name}", "GET", giving(name, POLICY))
    add(SIGN_IN, "GET", pages.sign_in_form)
    add(SIGN_IN, "POST", pages.sign_in)
    add(SIGN_OUT, "POST", pages.sign_out)
    add(CHECK, "GET", asking.check)
    add("/page/name", "POST", asking.name)
    add("/page/act", "GET", asking.form)
    add("/page/act", "POST", asking.act)
    add("/page/fields", "POST", asking.fields)
    add("/page/payment", "POST", asking.payment)
    add("/page/answers/{name}", "GET", asking.whole)
    add(LISTS, "GET", pages.lists)
    add("/page/certificates/{name}", "GET", pages.certificate)


def _led(request: Request, address: str) -> Response:
    """Lead to a page."""
    if request.headers.get("hx-request"):
        # A script follows this one by loading the page, not into the middle of another.
        return Response(headers={"hx-redirect": address})
    return RedirectResponse(address, status_code=_SEE_OTHER)


class _Adding:
    """Adds pages to a server, with what each does for who may not see it."""

    def __init__(self, inner: FastAPI, desk: Desk, pages: Pages) -> None:
        self._inner = inner
        self._desk = desk
        self._pages = pages

    def __call__(
        self, path: str, method: str, page: Callable[[Request], Awaitable[Response]]
    ) -> None:
        async def answered(request: Request) -> Response:
            try:
                return await page(request)
            except OriginError as error:
                # Nothing of what another site sends is shown, and nobody is told to sign in for it.
                return self._desk.page(request, "refused.html", None, problem=problem_of(error))
            except LapsedError as lapsed:
                return self._pages.lapsed(request, lapsed)
            except AccessError:
                return _led(request, SIGN_IN)

        self._inner.add_api_route(path, answered, methods=[method], response_model=None)
