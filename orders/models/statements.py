"""Bank statements that exhibitors uploaded: incoming rows only, and which payments they were matched with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MatchKind(models.TextChoices):
    EXACT = "exact", _("Jumlahnya tepat")
    SAME = "same", _("Jumlahnya tepat, tetapi tidak satu-satunya")
    LATE = "late", _("Jumlahnya tepat, pesanannya sudah kedaluwarsa")
    COMBINED = "combined", _("Satu transfer untuk beberapa pesanan")
    NEAR = "near", _("Jumlahnya hampir sama")


class Statement(models.Model):
    """One upload. The file itself is not kept: it says what else the exhibitor buys and whom it pays."""

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="statements", verbose_name=_("peserta")
    )
    file_name = models.CharField(_("nama berkas"), max_length=120)
    digest = models.CharField(max_length=64)
    new_rows = models.PositiveIntegerField(_("baris baru"))
    known_rows = models.PositiveIntegerField(_("baris yang sudah ada"))
    others = models.PositiveIntegerField(_("baris lain"))
    uploaded_at = models.DateTimeField(_("diunggah"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )

    class Meta:
        verbose_name = _("mutasi rekening")
        verbose_name_plural = _("mutasi rekening")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.file_name


class StatementRow(models.Model):
    """Money that came in: whole rupiah on a WIB day. ``key`` is the same in every file that shows the row."""

    exhibitor = models.ForeignKey("exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="statement_rows")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="rows", verbose_name=_("mutasi"))
    key = models.CharField(max_length=64)
    date = models.DateField(_("tanggal"))
    text = models.CharField(_("keterangan"), max_length=300, blank=True)
    amount = models.PositiveBigIntegerField(_("rupiah"))
    is_open = models.BooleanField(_("belum dicocokkan"), default=True)

    class Meta:
        verbose_name = _("baris mutasi")
        verbose_name_plural = _("baris mutasi")
        ordering = ["-date", "-pk"]
        constraints = [models.UniqueConstraint(fields=["exhibitor", "key"], name="statement_row_once")]
        indexes = [
            models.Index(fields=["exhibitor", "-date"], name="statement_row_open", condition=Q(is_open=True)),
        ]

    def __str__(self):
        return f"{self.date} {self.amount}"


class Match(models.Model):
    """This row paid this payment, somebody said. An undone match is kept; its row is open again."""

    row = models.ForeignKey(StatementRow, on_delete=models.PROTECT, related_name="matches", verbose_name=_("baris"))
    payment = models.ForeignKey(
        "orders.Payment", on_delete=models.PROTECT, related_name="matches", verbose_name=_("pembayaran")
    )
    kind = models.CharField(_("alasan"), max_length=10, choices=MatchKind)
    at = models.DateTimeField(_("dicocokkan"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh"))
    undone_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dibatalkan oleh"),
    )

    class Meta:
        verbose_name = _("pencocokan")
        verbose_name_plural = _("pencocokan")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(undone_at__isnull=True), name="match_once_per_payment"
            ),
            models.CheckConstraint(
                name="match_undone_by_and_at",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.row} → {self.payment}"
