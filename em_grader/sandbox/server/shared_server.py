"""The grading servers that all of this process shares; Formgrader's process grades many times."""

import threading

from em_grader.sandbox.server.fork_server_process import NoSandbox
from em_grader.sandbox.server.grading_server import Server

_SERVERS: dict[str, Server | NoSandbox] = {}
_STARTING = threading.Lock()


def shared_server(level: str) -> Server:
    """Return this process's grading server for a sandbox level; start it at the first call.

    Parameters
    ----------
    level : str
        As ``Server`` takes it.

    Raises
    ------
    NoSandbox
        No sandbox holds; this is tested once per process.
    """
    with _STARTING:
        server = _SERVERS.get(level)
        if isinstance(server, NoSandbox):
            raise server
        if server is None or not server.alive():
            try:
                server = _SERVERS[level] = Server(level)
            except NoSandbox as error:
                _SERVERS[level] = error
                raise
        return server
