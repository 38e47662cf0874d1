"""``python -m bench.visitors``: how far counts of unique visitors are off, at 1,000, 100,000 and 10 million of them.

Visitors are hashed as they are when they visit, spread over the hours of two days with one in four coming twice, and
counted as a recap counts them: an hour's sketch in the store, merged over all hours. ``--most`` leaves the large ones
out; ten million take some minutes of a processor.
"""

import argparse
import os
import secrets
import shutil
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

HOURS = 48
CHUNK = 5_000
PLAN = {1_000: 100, 100_000: 10, 10_000_000: 1}  # visitors → rounds
BROWSER = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.visitors", description=__doc__)
    parser.add_argument("--most", type=int, default=max(PLAN), help="leave out larger counts")
    options = parser.parse_args()
    import django

    django.setup()
    from django.conf import settings

    from expo.runtime.paths import throwaway_layout
    from expo.runtime.valkey import Valkey

    layout = throwaway_layout(f"visitors-{os.getpid()}")
    layout.sockets.mkdir(parents=True, mode=0o700)
    settings.REDIS_URL = layout.redis_url(0)
    store = Valkey(layout, throwaway=True)
    store.start()
    try:
        print("visitors | rounds | mean error | largest error")
        for visitors, rounds in PLAN.items():
            if visitors <= options.most:
                errors = [error_of(visitors) for _round in range(rounds)]
                shown = f"{sum(errors) / rounds:.2%} | {max(errors):.2%}"
                print(f"{visitors:,} | {rounds} | {shown}", flush=True)
    finally:
        store.stop()
        shutil.rmtree(layout.state.parent)


def error_of(visitors: int) -> float:
    """One count of so many visitors with a salt of its own; how far it is off, as a share."""
    from expo.store import redis_client
    from visits.domain.sketches import unique

    store = redis_client()
    keys = [f"hour:{hour}" for hour in range(HOURS)]
    for hour, hashes in chunks(visitors, secrets.token_bytes(32)):
        store.pfadd(keys[hour], *hashes)
    counted = unique([bytes(store.get(key) or b"") for key in keys])
    store.delete(*keys)
    return abs(counted - visitors) / visitors


def chunks(visitors: int, secret: bytes) -> Iterator[tuple[int, list[str]]]:
    """Hours with those who come in them; the same chunk of visitors may come in a second hour."""
    from visits.domain.counting import visitor_hash

    size = max(1, min(CHUNK, visitors // HOURS))
    for number, start in enumerate(range(0, visitors, size)):
        people = range(start, min(start + size, visitors))
        hashes = [
            visitor_hash(secret, f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}", f"{BROWSER} {n >> 24}") for n in people
        ]
        yield number % HOURS, hashes
        if number % 4 == 0:
            yield (number + 7) % HOURS, hashes


if __name__ == "__main__":
    main()
