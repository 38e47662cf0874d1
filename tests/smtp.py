"""A mail server of the tests' own, with which anything can go wrong at a named moment."""

import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

OK = b"250 ok\r\n"


@dataclass
class Peer:
    """``taken`` are the messages whose end was read. ``drop_at`` names the moment at which it closes the connection:
    "mail", "rcpt", "data", "end" (when it has taken one), "quit". ``answer`` is what it
    says of a message."""

    taken: list[bytes] = field(default_factory=list)
    begun: int = 0
    drop_at: str = ""
    answer: bytes = OK
    on_end: Callable[[], None] = lambda: None
    port: int = 0

    @property
    def delivery(self) -> dict:
        """The setting that sends through it."""
        return {
            "backend": "expo.smtp.Backend",
            "host": "127.0.0.1",
            "port": self.port,
            "username": "",
            "password": "",
            "use_tls": False,
            "use_ssl": False,
            "timeout": 20,
        }


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        peer: Peer = self.server.peer
        self.wfile.write(b"220 peer\r\n")
        for line in self.rfile:
            verb = line[:4].strip().lower().decode()
            if verb == peer.drop_at:
                return
            if verb == "quit":
                self.wfile.write(b"221 bye\r\n")
                return
            if verb != "data":
                self.wfile.write(OK)
            elif not self.read_message(peer):
                return

    def read_message(self, peer: Peer) -> bool:
        """Whether the conversation goes on."""
        self.wfile.write(b"354 go on\r\n")
        peer.begun += 1
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                peer.taken.append(b"".join(lines))
                peer.on_end()
                if peer.drop_at != "end":
                    self.wfile.write(peer.answer)
                return peer.drop_at != "end"
            lines.append(line.removeprefix(b"."))
        return False


@contextlib.contextmanager
def smtp_peer() -> Iterator[Peer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        peer = server.peer = Peer(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield peer
        finally:
            server.shutdown()
