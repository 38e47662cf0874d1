"""Questions from visitors and trade buyers to exhibitors, and the answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InquiryState(models.TextChoices):
    OPEN = "open", _("Belum dijawab")
    ANSWERED = "answered", _("Dijawab")
    SPAM = "spam", _("Ditahan sebagai spam")


class Inquiry(models.Model):
    token = models.CharField(max_length=43, unique=True)
    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran"))
    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="inquiries", verbose_name=_("peserta")
    )
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("produk")
    )
    state = models.CharField(_("status"), max_length=10, choices=InquiryState, default=InquiryState.OPEN)
    name = models.CharField(_("nama"), max_length=120)
    email = models.EmailField(_("surel"))
    phone = models.CharField(_("telepon"), max_length=20, blank=True)
    country = models.CharField(_("negara"), max_length=2, default="ID", blank=True)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    message = models.TextField(_("pesan"))
    sent_at = models.DateTimeField(_("dikirim"))
    answered_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    may_publish = models.BooleanField(
        _("boleh ditampilkan"), default=False, help_text=_("Penanya setuju pertanyaannya tampil di halaman produk.")
    )
    published_at = models.DateTimeField(_("ditampilkan"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("disembunyikan"), null=True, blank=True)
    hidden_reason = models.CharField(_("alasan disembunyikan"), max_length=250, blank=True)
    imported = models.BooleanField(_("dari catatan lama"), default=False)

    class Meta:
        verbose_name = _("permintaan")
        verbose_name_plural = _("permintaan")
        ordering = ["-sent_at"]
        indexes = [
            models.Index(fields=["edition", "sent_at"], name="inquiry_edition_sent"),
            models.Index(fields=["exhibitor", "-sent_at"], name="inquiry_inbox"),
            models.Index(fields=["-sent_at", "-id"], name="inquiry_newest"),
            models.Index(
                fields=["product", "-published_at", "-id"],
                name="inquiry_published",
                condition=Q(published_at__isnull=False, hidden_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="inquiry_answered_has_moment", condition=~Q(state="answered") | Q(answered_at__isnull=False)
            ),
            models.CheckConstraint(
                name="inquiry_published_with_consent",
                condition=Q(published_at__isnull=True)
                | Q(may_publish=True, product__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="inquiry_hidden_with_reason",
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.message[:40]}"


class Answer(models.Model):
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="answers", verbose_name=_("permintaan"))
    body = models.TextField(_("jawaban"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    is_public = models.BooleanField(_("tampil di halaman produk"), default=False)

    class Meta:
        verbose_name = _("jawaban")
        verbose_name_plural = _("jawaban")
        ordering = ["at"]

    def __str__(self):
        return self.body[:40]
