"""Sealed recaps. What was issued is never changed: only its state and its successor move on.

Triggers refuse any other UPDATE, and DELETE and TRUNCATE. Like the journal's they call plain SQL functions.
"""

import secrets

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal.triggers import Calling, RefuseRows, RefuseTruncate
from reports.models_annex import AnnexFile, AnnexKind
from reports.models_book import AlteredRow, BookLine, BookMark
from reports.models_checks import Recount, SealCheck, SealWalk
from reports.models_issuing import Delivery, ExtraCutoff, IssueProblem, RecapEvent, Sending

__all__ = [
    "AlteredRow",
    "AnnexFile",
    "AnnexKind",
    "BookLine",
    "BookMark",
    "Delivery",
    "Dispatch",
    "ExtraCutoff",
    "IssueProblem",
    "NewsCheck",
    "Recap",
    "RecapEvent",
    "RecapState",
    "Recount",
    "SealCheck",
    "SealWalk",
    "Sending",
]


class SealStays(Calling):
    """Of a recap only its state, successor and withdrawal may change, and only forwards."""

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete
    function = "reports_seal_stays"


class RecapState(models.TextChoices):
    CURRENT = "current", _("Berlaku")
    SUPERSEDED = "superseded", _("Digantikan")
    WITHDRAWN = "withdrawn", _("Ditarik")


class RecapQuerySet(models.QuerySet):
    def of_single_editions(self) -> "RecapQuerySet":
        """Recaps of all that one edition had until their cut-off: neither of several together nor of a period."""
        return self.filter(since__isnull=True).exclude(scope__contains="+")

    def in_doubt(self) -> "RecapQuerySet":
        """Valid ones that were not found as they were sealed when they were last looked at."""
        return self.filter(pk__in=Recount.objects.exclude(differs="").values("recap"), state=RecapState.CURRENT)

    def to_show(self) -> "RecapQuerySet":
        """Valid ones of which nothing is in doubt: what public pages quote of themselves."""
        return self.filter(state=RecapState.CURRENT).undoubted()

    def undoubted(self) -> "RecapQuerySet":
        return self.exclude(pk__in=Recount.objects.exclude(differs="").values("recap"))


