"""Who stands on the lobby's stage: a rotation that anyone can compute again.

Time is cut into slots. The booths take their turns in rounds: each round is a shuffle of all booths (its number is the
seed), and the stage moves along it without a gap. So after whole rounds everybody has been on stage equally often, at
any moment nobody more than twice oftener than another, and the neighbours on stage change from round to round.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.core.cache import cache

from catalog.queries.booths import stage_ids
from expo.memo import remembered

STAGE = 6
SLOT_SECONDS = 60
KEEP_SECONDS = 2 * 86400


def slot_at(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // SLOT_SECONDS


def slot_start(slot: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(slot * SLOT_SECONDS, dt.UTC)


@remembered(SLOT_SECONDS)
def lineup(slot: int) -> list[int]:
    """Ids of the booths on stage in ``slot``. Set once, at its first showing, for all processes: whoever opens or
    closes a booth meanwhile changes later slots only, and what was counted stays true."""
    return cache.get_or_set(
        f"catalog:stage:{slot}", lambda: on_stage(stage_ids(slot_start(slot)), STAGE, slot), KEEP_SECONDS
    )


def on_stage(ids: Sequence[int], count: int, slot: int) -> list[int]:
    """The ``count`` booths whose turn it is in ``slot``, each once."""
    booths = len(ids)
    size = min(count, booths)
    places = range(slot * size, (slot + 1) * size)
    orders = {number: round_order(ids, size, number) for number in {place // booths for place in places}}
    return [orders[place // booths][place % booths] for place in places]


def round_order(ids: Sequence[int], size: int, number: int) -> list[int]:
    """A shuffle of all booths whose first ``size`` are not among the last ``size`` of the round before: a stage that
    lies across two rounds shows nobody twice. With few booths every round has the same order, which does so, too."""
    if len(ids) < 3 * size:
        return shuffled(ids, 0)
    order, before = shuffled(ids, number), set(shuffled(ids, number - 1)[-size:])
    later = (place for place in range(size, len(ids) - size) if order[place] not in before)
    for place in range(size):
        if order[place] in before:
            other = next(later)
            order[place], order[other] = order[other], order[place]
    return order


def shuffled(ids: Sequence[int], seed: int) -> list[int]:
    return sorted(ids, key=lambda pk: hashlib.blake2b(f"{seed}:{pk}".encode(), digest_size=8).digest())
