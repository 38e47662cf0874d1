"""Notes of the curators, field by field: written when something is returned, answered when the field has changed."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import PositiveBigIntegerField, PositiveIntegerField
from django.utils.translation import gettext as _

from exhibitors.models import Decision
from exhibitors.states import CurationState
from expo.formats import number, rupiah
from expo.models import Picture

LONGEST = 500


@dataclass(frozen=True)
class Notable:
    """A field that can be noted, under the name that it has in forms. ``value(subject)`` tells whether it changed."""

    name: str
    label: Any
    value: Callable[[Any], Any]
    text: Callable[[Any], Any] | None = None  # as people read it, where the value alone says little
    is_photo: bool = False  # the value is a picture's id, or a list of them
    printed: Callable[[int], str] | None = None  # how a number is printed; kept are its digits

    def shown(self, subject) -> str | list[int]:
        """As people read it; of photos their ids."""
        value = self.value(subject)
        if self.is_photo:
            return value if isinstance(value, list) else [value] if value else []
        return str((self.text(subject) if self.text else value) or "")

    def told(self, shown: str) -> str:
        """What ``shown`` gave, now or when it was kept, as it is printed."""
        return self.printed(int(shown)) if self.printed and shown.isdecimal() else shown


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
    return notes_from(decision.notes, decision.noted, subject)


def notes_from(notes: dict[str, str], noted: dict[str, str], subject) -> list[Note]:
    """``notes`` by field, and what ``noted`` says stood there, beside what stands there now."""
    now = digests(subject, notes)
    return [
        Note(field.name, field.label, notes[field.name], now[field.name] != noted.get(field.name))
        for field in notable(subject)
        if field.name in notes
    ]


def unanswered(subject) -> list[Note]:
    return [note for note in notes_about(subject) if not note.is_answered]


def snapshot(subject) -> dict[str, Any]:
    """What stands in all these fields now, as people read it; photos by their ids."""
    return {field.name: field.shown(subject) for field in notable(subject)}


def column(model, name: str) -> Notable:
    """A column of ``model`` that can be noted. What is referred to is read by its name."""
    found = model._meta.get_field(name)
    return Notable(
        name,
        found.verbose_name,
        found.value_from_object,
        lambda one: text_of(one, name),
        printed=printer_of(found),
        is_photo=found.related_model is Picture,
    )


def text_of(subject, name: str) -> Any:
    """The value of a column as people read it: what is chosen or referred to by its name."""
    found = subject._meta.get_field(name)
    if found.choices:
        return getattr(subject, f"get_{name}_display")()
    return getattr(subject, name)


def as_read(subject, name: str) -> Any:
    """The same with amounts in rupiah and yes or no in words."""
    value, printed = text_of(subject, name), printer_of(subject._meta.get_field(name))
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return printed(value) if printed and value is not None else value


def printer_of(field) -> Callable[[int], str] | None:
    """How numbers of this column are printed: the wide ones are rupiah."""
    if isinstance(field, PositiveBigIntegerField):
        return rupiah
    return number if isinstance(field, PositiveIntegerField) else None


def _digest(value) -> str:
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:32]
