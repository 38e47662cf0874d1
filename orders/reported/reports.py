"""The exhibitor's verbs: report a sale made elsewhere, or what was paid of one; add evidence; take a report back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.decisions import log
from exhibitors.models import Exhibitor
from expo.formats import WIB, rupiah
from journal.models import Measure
from orders.cashdesk.place import refusal_to_sell, require_booth
from orders.domain.errors import OrderError
from orders.models import Order, ReportedDocument, ReportedSale, StandSale
from orders.reported import ledger
from orders.reported.content import MOST_RUPIAH, Evidence, NewPayment, NewReport, reference_key
from orders.reported.doubts import doubts_about
from orders.reported.errors import ReportError, UnsureError
from orders.states import REPORT_LIVE, REPORT_TRANSITIONS, ReportState, require_transition

MOST_DOCUMENTS = 6
DESK_NUMBER = 8  # letters of a stand sale's number after its K


@dataclass(frozen=True, slots=True)
class Reported:
    """``is_new`` is False when the same form had been sent before."""

    report: ReportedSale
    is_new: bool


@transaction.atomic
def report_sale(
    exhibitor: Exhibitor,
    new: NewReport,
    evidence: Sequence[Evidence],
    *,
    by,
    is_sure: bool = False,
    now: dt.datetime | None = None,
) -> Reported:
    """Keep the report and post it as a claim (D); staff look at it. Once for each key, however often sent.

    UnsureError when something looks wrong and nobody has said that it is right; ReportError when it can't be.
    """
    now = now or timezone.now()
    lock(exhibitor)
    if known := recorded(exhibitor, new):
        return known
    report = drafted(exhibitor, new, by=by, now=now)
    require_elsewhere(report)
    refuse_repeat(report)
    keep(report, evidence, by=by, now=now, is_sure=is_sure)
    ledger.post_claim(report)
    return Reported(report, is_new=True)


@transaction.atomic
def report_payment(
    promise: ReportedSale,
    new: NewPayment,
    evidence: Sequence[Evidence],
    *,
    by,
    is_sure: bool = False,
    now: dt.datetime | None = None,
) -> Reported:
    """What was paid of a reported order. It moves from committed to realised once staff have looked at it."""
    now = now or timezone.now()
    lock(promise.exhibitor)
    if known := recorded(promise.exhibitor, new):
        return known
    promise = ReportedSale.objects.select_related("exhibitor", "edition", "booth", "product").get(pk=promise.pk)
    if promise.measure != Measure.COMMITTED or promise.state not in REPORT_LIVE:
        raise ReportError(_("Hanya pesanan yang belum dibayar dan belum ditarik yang dapat dilunasi."))
    require_amount(new.amount)
    require_past(new.occurred_at, now)
    if new.occurred_at < promise.occurred_at:
        raise ReportError(_("Pembayarannya lebih dahulu daripada pesanannya."), "sold_on")
    left = open_amount(promise)
    if new.amount > left:
        raise ReportError(_("Yang belum dibayar tinggal %(left)s.") % {"left": rupiah(left)}, "amount")
    report = payment_of(promise, new, by=by, now=now)
    keep(report, evidence, by=by, now=now, is_sure=is_sure)
    return Reported(report, is_new=True)


@transaction.atomic
def add_evidence(report: ReportedSale, evidence: Evidence, *, by, now: dt.datetime | None = None) -> ReportedSale:
    """One more document, while staff have not decided. What was sent back waits for them again."""
    now = now or timezone.now()
    report = locked(report)
    if report.state not in (ReportState.WAITING, ReportState.RETURNED):
        raise ReportError(_("Laporan ini sudah diputuskan."))
    if report.documents.count() >= MOST_DOCUMENTS:
        raise ReportError(_("Paling banyak %(most)s berkas.") % {"most": MOST_DOCUMENTS}, "file")
    if report.documents.filter(digest=evidence.digest).exists():
        raise ReportError(_("Berkas ini sudah ada pada laporan ini."), "file")
    ReportedDocument.objects.create(report=report, file=evidence.file, digest=evidence.digest, at=now, by=by)
    if report.state == ReportState.RETURNED:
        move(report, ReportState.WAITING, by=by, waiting_since=now)
    return report


@transaction.atomic
def withdraw_report(report: ReportedSale, *, by, reason: str = "", now: dt.datetime | None = None) -> ReportedSale:
    """The exhibitor takes back what staff have not verified; the claim goes out of the journal."""
    now = now or timezone.now()
    report = locked(report)
    if report.payments.filter(state__in=REPORT_LIVE).exists():
        raise ReportError(_("Tarik dahulu laporan pembayarannya."))
    move(report, ReportState.WITHDRAWN, by=by, reason=reason)
    if report.pays_id is None:
        ledger.take_back(report, by=by, now=now, note=_("Ditarik peserta: %(number)s") % {"number": report.number})
    return report


def lock(exhibitor: Exhibitor) -> None:
    Exhibitor.objects.select_for_update(no_key=True).only("pk").get(pk=exhibitor.pk)


def locked(report: ReportedSale) -> ReportedSale:
    """The report as it is now, locked after its exhibitor: whoever reports a payment on it waits."""
    lock(report.exhibitor)
    related = ReportedSale.objects.select_related("exhibitor", "edition", "booth", "product", "pays", "pays__exhibitor")
    return related.select_for_update(of=("self",)).get(pk=report.pk)


def move(report: ReportedSale, state: str, *, by, reason: str = "", **changes) -> None:
    """Write the new state and the line of its log. TransitionError when it can't become that."""
    before = report.state
    require_transition(REPORT_TRANSITIONS, before, state)
    report.state = state
    for name, value in changes.items():
        setattr(report, name, value)
    report.save(update_fields=["state", *changes])
    log(report, before, state, by=by, reason=reason)


