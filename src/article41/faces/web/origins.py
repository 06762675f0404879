"""Whether a form was sent from a page of this server: no other site may sign anybody in or ask.

Browsers say of themselves where a form was: `Sec-Fetch-Site`, over HTTPS and to the own machine;
else `Origin`; very old ones `Referer` alone. No page of another site can write these.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from fastapi import Request

from article41.model.errors import OriginError

_PORTS = {"http": 80, "https": 443}
_SHOWN = 100


class Origins:
    """From where forms may come.

    Args:
        named: The addresses at which people see this server, as scheme and host, if whoever runs
            it named them; else that to which a request was sent.
    """

    def __init__(self, named: Collection[str] = ()) -> None:
        """Keep them."""
        self._named = {_parts_of(one) for one in named}

    def refuse_foreign(self, request: Request) -> None:
        """Refuse a form of another site, or of which nothing says that it is of this one.

        Raises:
            OriginError: It is.
        """
        site = request.headers.get("sec-fetch-site")
        said = _said_by(request)
        if site in ("same-origin", "none") or (site is None and self._is_own(said, request)):
            return
        shown = f"`{said[:_SHOWN]}`" if said and said != "null" else "a page that it does not name"
        raise OriginError(
            f"the browser says that the form was sent from {shown}",
            hint="open the page of this server and ask there; if that is its address, whoever "
            "runs it names it with `article41 serve --origin`",
        )

    def _is_own(self, said: str, request: Request) -> bool:
        parts = _parts_of(said)
        if parts is None:
            return False
        if self._named:
            return parts in self._named
        scheme = parts[0]
        # A server before this one may speak HTTPS for it; never the other way round.
        if request.url.scheme == "https" and scheme != "https":
            return False
        return parts == _parts_of(f"{scheme}://{request.headers.get('host', '')}")


def origin_of(text: str) -> str:
    """An address at which people see a server, without the slash at its end.

    Raises:
        ValueError: It is no scheme and host, or says more than that.

    Example:
        >>> origin_of("https://Screening.example/")
        'https://screening.example'
    """
    plain = text.strip().rstrip("/").casefold()
    if _parts_of(plain) is None or urlsplit(plain).path:
        raise ValueError(f"`{text}` is no address of a page")
    return plain


def _said_by(request: Request) -> str:
    """The origin that a browser says; empty if it says none."""
    given = request.headers.getlist("origin")
    if given:
        return given[0] if len(given) == 1 else "null"
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _parts_of(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None of what is no origin, such as `null`."""
    try:
        parts = urlsplit(origin)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    is_whole = parts.username is None and not (parts.query or parts.fragment)
    if port is None or not parts.hostname or not is_whole:
        return None
    return parts.scheme, parts.hostname, port
