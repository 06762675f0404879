"""Every way in which we fail to answer, each with a code, a sentence and a remedy.

A finding (no match, a stale list) is a value and never an error.
"""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar


class Article41Error(Exception):
    """What is raised when no answer can be given.

    Args:
        message: One sentence in lower case with the facts; user input in backticks.
        hint: What to do next.

    Example:
        >>> str(Article41Error("nothing to do", hint="name a list"))
        'nothing to do'
    """

    code: ClassVar[str] = "error"
    """Stable slug, documented in the reference."""

    def __init__(self, message: str, *, hint: str) -> None:
        """Keep the sentence and its remedy."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Cross from one process to another with all that it says."""
        return partial(type(self), self.message, hint=self.hint), (), vars(self)


class InputError(Article41Error):
    """A value given by the caller cannot be used (a threshold, a schema, a date)."""

    code = "bad-input"


class SourceError(Article41Error):
    """An authority's publication cannot be used."""

    code = "source"


class FetchError(SourceError):
    """A publication did not arrive, or not as its authority sent it."""

    code = "fetch"


class FormatError(SourceError):
    """A file is not what its format says.

    Args:
        message: What is wrong.
        hint: What to do next.
        file: The file as the caller named it; empty if the bytes have no name.
        line: Line in the unpacked bytes, from 1; 0 if unknown.
        path: Element path or column; empty if it does not apply.
    """

    code = "format"

    def __init__(
        self, message: str, *, hint: str, file: str = "", line: int = 0, path: str = ""
    ) -> None:
        """Keep the sentence, its remedy and the place in the file."""
        super().__init__(message, hint=hint)
        self.file = file
        self.line = line
        self.path = path

    def __str__(self) -> str:
        """The place, then the sentence."""
        place = self.file + (f":{self.line}" if self.line else "")
        where = " ".join(part for part in (place, f"in `{self.path}`" if self.path else "") if part)
        return f"{where}: {self.message}" if where else self.message


class ShrinkError(SourceError):
    """A publication lost more entries than is plausible; the last version stays."""

    code = "shrunk"


class StoreError(Article41Error):
    """The store cannot do what was asked."""

    code = "store"


class UnknownVersionError(StoreError):
    """The store holds no such version, or no such file of one."""

    code = "unknown-version"


class CorruptStoreError(StoreError):
    """Stored bytes do not fit their hash, or the store has another schema version."""

    code = "corrupt-store"


class IndexFileError(Article41Error):
    """The index file is missing, damaged or of another version."""

    code = "index-file"


class CatalogueError(Article41Error):
    """A file of the catalogue of measures is wrong.

    Args:
        message: What is wrong.
        hint: What to do next.
        file: The file, from the folder of the catalogue.
        line: Line in it, from 1; 0 if unknown.
        key: The key in question, as `targets[0].party`; empty if it is the whole file.
    """

    code = "catalogue"

    def __init__(
        self, message: str, *, hint: str, file: str = "", line: int = 0, key: str = ""
    ) -> None:
        """Keep the sentence, its remedy and the place in the file."""
        super().__init__(message, hint=hint)
        self.file = file
        self.line = line
        self.key = key

    def __str__(self) -> str:
        """The place, then the sentence."""
        place = self.file + (f":{self.line}" if self.line else "")
        where = " ".join(part for part in (place, f"in `{self.key}`" if self.key else "") if part)
        return f"{where}: {self.message}" if where else self.message


class ActError(Article41Error):
    """The caller's act cannot be read.

    Args:
        message: What is wrong.
        hint: What to do next.
        file: The file as the caller named it; empty if there is none.
        line: Line in it, from 1; 0 if unknown.
        path: The field in question, as `parties[2].birth_date`; empty if it is the whole act.
    """

    code = "act"

    def __init__(
        self, message: str, *, hint: str, file: str = "", line: int = 0, path: str = ""
    ) -> None:
        """Keep the sentence, its remedy and the field."""
        super().__init__(message, hint=hint)
        self.file = file
        self.line = line
        self.path = path

    def __str__(self) -> str:
        """The place, then the sentence."""
        place = self.file + (f":{self.line}" if self.line else "")
        where = " ".join(part for part in (place, f"in `{self.path}`" if self.path else "") if part)
        return f"{where}: {self.message}" if where else self.message


class MessageError(ActError):
    """A payment message cannot be read.

    Args:
        message: What is wrong.
        hint: What to do next.
        file: The file as the caller named it; empty if there is none.
        line: Line in it, from 1; 0 if unknown.
        path: Element path, or block, tag and line; empty if it is the whole message.
    """

    code = "message"
    record: str = ""
    """The name under which it is on record that it was refused; empty if it is not."""


class CaseError(Article41Error):
    """Something that people do with answers cannot be done."""

    code = "case"


class RecordError(CaseError):
    """A question and its answer cannot be put on record, and so the answer must not leave."""

    code = "record"


class BrokenAuditError(CaseError):
    """The record does not add up: something of it was changed or is gone."""

    code = "broken-audit"


class ExtraError(Article41Error):
    """What was asked for needs packages that are not installed."""

    code = "extra"


class RequestError(Article41Error):
    """A request to the server cannot be read.

    Args:
        message: What is wrong.
        hint: What to do next.
        path: The place in the body, as `parties[2].schema`, or the parameter; empty if it is
            the whole request.
    """

    code = "request"

    def __init__(self, message: str, *, hint: str, path: str = "") -> None:
        """Keep the sentence, its remedy and the place."""
        super().__init__(message, hint=hint)
        self.path = path

    def __str__(self) -> str:
        """The place, then the sentence."""
        return f"in `{self.path}`: {self.message}" if self.path else self.message


class UnknownRouteError(RequestError):
    """The server has nothing at that address."""

    code = "unknown-route"


class MethodError(RequestError):
    """That address is asked in another way."""

    code = "method"


class MediaTypeError(RequestError):
    """The body is of a kind that is not read."""

    code = "media-type"


class TooLongError(RequestError):
    """The request is longer than what is read."""

    code = "too-long"


class TooSlowError(RequestError):
    """The request did not arrive in the time that there is for it."""

    code = "too-slow"


class RepeatError(RequestError):
    """A key that names one request for good came with another one."""

    code = "repeat"


class PendingError(RepeatError):
    """The request is being answered already; its answer will be there in a moment."""

    code = "pending"


class SeveralFaultsError(RequestError):
    """Several things in a request cannot be read; the first of them is told as the error.

    Args:
        errors: All of them, at least one, each with its place.
    """

    code = "faults"

    def __init__(self, errors: Sequence[Article41Error]) -> None:
        """Keep all."""
        first = errors[0]
        super().__init__(first.message, hint=first.hint, path=getattr(first, "path", ""))
        self.errors = tuple(errors)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross from one process to another with all of them."""
        return type(self), (self.errors,), vars(self)


class UnknownRecordError(RequestError):
    """Nothing is on record under that name."""

    code = "unknown-record"


class AccessError(Article41Error):
    """Whoever asks gave no key, or one that is not valid."""

    code = "access"


class ScopeError(AccessError):
    """The key is valid and not for this."""

    code = "scope"


class OriginError(Article41Error):
    """A form was not sent from a page of this server."""

    code = "origin"


class OverloadError(Article41Error):
    """The server has more to do than it can answer in time, or is ending."""

    code = "overload"
