"""What a curator reads about one subject, field by field, with what it said when somebody last decided."""

from dataclasses import dataclass, field
from typing import Any

from exhibitors.domain.notes import notable, notes_about
from exhibitors.models import Decision, Proposal
from exhibitors.proposals_shown import ShownProposal, pictures_of
from expo.models import Picture


@dataclass
class Fact:
    """``before``: what it said, where that differs; ``note``: the field of the form in which to write about it."""

    name: str
    label: Any
    text: Any = ""
    photos: list[Picture] = field(default_factory=list)
    before: Any = None
    photos_before: list[Picture] = field(default_factory=list)
    asked: Any = None  # the note of the last time, if any
    note: Any = None
    moved: bool = False

    @property
    def is_changed(self) -> bool:
        return self.before is not None


def last_look(subject) -> Decision | None:
    """The last decision that remembers what was seen."""
    found = Decision.objects.filter(subject_type=subject._meta.model_name, subject_id=subject.pk).exclude(content={})
    return found.exclude(before="archived").select_related("decided_by").order_by("-decided_at", "-pk").first()


def facts_of(subject) -> list[Fact]:
    """Every field that curators judge; a few queries for photos, the log and what is referred to."""
    seen = last_look(subject)
    before = seen.content if seen else {}
    asked = {note.name: note for note in notes_about(subject)}
    facts = []
    for one in notable(subject):
        now = one.shown(subject)
        then = before.get(one.name, now)
        fact = Fact(one.name, one.label, asked=asked.get(one.name))
        if one.is_photo:
            fact.photos = pictures_of(now)
            if then != now:
                fact.before, fact.photos_before = True, pictures_of([pk for pk in then if pk])
        else:
            fact.text = one.told(now)
            if then != now:
                fact.before = one.told(then)
        facts.append(fact)
    return facts


def facts_of_change(change: Proposal, shown: ShownProposal) -> list[Fact]:
    """Only what a proposal changes: what stands there now, and what is wanted."""
    facts = [
        Fact(one.name, one.label, text=one.wanted, before=one.now or "", moved=one.moved) for one in shown.differences
    ]
    if shown.photos_wanted:
        label = next(field.label for field in notable(change) if field.is_photo)
        name = next(field.name for field in notable(change) if field.is_photo)
        facts.append(Fact(name, label, photos=shown.photos_wanted, before=True, photos_before=shown.photos_now))
    return facts
