"""The Chromium for browser tests: found, or installed from the system's packages when we may."""

import os
import shutil
import subprocess

from expo.runtime.children import ServiceError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium(*, install: bool = False) -> str:
    """The path of a Chromium; ServiceError, saying what to do, when there is none and none may be installed."""
    if chosen := os.environ.get("CHROMIUM"):
        if not shutil.which(chosen):
            raise ServiceError(f"CHROMIUM={chosen} is not a program.")
        return chosen
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    if install and os.geteuid() == 0 and shutil.which("apt-get"):
        return install_chromium()
    raise ServiceError(
        "The browser tests need Chromium and found none. Install it (Debian, as root: apt-get install chromium) "
        "or set CHROMIUM to its path."
    )


def install_chromium() -> str:
    print("  chromium (apt-get install) ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode and "install" in command:
            raise ServiceError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return find_chromium()
