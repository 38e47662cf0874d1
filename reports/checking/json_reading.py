"""What a JSON file claims to be, read by a process of its own: a crafted file may cost that process, no web worker.

Run as a script it reads JSON from stdin and writes a few claims to stdout; it imports nothing of the project, so that
it starts quickly and has nothing to lose.
"""

import hashlib
import json
import sys

MEMORY = 400 * 1024 * 1024
SECONDS = 3
MOST_TEXT = 200
MOST_PARTS = 30
MOST_RECAPS = 200
# What a recap's public JSON may say otherwise years later: its standing, and where licence and schema are found.
PASSING = ("schema_url", "licence")
PASSING_OF_RECAP = ("state", "in_doubt", "in_doubt_since", "superseded_by", "withdrawal_reason")


def read_claims(data: bytes, keys: tuple[str, ...]) -> dict:
    """``sha256``: of the same data in canonical form. ``scope``, ``since``, ``occurred``, ``recorded``: of which recap
    it claims to be; ``code``, ``schema``: of a public JSON, or of each of the ``recaps`` in the dataset. ``values``:
    what stands at ``keys`` ("realised.total") or under ``figures``; ``parts``: hashes of what a public JSON consists of
    (see ``parts``).
    UnreadableError for anything else."""
    from reports.child import read_in_child

    return read_in_child(__file__, keys, data)


def main(keys: list[str]) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    plain = json.loads(sys.stdin.buffer.read(), object_pairs_hook=unique)
    json.dump({"sha256": digest(plain), **claims(plain, keys)}, sys.stdout)


def unique(pairs: list[tuple]) -> dict:
    """Of a name that is said twice, one reader shows the first value and another the last: neither is believed."""
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise ValueError("a name is said twice")
    return plain


def digest(plain) -> str:
    """The SHA-256 of the canonical form, as recaps are sealed in."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def parts(plain: dict) -> dict[str, str]:
    """Hashes of what a public JSON of a recap consists of, by name, without what may change after the sealing."""
    lasting = {short(name): value for name, value in plain.items() if name not in PASSING}
    if isinstance(recap := lasting.get("recap"), dict):
        lasting["recap"] = {name: value for name, value in recap.items() if name not in PASSING_OF_RECAP}
    return {name: digest(value) for name, value in list(lasting.items())[:MOST_PARTS]}


def claims(plain, keys: list[str]) -> dict:
    editions = at(plain, "editions")
    slugs = [short(at(each, "slug")) for each in editions[:50]] if isinstance(editions, list) else []
    values = {key: whole(at(plain, key)) for key in keys}
    recaps = at(plain, "recaps")
    return {
        **public(plain),
        "recaps": [public(each) for each in recaps[:MOST_RECAPS]] if isinstance(recaps, list) else None,
        "more": len(recaps) > MOST_RECAPS if isinstance(recaps, list) else False,
        "columns": digest(at(plain, "columns")),
        "slugs": slugs,
        "since": short(at(plain, "since")),
        "occurred": short(at(plain, "cutoff.occurred")),
        "recorded": short(at(plain, "cutoff.recorded")),
        "values": {key: value for key, value in values.items() if value is not None},
    }


def public(plain) -> dict:
    """What a recap's public JSON claims, which stands alone or in the dataset."""
    figures = at(plain, "figures")
    return {
        "code": short(at(plain, "recap.code")),
        "schema": short(at(plain, "schema")),
        "parts": parts(plain) if isinstance(plain, dict) else {},
        "public": {short(key): whole(value) for key, value in list(figures.items())[:200]}
        if isinstance(figures, dict)
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
