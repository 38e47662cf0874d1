"""Telling whoever began a long import how it ended: nobody looks at its page for as long as a worker needs."""

from catalog.models import ImportJob, Outcome
from expo.mail import queue_mail

AT_ONCE = 300  # rows that are worked on while the reader waits


def tell_done(job: ImportJob) -> None:
    """In the transaction that ends it."""
    outcomes = job.counts.get("outcomes", {})
    told = [(one.label, outcomes[one.value]) for one in Outcome if one.value and outcomes.get(one.value)]
    _tell(job, "done", {"outcomes": told, "left": outcomes.get("left", 0) + outcomes.get(Outcome.REFUSED, 0)})


def tell_stopped(job: ImportJob) -> None:
    """Its products changed meanwhile, or something of ours failed: it goes on when its owner says so."""
    _tell(job, f"stopped:{job.rows.exclude(outcome=Outcome.WAITING).count()}", {"is_stopped": True})


def _tell(job: ImportJob, occasion: str, context: dict) -> None:
    person = job.created_by
    if job.row_count <= AT_ONCE or person is None or not person.is_active:
        return
    queue_mail(
        to=person.email,
        template="catalog/mail/import_ended",
        context={"person": person, "job": job, **context},
        language=person.language,
        key=f"import:{job.pk}:{occasion}",
    )
