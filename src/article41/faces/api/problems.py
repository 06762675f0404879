"""How a failure leaves the server: a problem (RFC 9457) with our code, hint and place.

The status follows from the class of the error by one table.
"""

from collections.abc import Mapping

import msgspec

from article41.model.errors import (
    AccessError,
    ActError,
    Article41Error,
    CaseError,
    CatalogueError,
    IndexFileError,
    InputError,
    MediaTypeError,
    MessageError,
    MethodError,
    OriginError,
    OverloadError,
    PendingError,
    RepeatError,
    RequestError,
    ScopeError,
    SeveralFaultsError,
    SourceError,
    StoreError,
    TooLongError,
    TooSlowError,
    UnknownRecordError,
    UnknownRouteError,
    UnknownVersionError,
)

PROBLEM = "application/problem+json"
STATUSES: dict[type[Article41Error], int] = {
    RequestError: 400,
    AccessError: 401,
    ScopeError: 403,
    OriginError: 403,
    UnknownRecordError: 404,
    UnknownRouteError: 404,
    UnknownVersionError: 404,
    MethodError: 405,
    TooSlowError: 408,
    RepeatError: 409,
    TooLongError: 413,
    MediaTypeError: 415,
    InputError: 422,
    ActError: 422,
    SourceError: 422,
    CatalogueError: 500,
    StoreError: 503,
    IndexFileError: 503,
    OverloadError: 503,
    CaseError: 503,
    Article41Error: 500,
}
"""By the error's class or the nearest class above it."""
TITLES = {
    400: "the request cannot be read",
    401: "a key is needed",
    403: "the key is not for this",
    404: "there is nothing here",
    405: "this is asked in another way",
    408: "the request came too slowly",
    409: "the key of the request has been used",
    413: "the request is too long",
    415: "the body is of a kind that is not read",
    422: "the question cannot be answered as it is",
    500: "the server failed",
    503: "no answer can be given now",
}
RETRY_AFTER_S = 2
"""Seconds after which it is worth asking again, where a problem passes."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of several in a body, or one of a server that answers all the same."""

    code: str
    """Of the error."""
    detail: str
    """What is wrong."""
    hint: str
    """What to do."""
    place: str = ""
    """The place in the body; empty if it is the whole."""
    line: int = 0
    """The line of the body; 0 where that says nothing."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no answer."""

    type: str
    """A name for the code that is one on the whole net."""
    title: str
    """What sort of problem it is."""
    status: int
    """As the response has it."""
    code: str
    """The code of the error; it stays the same from release to release."""
    detail: str
    """What is wrong, in one sentence."""
    hint: str
    """What to do."""
    place: str = ""
    """The place in the body, or the parameter; empty if it is the whole request."""
    line: int = 0
    """The line of the body; 0 where that says nothing."""
    faults: tuple[Fault, ...] = ()
    """Every fault, where several were found in one body; the first of them is told above."""
    request_id: str = ""
    """By which the server's log names the request."""
    record: str = ""
    """By which it is found in the record, as what cannot be read of payments is; else empty."""


def status_of(error: Article41Error) -> int:
    """The status of an error.

    Example:
        >>> status_of(InputError("no", hint="yes"))
        422
    """
    if isinstance(error, SeveralFaultsError):
        return status_of(error.errors[0])
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def problem_of(error: Article41Error, *, request_id: str = "") -> Problem:
    """A failure as a problem.

    Args:
        error: The failure.
        request_id: Of the request.
    """
    status = status_of(error)
    return Problem(
        type=f"urn:article41:error:{error.code}",
        title=TITLES[status],
        status=status,
        code=error.code,
        detail=error.message,
        hint=error.hint,
        place=_place_of(error),
        line=_line_of(error),
        faults=_faults_of(error) if isinstance(error, SeveralFaultsError) else (),
        request_id=request_id,
        record=error.record if isinstance(error, MessageError) else "",
    )


def _faults_of(several: SeveralFaultsError) -> tuple[Fault, ...]:
    return tuple(map(fault_of, several.errors))


def fault_of(error: Article41Error) -> Fault:
    """A failure as one of several.

    Args:
        error: The failure.
    """
    return Fault(
        code=error.code,
        detail=error.message,
        hint=error.hint,
        place=_place_of(error),
        line=_line_of(error),
    )


def _place_of(error: Article41Error) -> str:
    return str(getattr(error, "path", ""))


def _line_of(error: Article41Error) -> int:
    return int(getattr(error, "line", 0))


def problem_headers(problem: Problem) -> Mapping[str, str]:
    """What a problem says beside its body."""
    if problem.status == 401:
        return {"www-authenticate": 'Bearer realm="article41"'}
    passes = problem.status == 503 or problem.code == PendingError.code
    return {"retry-after": str(RETRY_AFTER_S)} if passes else {}


def problem_json(problem: Problem) -> bytes:
    """A problem as it is sent."""
    return msgspec.json.encode(problem)
