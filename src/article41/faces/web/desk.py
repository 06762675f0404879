"""Where somebody sits who looks at the page: a session, the forms that are its own, and pages."""

import re
from collections.abc import Mapping
from functools import cache

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from article41.faces.api.access import Key
from article41.faces.api.answerer import Answerer
from article41.faces.api.problems import Problem
from article41.faces.settings import now
from article41.faces.web.carried import CARRIED_MAX, FILE_FORM, Carried, Fields, LapsedError
from article41.faces.web.files import address_of
from article41.faces.web.forms import FIELDS, FILES, fields_of, parts_of
from article41.faces.web.origins import Origins
from article41.faces.web.sessions import COOKIE, Sessions
from article41.model.errors import AccessError, RequestError

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
"""Nothing comes from elsewhere, and no script or style runs that stands in a page itself."""
_HEADERS = {
    "content-security-policy": POLICY,
    # Not `no-referrer`: with it browsers send forms of our own as from nowhere (`Origin: null`).
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
_NOTHING: Mapping[str, object] = {
    "answer": None, "answers": (), "payments": None, "notes": (), "records": (), "lists": (),
    "limits": (), "links": {}, "faults": (), "focus": "", "kept": "", "carried": None,
    "back": None, "lost": "",
}  # fmt: skip
"""What a page has of answers where nothing was asked."""
SIGN_IN_MAX = 4 * CARRIED_MAX
"""Bytes of the form by which one signs in: the key, and what the page carries, once more packed."""
_OPEN_AGAIN = "open the page again"
_CODE = re.compile(r"`([^`]+)`")


class Desk:
    """Sessions, forms and pages.

    Args:
        answerer: What all routes share.
        origins: From where forms may come.

    Raises:
        StoreError: The secret of the sessions cannot be made or read.
    """

    def __init__(self, answerer: Answerer, origins: Origins) -> None:
        """Read nothing yet but the secret of the sessions."""
        self._answerer = answerer
        self._origins = origins
        self.sessions = Sessions(answerer.folder, answerer.keys)

    def page(
        self,
        request: Request,
        name: str,
        key: Key | None,
        *,
        problem: Problem | None = None,
        cookie: str = "",
        **given: object,
    ) -> Response:
        """A page made of a template.

        Args:
            request: The request.
            name: Of the template.
            key: Who is signed in; absent if nobody is.
            problem: Why there is no answer.
            cookie: Of the session, if it begins with this page.
            given: What else it shows.
        """
        cookie = cookie or request.cookies.get(COOKIE, "")
        text = templates().get_template(name).render(
            key=key,
            token=self.sessions.token(cookie) if key else "",
            here=request.url.path,
            problem=problem,
            **{**_NOTHING, **given},
        )  # fmt: skip
        status = 200 if problem is None else problem.status
        return Response(text, status_code=status, media_type="text/html", headers=_HEADERS)

    def key(self, request: Request) -> Key:
        """The key of who is signed in.

        Raises:
            AccessError: Nobody is.
        """
        return self.sessions.key_of(request.cookies.get(COOKIE, ""), now=now())

    async def own_form(self, request: Request) -> tuple[Key, Fields, bytes]:
        """The key of who is signed in, and what their own form sends.

        Raises:
            OriginError: The form is of another site.
            LapsedError: Nobody is signed in, or the form is of another session.
        """
        body, content_type = await self._body_of_ours(request)
        name = request.url.path.rpartition("/")[2]
        try:
            key = self.key(request)
        except AccessError as error:
            # A long one that nobody answers for is not even read.
            form = _read(body, content_type)[0] if len(body) <= CARRIED_MAX else {}
            is_kept = bool(form) or name == FILE_FORM
            form.pop("token", "")
            if not request.cookies.get(COOKIE):
                # Whoever had the form was signed in; browsers drop the cookie when it ends.
                error = AccessError("the session has ended", hint=error.hint)
            raise LapsedError(error, None, Carried.of(name, form) if is_kept else None) from error
        form, file = _read(body, content_type)
        if not self.sessions.is_own(request.cookies.get(COOKIE, ""), form.pop("token", "")):
            why = AccessError("the form was of another session", hint="ask again")
            raise LapsedError(why, key, Carried.of(name, form))
        return key, form, file

    async def strangers_form(self, request: Request) -> Fields:
        """What the form by which one signs in sends.

        Raises:
            OriginError: The form is of another site.
            RequestError: It is no form of ours.
        """
        body, content_type = await self._body_of_ours(request)
        if len(body) > SIGN_IN_MAX:
            raise RequestError(f"the form is longer than {SIGN_IN_MAX:,} bytes", hint=_OPEN_AGAIN)
        return _read(body, content_type)[0]

    async def _body_of_ours(self, request: Request) -> tuple[bytes, str]:
        self._origins.refuse_foreign(request)
        body, _ = await self._answerer.bodies.read(request, (FIELDS, FILES))
        return body, request.headers["content-type"]


def _read(body: bytes, content_type: str) -> tuple[Fields, bytes]:
    """What a form sends: its fields, and the file if there is one.

    Raises:
        RequestError: It is no form of ours.
    """
    if content_type.partition(";")[0].strip().casefold() == FIELDS:
        return dict(fields_of(body)), b""
    parts = dict(parts_of(body, content_type))
    file = parts.pop("file", b"")
    try:
        return {name: one.decode("utf-8") for name, one in parts.items()}, file
    except UnicodeDecodeError as error:
        raise RequestError("the form cannot be read", hint=_OPEN_AGAIN) from error


def marked(text: str) -> Markup:
    """A text escaped, with what stands in backticks set as code.

    Example:
        >>> str(marked("write `a<b`, or not"))
        'write <code>a&lt;b</code>, or not'
    """
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


@cache
def templates() -> Environment:
    """The templates, with every text escaped."""
    found = Environment(
        loader=PackageLoader("article41.faces.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.globals["address_of"] = address_of
    found.filters["marked"] = marked
    return found
