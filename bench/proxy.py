"""nginx with the rules of deploy/nginx.conf, on a spare port and without privileges."""

import contextlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.load import Request, send
from bench.servers import Server, free_port, stopped_afterwards, wait_for

RULES = Path(__file__).resolve().parent.parent / "deploy" / "nginx.conf"
COMPRESSOR = "127.0.0.1:8081"
# What differs here from an installation: no TLS, other ports, directories and application.
REPLACED = [
    (r"/var/cache/nginx/pages", "{state}/pages"),
    (r"server \{\n    listen 80 default_server;\n.*?\n\}\n", ""),
    (r"listen 443 ssl default_server;\n    http2 on;", "listen 127.0.0.1:{port};\n    {static}"),
    (r"    ssl_\w+ [^;]+;\n", ""),
    (r"X-Forwarded-Proto https;", "X-Forwarded-Proto http;"),
    (re.escape(COMPRESSOR), "127.0.0.1:{compressor}"),
    (r"access_log /var/log/nginx/access.log discreet;", "access_log off;"),
    (r"http://web:8000", "http://127.0.0.1:{application}"),
]
FRAME = """
daemon off; worker_processes 2; pid {state}/pid; error_log {state}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off; keepalive_requests 1000000; open_file_cache max=1000;
    client_body_temp_path {state}/body; proxy_temp_path {state}/proxy; fastcgi_temp_path {state}/fastcgi;
    uwsgi_temp_path {state}/uwsgi; scgi_temp_path {state}/scgi;
    {rules}
}}
"""
STATIC = "location /page.html {{ root {state}; default_type text/html; }}"


def find_nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def configuration(state: Path, port: int, compressor: int, application: int) -> str:
    """deploy/nginx.conf for this machine; ValueError when it no longer holds what has to be replaced."""
    values = {"state": state, "port": port, "compressor": compressor, "application": application}
    rules = RULES.read_text()
    for pattern, new in REPLACED:
        text = new.format(**values, static=STATIC.format(**values))
        rules, count = re.subn(pattern, lambda _match, text=text: text, rules, flags=re.DOTALL)
        if not count:
            raise ValueError(f"deploy/nginx.conf has no {pattern}")
    return FRAME.format(state=state, rules=rules)


@dataclass(frozen=True)
class Proxy(Server):
    files: Path  # what lies here is served as it is


@contextlib.contextmanager
def proxy(program: str, application: Server) -> Iterator[Proxy]:
    """A proxy before ``application`` until the block ends."""
    with tempfile.TemporaryDirectory() as directory:
        state = Path(directory)
        state.chmod(0o755)  # nginx's workers are somebody else when root starts it
        port = free_port()
        path = state / "nginx.conf"
        path.write_text(configuration(state, port, free_port(), application.port))
        process = subprocess.Popen([program, "-p", directory, "-c", str(path), "-e", str(state / "error.log")])
        with stopped_afterwards(process):
            wait_for(port, process)
            yield Proxy(port, process.pid, state)


def cached(server: Server, path: str) -> tuple[Request, bytes]:
    """The request of a browser for a page that the proxy has by now, and the compressed body of its answer."""
    request = Request(path, headers=(("Accept-Encoding", "gzip"),))
    answer = send(server.port, request)
    for _ in range(3):
        answer = send(server.port, request)
    if answer.headers.get("x-cache") != ["HIT"] or answer.headers.get("content-encoding") != ["gzip"]:
        raise RuntimeError(f"the proxy does not keep {path}: {answer.headers}")
    return request, answer.body
