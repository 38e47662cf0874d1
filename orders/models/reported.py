"""Sales made elsewhere, reported by their exhibitor with evidence and checked by staff."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal.models import Channel, Evidence, Measure
from orders.states import REPORT_OPEN, ReportState

REPORTABLE = (Measure.REALISED, Measure.COMMITTED, Measure.POTENTIAL)


class SoldAt(models.TextChoices):
    """Where the sale was made; ``CHANNELS`` says which channel of a recap that is."""

    LIVE = "live", _("Siaran belanja langsung (live)")
    STAND = "stand", _("Di stan pameran, tidak lewat Kasir")
    MARKETPLACE = "marketplace", _("Lokapasar (Shopee, Tokopedia, dan sejenisnya)")
    CHAT = "chat", _("WhatsApp, telepon, atau media sosial")
    SHOP = "shop", _("Toko sendiri atau titip jual")
    CONTRACT = "contract", _("Pembeli besar: toko modern, kantor, ekspor")


CHANNELS = {SoldAt.LIVE: Channel.LIVE, SoldAt.STAND: Channel.ONSITE}


class ReportedSaleQuerySet(models.QuerySet):
    def waiting(self) -> "ReportedSaleQuerySet":
        """For staff to look at."""
        return self.filter(state=ReportState.WAITING)


class ReportedSale(models.Model):
    """One sale (or promise) that was made elsewhere, or a payment on such a promise (``pays``).

    ``key`` is made by the form: the same form sent twice is one report. ``day`` is the WIB day of ``occurred_at``.
    ``accepted_amount`` is what staff found on the evidence, None while they have not decided.
    """

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="reported_sales", verbose_name=_("peserta")
    )
    key = models.UUIDField(_("kunci"))
    fingerprint = models.CharField(max_length=64, help_text=_("SHA-256 dari isi laporan."))
    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran"))
    booth = models.ForeignKey("exhibitors.Booth", on_delete=models.PROTECT, related_name="+", verbose_name=_("stan"))
    pays = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("pembayaran atas"),
    )
    sold_at = models.CharField(_("terjual di"), max_length=12, choices=SoldAt)
    measure = models.CharField(
        _("ukuran"), max_length=10, choices=[(measure.value, measure.label) for measure in REPORTABLE]
    )
    amount = models.PositiveBigIntegerField(_("jumlah (rupiah)"))
    quantity = models.PositiveIntegerField(_("banyaknya"), default=0)
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("produk")
    )
    name = models.CharField(_("barang"), max_length=120)
    category_code = models.CharField(max_length=60)
    category_label = models.CharField(_("kategori"), max_length=80)
    reference = models.CharField(_("nomor pesanan atau nota"), max_length=60, blank=True)
    reference_key = models.CharField(max_length=60, blank=True, help_text=_("Nomor tanpa tanda baca, huruf besar."))
    destination_code = models.CharField(max_length=8, blank=True)
    destination_label = models.CharField(_("tujuan"), max_length=100, blank=True)
    note = models.CharField(_("keterangan"), max_length=250, blank=True)
    occurred_at = models.DateTimeField(_("terjadi"))
    day = models.DateField(_("hari"))
    state = models.CharField(_("status"), max_length=10, choices=ReportState, default=ReportState.WAITING)
    reported_at = models.DateTimeField(_("dilaporkan"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("dilaporkan oleh")
    )
    waiting_since = models.DateTimeField(_("menunggu sejak"))
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("oleh"),
    )
    evidence = models.CharField(_("bukti"), max_length=1, choices=Evidence, default=Evidence.D)
    accepted_amount = models.PositiveBigIntegerField(_("jumlah menurut bukti (rupiah)"), null=True, blank=True)

    objects = ReportedSaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan penjualan")
        verbose_name_plural = _("laporan penjualan")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "key"], name="reported_sale_once"),
            models.CheckConstraint(name="reported_sale_has_amount", condition=Q(amount__gte=1)),
            models.CheckConstraint(
                name="reported_sale_measure", condition=Q(measure__in=["realised", "committed", "potential"])
            ),
            models.CheckConstraint(
                name="reported_payment_is_turnover", condition=Q(pays__isnull=True) | Q(measure="realised")
            ),
            models.CheckConstraint(
                name="reported_sale_decided_is_whole",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reported_sale_verified_has_grade",
                condition=Q(state="verified", accepted_amount__isnull=False) & ~Q(evidence="D")
                | ~Q(state="verified") & Q(evidence="D", accepted_amount__isnull=True),
            ),
            models.CheckConstraint(
                name="reported_sale_accepts_no_more",
                condition=Q(accepted_amount__isnull=True) | Q(accepted_amount__gte=1, accepted_amount__lte=F("amount")),
            ),
        ]
        indexes = [
            models.Index(fields=["exhibitor", "-reported_at"], name="reported_sale_list"),
            models.Index(fields=["exhibitor", "day"], name="reported_sale_day"),
            models.Index(fields=["waiting_since"], name="reported_sale_queue", condition=Q(state="waiting")),
            models.Index(fields=["exhibitor"], name="reported_sale_open", condition=Q(state__in=REPORT_OPEN)),
            models.Index(fields=["reference_key"], name="reported_sale_reference", condition=~Q(reference_key="")),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("orders:reported-sale", args=[self.pk])

    @property
    def number(self) -> str:
        return f"L-{self.pk:05d}"

    @property
    def channel(self) -> str:
        """The channel of a recap."""
        return CHANNELS.get(SoldAt(self.sold_at), Channel.REPORTED)

    @property
    def counted(self) -> int:
        """Rupiah that count: what staff accepted."""
        return self.accepted_amount or 0 if self.state == ReportState.VERIFIED else 0

    @property
    def minute(self) -> dt.datetime:
        return self.occurred_at.replace(second=0, microsecond=0)


class ReportedDocument(models.Model):
    """A photo or a PDF that shows the sale. ``digest`` is of the bytes that were uploaded: the same file is found."""

    report = models.ForeignKey(
        ReportedSale, on_delete=models.PROTECT, related_name="documents", verbose_name=_("laporan")
    )
    file = models.CharField(max_length=200, help_text=_("Nama berkas dalam penyimpanan pribadi."))
    digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(_("diunggah"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh"))

    class Meta:
        verbose_name = _("bukti laporan")
        verbose_name_plural = _("bukti laporan")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "digest"], name="reported_document_once")]

    def __str__(self):
        return f"{self.report} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_picture(self) -> bool:
        return self.file.endswith(".jpg")
