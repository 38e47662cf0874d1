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


class CertificateQuerySet(models.QuerySet):
    def valid_on(self, day: dt.date) -> "CertificateQuerySet":
        """Verified by staff and not expired on ``day`` (WIB): what may be shown to shoppers."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day), verified_at__isnull=False)


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
    number = models.CharField(_("nomor"), max_length=60)
    issuer = models.CharField(_("penerbit"), max_length=120, blank=True)
    issued_on = models.DateField(_("terbit"), null=True, blank=True)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True, help_text=_("Hari terakhir berlaku."))
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
        ]
        constraints = [
            models.CheckConstraint(
                name="certificate_verified_or_returned",
                condition=Q(verified_at__isnull=True) | Q(returned_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["exhibitor", "product", "kind", "number"], name="certificate_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="certificate_verified_by_and_at",
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"
