"""Do the proxy's rules hold? Asked of a real nginx before it is measured: what is kept, and what never is."""

import contextlib
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.load import Request, send
from bench.proxy import Proxy, proxy
from bench.servers import Server

PUBLIC = {"Cache-Control": "public, max-age=30, s-maxage=120", "Content-Type": "text/html; charset=utf-8"}
HEADERS = {
    "/": PUBLIC,
    "/saya/": {"Cache-Control": "private, no-store"},
    "/masuk/": {**PUBLIC, "Set-Cookie": "sesi=1"},
}
PERSONAL = ("/saya/", "/masuk/")


def check_rules(program: str) -> None:
    """RuntimeError names the rule that does not hold."""
    with application() as server, proxy(program, Server(server.server_port, os.getpid())) as front:
        require(ask(front, "/") == "HIT", "a public page is kept (it was asked for while waiting for the proxy)")
        server.asked.clear()
        require(ask(front, "/", Accept_Encoding="gzip, br") == "MISS", "the compressed page is another")
        same = ask(front, "/", Accept_Encoding="gzip, deflate, br, zstd", Cookie="sesi=2", HX_Request="anything")
        require(same == "HIT", "nothing else that a browser writes tells pages apart")
        part = ask(front, "/", Accept_Encoding="gzip", HX_Request="true")
        require(part == "MISS", "a part of a page is not the page")
        for path in PERSONAL:
            kept = {ask(front, path, X_Forwarded_For="10.9.9.9") for _ in range(2)}
            require(kept == {"MISS"}, f"{path} is somebody's own and never kept")
        visitors = {address for _path, address in server.asked}
        require(visitors == {"127.0.0.1"}, "the application hears who asked from the proxy alone")


def ask(front: Proxy, path: str, **headers: str) -> str:
    names = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return send(front.port, Request(path, headers=names)).headers["x-cache"][0]


def require(holds: bool, rule: str) -> None:
    if not holds:
        raise RuntimeError(f"deploy/nginx.conf breaks a rule: {rule}")


class _Application(BaseHTTPRequestHandler):
    """Tells what it was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["X-Forwarded-For"]))
        body = f"{len(self.server.asked)} ".encode() * 500
        self.send_response(200)
        for name, value in HEADERS[self.path].items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def application() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Application)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
