"""`python -m expo.runtime run | browser`: what the Makefile calls."""

import os
import signal
import sys

from expo.runtime.browser import prepare_browser
from expo.runtime.children import ServiceError, die_with_parent
from expo.runtime.paths import checkout_layout
from expo.runtime.supervisor import Supervisor


def main() -> int:
    try:
        if sys.argv[1:] == ["browser"]:
            print(prepare_browser())
            return 0
        if sys.argv[1:] == ["run"]:
            return run()
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1
    print(__doc__, file=sys.stderr)
    return 2


def run() -> int:
    for name in ("DATABASE_URL", "REDIS_URL"):
        if os.environ.get(name):
            raise ServiceError(
                f"{name} is set, so this is a server and not the demonstration: docs/production.md says how to "
                f"start web, workers and scheduler there. For the demonstration, unset {name}."
            )
    if "MAKELEVEL" in os.environ:
        parent = os.getppid()
        die_with_parent(signal.SIGTERM)  # a killed `make` must not leave a run behind
        if os.getppid() != parent:
            return 1
    port = os.environ.get("PORT", "8000")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ServiceError(f"PORT={port} is not a port number from 1 to 65535.")
    return Supervisor(checkout_layout(), host=os.environ.get("HOST", "127.0.0.1"), port=int(port)).run()


if __name__ == "__main__":
    sys.exit(main())
