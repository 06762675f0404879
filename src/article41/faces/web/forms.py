"""Reads what a form sends: fields, and a file where there is one."""

from collections.abc import Mapping
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from article41.model.errors import RequestError

FIELDS = "application/x-www-form-urlencoded"
FILES = "multipart/form-data"
FIELDS_MAX = 4_000
"""Fields of one form."""


def fields_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form without a file.

    Raises:
        RequestError: It is none.

    Example:
        >>> fields_of(b"name=Ada+Example")
        {'name': 'Ada Example'}
    """
    try:
        return dict(
            parse_qsl(
                body.decode("utf-8"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=FIELDS_MAX,
            )
        )
    except ValueError as error:
        raise _unread() from error


def parts_of(body: bytes, content_type: str) -> Mapping[str, bytes]:
    """The fields of a form with a file, each byte for byte.

    Args:
        body: What it sends.
        content_type: With the boundary between its parts.

    Raises:
        RequestError: It is none.
    """
    head = b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    parts: dict[str, bytes] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name, held = (
            part.get_param("name", header="content-disposition"),
            part.get_payload(decode=True),
        )
        if not isinstance(name, str) or not isinstance(held, bytes) or len(parts) >= FIELDS_MAX:
            raise _unread()
        parts[name] = held
    if not parts:
        raise _unread()
    return parts


def _unread() -> RequestError:
    return RequestError("the form cannot be read", hint="open the page again")
