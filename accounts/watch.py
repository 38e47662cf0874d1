"""What stands still because no worker serves its queue: on the start page of staff, and mailed while mails leave."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import answering_for_figures
from expo.mail import queue_mail
from expo.queues import COUNTING, QUICK
from expo.ticks import silent_queues

LABELS = {
    QUICK: _("penyegelan rekap, hitungan kunjungan, pengiriman surel, dan batas waktu pesanan"),
    COUNTING: _("hitung ulang dan pengiriman rekap, lampiran, rangkuman jurnal, dan pemeriksaan segel"),
}
REMINDED_EVERY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SilentWorker:
    queue: str
    label: Any
    since: dt.datetime


def silent_workers() -> list[SilentWorker]:
    return [SilentWorker(one.queue, LABELS[one.queue], one.since) for one in silent_queues()]


def tell_of_silence(now: dt.datetime) -> int:
    """Mail those who answer for the figures, once and again each day; how many queues nobody serves."""
    silent = silent_workers()
    for worker in silent:
        day = (now - worker.since) // REMINDED_EVERY
        for user in answering_for_figures():
            queue_mail(
                to=user.email,
                template="accounts/mail/silent_worker",
                context={"worker": worker},
                language=user.language,
                key=f"silent:{worker.queue}:{worker.since.timestamp():.0f}:{day}:{user.pk}",
            )
    return len(silent)
