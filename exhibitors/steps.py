"""The task list of the registration: its own steps as data, and those that upper floors add.

An app registers in ``AppConfig.ready``::

    register_step("payment", _("Rekening atau QRIS"), order=70, url_name="orders:payment-settings", load=progress)

``load(exhibitor)`` says how far the step is; the notes of the curators and what is typed wrongly are added here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from exhibitors.domain.notes import Note, notes_about
from exhibitors.domain.profile_changes import profile_notes
from exhibitors.domain.steps import drafts_of
from exhibitors.models import Exhibitor
from exhibitors.states import FINISHED_STEPS, StepState


@dataclass(frozen=True)
class Progress:
    """``lacks``: what is still missing, in words; ``hint``: what is there already."""

    state: StepState
    lacks: tuple = ()
    hint: Any = ""


@dataclass(frozen=True)
class Step:
    name: str
    title: Any
    order: int
    load: Callable[[Exhibitor], Progress]
    url_name: str
    url_args: tuple = ()
    fields: tuple[str, ...] = ()  # whose notes belong to this step
    owner_only: bool = False


@dataclass(frozen=True)
class ShownStep:
    name: str
    title: Any
    url: str
    state: StepState
    hint: Any
    lacks: tuple
    owner_only: bool
    notes: list[Note] = field(default_factory=list)

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED_STEPS


_steps: dict[str, Step] = {}


def register_step(
    name: str,
    title,
    *,
    order: int,
    load: Callable[[Exhibitor], Progress],
    url_name: str,
    url_args: tuple = (),
    fields: tuple[str, ...] = (),
    owner_only: bool = False,
) -> None:
    """Add a step. ``load(exhibitor)`` costs a query or two; ``fields`` are names that curators write notes at."""
    _steps[name] = Step(name, title, order, load, url_name, url_args, fields, owner_only)


def steps_of(exhibitor: Exhibitor) -> list[ShownStep]:
    """All steps in order with where they stand."""
    drafts = drafts_of(exhibitor)
    notes = notes_about(exhibitor) or profile_notes(exhibitor)
    return [shown(step, exhibitor, drafts, notes) for step in sorted(_steps.values(), key=lambda step: step.order)]


def shown(step: Step, exhibitor: Exhibitor, drafts: dict, notes: list[Note]) -> ShownStep:
    progress = step.load(exhibitor)
    mine = [note for note in notes if note.name in step.fields]
    state = progress.state
    if drafts.get(step.name):
        state = StepState.WRONG
    elif any(not note.is_answered for note in mine) and state in FINISHED_STEPS:
        state = StepState.ASKED
    url = reverse(step.url_name, args=step.url_args)
    return ShownStep(step.name, step.title, url, state, progress.hint, progress.lacks, step.owner_only, mine)


def unfinished(exhibitor: Exhibitor) -> list[ShownStep]:
    """The steps that keep it from being submitted. What curators asked for is answered by its owner, not by us."""
    return [step for step in steps_of(exhibitor) if not step.is_finished and step.state != StepState.ASKED]
