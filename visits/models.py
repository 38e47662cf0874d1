"""Counts of visits by hour. No personal data: visitors are keyed hashes that live in the store for 30 minutes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.fingerprints import Fingerprinted
from journal.triggers import RefuseRows
from visits.triggers import FingerprintBooth, FingerprintGate, FingerprintHour, guards


class Salt(models.Model):
    """The secret of the visitor hash: one per run of an edition (``run``) or month of its mall (``2026-11``).

    What is counted after a salt was destroyed gets another one (``run/2``): its visitors can't be told from the
    earlier ones, and no figure claims that they can.
    """

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    period = models.CharField(max_length=12)
    secret = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(_("dimusnahkan"), null=True, blank=True)

    class Meta:
        verbose_name = _("garam sidik pengunjung")
        verbose_name_plural = _("garam sidik pengunjung")
        constraints = [models.UniqueConstraint(fields=["edition", "period"], name="salt_once_per_period")]

    def __str__(self):
        return f"{self.edition} {self.period}"


class VisitHour(Fingerprinted):
    """What was counted in one hour of an edition under one salt.

    ``sketch`` is a HyperLogLog of the hour's visitors (Redis format). ``bots`` and ``staff`` are requests for pages
    that were left out of everything else.
    """

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    hour = models.DateTimeField(_("jam"))
    period = models.CharField(max_length=12)
    visits = models.PositiveIntegerField(_("kunjungan"), default=0)
    page_views = models.PositiveIntegerField(_("halaman dilihat"), default=0)
    booth_visits = models.PositiveIntegerField(_("kunjungan stan"), default=0)
    bots = models.PositiveIntegerField(_("bot"), default=0)
    staff = models.PositiveIntegerField(_("petugas dan peserta"), default=0)
    sketch = models.BinaryField(default=bytes)

    fingerprints: ClassVar = {
        1: (
            "booth_visits", "bots", "edition_id", "hour", "id", "page_views", "period", "sketch", "staff", "visits",
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("kunjungan per jam")
        verbose_name_plural = _("kunjungan per jam")
        constraints = [models.UniqueConstraint(fields=["edition", "hour", "period"], name="visit_hour_once")]
        triggers = [*guards(), FingerprintHour(name="take_fingerprint")]

    def __str__(self):
        return f"{self.edition} {self.hour}"


class BoothVisitHour(Fingerprinted):
    """Visits to a booth in one hour under one salt, and a sketch of who was there.

    The sketch is empty where visitors of booths were not counted yet.
    """

    booth = models.ForeignKey("exhibitors.Booth", on_delete=models.CASCADE, related_name="+", verbose_name=_("stan"))
    hour = models.DateTimeField(_("jam"))
    # Of the salt under which it was counted, so that an hour is final once that is destroyed. Empty in old rows.
    period = models.CharField(max_length=12, default="")
    visits = models.PositiveIntegerField(_("kunjungan"), default=0)
    sketch = models.BinaryField(default=bytes)

    fingerprints: ClassVar = {1: ("booth_id", "hour", "id", "period", "sketch", "visits")}

    class Meta:
        verbose_name = _("kunjungan stan per jam")
        verbose_name_plural = _("kunjungan stan per jam")
        constraints = [models.UniqueConstraint(fields=["booth", "hour", "period"], name="booth_visit_hour_once")]
        triggers = [*guards(), FingerprintBooth(name="take_fingerprint")]

    def __str__(self):
        return f"{self.booth} {self.hour}"


class StageDay(models.Model):
    """How often a booth was seen on the lobby's stage on a day (WIB): page views of the lobby while it stood there."""

    booth = models.ForeignKey("exhibitors.Booth", on_delete=models.CASCADE, related_name="+", verbose_name=_("stan"))
    day = models.DateField(_("tanggal"))
    views = models.PositiveIntegerField(_("dilihat di panggung"), default=0)

    class Meta:
        verbose_name = _("tampil di panggung")
        verbose_name_plural = _("tampil di panggung")
        constraints = [models.UniqueConstraint(fields=["day", "booth"], name="stage_day_once")]

    def __str__(self):
        return f"{self.booth} {self.day}"


class GateSource(models.TextChoices):
    TURNSTILE = "turnstile", _("Pintu putar atau sensor")
    CLICKER = "clicker", _("Penghitung tangan")
    TICKETS = "tickets", _("Tiket atau buku tamu")
    OTHER = "other", _("Lainnya")


class GateCountQuerySet(models.QuerySet):
    def in_force(self) -> "GateCountQuerySet":
        """The last count of each day: a correction takes the place of what was said before."""
        last = GateCount.objects.order_by("edition_id", "day", "-pk").distinct("edition_id", "day")
        return self.filter(pk__in=last.values("pk"))


class GateCount(Fingerprinted):
    """People counted at the gate of the hall on a day, and how that is known. Rows stay; the last one counts."""

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    day = models.DateField(_("tanggal"))
    people = models.PositiveIntegerField(_("orang"))
    source = models.CharField(_("cara menghitung"), max_length=10, choices=GateSource, default=GateSource.OTHER)
    evidence = models.CharField(
        _("bukti"), max_length=250, blank=True, help_text=_("Di mana buktinya: lembar hitung, foto layar, laporan.")
    )
    document = models.CharField(
        _("berkas bukti"), max_length=200, blank=True, help_text=_("Nama berkas dalam penyimpanan pribadi.")
    )
    note = models.CharField(_("alasan koreksi"), max_length=250, blank=True)
    recorded_at = models.DateTimeField(_("dicatat"), auto_now_add=True, null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dicatat oleh"),
    )

    fingerprints: ClassVar = {
        1: (
            "day",
            "document",
            "edition_id",
            "evidence",
            "id",
            "note",
            "people",
            "recorded_at",
            "recorded_by_id",
            "source",
        )
    }
    objects = GateCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("hitungan gerbang")
        verbose_name_plural = _("hitungan gerbang")
        indexes = [models.Index(fields=["edition", "day"], name="gate_count_day")]
        triggers = [RefuseRows(name="gate_counts_stay"), FingerprintGate(name="take_fingerprint")]

    def __str__(self):
        return f"{self.edition} {self.day}"


class ImportedLog(models.Model):
    """An access log that was counted once; the same file again adds nothing.

    ``size`` is its length in bytes, unpacked: a log that has grown since is counted from there.
    """

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("ukuran (bita)"))
    lines = models.PositiveIntegerField(_("baris"))
    malformed = models.PositiveIntegerField(_("baris rusak"), default=0)
    imported_at = models.DateTimeField(_("diimpor"), auto_now_add=True)

    class Meta:
        verbose_name = _("log yang diimpor")
        verbose_name_plural = _("log yang diimpor")
        constraints = [models.UniqueConstraint(fields=["edition", "sha256"], name="log_imported_once")]

    def __str__(self):
        return self.sha256[:12]


class FlushedBucket(models.Model):
    """How far the live counts of an hour were added, since the bucket of the store began: what it held then.

    ``counters`` is null once the hour is over and all of it was added.
    """

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    bucket = models.CharField(max_length=32)
    began = models.CharField(max_length=16)
    counters = models.JSONField(default=dict, null=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("pemindahan hitungan")
        verbose_name_plural = _("pemindahan hitungan")
        constraints = [models.UniqueConstraint(fields=["edition", "bucket", "began"], name="bucket_flushed_once")]

    def __str__(self):
        return f"{self.edition_id} {self.bucket}"
