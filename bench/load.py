"""A small load generator: closed loop, one connection a request, as a proxy without keep-alive would ask."""

import socket
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

STATUS = b"HTTP/1.1 200 OK\r\n"


@dataclass(frozen=True)
class Request:
    """One HTTP request, ready to be sent."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def encode(self, connection: str = "close") -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1", f"Connection: {connection}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, list[str]]
    body: bytes


@dataclass(frozen=True)
class Sample:
    """What one measurement saw; times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    failures: int
    count: int


def send(port: int, request: Request) -> Answer:
    """Send one request and read the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.encode())
        chunks = []
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    head, _, body = b"".join(chunks).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.lower(), []).append(value.strip())
    return Answer(int(first.split()[1]), headers, body)


def measure(visit: Callable[[], bool], *, seconds: float, clients: int = 4) -> Sample:
    """Let ``clients`` threads call ``visit`` in turn for ``seconds``. It returns whether the visit succeeded."""
    times: list[float] = []
    failures = [0]
    start = time.perf_counter()
    end = start + seconds

    def client():
        while (began := time.perf_counter()) < end:
            if not visit():
                failures[0] += 1
            times.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [times[0]] * 99
    return Sample(len(times) / elapsed, cuts[49], cuts[98], failures[0], len(times))


def stream(port: int, request: Request, *, seconds: float, clients: int = 2, batch: int = 50) -> Sample:
    """The same for servers that outrun ``measure``: connections stay open and carry ``batch`` requests at once.

    The times are those of whole batches."""
    payload = request.encode("keep-alive") * batch

    def visit(connection: socket.socket) -> bool:
        connection.sendall(payload)
        seen, tail = 0, b""
        while seen < batch:
            chunk = connection.recv(1 << 18)
            if not chunk:
                raise ConnectionError("the server closed a connection that was to stay open")
            tail += chunk
            seen += tail.count(STATUS)
            tail = tail[-len(STATUS) + 1 :]
        return True

    local = threading.local()

    def visit_over_own_connection() -> bool:
        if not hasattr(local, "connection"):
            local.connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        return visit(local.connection)

    sample = measure(visit_over_own_connection, seconds=seconds, clients=clients)
    return replace(sample, per_second=sample.per_second * batch, count=sample.count * batch)
