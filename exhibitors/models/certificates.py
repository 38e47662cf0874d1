"""Certificates of an exhibitor or of one of its products."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibitors import Exhibitor


class CertificateKind(models.TextChoices):
    NIB = "nib", _("NIB")
    PIRT = "pirt", _("P-IRT")
    HALAL = "halal", _("Halal")
    BPOM = "bpom", _("BPOM")
    SNI = "sni", _("SNI")
    TRADEMARK = "merek", _("Merek terdaftar")


KIND_LABELS = dict(CertificateKind.choices)


class Standing(models.TextChoices):
    """How far a certificate is. Only of halal can it be anything but issued."""

    ISSUED = "issued", _("Sudah terbit")
    PROCESS = "process", _("Sedang diproses")
    NOT_HALAL = "not_halal", _("Dinyatakan tidak halal")


class CertificateQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> "CertificateQuerySet":
        """Issued, verified by staff and not expired on ``day`` (WIB): what may be shown to shoppers.

        What is shown follows from the date alone: at midnight WIB nothing has to run.
        """
        return self.unexpired_on(day).filter(standing=Standing.ISSUED, verified_at__isnull=False)

    def unexpired_on(self, day: dt.date) -> "CertificateQuerySet":
        """``expires_on`` is the last day on which it is valid."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))

    def not_halal(self) -> "CertificateQuerySet":
        """Goods that their maker says are not halal. Shoppers see it at once: nobody has to confirm a warning."""
        return self.filter(standing=Standing.NOT_HALAL, returned_at__isnull=True)


class Certificate(models.Model):
    """Of the whole business, or of ``product`` alone. Shoppers see it once staff have verified it."""

    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.CASCADE, related_name="certificates", verbose_name=_("peserta")
    )
    product = models.ForeignKey(
        "catalog.Product",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("produk"),
        help_text=_("Kosong: berlaku untuk seluruh usaha."),
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=CertificateKind)
    standing = models.CharField(_("keadaan"), max_length=10, choices=Standing, default=Standing.ISSUED)
    number = models.CharField(_("nomor"), max_length=60, blank=True)
    issuer = models.CharField(_("penerbit"), max_length=120, blank=True)
    issued_on = models.DateField(_("terbit"), null=True, blank=True)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True, help_text=_("Hari terakhir berlaku."))
    renews = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("memperbarui"),
    )
    document = models.CharField(max_length=200, blank=True, help_text=_("Nama berkas dalam penyimpanan pribadi."))
    submitted_at = models.DateTimeField(_("diajukan"), default=timezone.now)
    returned_at = models.DateTimeField(_("dikembalikan"), null=True, blank=True)
    verified_at = models.DateTimeField(_("diperiksa"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pemeriksa"),
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")
        ordering = ["kind", "pk"]
        indexes = [
            models.Index(
                fields=["kind", "exhibitor"], name="certificate_shown", condition=Q(verified_at__isnull=False)
            ),
            models.Index(
                fields=["submitted_at"],
                name="certificate_queue",
                condition=Q(verified_at__isnull=True, returned_at__isnull=True),
            ),
            models.Index(
                fields=["expires_on"],
                name="certificate_expiring",
                condition=Q(expires_on__isnull=False, returned_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="certificate_verified_or_returned",
                condition=Q(verified_at__isnull=True) | Q(returned_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["exhibitor", "product", "kind", "number", "expires_on"],
                name="certificate_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="certificate_standing_of_halal",
                condition=Q(standing=Standing.ISSUED) | Q(kind=CertificateKind.HALAL),
            ),
            models.CheckConstraint(
                name="certificate_issued_has_number", condition=~Q(standing=Standing.ISSUED) | ~Q(number="")
            ),
            models.CheckConstraint(
                name="certificate_verified_by_and_at",
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def kind_label(self) -> str:
        """``get_kind_display``, which looks at all kinds again for each certificate of a page."""
        return str(KIND_LABELS.get(self.kind, self.kind))


class ExpiryNotice(models.Model):
    """Its exhibitor's people were told ``days`` before the end: the row is the claim, so it happens once.

    ``expires_on`` is part of it: a certificate whose last day is moved is warned about anew.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="notices")
    expires_on = models.DateField(_("berlaku sampai"))
    days = models.PositiveSmallIntegerField(_("hari sebelumnya"))
    sent_at = models.DateTimeField(_("dikirim"), auto_now_add=True)

    class Meta:
        verbose_name = _("peringatan masa berlaku")
        verbose_name_plural = _("peringatan masa berlaku")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "expires_on", "days"], name="expiry_notice_once"),
        ]

    def __str__(self):
        return f"{self.certificate} · {self.days}"
