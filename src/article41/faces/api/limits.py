"""How much one worker takes in, and how long it waits."""

import msgspec

BODY_BYTES_MAX = 4_000_000
"""Bytes of one body."""
BODIES_BYTES_MAX = 64_000_000
"""Bytes of all bodies that are being read or answered at once, in one worker."""
BODY_S = 20.0
"""Seconds in which a body must have come."""
ANSWER_S = 60.0
"""Seconds in which an answer must be there."""
PENDING_MAX = 256
"""Questions that are being answered or wait for it, in one worker."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much is read, and how long is waited."""

    body_bytes: int = BODY_BYTES_MAX
    """Bytes of one body."""
    bodies_bytes: int = BODIES_BYTES_MAX
    """Bytes of all bodies that are being read or answered at once, in one worker."""
    body_s: float = BODY_S
    """Seconds in which a body must have come."""
    answer_s: float = ANSWER_S
    """Seconds in which an answer must be there."""
    pending: int = PENDING_MAX
    """Questions that are being answered or wait for it."""