def recorded(exhibitor: Exhibitor, new: NewReport | NewPayment) -> Reported | None:
    report = ReportedSale.objects.filter(exhibitor=exhibitor, key=new.key).first()
    if report is None:
        return None
    if report.fingerprint != new.fingerprint:
        raise ReportError(
            _("Formulir ini sudah terkirim sebagai %(number)s. Untuk penjualan lain, buka formulir baru.")
            % {"number": report.number}
        )
    return Reported(report, is_new=False)


def drafted(exhibitor: Exhibitor, new: NewReport, *, by, now: dt.datetime) -> ReportedSale:
    """The report, not saved: its edition follows from its moment, names are frozen."""
    if refusal := refusal_to_sell(exhibitor):
        raise ReportError(refusal)
    require_amount(new.amount)
    require_past(new.occurred_at, now)
    if new.product is not None and new.product.exhibitor_id != exhibitor.pk:
        raise ReportError(_("Ini bukan produk Anda."), "product")
    category = new.product.category if new.product else new.category
    if category is None:
        raise ReportError(_("Pilih kategori, atau salah satu produk Anda."), "category")
    try:
        booth = require_booth(exhibitor, new.occurred_at)
    except OrderError as error:
        raise ReportError(error.message, "sold_on") from error
    return ReportedSale(
        exhibitor=exhibitor,
        key=new.key,
        fingerprint=new.fingerprint,
        edition=booth.edition,
        booth=booth,
        sold_at=new.sold_at,
        measure=new.measure,
        amount=new.amount,
        quantity=new.quantity,
        product=new.product,
        name=(new.product.name if new.product else new.name) or category.name,
        category_code=category.slug,
        category_label=category.name,
        reference=new.reference,
        reference_key=reference_key(new.reference),
        destination_code=new.destination.code,
        destination_label=new.destination.label,
        note=new.note,
        occurred_at=new.occurred_at,
        day=new.occurred_at.astimezone(WIB).date(),
        reported_at=now,
        reported_by=by,
        waiting_since=now,
    )


