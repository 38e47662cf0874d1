"""What a JSON file claims to be, read by a process of its own: a crafted file may cost that process, no web worker.

Run as a script it reads JSON from stdin and writes a few claims to stdout; it imports nothing of the project, so that
it starts quickly and has nothing to lose.
"""

import hashlib
import json
import subprocess
import sys

MEMORY = 400 * 1024 * 1024
SECONDS = 10
MOST_OUTPUT = 100_000
MOST_TEXT = 200


class UnreadableError(Exception):
    """No JSON, or more than a process of bounded memory and time can read."""


def read_claims(data: bytes, keys: tuple[str, ...]) -> dict:
    """``sha256``: of the same data in canonical form. ``scope``, ``since``, ``occurred``, ``recorded``: of which recap
    it claims to be; ``code``: of a public JSON. ``values``: what stands at ``keys`` ("realised.total") or under
    ``figures``."""
    command = [sys.executable, "-I", __file__, *keys]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS * 2, check=True)  # noqa: S603 (our own words)
        return json.loads(done.stdout[:MOST_OUTPUT])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise UnreadableError from error


def main(keys: list[str]) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    plain = json.loads(sys.stdin.buffer.read())
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    json.dump({"sha256": hashlib.sha256(text.encode()).hexdigest(), **claims(plain, keys)}, sys.stdout)


def claims(plain, keys: list[str]) -> dict:
    editions = at(plain, "editions")
    slugs = [short(at(each, "slug")) for each in editions[:50]] if isinstance(editions, list) else []
    values = {key: whole(at(plain, key)) for key in keys}
    public = at(plain, "figures")
    return {
        "slugs": slugs,
        "since": short(at(plain, "since")),
        "occurred": short(at(plain, "cutoff.occurred")),
        "recorded": short(at(plain, "cutoff.recorded")),
        "code": short(at(plain, "recap.code")),
        "values": {key: value for key, value in values.items() if value is not None},
        "public": {short(key): whole(value) for key, value in list(public.items())[:200]}
        if isinstance(public, dict)
        else None,
    }


def at(plain, path: str):
    for name in path.split("."):
        plain = plain.get(name) if isinstance(plain, dict) else None
    return plain


def short(value) -> str:
    return value[:MOST_TEXT] if isinstance(value, str) else ""


def whole(value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53 else None


if __name__ == "__main__":
    main(sys.argv[1:])
