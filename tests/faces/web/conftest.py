"""A server with its page over a small store."""

from tests.faces.api.conftest import served
from tests.faces.made import filled

__all__ = ["filled", "served"]
