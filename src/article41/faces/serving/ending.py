"""How the server ends: whoever has reached it is answered, also who was not looked at yet.

What the system has accepted and nobody has taken in is reset when the listener is closed. So it is
taken in first, in one go with the closing.
"""

import asyncio
import logging
import socket
import sys
from collections.abc import Iterator

import uvicorn
from uvicorn.supervisors import multiprocess

from article41.faces.serving.connections import Connection
from article41.model.errors import Article41Error

_LOG = logging.getLogger("article41.server")

TAKEN_MAX = 4_096
"""Connections that are taken in at the end: who goes on to come is refused some time."""
SETTLING_S = 0.05
"""Seconds for those that were taken in to become connections."""


class EndingServer(uvicorn.Server):
    """A server that takes in whoever waits before it ends."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End once what has begun, or waits to begin, is answered."""
        loop = asyncio.get_running_loop()
        taken = [one for listener in sockets or () for one in _waiting(listener)]
        for server in self.servers:
            server.close()

        def connection() -> Connection:
            return Connection(
                config=self.config,
                server_state=self.server_state,
                app_state=self.lifespan.state,
                _loop=loop,
            )

        for one in taken:
            one.settimeout(0)
        made = (loop.connect_accepted_socket(connection, one, ssl=self.config.ssl) for one in taken)
        # One that has gone meanwhile is no failure.
        await asyncio.gather(*made, return_exceptions=True)
        await asyncio.sleep(SETTLING_S)
        await super().shutdown(sockets)


class EndingProcess(multiprocess.Process):
    """A worker that is such a server."""

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer until it is told to end; what keeps it from that is one line."""
        _ = self.server  # Made before another thread tells whether it has started.
        try:
            super().target(sockets)
        except Article41Error as error:
            _LOG.error("%s; %s", error.message, error.hint)
            # Another one is tried, since the others may answer.
            sys.exit(1)

    @property
    def server(self) -> EndingServer:
        """The server, made in the process of the worker."""
        if not isinstance(self._server, EndingServer):
            self._server = EndingServer(config=self.config)
        return self._server


class EndingWorkers(multiprocess.Multiprocess):
    """Workers that end as such a server does; whoever waits is theirs alone."""

    def run(self) -> None:
        """Start them, and another one in the place of each that dies, until it is told to end."""
        # Made by this name wherever uvicorn makes one, and it makes them in four places.
        multiprocess.Process = EndingProcess  # type: ignore[misc]
        super().run()

    def terminate_all(self) -> None:
        """Let go of the listener, and then end each of them."""
        for one in self.sockets:
            one.close()
        super().terminate_all()


def _waiting(listener: socket.socket) -> Iterator[socket.socket]:
    for _ in range(TAKEN_MAX):
        try:
            yield listener.accept()[0]
        except OSError:
            return  # Nobody does, or they have gone.
