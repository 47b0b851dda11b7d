"""Ports of this machine for servers of the tests' own."""

import socket


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
