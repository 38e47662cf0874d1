"""Confirming a WhatsApp number without a gateway: its owner sends a code from it, staff see where it came from."""

import datetime as dt
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.domain.decisions import CurationError, locked, log, tell_people
from exhibitors.models import Exhibitor, PhoneConfirmation
from expo.models import Edition
from expo.phones import show_phone
from expo.whatsapp import whatsapp_url

LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ2346789"  # none that is mistaken for another
CODE_LENGTH = 6


def organiser_number() -> str:
    """Where exhibitors send their code: the number of the newest edition that has one, "" when none has."""
    numbers = Edition.objects.exclude(organiser_whatsapp="").order_by("-opens_at")
    return numbers.values_list("organiser_whatsapp", flat=True).first() or ""


def confirmation_of(exhibitor: Exhibitor) -> PhoneConfirmation | None:
    """Where the present number stands; None when nothing was asked for it."""
    return exhibitor.phone_confirmations.filter(number=exhibitor.whatsapp).first() if exhibitor.whatsapp else None


def is_confirmed(exhibitor: Exhibitor) -> bool:
    found = confirmation_of(exhibitor)
    return bool(found and found.confirmed_at)


@transaction.atomic
def ask_confirmation(exhibitor: Exhibitor, *, now: dt.datetime | None = None) -> PhoneConfirmation:
    """A code for the present number, the same one until staff have answered. Raises CurationError without a number."""
    exhibitor = locked(exhibitor)
    if not exhibitor.whatsapp:
        raise CurationError(gettext_lazy("Isi nomor WhatsApp dahulu."))
    found = confirmation_of(exhibitor)
    if found and found.refused_at is None:
        return found
    if found:
        found.delete()  # refused: another code, so that an old message is not taken for the new one
    return _with_code(exhibitor, now or timezone.now())


def _with_code(exhibitor: Exhibitor, now: dt.datetime) -> PhoneConfirmation:
    for _try in range(5):
        code = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                return exhibitor.phone_confirmations.create(number=exhibitor.whatsapp, code=code, asked_at=now)
        except IntegrityError:
            continue
    raise CurationError(gettext_lazy("Kode belum dapat dibuat. Coba lagi."))


def message_link(confirmation: PhoneConfirmation, organiser: str) -> str:
    """Opens a chat with the organiser, the message already written."""
    text = _("Saya mengonfirmasi nomor WhatsApp %(name)s. Kode: %(code)s") % {
        "name": confirmation.exhibitor.name,
        "code": confirmation.code,
    }
    return whatsapp_url(organiser, text)


@transaction.atomic
def confirm_phone(confirmation: PhoneConfirmation, *, by, now: dt.datetime | None = None) -> PhoneConfirmation:
    """Staff have seen the code come from this very number."""
    confirmation = _waiting(confirmation)
    confirmation.confirmed_at, confirmation.decided_by = now or timezone.now(), by
    confirmation.save(update_fields=["confirmed_at", "decided_by"])
    _record(confirmation, _("Nomor WhatsApp %s dikonfirmasi."), by)
    return confirmation


@transaction.atomic
def refuse_phone(confirmation: PhoneConfirmation, *, by, now: dt.datetime | None = None) -> PhoneConfirmation:
    """The code came from another number: the owner is told and asks again."""
    confirmation = _waiting(confirmation)
    confirmation.refused_at, confirmation.decided_by = now or timezone.now(), by
    confirmation.save(update_fields=["refused_at", "decided_by"])
    entry = _record(confirmation, _("Kode untuk nomor WhatsApp %s datang dari nomor lain."), by)
    tell_people(confirmation.exhibitor, "exhibitors/mail/phone", {"entry": entry}, key=f"phone:{entry.pk}")
    return confirmation


@transaction.atomic
def confirm_by_hand(exhibitor: Exhibitor, *, by, reason: str, now: dt.datetime | None = None) -> PhoneConfirmation:
    """Staff know that the number is the exhibitor's without its code, and ``reason`` says how: called, met, …"""
    exhibitor = locked(exhibitor)
    if not reason.strip():
        raise CurationError(gettext_lazy("Tulis bagaimana Anda memastikannya, misalnya lewat telepon."))
    if not exhibitor.whatsapp:
        raise CurationError(gettext_lazy("Peserta ini belum mengisi nomor WhatsApp."))
    now = now or timezone.now()
    found = confirmation_of(exhibitor) or _with_code(exhibitor, now)
    if found.confirmed_at:
        raise CurationError(gettext_lazy("Nomor ini sudah dikonfirmasi."))
    found.confirmed_at, found.refused_at, found.decided_by = now, None, by
    found.save(update_fields=["confirmed_at", "refused_at", "decided_by"])
    text = _("Nomor WhatsApp %s dikonfirmasi.") % show_phone(found.number)
    log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=f"{text} {reason.strip()}")
    return found


def require_confirmed(exhibitor: Exhibitor) -> None:
    """Raises CurationError as long as nobody knows that its WhatsApp number is its own."""
    if not is_confirmed(exhibitor):
        raise CurationError(
            gettext_lazy(
                "Nomor WhatsApp “%(subject)s” belum dikonfirmasi: cari kodenya di obrolan panitia, atau telepon dan "
                "konfirmasi dengan catatan."
            )
            % {"subject": exhibitor}
        )


def _waiting(confirmation: PhoneConfirmation) -> PhoneConfirmation:
    confirmation = locked(confirmation)
    if confirmation.confirmed_at or confirmation.refused_at:
        raise CurationError(gettext_lazy("Nomor ini sudah diputuskan."))
    if confirmation.number != confirmation.exhibitor.whatsapp:
        raise CurationError(gettext_lazy("Nomor peserta ini sudah berubah."))
    return confirmation


def _record(confirmation: PhoneConfirmation, text: str, by):
    exhibitor = confirmation.exhibitor
    return log(exhibitor, exhibitor.state, exhibitor.state, by=by, reason=text % show_phone(confirmation.number))
