"""What the tests of the faces share."""

from tests.faces.made import filled

__all__ = ["filled"]