def payment_of(promise: ReportedSale, new: NewPayment, *, by, now: dt.datetime) -> ReportedSale:
    copied = (
        "exhibitor", "edition", "booth", "sold_at", "product", "name", "category_code", "category_label",
        "reference", "reference_key", "destination_code", "destination_label",
    )  # fmt: skip
    return ReportedSale(
        **{name: getattr(promise, name) for name in copied},
        pays=promise,
        key=new.key,
        fingerprint=new.fingerprint,
        measure=Measure.REALISED,
        amount=new.amount,
        note=new.note,
        occurred_at=new.occurred_at,
        day=new.occurred_at.astimezone(WIB).date(),
        reported_at=now,
        reported_by=by,
        waiting_since=now,
    )


def keep(report: ReportedSale, evidence: Sequence[Evidence], *, by, now: dt.datetime, is_sure: bool) -> None:
    if not evidence:
        raise ReportError(_("Lampirkan foto atau PDF yang menunjukkan penjualan ini."), "file")
    if not is_sure and (doubts := doubts_about(report, [one.digest for one in evidence], now=now)):
        raise UnsureError(_("Periksa sekali lagi sebelum mengirim."), doubts)
    report.save()
    ReportedDocument.objects.bulk_create(
        ReportedDocument(report=report, file=one.file, digest=one.digest, at=now, by=by) for one in evidence
    )
    log(report, "", ReportState.WAITING, by=by)


def require_amount(amount: int) -> None:
    if amount <= 0:
        raise ReportError(_("Jumlah harus lebih dari nol."), "amount")
    if amount > MOST_RUPIAH:
        raise ReportError(
            _("Paling banyak %(most)s dalam satu laporan. Untuk yang lebih besar, hubungi panitia.")
            % {"most": rupiah(MOST_RUPIAH)},
            "amount",
        )


def require_past(moment: dt.datetime, now: dt.datetime) -> None:
    if moment > now:
        raise ReportError(_("Waktu ini belum terjadi."), "sold_on")


def require_elsewhere(report: ReportedSale) -> None:
    """What was sold here is in the journal already: it is confirmed there, never reported."""
    key, text = report.reference_key, report.reference.strip()
    if not key:
        return
    if Order.objects.filter(code__in={text.upper(), key, f"{key[:5]}-{key[5:]}"}).exists():
        raise ReportError(
            _("%(number)s adalah pesanan di pameran ini dan dihitung dari sana. Konfirmasi pembayarannya di Pesanan.")
            % {"number": text.upper()},
            "reference",
        )
    if is_desk_sale(report.exhibitor, key):
        raise ReportError(
            _("%(number)s sudah tercatat di Kasir dan dihitung dari sana.") % {"number": text.upper()}, "reference"
        )


def is_desk_sale(exhibitor: Exhibitor, key: str) -> bool:
    """Whether ``key`` is the number of one of its stand sales: K and the first figures of the sale's own key."""
    digits = key[1:].lower()
    if not key.startswith("K") or len(digits) != DESK_NUMBER or set(digits) - set("0123456789abcdef"):
        return False
    ends = (digits + "0" * 24, digits + "f" * 24)
    return StandSale.objects.filter(exhibitor=exhibitor, key__range=ends).exists()


def refuse_repeat(report: ReportedSale) -> None:
    """The same number, place and amount of the same kind is the same sale."""
    if not report.reference_key:
        return
    same = ReportedSale.objects.filter(
        exhibitor=report.exhibitor,
        reference_key=report.reference_key,
        sold_at=report.sold_at,
        amount=report.amount,
        measure=report.measure,
        pays__isnull=True,
        state__in=REPORT_LIVE,
    )
    if twin := same.first():
        raise ReportError(
            _("Penjualan dengan nomor ini sudah dilaporkan sebagai %(number)s.") % {"number": twin.number},
            "reference",
        )


def open_amount(promise: ReportedSale) -> int:
    """Rupiah of a promise that nobody has reported as paid; waiting reports are believed for the moment."""
    reported = promise.payments.filter(state__in=[ReportState.WAITING, ReportState.RETURNED])
    return ledger.unpaid(promise) - sum(reported.values_list("amount", flat=True))
