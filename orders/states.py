"""States of orders and payments, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from expo.errors import DomainError


class OrderState(models.TextChoices):
    PLACED = "placed", _("Menunggu pembayaran")
    PAID = "paid", _("Dibayar")
    PACKED = "packed", _("Dikemas")
    SHIPPED = "shipped", pgettext_lazy("pesanan", "Dikirim")
    COMPLETED = "completed", _("Selesai")
    EXPIRED = "expired", _("Kedaluwarsa")
    CANCELLED = "cancelled", _("Dibatalkan")
    REFUNDED = "refunded", _("Dana dikembalikan")


class PaymentState(models.TextChoices):
    PENDING = "pending", _("Menunggu bukti")
    PROOF_SUBMITTED = "proof_submitted", _("Bukti diperiksa")
    CONFIRMED = "confirmed", _("Diterima")
    REJECTED = "rejected", _("Bukti ditolak")
    REFUNDED = "refunded", pgettext_lazy("pembayaran", "Dikembalikan")


class FeeState(models.TextChoices):
    """The way of a shipping fee that is named after the order."""

    WAITING = "waiting", _("Menunggu ongkos kirim dari penjual")
    OFFERED = "offered", _("Menunggu persetujuan pembeli")
    ACCEPTED = "accepted", pgettext_lazy("ongkos kirim", "Disetujui")
    DECLINED = "declined", pgettext_lazy("ongkos kirim", "Ditolak")


class RequestState(models.TextChoices):
    """A buyer's request to cancel what is paid."""

    OPEN = "open", _("Menunggu jawaban penjual")
    ACCEPTED = "accepted", pgettext_lazy("permintaan", "Disetujui")
    DECLINED = "declined", pgettext_lazy("permintaan", "Ditolak")
    WITHDRAWN = "withdrawn", _("Dicabut pembeli")


class ReportState(models.TextChoices):
    """A sale made elsewhere, from its exhibitor's report to the decision of staff."""

    WAITING = "waiting", _("Menunggu pemeriksaan")
    RETURNED = "returned", _("Perlu dilengkapi")
    VERIFIED = "verified", _("Terverifikasi")
    REFUSED = "refused", pgettext_lazy("laporan", "Ditolak")
    WITHDRAWN = "withdrawn", pgettext_lazy("laporan", "Ditarik")


O = OrderState  # noqa: E741
ORDER_TRANSITIONS: dict[str, frozenset[str]] = {
    O.PLACED: frozenset({O.PAID, O.EXPIRED, O.CANCELLED}),
    # Back to placed: the confirmation was a mistake, and the goods have not left yet.
    # Cancelled: only the deposit was paid, and it is forfeited.
    O.PAID: frozenset({O.PLACED, O.PACKED, O.SHIPPED, O.COMPLETED, O.CANCELLED, O.REFUNDED}),
    # Back to paid: its balance had not come after all.
    O.PACKED: frozenset({O.PLACED, O.PAID, O.SHIPPED, O.COMPLETED, O.CANCELLED, O.REFUNDED}),
    O.SHIPPED: frozenset({O.COMPLETED, O.REFUNDED}),
    O.COMPLETED: frozenset({O.REFUNDED}),
    O.EXPIRED: frozenset({O.PLACED}),  # its money came late, and the goods are still there
    O.CANCELLED: frozenset(),
    O.REFUNDED: frozenset(),
}
P = PaymentState
PAYMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    # Rejected: the buyer said that it was paid, and nothing came; now a proof is asked for.
    P.PENDING: frozenset({P.PROOF_SUBMITTED, P.CONFIRMED, P.REJECTED}),
    P.PROOF_SUBMITTED: frozenset({P.PROOF_SUBMITTED, P.CONFIRMED, P.REJECTED}),
    P.REJECTED: frozenset({P.PROOF_SUBMITTED, P.CONFIRMED}),
    P.CONFIRMED: frozenset({P.REFUNDED, P.PENDING, P.PROOF_SUBMITTED}),
    P.REFUNDED: frozenset(),
}
R = RequestState
REQUEST_TRANSITIONS: dict[str, frozenset[str]] = {
    R.OPEN: frozenset({R.ACCEPTED, R.DECLINED, R.WITHDRAWN}),
    R.ACCEPTED: frozenset(),
    R.DECLINED: frozenset(),
    R.WITHDRAWN: frozenset(),
}
F = FeeState
FEE_TRANSITIONS: dict[str, frozenset[str]] = {
    F.WAITING: frozenset({F.OFFERED}),
    F.OFFERED: frozenset({F.OFFERED, F.ACCEPTED, F.DECLINED}),  # the exhibitor may correct an offer
    F.ACCEPTED: frozenset(),
    F.DECLINED: frozenset(),
}
S = ReportState
REPORT_TRANSITIONS: dict[str, frozenset[str]] = {
    S.WAITING: frozenset({S.RETURNED, S.VERIFIED, S.REFUSED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.WAITING, S.VERIFIED, S.REFUSED, S.WITHDRAWN}),
    S.VERIFIED: frozenset({S.REFUSED}),  # found out later
    S.REFUSED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
FEE_OPEN = ["waiting", "offered"]
REPORT_OPEN = ["waiting", "returned"]
REPORT_LIVE = [*REPORT_OPEN, "verified"]
OPEN = frozenset({O.PLACED})
WORK = ["placed", "paid", "packed"]
"""States in which somebody at the booth still has something to do (a list: it stands in an index)."""


def require_transition(transitions: dict[str, frozenset[str]], before: str, after: str) -> None:
    """Raise TransitionError unless ``before`` may become ``after``."""
    if after not in transitions[before]:
        raise TransitionError(before, after)


class TransitionError(DomainError):
    """Somebody was faster, or the page is old: the thing is no longer in the state that the page showed."""

    def __init__(self, before: str, after: str):
        self.before, self.after = before, after
        kinds = (OrderState, PaymentState, RequestState, FeeState, ReportState)
        state = next(kind(before) for kind in kinds if before in kind.values)
        super().__init__(
            _("Tidak dapat dilakukan: statusnya sekarang “%(state)s”. Muat ulang halaman ini.") % {"state": state.label}
        )
