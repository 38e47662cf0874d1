"""Where the embedded services keep data, logs and sockets."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SOCKET_LIMIT = 107  # bytes in sockaddr_un.sun_path, less the closing NUL
LONGEST_SOCKET = ".s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Layout:
    """Directories of one set of services: `state` holds data and logs, `sockets` the Unix sockets."""

    state: Path
    sockets: Path

    @property
    def postgres_data(self) -> Path:
        return self.state / "postgres"

    @property
    def valkey_data(self) -> Path:
        return self.state / "valkey"

    @property
    def logs(self) -> Path:
        return self.state / "log"

    @property
    def address_file(self) -> Path:
        """Holds the address at which the site was last opened."""
        return self.state / "address"

    def last_address(self) -> str | None:
        return self.address_file.read_text() if self.address_file.exists() else None

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def redis_url(self, number: int = 0) -> str:
        return f"unix://{self.valkey_socket}?db={number}"


def checkout_layout(checkout: Path = CHECKOUT) -> Layout:
    """The services of a checkout: state in its var/, or where EXPO_STATE says.

    The sockets live in a short directory named after a hash of that path.
    """
    state = Path(os.environ.get("EXPO_STATE") or checkout / "var").absolute()
    digest = hashlib.sha256(os.fsencode(state)).hexdigest()[:12]
    return Layout(state=state, sockets=short_directory(f"expo-{os.getuid()}-{digest}"))


def throwaway_layout(token: str) -> Layout:
    """Services of one test run; everything lies in one directory that can be removed as a whole."""
    base = short_directory(f"expo-test-{token}")
    return Layout(state=base / "state", sockets=base / "sockets")


def short_directory(name: str) -> Path:
    """A directory under the temporary directory, or under /tmp where that one is too deep for a socket."""
    for base in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 (ownership is checked when it is made)
        path = Path(base) / name
        if len(os.fsencode(path / "sockets" / LONGEST_SOCKET)) < SOCKET_LIMIT:
            return path
    raise AssertionError("a directory right under /tmp always fits")
