"""Notes of the curators, field by field: written when something is returned, answered when the field has changed."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from exhibitors.models import Decision
from exhibitors.states import CurationState

LONGEST = 500


@dataclass(frozen=True)
class Notable:
    """A field that can be noted, under the name that it has in forms. ``value(subject)`` tells whether it changed."""

    name: str
    label: Any
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class Note:
    name: str
    label: Any
    text: str
    is_answered: bool


_notable: dict[str, tuple[Notable, ...]] = {}


def register_notable(model: str, fields: Iterable[Notable]) -> None:
    """Let curators write notes at these fields of a model, named as in ``_meta.model_name``."""
    _notable[model] = tuple(fields)


def notable(subject) -> tuple[Notable, ...]:
    return _notable.get(subject._meta.model_name, ())


def clean_notes(subject, notes: dict[str, str]) -> dict[str, str]:
    """The notes that say something, of fields that exist."""
    known = {field.name for field in notable(subject)}
    return {name: text.strip()[:LONGEST] for name, text in notes.items() if name in known and text.strip()}


def digests(subject, names: Iterable[str]) -> dict[str, str]:
    """What stands in these fields now, as short texts."""
    return {field.name: _digest(field.value(subject)) for field in notable(subject) if field.name in set(names)}


def notes_about(subject) -> list[Note]:
    """What was asked when it was last returned, until it is decided upon again; one query."""
    if subject.state not in (CurationState.RETURNED, CurationState.SUBMITTED):
        return []
    returned = (
        Decision.objects.filter(
            subject_type=subject._meta.model_name, subject_id=subject.pk, after=CurationState.RETURNED
        )
        .exclude(before=CurationState.RETURNED)
        .order_by("-decided_at", "-pk")
        .first()
    )
    return notes_of(returned, subject) if returned else []


def notes_of(decision: Decision, subject) -> list[Note]:
    """The notes of a decision in the order of the fields; ``is_answered`` when the field says something else now."""
    now = digests(subject, decision.notes)
    return [
        Note(field.name, field.label, decision.notes[field.name], now[field.name] != decision.noted.get(field.name))
        for field in notable(subject)
        if field.name in decision.notes
    ]


def unanswered(subject) -> list[Note]:
    return [note for note in notes_about(subject) if not note.is_answered]


def _digest(value) -> str:
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:32]
