"""What is wrong with a message, and where: errors with file, line and element."""

from lxml import etree

from article41.model.errors import MessageError

HINT = "nothing of the message is answered; ask the sender for one that its schema allows"
"""What can be done about most faults."""


def refusal(
    message: str, *, file: str, hint: str = HINT, line: int = 0, path: str = ""
) -> MessageError:
    """The error of one fault.

    Example:
        >>> str(refusal("`Cdtr` stands twice", file="a.xml", line=7, path="CdtTrfTxInf/Cdtr"))
        'a.xml:7 in `CdtTrfTxInf/Cdtr`: `Cdtr` stands twice'
    """
    return MessageError(message, hint=hint, file=file, line=line, path=path)


def not_well_formed(error: etree.XMLSyntaxError, file: str) -> MessageError:
    """What a parser says of broken XML, in our words."""
    said = " ".join((error.msg or "").split()) or "nothing to read"
    return refusal(
        f"not well-formed XML: {said}",
        hint="the message is cut short or damaged, or several stand in one file; get each again",
        file=file,
        line=error.lineno or 0,
    )


def line_of(node: etree._Element) -> int:
    """The line of an element's start tag, from 1; 0 if unknown."""
    return int(str(node.sourceline)) if node.sourceline else 0
