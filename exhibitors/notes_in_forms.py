"""Notes of the curators, and what waits for them, where they belong: at their fields."""

from collections.abc import Iterable

from django import forms

from exhibitors.domain.notes import Note
from exhibitors.proposals_shown import Difference


def attach_notes(form: forms.BaseForm, notes: Iterable[Note]) -> None:
    """Show each note at its field of this form (``components/field_notes.html``), read out with it."""
    for note in notes:
        if field := form.fields.get(note.name):
            field.note = note
            _describe(form[note.name])


def attach_waiting(form: forms.BaseForm, differences: Iterable[Difference]) -> None:
    """Mark each field whose new value waits: what shoppers read meanwhile, and what is wanted."""
    for one in differences:
        if field := form.fields.get(one.name):
            field.waiting = one
            _describe(form[one.name])


def _describe(bound: forms.BoundField) -> None:
    """Let all that stands below a field be read out with it."""
    field = bound.field
    there = {
        "waiting": getattr(field, "waiting", None),
        "note": getattr(field, "note", None),
        "helptext": field.help_text,
        "error": bound.errors,
    }
    ids = [f"{bound.auto_id}_{part}" for part, is_there in there.items() if is_there]
    field.widget.attrs["aria-describedby"] = " ".join(ids)