class Recap(models.Model):
    """A sealed recap: canonical figures, the snapshot they were computed with, and their place in the chain.

    ``scope`` names the editions ("uvo-1" or "uvo-1+uvo-2") and, of a recap of a period, the moment ``since`` which it
    counts; so recaps of a period are a series of their own beside those that count everything. ``figures`` and
    ``snapshot`` are canonical JSON text.
    ``chain_sha256`` is the SHA-256 of the predecessor's chain hash and this envelope, in the order of sealing.
    """

    scope = models.CharField(_("cakupan"), max_length=400)
    editions = models.ManyToManyField("expo.Edition", related_name="recaps", verbose_name=_("pameran"))
    number = models.CharField(_("nomor"), max_length=120, unique=True)
    sequence = models.PositiveIntegerField(_("urutan"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    revision = models.PositiveSmallIntegerField(_("revisi"), default=0)
    since = models.DateTimeField(_("sejak"), null=True, blank=True)
    occurred_cutoff = models.DateTimeField(_("batas waktu terjadi"))
    recorded_cutoff = models.DateTimeField(_("batas waktu tercatat"))
    rules = models.PositiveSmallIntegerField(_("versi aturan"))
    entries = models.PositiveIntegerField(_("jumlah catatan"))
    figures = models.TextField()
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    previous = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next",
        verbose_name=_("rekap sebelumnya dalam rantai"),
    )
    previous_sha256 = models.CharField(max_length=64, blank=True)
    chain_sha256 = models.CharField(max_length=64, unique=True)
    code = models.CharField(_("kode verifikasi"), max_length=20, unique=True)
    state = models.CharField(_("status"), max_length=10, choices=RecapState, default=RecapState.CURRENT)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("digantikan oleh"),
    )
    withdrawal_reason = models.CharField(_("alasan penarikan"), max_length=250, blank=True)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ditarik oleh"),
    )
    signatory_name = models.CharField(max_length=120, blank=True)
    signatory_title = models.CharField(max_length=120, blank=True)
    signatory_nip = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=80, blank=True)
    sealed_at = models.DateTimeField(_("disegel"))
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sealed_by_name = models.CharField(_("disegel oleh"), max_length=120, blank=True)
    scheduled = models.BooleanField(_("menurut jadwal"), default=False)

    objects = RecapQuerySet.as_manager()

    class Meta:
        verbose_name = _("rekap")
        verbose_name_plural = _("rekap")
        ordering = ["-sealed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "occurred_cutoff", "revision"], name="recap_once_per_cutoff_and_revision"
            ),
            models.UniqueConstraint(
                fields=["scope", "occurred_cutoff", "recorded_cutoff"], name="recap_once_per_cutoffs"
            ),
            models.UniqueConstraint(fields=["scope", "year", "sequence", "revision"], name="recap_number_once"),
            models.UniqueConstraint(
                fields=["scope", "occurred_cutoff"], condition=Q(state="current"), name="recap_one_current"
            ),
            models.CheckConstraint(
                name="recap_withdrawn_at_and_why",
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawal_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["scope", "-occurred_cutoff"], name="recap_scope_cutoff")]
        triggers = [SealStays(name="seal_stays"), RefuseTruncate(name="recaps_stay_whole")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("reports:verification", args=[self.code])


class Dispatch(models.Model):
    """That a recap issued by the schedule was put into the mail: claimed in the transaction that queues it."""

    recap = models.OneToOneField(Recap, on_delete=models.PROTECT, related_name="dispatch")
    recipients = models.PositiveSmallIntegerField(_("jumlah penerima"))
    queued_at = models.DateTimeField(_("dikirim"), auto_now_add=True)

    class Meta:
        verbose_name = _("pengiriman rekap")
        verbose_name_plural = _("pengiriman rekap")
        triggers = [RefuseRows(name="dispatched_once")]

    def __str__(self):
        return f"{self.recap}: {self.recipients}"


class IssuedFile(models.Model):
    """A file of a recap that left the house, known by its bytes: one line for each different file (``issued.py``)."""

    recap = models.ForeignKey(Recap, on_delete=models.PROTECT, related_name="issued_files", verbose_name=_("rekap"))
    format = models.CharField(_("bentuk"), max_length=10)
    size = models.PositiveIntegerField(_("ukuran (bita)"))
    sha256 = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(_("diterbitkan"), auto_now_add=True)

    class Meta:
        verbose_name = _("berkas yang diterbitkan")
        verbose_name_plural = _("berkas yang diterbitkan")
        triggers = [RefuseRows(name="issued_stays")]

    def __str__(self):
        return f"{self.recap}: {self.format}"


def new_token() -> str:
    return secrets.token_urlsafe(12)


class NewsCheck(models.Model):
    """An article that somebody had checked, at an address that can be passed on until it is deleted.

    Its result is computed when it is looked at: from this text and the recaps that were sealed by ``created_at``.
    """

    token = models.CharField(max_length=16, unique=True, default=new_token)
    text = models.TextField(_("teks berita"))
    editions = models.ManyToManyField("expo.Edition", blank=True, related_name="+", verbose_name=_("pameran"))
    published_on = models.DateField(_("tanggal terbit"), null=True, blank=True)
    created_at = models.DateTimeField(_("diperiksa"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("pemeriksaan berita")
        verbose_name_plural = _("pemeriksaan berita")

    def __str__(self):
        return self.text[:40]

    def get_absolute_url(self):
        return reverse("reports:news-result", args=[self.token])


class SignedFile(models.Model):
    """A recap's PDF with an electronic signature that was made elsewhere, as it was uploaded back. Never changed.

    ``signatures`` were found in it and are not judged here; ``untouched`` says that it begins with the very bytes of
    our document, so that its pages are ours.
    """

    recap = models.ForeignKey(Recap, on_delete=models.PROTECT, related_name="signed_files", verbose_name=_("rekap"))
    path = models.CharField(max_length=120, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("ukuran (bita)"))
    signatures = models.PositiveSmallIntegerField(_("tanda tangan elektronik"))
    untouched = models.BooleanField(_("halaman asli"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )
    uploaded_by_name = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)

    class Meta:
        verbose_name = _("berkas bertanda tangan")
        verbose_name_plural = _("berkas bertanda tangan")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["recap", "sha256"], name="signed_file_once")]
        triggers = [RefuseRows(name="signed_files_stay")]

    def __str__(self):
        return f"{self.recap}: {self.sha256[:12]}"
