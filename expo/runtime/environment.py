"""Make or refresh the virtual environment in .venv. Needs nothing but the system's Python 3.11.

    python3 -I expo/runtime/environment.py app.txt [dev.txt]

A stamp holds a hash of the requirements that were installed, so that nothing is done twice.
"""

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin/python"


def main(names):
    if sys.version_info < (3, 11):  # noqa: UP036 (any Python may run this file)
        sys.exit(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}. Set PYTHON=/path/to/python3.")
    state = CHECKOUT / "var"
    state.mkdir(exist_ok=True)
    with (state / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not works():
            make_venv()
        for name in names:
            install(CHECKOUT / "requirements" / name)


def works():
    """Whether .venv has a Python of at least 3.11 that runs (it may have moved, or the system's was upgraded)."""
    probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return not subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode  # noqa: S603
    except OSError:
        return False


def make_venv():
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        sys.exit("Python's venv module is missing. On Debian, as root: apt-get install python3-venv")
    with progress("virtual environment"):
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install(requirements):
    stamp = VENV / f".installed-{requirements.stem}"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with progress(f"packages of requirements/{requirements.name}"):
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        run([*pip, "install", "--require-hashes", "-r", str(requirements)])
    stamp.write_text(wanted)


def run(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        print()
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}\nSetting up failed; the lines above say why.")


class progress:  # noqa: N801 (reads as a statement)
    """One line per step: what is being done, then how long it took."""

    def __init__(self, label):
        self.label = label

    def __enter__(self):
        self.started = time.monotonic()
        print(f"  {self.label} ...", end="", flush=True)

    def __exit__(self, kind, *_):
        if kind is None:
            print(f" {time.monotonic() - self.started:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
