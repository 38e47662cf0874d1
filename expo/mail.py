"""Mail: a row written with the change that it tells of, rendered in its reader's language.

`queue_mail` is for the domain. Delivery is in expo/delivery.py; Django's own `send_mail` (allauth's
messages) comes through QueueBackend, so that everything the system says goes one way.
"""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.template import Context, engines
from django.utils import timezone, translation

from expo.mail_layout import Board, set_mail
from expo.models import OutgoingMail

SUBJECT_PREFIX = "Subject:"


def queue_mail(
    *,
    to: str,
    template: str,
    context: dict,
    language: str,
    key: str,
    attachments: Iterable[dict] = (),
    board: Board | None = None,
    once: bool = False,
) -> OutgoingMail:
    """Write a mail into the current transaction and have it delivered after the commit.

    `template` is the name below templates/ without ".txt", its first line "Subject: ...". `key` names
    the occasion: a second call with the same key changes nothing and sends nothing. `attachments` are
    {"path", "name", "type"} with paths below PRIVATE_ROOT, `board` the booth that it is about. `once`: sooner not at
    all than twice by itself (ADR 0206). Templates get SITE_URL and are not escaped; the formatted part is set from
    their text.
    """
    subject, body = render(template, context, language)
    row = OutgoingMail(
        key=key,
        to=to,
        subject=subject,
        body=body,
        html=set_mail(subject, body, language, board),
        language=language,
        attachments=list(attachments),
        once=once,
        created_at=timezone.now(),
    )
    row.pk = _insert(row)
    if row.pk is None:
        return OutgoingMail.objects.get(key=key)
    row._state.adding, row._state.db = False, connection.alias
    deliver_after_commit(row)
    return row


def _insert(row: OutgoingMail) -> int | None:
    """The new row's id; None if its key is known. One statement, where asking first costs four and a savepoint."""
    fields = [field for field in OutgoingMail._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {OutgoingMail._meta.db_table} ({columns}) VALUES ({places})"  # noqa: S608 (our own names)
            " ON CONFLICT (key) DO NOTHING RETURNING id",
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields],
        )
        made = cursor.fetchone()
    return made[0] if made else None


def render(template: str, context: dict, language: str) -> tuple[str, str]:
    """Subject and body of a mail template in a language."""
    with translation.override(language):
        loaded = engines["django"].engine.get_template(f"{template}.txt")  # type: ignore[attr-defined]
        text = loaded.render(Context({"SITE_URL": settings.SITE_URL, **context}, autoescape=False))
    first, _, body = text.lstrip().partition("\n")
    if not first.startswith(SUBJECT_PREFIX):
        raise ValueError(f"{template}.txt must begin with '{SUBJECT_PREFIX}'")
    return one_line(first.removeprefix(SUBJECT_PREFIX)), body.strip() + "\n"


def one_line(subject) -> str:
    return " ".join(str(subject).split())[:250]


def deliver_after_commit(row: OutgoingMail) -> None:
    """Tell a worker once the row can be seen. If the queue is down, the minute's tick finds the row."""
    from expo.tasks import deliver_mail

    def tell_worker() -> None:
        deliver_mail.delay(row.pk)

    transaction.on_commit(tell_worker, robust=True)


class QueueBackend(BaseEmailBackend):
    """Django's EMAIL_BACKEND: turns a message into rows, one per recipient."""

    def send_messages(self, email_messages) -> int:
        for message in email_messages:
            if message.attachments:
                raise ValueError("Mail with attachments goes through queue_mail.")
            subject, language = one_line(message.subject), translation.get_language() or settings.LANGUAGE_CODE
            html = set_mail(subject, str(message.body), language)
            for recipient in message.recipients():
                row = OutgoingMail.objects.create(
                    key=f"direct:{uuid.uuid4()}",
                    to=recipient,
                    subject=subject,
                    body=str(message.body),
                    html=html,
                    language=language,
                )
                deliver_after_commit(row)
        return len(email_messages)
