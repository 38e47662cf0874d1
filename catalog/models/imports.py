"""Product files on their way into the catalogue: the file, its rows as they were understood, its photos."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.products import Product
from catalog.states import ImportState


class Verdict(models.TextChoices):
    GOOD = "good", _("Baik")
    WARNED = "warned", _("Perlu dilihat")
    BAD = "bad", _("Salah")


class Outcome(models.TextChoices):
    WAITING = "", _("Belum diimpor")
    CREATED = "created", _("Produk baru")
    DRAFTED = "drafted", _("Draf baru")
    ADDED = "added", _("Varian baru")
    CHANGED = "changed", _("Diperbarui")
    PROPOSED = "proposed", _("Menunggu panitia")
    SAME = "same", _("Tidak berubah")
    REFUSED = "refused", _("Tidak diimpor")


class ImportJob(models.Model):
    """One upload. ``table``: where the headings were found and which column is which (catalog/importing/headings.py).

    ``claimed_until``: a worker has it until then. ``all_or_nothing``: chosen when the import begins.
    """

    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="imports", verbose_name=_("peserta")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    created_at = models.DateTimeField(_("diunggah"))
    state = models.CharField(_("status"), max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    file_name = models.CharField(_("nama berkas"), max_length=120)
    file = models.CharField(max_length=120, blank=True, help_text=_("Tempat berkasnya di penyimpanan tertutup."))
    separator = models.CharField(max_length=1, blank=True)
    table = models.JSONField(default=dict)
    category = models.ForeignKey(
        "catalog.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kategori"),
    )
    row_count = models.PositiveIntegerField(_("baris"), default=0)
    counts = models.JSONField(default=dict, help_text=_("Banyak baris per penilaian, tindakan, dan hasil."))
    kinds = models.JSONField(default=dict, help_text=_("Banyak sel per jenis kesalahan."))
    all_or_nothing = models.BooleanField(_("semua atau tidak sama sekali"), default=True)
    setback = models.CharField(max_length=20, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)

    class Meta:
        verbose_name = _("impor produk")
        verbose_name_plural = _("impor produk")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_done_has_time",
                condition=~Q(state="done") | Q(finished_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["claimed_until"], name="import_working", condition=Q(state__in=["checking", "running"])
            )
        ]

    def __str__(self):
        return self.file_name


class ImportRow(models.Model):
    """A row of the file. ``values`` as understood, ``photos`` are pictures, ``stock_then`` the product's then."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("baris"))
    group = models.PositiveIntegerField(default=0, help_text=_("Baris pertama dari produk yang sama."))
    cells = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    photos = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    verdict = models.CharField(_("penilaian"), max_length=6, choices=Verdict, default=Verdict.GOOD)
    action = models.CharField(max_length=6)
    stock_then = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(_("hasil"), max_length=8, choices=Outcome, default=Outcome.WAITING, blank=True)
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("baris impor")
        verbose_name_plural = _("baris impor")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["job", "number"], name="import_row_bad", condition=Q(verdict="bad")),
            models.Index(fields=["job", "group", "number"], name="import_row_waiting", condition=Q(outcome="")),
        ]

    def __str__(self):
        return f"{self.job_id}: {self.number}"


class ImportPhoto(models.Model):
    """An uploaded photo. Its bytes lie in ``file`` until it is looked at: its own, or an archive with ``member``."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="photos")
    name = models.CharField(_("nama berkas"), max_length=200)
    file = models.CharField(max_length=120, blank=True)
    member = models.TextField(blank=True)
    picture = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gambar")
    )
    why_not = models.CharField(_("masalah"), max_length=200, blank=True)
    is_seen = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("foto impor")
        verbose_name_plural = _("foto impor")
        ordering = ["pk"]
        indexes = [models.Index(fields=["job"], name="import_photo_waiting", condition=Q(is_seen=False))]

    def __str__(self):
        return self.name
