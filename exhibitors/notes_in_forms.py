"""Notes of the curators where they belong: at their fields."""

from collections.abc import Iterable

from django import forms

from exhibitors.domain.notes import Note


def attach_notes(form: forms.BaseForm, notes: Iterable[Note]) -> None:
    """Show each note at its field of this form (``components/field_notes.html``), read out with it."""
    for note in notes:
        if field := form.fields.get(note.name):
            field.note = note
            bound = form[note.name]
            ids = [f"{bound.auto_id}_note"]
            ids += [f"{bound.auto_id}_helptext"] if field.help_text else []
            ids += [f"{bound.auto_id}_error"] if bound.errors else []
            field.widget.attrs["aria-describedby"] = " ".join(ids)
