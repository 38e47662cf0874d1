"""Writing lines: one after the other, each with the hash of the one before. Nothing here is ever changed."""

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from reports import canonical
from reports.book.marks import set_mark
from reports.chain import sha256
from reports.consistent import lock_tables
from reports.models import BookLine, BookMark, Recap

SEALED, SUPERSEDED, WITHDRAWN, CUT = "sealed", "superseded", "withdrawn", "cut"
HEAD = "head"  # the mark with the last line
PATIENCE_MS = 500
Difference = tuple[str, str]  # what it is about, and in which respect it differs


class Fact(NamedTuple):
    kind: str
    key: str
    content: dict[str, Any]


def write(facts: Sequence[Fact], *, still: Callable[[], bool] = lambda: True) -> int:
    """Append these facts in their order; what the book knows already is left out. How many were new.

    ``still`` is asked once nobody else can write: none are written if it says no.
    Whoever seals holds the lock from before its snapshot on (``consistent.lock_chain``); BusyError while another one
    does so at length.
    """
    if not facts:
        return 0
    with transaction.atomic():
        lock_tables("reports_bookline", patience_ms=PATIENCE_MS)
        if not still():
            return 0
        known = known_keys(facts)
        last = BookLine.objects.first()
        lines = []
        for fact in [*cut_off(last), *facts]:
            if (fact.kind, fact.key) not in known:
                known.add((fact.kind, fact.key))
                lines.append(last := following(last, fact))
        BookLine.objects.bulk_create(lines, batch_size=1000)
        if last and lines:
            set_mark(HEAD, last.position, last.sha256)
    return len(lines)


def cut_off(last: BookLine | None) -> list[Fact]:
    """That the line which was written last is there no more: noted for good, as the mark moves on."""
    mark = BookMark.objects.filter(name=HEAD).first()
    if mark is None or BookLine.objects.filter(position=mark.upto, sha256=mark.sha256).exists():
        return []
    found = last.position if last else 0
    content = {"position": mark.upto, "sha256": mark.sha256, "found": found}
    return [Fact(CUT, f"{mark.upto}:{mark.sha256}:{found}", content)]


def known_keys(facts: Sequence[Fact]) -> set[tuple[str, str]]:
    keys = BookLine.objects.filter(kind__in={fact.kind for fact in facts}, key__in=[fact.key for fact in facts])
    return set(keys.values_list("kind", "key"))


def following(last: BookLine | None, fact: Fact) -> BookLine:
    line = BookLine(
        position=last.position + 1 if last else 1,
        kind=fact.kind,
        key=fact.key,
        content=canonical.dumps(fact.content).decode(),
        at=timezone.now(),
        previous_sha256=last.sha256 if last else "",
    )
    line.sha256 = hash_of(line)
    return line


def hash_of(line: BookLine) -> str:
    core = {
        "schema": "book/1",
        "position": line.position,
        "kind": line.kind,
        "key": line.key,
        "content": line.content,
        "at": line.at,
        "previous_sha256": line.previous_sha256,
    }
    return sha256(canonical.dumps(core))


def content_of(line: BookLine) -> dict[str, Any]:
    return json.loads(line.content)


def sealed(recap: Recap) -> Fact:
    """What a seal fixes, and of which editions (their keys: slugs may be given another meaning)."""
    editions = sorted(recap.editions.values_list("pk", flat=True))
    content = {"number": recap.number, "code": recap.code, "chain_sha256": recap.chain_sha256, "editions": editions}
    return Fact(SEALED, str(recap.pk), content)


def superseded(recap: Recap, *, by: int | None) -> Fact:
    return Fact(SUPERSEDED, str(recap.pk), {"number": recap.number, "by": by})


def withdrawn(recap: Recap) -> Fact:
    content = {
        "number": recap.number,
        "reason": recap.withdrawal_reason,
        "at": recap.withdrawn_at,
        "by": recap.withdrawn_by_id,
    }
    return Fact(WITHDRAWN, str(recap.pk), content)


def head() -> BookLine | None:
    return BookLine.objects.first()
