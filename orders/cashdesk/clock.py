"""When a stand sale happened: the device's clock is believed about durations, never about the time (ADR 0089)."""

import datetime as dt
from dataclasses import dataclass

LONGEST_OFFLINE = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Moment:
    """``is_doubtful``: the device's clock made no sense, so that the time of arrival stands in."""

    occurred_at: dt.datetime
    is_doubtful: bool


def moment_of(sold_at: dt.datetime, sent_at: dt.datetime, received_at: dt.datetime) -> Moment:
    """``sold_at`` and ``sent_at`` by the device's clock, ``received_at`` by ours.

    A clock that is wrong, but equally wrong at both moments, cancels out. The result is never later than the arrival
    and at most 14 days earlier; a clock that was set back or far ahead in between tells nothing.
    """
    waited = sent_at - sold_at
    if dt.timedelta() <= waited <= LONGEST_OFFLINE:
        return Moment(received_at - waited, is_doubtful=False)
    return Moment(received_at, is_doubtful=True)
