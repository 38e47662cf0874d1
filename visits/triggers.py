"""The triggers of counted visits: who may write them, and their fingerprints (``journal/fingerprints.py``).

The functions that they call are made by the migration ``0008_fingerprints``.
"""

import pgtrigger

from journal.triggers import Calling, RefuseTruncate


class OnlyCounting(Calling):
    """Hours grow by right, but are written by whoever counts, and says so (``domain/store.py``), and by nobody else."""

    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    function = "visits_only_counting"


class FingerprintHour(Calling):
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    function = "visits_fingerprint_hour"


class FingerprintBooth(Calling):
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    function = "visits_fingerprint_booth"


class FingerprintGate(Calling):
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    function = "visits_fingerprint_gate"


def guards() -> list:
    return [OnlyCounting(name="only_counting"), RefuseTruncate(name="hours_stay_whole")]
