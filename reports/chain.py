"""What a seal adds: number, chain hash and code. A recap's chain hash covers its envelope and its predecessor's."""

import datetime as dt
import hashlib

from expo.formats import WIB
from reports import canonical
from reports.models import Recap


def scope_of(slugs: list[str], since: dt.datetime | None = None) -> str:
    """uvo-2, uvo-1+uvo-2; of a period uvo-2@2020-11-16T00:00:00+07:00. No slug has an @."""
    editions = "+".join(slugs)
    return f"{editions}@{since.astimezone(WIB).isoformat()}" if since else editions


def number_of(codes: list[str], year: int, sequence: int, revision: int = 0, *, period: bool = False) -> str:
    """UVO-II/2020/0013, its first revision UVO-II/2020/0013/R1, of two editions UVO-I+UVO-II/2020/0001, of a period
    UVO-II/2020/P0001."""
    number = f"{'+'.join(codes)}/{year}/{'P' if period else ''}{sequence:04}"
    return f"{number}/R{revision}" if revision else number


def base_number(recap: Recap) -> str:
    """The number without its revision."""
    return recap.number.removesuffix(f"/R{recap.revision}") if recap.revision else recap.number


def year_of(cutoff: dt.datetime) -> int:
    """The year in which a recap is numbered: that of its last counted moment, in WIB.

    A cut-off at New Year's midnight closes the old year.
    """
    return (cutoff - dt.timedelta(microseconds=1)).astimezone(WIB).year


def sha256(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def chain_sha256(recap: Recap) -> str:
    """The hash of everything that the seal fixes, the predecessor's chain hash included."""
    core = {
        "schema": "seal/1",
        "scope": recap.scope,
        "number": recap.number,
        "sequence": recap.sequence,
        "year": recap.year,
        "revision": recap.revision,
        "occurred": recap.occurred_cutoff,
        "recorded": recap.recorded_cutoff,
        "rules": recap.rules,
        "entries": recap.entries,
        "sha256": recap.sha256,
        "snapshot_sha256": sha256(recap.snapshot),
        "previous_sha256": recap.previous_sha256,
        "signatory": [recap.signatory_name, recap.signatory_title, recap.signatory_nip],
        "city": recap.city,
        "sealed_at": recap.sealed_at,
        "sealed_by": recap.sealed_by_id,
        "sealed_by_name": recap.sealed_by_name,
        "scheduled": recap.scheduled,
    }
    if recap.since:
        # Recaps from the beginning keep the form, and so the hash, that they had before there were periods.
        core |= {"schema": "seal/2", "since": recap.since}
    return sha256(canonical.dumps(core))
