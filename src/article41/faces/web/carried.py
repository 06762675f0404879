"""What was filled in when a session ended: it comes back, and is kept in no place but the page.

The page where one signs in carries it, and the form is filled in with it once somebody has. Nothing
is asked by it before it is sent again.
"""

from typing import Self
from urllib.parse import urlencode

import msgspec

from article41.faces.api.access import Key
from article41.faces.web.forms import fields_of
from article41.model.errors import AccessError, RequestError

CARRIED_MAX = 48_000
"""Bytes of a form that a page carries; a page stays below 100 kB."""
FILE_FORM = "payment"
"""The form whose file no page can put back."""
FORMS = ("name", "act", "fields", FILE_FORM)
"""The forms that ask, by the last step of their addresses."""
Fields = dict[str, str]


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was filled in.

    Example:
        >>> Carried(form="name", question="name=Ada+Example").fields
        {'name': 'Ada Example'}
    """

    form: str
    """Which one."""
    question: str
    """Its fields as a form sends them."""

    @classmethod
    def of(cls, form: str, fields: Fields) -> Self | None:
        """What was filled in; nothing if the form is none that asks."""
        return cls(form=form, question=urlencode(fields)) if form in FORMS else None

    @classmethod
    def back(cls, sent: Fields) -> Self | None:
        """What the page where one signs in carried; nothing if it carried none that is ours."""
        carried = cls(form=sent.get("form", ""), question=sent.get("question", ""))
        try:
            is_ours = carried.form in FORMS and carried.is_short and carried.fields is not None
        except (RequestError, UnicodeEncodeError):
            is_ours = False
        return carried if is_ours else None

    @property
    def is_short(self) -> bool:
        """True if a page can carry it."""
        return len(self.question) <= CARRIED_MAX

    @property
    def fields(self) -> Fields:
        """What was filled in."""
        return dict(fields_of(self.question.encode()))

    @property
    def lacks_file(self) -> bool:
        """True if a file has to be chosen again."""
        return self.form == FILE_FORM


class LapsedError(Exception):
    """A form of a page of ours, whose session has ended or is another one: nothing is asked by it.

    Args:
        why: What is wrong with the session.
        key: Who is signed in by now; absent if nobody is.
        carried: What was filled in; absent if it was not read.
    """

    def __init__(self, why: AccessError, key: Key | None, carried: Carried | None) -> None:
        """Keep all of it."""
        super().__init__(str(why))
        self.why = why
        self.key = key
        self.carried = carried
