"""Reading what strangers upload in a process of its own: a crafted file may cost that process, never a web worker."""

import json
import subprocess
import sys
from collections.abc import Iterable

MOST_OUTPUT = 2_000_000
PATIENCE = 20  # seconds on the clock; of the processor it takes what its script allows itself


class UnreadableError(Exception):
    """Damaged, or more than a process of bounded memory and time can read."""


def read_in_child(script: str, words: Iterable[str], data: bytes) -> dict:
    """What the script says of ``data``, in JSON. Its environment is empty: a parser that is taken over finds no secret
    there. Whatever it complains of is not collected."""
    command = [sys.executable, "-I", script, *words]
    try:
        done = subprocess.run(  # noqa: S603 (our own words)
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
            env={},
        )
        return json.loads(done.stdout[:MOST_OUTPUT])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise UnreadableError from error
