#!/usr/bin/env python
"""Django's command line for UKM Virtual Expo.

It finds the checkout's virtual environment by itself, and brings up the embedded services for the
duration of the command when none are configured and none are running.
"""

import contextlib
import importlib.util
import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent
WITHOUT_SERVICES = {
    "check", "collectstatic", "compilemessages", "diffsettings", "help", "makemessages", "startapp",
    "version", "--help", "--version", "-h",
}  # fmt: skip


def main() -> int | None:
    if importlib.util.find_spec("django") is None:
        use_virtual_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expo.settings")
    from django.core.management import execute_from_command_line

    from expo.runtime.children import ServiceError

    try:
        with services_for(sys.argv):
            execute_from_command_line(sys.argv)
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1


def use_virtual_environment() -> None:
    """Start again with the checkout's own Python, if we are not running on it already."""
    python = CHECKOUT / ".venv/bin/python"
    if not python.exists() or Path(sys.prefix) == CHECKOUT / ".venv":
        sys.exit("Django is not installed here. `make setup` makes the virtual environment in .venv.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606


def services_for(argv: list[str]) -> contextlib.AbstractContextManager:
    from expo.runtime.paths import checkout_layout
    from expo.runtime.services import borrowed

    command = argv[1] if len(argv) > 1 else "help"
    configured = os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL")
    other_settings = os.environ["DJANGO_SETTINGS_MODULE"] != "expo.settings" or any(
        argument.startswith("--settings") for argument in argv
    )
    if command in WITHOUT_SERVICES or configured or other_settings:
        return contextlib.nullcontext()
    return borrowed(checkout_layout(CHECKOUT))


if __name__ == "__main__":
    sys.exit(main())
