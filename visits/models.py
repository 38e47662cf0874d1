"""Counts of visits by hour. No personal data: visitors are keyed hashes that live in the store for 30 minutes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class VisitHour(models.Model):
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

    class Meta:
        verbose_name = _("kunjungan per jam")
        verbose_name_plural = _("kunjungan per jam")
        constraints = [models.UniqueConstraint(fields=["edition", "hour", "period"], name="visit_hour_once")]

    def __str__(self):
        return f"{self.edition} {self.hour}"


class BoothVisitHour(models.Model):
    booth = models.ForeignKey("exhibitors.Booth", on_delete=models.CASCADE, related_name="+", verbose_name=_("stan"))
    hour = models.DateTimeField(_("jam"))
    visits = models.PositiveIntegerField(_("kunjungan"), default=0)

    class Meta:
        verbose_name = _("kunjungan stan per jam")
        verbose_name_plural = _("kunjungan stan per jam")
        constraints = [models.UniqueConstraint(fields=["booth", "hour"], name="booth_visit_hour_once")]

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


class GateCount(models.Model):
    """People counted at the gate of the hall, per day; entered by staff."""

    edition = models.ForeignKey("expo.Edition", on_delete=models.CASCADE, related_name="+", verbose_name=_("pameran"))
    day = models.DateField(_("tanggal"))
    people = models.PositiveIntegerField(_("orang"))

    class Meta:
        verbose_name = _("hitungan gerbang")
        verbose_name_plural = _("hitungan gerbang")
        constraints = [models.UniqueConstraint(fields=["edition", "day"], name="gate_count_once_per_day")]

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


class FlushedBatch(models.Model):
    """A batch of live counts that has reached the database. Written with it, so that no batch is added twice."""

    token = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pemindahan hitungan")
        verbose_name_plural = _("pemindahan hitungan")

    def __str__(self):
        return self.token
