"""Whether everything that was sealed still holds: the chain, the hashes, and the journal underneath."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from journal.models import SealedUntil
from reports import chain
from reports.ahead import moments_to_come
from reports.book import checking as book
from reports.book.altered import behind, everything
from reports.canonical import CanonicalError
from reports.codes import code_from_hash
from reports.consistent import consistent_reading
from reports.models import AlteredRow, BookLine, Recap, RecapState
from reports.queries import figures_of
from reports.recompute import first_difference, recompute


@dataclass(frozen=True, slots=True)
class Finding:
    """What differs: the recap's number (or the edition's), and in which respect, in English for the log."""

    number: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """``rules``: how many recaps each version of the rules has, in order."""

    recaps: int
    findings: tuple[Finding, ...]
    rules: dict[int, int]


def verify_recaps() -> Verification:
    """Walk the chain in the order of sealing, compute every recap again, and list what differs, oldest first.

    Computed from the entries alone: rollups are never trusted here. Rows that are not as they were written concern the
    recaps that count them (``book/altered.py``). At the end the book of seals tells of what no figure shows: recaps
    that are gone, rows that were changed (``book/checking.py``). The daily walk does the same in steps (``walk.py``).
    """
    findings: list[Finding] = []
    rules: Counter[int] = Counter()
    with consistent_reading():
        altered = list(everything())
        for recap in in_context().iterator(chunk_size=50):
            findings += [Finding(recap.number, what) for what in differences_of(recap, altered)]
            rules[recap.rules] += 1
        findings += [Finding(one.name, one.what) for one in altered]
        for part, look in PARTS.items():
            findings += [Finding(name, what) for name, what in (look() if part != book.HEADS else ())]
    # The store tells of lines that came while this was read: they are not there at the moment that was read.
    findings += [Finding(name, what) for name, what in PARTS[book.HEADS]()]
    return Verification(recaps=rules.total(), findings=tuple(findings), rules=dict(sorted(rules.items())))


def in_context() -> QuerySet[Recap]:
    """Recaps in the order of sealing, each with the one before it in the chain, its successor and what the book says of
    it: all as they were at one moment, whatever is sealed meanwhile."""
    before = Recap.objects.filter(pk__lt=OuterRef("pk")).order_by("-pk")
    same = Recap.objects.filter(scope=OuterRef("scope"), occurred_cutoff=OuterRef("occurred_cutoff"))
    after = same.filter(revision__gt=OuterRef("revision")).order_by("revision")
    said = BookLine.objects.filter(kind__in=book.OF_RECAPS, key=Cast(OuterRef("pk"), CharField())).order_by("position")
    return Recap.objects.order_by("pk").annotate(
        last_pk=Subquery(before.values("pk")[:1]),
        last_chain_sha256=Subquery(before.values("chain_sha256")[:1]),
        next_pk=Subquery(after.values("pk")[:1]),
        said=ArraySubquery(said.values(line=JSONObject(kind="kind", content="content"))),
    )


def differences_of(recap: Any, altered: Iterable[AlteredRow]) -> Iterator[str]:
    """In which respects a recap of ``in_context`` is not what was sealed, or counts what is known to be ``altered``."""
    if (recap.previous_id, recap.previous_sha256) != (recap.last_pk, recap.last_chain_sha256 or ""):
        yield "the link to its predecessor"
    if chain.sha256(recap.figures) != recap.sha256:
        yield "the hash of its figures"
    if chain.chain_sha256(recap) != recap.chain_sha256:
        yield "the hash of its envelope"
    if not _gives(recap.chain_sha256, recap.code):
        yield "its verification code"
    yield from _figures(recap)
    # A revision supersedes the one before it; nothing else makes a recap superseded.
    if recap.superseded_by_id != recap.next_pk:
        yield "its successor"
    elif (recap.state == RecapState.CURRENT) != (recap.next_pk is None) and recap.state != RecapState.WITHDRAWN:
        yield "its state"
    yield from book.of_recap(recap, {line["kind"]: line["content"] for line in recap.said})
    yield from book.fewer_visits(recap)
    yield from behind(recap, altered)


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
        yield f"the figures computed again by rules {again.rules} from the journal ({first_difference(sealed, again)})"


def open_editions() -> Iterator[book.Difference]:
    sealed_until = dict(SealedUntil.objects.values_list("edition_id", "recorded_until"))
    needed = Recap.objects.values("editions", "editions__slug").annotate(until=Max("recorded_cutoff"))
    for row in needed.order_by("editions__slug"):
        if row["editions"] and (
            sealed_until.get(row["editions"]) is None or sealed_until[row["editions"]] < row["until"]
        ):
            yield row["editions__slug"], "the journal is not closed up to its last recap"


# What is looked at beside the recaps, part by part.
PARTS: dict[str, Callable[[], Iterator[book.Difference]]] = {
    "editions": open_editions,
    "ahead": moments_to_come,
    **book.PARTS,
}
