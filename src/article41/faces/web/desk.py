"""Where somebody sits who looks at the page: a session, the forms that are its own, and pages."""

from collections.abc import Mapping
from functools import cache

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from article41.faces.api.access import Key
from article41.faces.api.answerer import Answerer
from article41.faces.api.problems import Problem
from article41.faces.settings import now
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
    "limits": (), "links": {}, "faults": (), "focus": "", "kept": "",
}  # fmt: skip
"""What a page has of answers where nothing was asked."""
Fields = dict[str, str]


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
        **given: object,
    ) -> Response:
        """A page made of a template.

        Args:
            request: The request.
            name: Of the template.
            key: Who is signed in; absent if nobody is.
            problem: Why there is no answer.
            given: What else it shows.
        """
        cookie = request.cookies.get(COOKIE, "")
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
            AccessError: Nobody is signed in, or the form is of another session.
        """
        form, file = await self.sent(request)
        key = self.key(request)
        if not self.sessions.is_own(request.cookies.get(COOKIE, ""), form.pop("token", "")):
            raise AccessError("the form is not of this session", hint="open the page again")
        return key, form, file

    async def sent(self, request: Request) -> tuple[Fields, bytes]:
        """What a form sends: its fields, and the file if there is one.

        Raises:
            OriginError: Another site sends it.
            RequestError: It is no form of ours.
        """
        self._origins.refuse_foreign(request)
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
def templates() -> Environment:
    """The templates, with every text escaped."""
    found = Environment(
        loader=PackageLoader("article41.faces.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.globals["address_of"] = address_of
    return found
