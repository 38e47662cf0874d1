"""A port for a server that a test starts as a process of its own."""

import random
import socket

# Below those that the kernel hands to whoever asks for any (browsers, live servers): nobody takes one of these between
# the moment it is chosen and the one, seconds later, at which the server binds it.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
