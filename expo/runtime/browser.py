"""What browser tests need from the system: a Chromium and the driver's libraries; installed when we may."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from expo.runtime.children import ServiceError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
DRIVER_LIBRARIES = "libatomic1"
"""The Debian package that playwright's driver needs and a small Debian lacks."""


def prepare_browser() -> str:
    """Find or install what is needed; returns Chromium's path. ServiceError says what to do where we may not."""
    chromium = find_chromium(install=True)
    if problem := driver_problem():
        if not may_install():
            raise ServiceError(
                f"The driver of the browser tests does not start: {problem}\n"
                f"Debian, as root: apt-get install {DRIVER_LIBRARIES}"
            )
        install_package(DRIVER_LIBRARIES)
        if problem := driver_problem():
            raise ServiceError(f"The driver of the browser tests does not start: {problem}")
    return chromium


def find_chromium(*, install: bool = False) -> str:
    """The path of a Chromium; ServiceError, saying what to do, when there is none and none may be installed."""
    if chosen := os.environ.get("CHROMIUM"):
        if not shutil.which(chosen):
            raise ServiceError(f"CHROMIUM={chosen} is not a program.")
        return chosen
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    if install and may_install():
        install_package("chromium")
        return find_chromium()
    raise ServiceError(
        "The browser tests need Chromium and found none. Install it (Debian, as root: apt-get install chromium) "
        "or set CHROMIUM to its path."
    )


def driver_problem() -> str:
    """Why playwright's driver does not start; "" when it does."""
    package = find_spec("playwright")
    if package is None or package.origin is None:
        return "playwright is not installed."
    node = Path(package.origin).parent / "driver" / "node"
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return done.stderr.strip() if done.returncode else ""


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_package(name: str) -> None:
    print(f"  {name} (apt-get install) ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", name]):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode and "install" in command:
            raise ServiceError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
