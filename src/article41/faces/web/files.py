"""The files of the page that are the same for everybody: style, sign and scripts."""

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from functools import cache
from importlib import resources

from fastapi import Request
from fastapi.responses import Response

FILES = {
    "style.css": "text/css",
    "icon.svg": "image/svg+xml",
    "htmx.min.js": "text/javascript",
    "page.js": "text/javascript",
}
"""By name, with their kinds."""
_SHOWN = 12


def address_of(name: str) -> str:
    """Where a file is, with what tells its content, so that no page meets one of another release.

    Example:
        >>> address_of("icon.svg").startswith("/page/icon.svg?v=")
        True
    """
    return f"/page/{name}?v={hashlib.sha256(_content(name)[1]).hexdigest()[:_SHOWN]}"


def giving(name: str, policy: str) -> Callable[[Request], Awaitable[Response]]:
    """Gives a file, which may be kept on the way.

    Args:
        name: Of the file.
        policy: What it may load.
    """

    async def given(request: Request) -> Response:
        headers = {
            "cache-control": "max-age=86400",
            "content-security-policy": policy,
            "vary": "accept-encoding",
        }
        packed, body = _content(name)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"], body = "gzip", packed
        return Response(body, media_type=FILES[name], headers=headers)

    return given


@cache
def _content(name: str) -> tuple[bytes, bytes]:
    """A file packed and as it is; nothing of a request is in it that packing could tell."""
    body = resources.files("article41.faces.web").joinpath("templates", name).read_bytes()
    return gzip.compress(body, mtime=0), body
