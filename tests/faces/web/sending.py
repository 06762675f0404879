"""Reads a page as a browser does: which controls a form has, what it would send, which ids."""

from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = frozenset(("input", "meta", "link", "br"))


class Seen(HTMLParser):
    """The controls and the marks of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.described: list[str] = []
        self.controls: list[tuple[str, str]] = []
        """Name and value of what would be sent, but for buttons."""
        self.forms: dict[str, list[tuple[str, str]]] = {}
        """The same of each form, by its address."""
        self._form: list[tuple[str, str]] = []
        self.buttons: list[str] = []
        """Values of the buttons that do something to the form."""
        self._text: str | None = None
        self._name = ""
        self._options: list[tuple[str | None, bool, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        match tag:
            case "form":
                self._form = self.forms.setdefault(given["action"], [])
            case "input" if given.get("type") == "checkbox" and "checked" not in given:
                pass
            case "input" if given.get("type") != "file" and "name" in given:
                self._add(given["name"], given.get("value", ""))
            case "textarea":
                self._text, self._name = "", given["name"]
            case "select":
                self._name, self._options = given["name"], []
            case "option" if self._name:
                self._options.append((given.get("value"), "selected" in given, ""))
            case "button" if given.get("name") == "do":
                self.buttons.append(given["value"])

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])
        self.described += given.get("aria-describedby", "").split()
        self.described += [given["for"]] if "for" in given else []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data
        elif self._options:
            value, is_selected, text = self._options[-1]
            self._options[-1] = value, is_selected, text + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            # The line feed that follows the mark at once is none of the text.
            self._add(self._name, self._text.removeprefix("\n").replace("\n", "\r\n"))
            self._text, self._name = None, ""
        if tag == "select":
            chosen = [one for one in self._options if one[1]] or self._options[:1]
            for value, _, text in chosen:
                self._add(self._name, text.strip() if value is None else value)
            self._name, self._options = "", []

    def _add(self, name: str, value: str) -> None:
        self.controls.append((name, value))
        self._form.append((name, value))

    def sent(self, action: str = "") -> dict[str, str]:
        """What a form would send, or a page without one; each name stands once."""
        controls = self.forms[action] if action else self.controls
        names = [name for name, _ in controls]
        assert len(set(names)) == len(names)
        return dict(controls)

    def faults(self) -> Iterator[str]:
        """What does not hold together."""
        yield from (f"id {one} stands twice" for one in set(self.ids) if self.ids.count(one) > 1)
        lost = {*self.links, *self.described} - set(self.ids)
        yield from (f"nothing has the id {one}" for one in sorted(lost))
