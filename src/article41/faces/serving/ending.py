"""How the server ends: whoever has reached it is answered, also who was not looked at yet.

What the system has accepted and nobody has taken in is reset when the listener is closed. So it is
taken in first, in one go with the closing.
"""

import asyncio
import socket
from collections.abc import Iterator

import uvicorn
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from article41.faces.serving.connections import Connection

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


class EndingProcess(Process):
    """A worker that is such a server."""

    @property
    def server(self) -> EndingServer:
        """The server, made in the process of the worker."""
        if not isinstance(self._server, EndingServer):
            self._server = EndingServer(config=self.config)
        return self._server


class EndingWorkers(Multiprocess):
    """Workers that end as such a server does; whoever waits is theirs alone."""

    def init_processes(self) -> None:
        """Start them."""
        for _ in range(self.processes_num):
            process = EndingProcess(self.config, self.sockets)
            process.start()
            self.processes.append(process)

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
