"""Bodies of requests: how much is read, how long is waited for it, and how much is held at once."""

import asyncio
from collections.abc import Collection, MutableMapping
from typing import Any

from fastapi import Request

from article41.checks.reading.faults import shown
from article41.faces.api.limits import Limits
from article41.model.errors import (
    MediaTypeError,
    OverloadError,
    RequestError,
    TooLongError,
    TooSlowError,
)

_HELD = "body_bytes"
_JSON = "application/json"
_AS_IT_IS = ", as it is and not within JSON"
"""Said of what is sent as JSON where none is read."""


class Bodies:
    """Reads the bodies of one worker's requests.

    Args:
        limits: How much is read, and how long is waited.
    """

    def __init__(self, limits: Limits) -> None:
        """Nothing is held yet."""
        self._limits = limits
        self._held = 0

    async def read(self, request: Request, types: Collection[str]) -> tuple[bytes, str]:
        """The body of a request, and of which of some kinds it is.

        Raises:
            MediaTypeError: It is of another kind, or packed.
            TooLongError: It is longer than what is read.
            TooSlowError: It did not come in time.
            OverloadError: There is no room for it beside those of others.
        """
        kind = header(request, b"content-type").partition(";")[0].strip().casefold()
        if kind not in types:
            raise MediaTypeError(
                f"the body is `{kind}`" if kind else "the body has no Content-Type",
                hint=f"send {' or '.join(types)}{_AS_IT_IS if kind == _JSON else ''}",
            )
        encoding = header(request, b"content-encoding").strip().casefold()
        if encoding not in ("", "identity"):
            raise MediaTypeError(
                f"the body is encoded as {shown(encoding)}",
                hint="send it as it is, without Content-Encoding",
            )
        length = header(request, b"content-length")
        if length.isdecimal() and int(length) > self._limits.body_bytes:
            raise self._too_long()
        parts, count = [], 0
        try:
            async with asyncio.timeout(self._limits.body_s):
                async for part in request.stream():
                    count += len(part)
                    if count > self._limits.body_bytes:
                        raise self._too_long()
                    self._hold(request, len(part))
                    parts.append(part)
        except TimeoutError as error:
            raise TooSlowError(
                f"the body did not come within {self._limits.body_s:g} seconds",
                hint="send it again, in several requests if it is long",
            ) from error
        return b"".join(parts), kind

    async def asked(self, request: Request, types: Collection[str]) -> tuple[bytes, str]:
        """The body of a request that asks something in it; as `read`.

        Raises:
            RequestError: There is nothing in it.
        """
        body, kind = await self.read(request, types)
        if not body.strip():
            raise RequestError("the body is empty", hint="send what is asked as the body")
        return body, kind

    def _hold(self, request: Request, count: int) -> None:
        """Count bytes of a body, until its request has ended."""
        state = request.scope["state"]
        state[_HELD] = state.get(_HELD, 0) + count
        self._held += count
        if self._held > self._limits.bodies_bytes:
            raise OverloadError(
                "there is no room for the body beside those that are being answered",
                hint="ask again in a moment",
            )

    # Any: whatever others keep there.
    def ended(self, state: MutableMapping[str, Any]) -> None:
        """Let go of what was held for a request.

        Args:
            state: Of the request.
        """
        self._held -= state.pop(_HELD, 0)

    def _too_long(self) -> TooLongError:
        return TooLongError(
            f"the body is longer than {self._limits.body_bytes:,} bytes",
            hint="ask in several requests",
        )


def headers(request: Request, name: bytes) -> list[str]:
    """The values of a header; its name in small letters, as servers give it."""
    return [value.decode("latin-1") for held, value in request.scope["headers"] if held == name]


def header(request: Request, name: bytes) -> str:
    """The first value of a header; empty if it is not given."""
    return next(iter(headers(request, name)), "")
