"""What a run needs once the services are up; one process, so that Django is loaded only once.

Every step is skipped when there is nothing to do, which is what makes a second start quick.
"""

import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings


def main(arguments: list[str]) -> None:
    """Everything for `make run`; with "build" only what needs no database (images are built so)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expo.settings")
    django.setup()
    step("translations", compile_translations)
    if arguments == ["build"]:
        step("static files", collect_static)
        return
    step("database schema", migrate)
    step("regions", load_regions)
    step("static files", collect_static)
    step("demonstration expos", load_demonstration)
    write_sign_ins()


def step(label: str, action: Callable[[], str | None]) -> None:
    started = time.monotonic()
    print(f"  {label} ...", end="", flush=True)
    note = action()
    print(f" {note + ', ' if note else ''}{time.monotonic() - started:.1f} s", flush=True)


def compile_translations() -> str | None:
    from expo.messages import compile_catalogues

    compile_catalogues()
    return None


def migrate() -> str | None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return "up to date"
    call_command("migrate", interactive=False, verbosity=0)
    return f"{len(plan)} applied"


def load_regions() -> str | None:
    from django.core.management import call_command

    call_command("load_regions", stdout=open(os.devnull, "w"))  # noqa: SIM115
    return None


def collect_static() -> str | None:
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    wanted = static_fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return "up to date"
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)
    return None


def static_fingerprint() -> str:
    """A hash over name, size and time of every static file, so that a change is noticed without reading."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demonstration() -> str | None:
    from django.core.management import call_command

    from expo.models import Edition

    if os.environ.get("EXPO_LOAD_DEMO", "1") == "0":
        return "not wanted"
    if not has_command("load_demo"):
        return "no command"
    if Edition.objects.exists():
        return "already there"
    print(flush=True)
    call_command("load_demo")
    return "   loaded"


def has_command(name: str) -> bool:
    from django.core.management import get_commands

    return name in get_commands()


def write_sign_ins() -> None:
    """Leave the demonstration's sign-ins for the supervisor, which prints them when the site answers."""
    try:
        from demo.accounts import DEMO_ACCOUNTS
    except ImportError:
        DEMO_ACCOUNTS = []  # noqa: N806
    width = max((len(str(role)) for role, *_ in DEMO_ACCOUNTS), default=0)
    lines = [f"{role!s:<{width}}  {email}  {password}" for role, email, password in DEMO_ACCOUNTS]
    (settings.SERVICES_LAYOUT.state / "sign-ins.txt").write_text("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
