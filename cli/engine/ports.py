"""Ports of 127.0.0.1: which are free, and who to tell when one is not."""

import random
import socket

from cli.engine.program import EngineError


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A connection that is only waiting to be forgotten does not keep a port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def require_free(port: int, *, variable: str, first: int) -> None:
    """Raise unless `port` is free; it belongs to a part whose first port `variable` sets."""
    if not is_free(port):
        raise EngineError(
            f"Port {port} is in use: end what listens there, or choose another port with {variable}, "
            f"for instance {variable}={first + 1000}."
        )


def free_run(count: int) -> int:
    """Answer the first of `count` ports in a row that nobody listens on now.

    Below 32768: Temporal keeps its ports in a smallint column, and the system hands out its own from there on.
    """
    while True:
        first = random.randrange(10_000, 32_767 - count)
        if all(is_free(first + step) for step in range(count)):
            return first
