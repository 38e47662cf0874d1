"""The rules of deploy/nginx.conf, as `make bench` runs them: what is kept, and what never is."""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench.load import Request, send
from bench.proxy import configuration, find_nginx, proxy
from bench.servers import Server

PUBLIC = {"Cache-Control": "public, max-age=30, s-maxage=120", "Content-Type": "text/html; charset=utf-8"}
HEADERS = {
    "/": PUBLIC,
    "/saya/": {"Cache-Control": "private, no-store"},
    "/masuk/": {**PUBLIC, "Set-Cookie": "sesi=1"},
}


def test_nothing_of_an_installation_is_left_in_the_rules():
    text = configuration(Path("/nowhere"), 1234, 1235, 1236)
    for word in ("ssl", "443", "/var/cache", "web:8000", ":8081"):
        assert word not in text
    assert "proxy_pass http://127.0.0.1:1236;" in text


class Application(BaseHTTPRequestHandler):
    """Counts its answers and tells what it was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Accept-Encoding"], self.headers["X-Forwarded-For"]))
        body = f"{len(self.server.asked)} ".encode() * 500
        self.send_response(200)
        for name, value in HEADERS[self.path].items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def application():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def get(application):
    program = find_nginx()
    if program is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light): its rules were not run")
    with proxy(program, Server(application.server_port, os.getpid())) as front:
        application.asked.clear()

        def get(path, **headers):
            names = tuple((name.replace("_", "-"), value) for name, value in headers.items())
            answer = send(front.port, Request(path, headers=names))
            return answer.headers["x-cache"][0], answer

        yield get


def test_public_pages_are_kept_compressed_for_everyone(get, application):
    # The plain page was asked for while waiting for the proxy.
    assert get("/")[0] == "HIT"
    first, answer = get("/", Accept_Encoding="gzip, br")
    assert first == "MISS"
    assert answer.headers["content-encoding"] == ["gzip"]
    kept, again = get("/", Accept_Encoding="gzip, deflate, br, zstd", Cookie="sesi=2", HX_Request="anything")
    assert (kept, again.body) == ("HIT", answer.body)
    assert get("/", Accept_Encoding="gzip", HX_Request="true")[0] == "MISS"  # a part of a page is not the page
    assert [path for path, *_ in application.asked] == ["/", "/"]


def test_what_is_somebodys_own_is_never_kept(get, application):
    for path in ("/saya/", "/masuk/"):
        assert [get(path)[0] for _ in range(2)] == ["MISS", "MISS"]
    assert len(application.asked) == 4


def test_the_application_hears_who_asked_from_the_proxy_alone(get, application):
    get("/saya/", X_Forwarded_For="10.9.9.9")
    assert application.asked == [("/saya/", None, "127.0.0.1")]
