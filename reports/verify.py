"""Whether everything that was sealed still holds: the chain, the hashes, and the journal underneath."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max

from journal.models import SealedUntil
from reports import chain
from reports.book import checking as book
from reports.canonical import CanonicalError
from reports.codes import code_from_hash
from reports.consistent import consistent_reading
from reports.models import Recap, RecapState
from reports.queries import figures_of
from reports.recompute import first_difference, recompute


@dataclass(frozen=True, slots=True)
class Finding:
    """What differs: the recap's number (or the edition's), and in which respect, in English for the log."""

    number: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    recaps: int
    findings: tuple[Finding, ...]


def verify_recaps() -> Verification:
    """Walk the chain in the order of sealing, compute every recap again, and list what differs, oldest first.

    Computed from the entries alone: rollups are never trusted here. At the end the book of seals tells of what no
    figure shows: recaps that are gone, withdrawals undone, rows that were changed (``book/checking.py``)."""
    findings: list[Finding] = []
    count = 0
    with consistent_reading():
        last = None
        for recap in Recap.objects.order_by("pk").iterator(chunk_size=50):
            findings += [Finding(recap.number, what) for what in _differences(recap, last)]
            last = recap
            count += 1
        findings += [Finding(number, what) for number, what in _wrong_states()]
        findings += [Finding(slug, "the journal is not closed up to its last recap") for slug in _open_editions()]
        findings += [Finding(name, what) for name, what in book.differences()]
    return Verification(recaps=count, findings=tuple(findings))


def _differences(recap: Recap, last: Recap | None) -> Iterator[str]:
    if (recap.previous_id, recap.previous_sha256) != ((last.pk, last.chain_sha256) if last else (None, "")):
        yield "the link to its predecessor"
    if chain.sha256(recap.figures) != recap.sha256:
        yield "the hash of its figures"
    if chain.chain_sha256(recap) != recap.chain_sha256:
        yield "the hash of its envelope"
    if not _gives(recap.chain_sha256, recap.code):
        yield "its verification code"
    yield from _figures(recap)


def _gives(digest: str, code: str) -> bool:
    try:
        return code_from_hash(digest) == code
    except ValueError:  # no hash at all
        return False


def _figures(recap: Recap) -> Iterator[str]:
    try:
        sealed = figures_of(recap)
        again = recompute(recap, from_entries=True)
    except (CanonicalError, ValueError) as error:
        yield f"its figures cannot be read: {error}"
        return
    cutoff = sealed.cutoff
    scope = chain.scope_of([edition.slug for edition in sealed.editions], sealed.since)
    said = (scope, sealed.since, cutoff.occurred, cutoff.recorded, sealed.entries, sealed.rules)
    moments = (recap.since, recap.occurred_cutoff, recap.recorded_cutoff)
    if said != (recap.scope, *moments, recap.entries, recap.rules):
        yield "its envelope and its figures"
    if again.to_json().decode() != recap.figures:
        yield f"the figures computed again from the journal ({first_difference(sealed, again)})"


def _wrong_states() -> Iterator[tuple[str, str]]:
    """A revision supersedes the one before it; nothing else makes a recap superseded."""
    following: dict[tuple, Recap] = {}
    for recap in Recap.objects.defer("figures", "snapshot").order_by("-revision").iterator():
        key = (recap.scope, recap.occurred_cutoff)
        successor = following.get(key)
        following[key] = recap
        if recap.superseded_by_id != (successor.pk if successor else None):
            yield recap.number, "its successor"
        elif (recap.state == RecapState.CURRENT) != (successor is None) and recap.state != RecapState.WITHDRAWN:
            yield recap.number, "its state"


def _open_editions() -> Iterator[str]:
    sealed_until = dict(SealedUntil.objects.values_list("edition_id", "recorded_until"))
    needed = Recap.objects.values("editions", "editions__slug").annotate(until=Max("recorded_cutoff"))
    for row in needed.order_by("editions__slug"):
        if row["editions"] and (
            sealed_until.get(row["editions"]) is None or sealed_until[row["editions"]] < row["until"]
        ):
            yield row["editions__slug"]
