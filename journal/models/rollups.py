"""Rollups: what the entries of closed days come to, by the day they were recorded and the day they occurred.

Nothing but ``journal.rollups`` writes these tables (a trigger refuses everybody else), and they can be made again
from the entries at any time. What a row means and why sums of rows stay exact: ADR 0142.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.triggers import OnlyRollups, RollupsStayWhole

PLACES = 17  # of a day's block
LAST_PLACE = 64  # of a checkpoint


def guards() -> list:
    return [OnlyRollups(name="only_rollups"), RollupsStayWhole(name="rollups_stay_whole")]


class ClosedDay(models.Model):
    """A day (WIB) whose recorded entries are complete: nothing can be recorded on it any more.

    An import that brings entries of such a day opens it again, and those after it (journal/sql/0006_rollups.sql).
    ``built_at`` is empty until the rollups of the day are there.
    """

    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(_("tanggal"))
    entries = models.PositiveIntegerField(_("catatan"), default=0)
    built_at = models.DateTimeField(_("dirangkum"), null=True, blank=True)
    checked_at = models.DateTimeField(_("diperiksa"), null=True, blank=True)

    class Meta:
        verbose_name = _("hari jurnal")
        verbose_name_plural = _("hari jurnal")
        constraints = [models.UniqueConstraint(fields=["edition", "day"], name="closed_day_once")]
        triggers = guards()

    def __str__(self):
        return f"{self.edition} {self.day}"


class Rollup(models.Model):
    """A row for entries of one edition that were recorded on one day and occurred on another (or the same)."""

    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_day = models.DateField()
    occurred_day = models.DateField()

    class Meta:
        abstract = True


class CheckpointSum(models.Model):
    """A row of a checkpoint: that of the days' table with the same kind, whatever its days."""

    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.DateField()

    class Meta:
        abstract = True


class GroupDay(Rollup):
    """What headline figures and bridges are put together from; grade D too."""

    pk = models.CompositePrimaryKey(
        "edition_id", "recorded_day", "occurred_day", "measure", "evidence", "nature", "on_order"
    )
    measure = models.CharField(max_length=10)
    evidence = models.CharField(max_length=1)
    nature = models.CharField(max_length=10)
    on_order = models.BooleanField()
    amount = models.BigIntegerField()
    quantity = models.BigIntegerField()
    entries = models.BigIntegerField()

    class Meta:
        indexes = [
            # What is dated ahead of its recording, if there is such a thing: no checkpoint parts it.
            models.Index(
                fields=["edition", "occurred_day"],
                condition=models.Q(occurred_day__gt=models.F("recorded_day")),
                name="group_day_ahead",
            )
        ]
        triggers = guards()


class CellColumns(models.Model):
    """A row of a table, by table and key, and what it comes to."""

    dimension = models.CharField(max_length=12)
    key = models.CharField(max_length=60)
    realised = models.BigIntegerField()
    committed = models.BigIntegerField()
    units = models.BigIntegerField()
    transactions = models.BigIntegerField()
    last_at = models.DateTimeField(null=True)
    last_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class CellDay(CellColumns, Rollup):
    """What a row of a table is put together from: ``dimension`` is the table, ``key`` its row.

    ``transactions`` is what this day's entries change in the number of distinct transactions; it may be negative.
    ``last_at`` and ``last_id`` name the entry with the label that was frozen last, in tables with names. Two
    dimensions are no tables: ``measure`` (transactions by measure) and ``present`` (exhibitors with any entry).
    """

    pk = models.CompositePrimaryKey("edition_id", "recorded_day", "occurred_day", "dimension", "key")

    class Meta:
        triggers = guards()


class ProductDay(Rollup):
    """Units of a product that were paid, net of refunds."""

    pk = models.CompositePrimaryKey("edition_id", "recorded_day", "occurred_day", "product_key")
    product_key = models.CharField(max_length=120)
    units = models.BigIntegerField()

    class Meta:
        triggers = guards()


class PeakDay(Rollup):
    """The largest of the transactions that the recorded day touched, by the day of their first entry.

    ``peak`` is the largest that a transaction was (``totals/sizes.py``) at the end of the recorded day, over all
    occurred days: within a period that has all of it it is no larger, nor when netted. The places of a block end at
    PLACES: whoever is not among them has no higher peak than the last.
    """

    pk = models.CompositePrimaryKey("edition_id", "recorded_day", "occurred_day", "place")
    place = models.SmallIntegerField()
    transaction_key = models.CharField(max_length=120)
    peak = models.BigIntegerField()

    class Meta:
        triggers = guards()


class LongTransaction(models.Model):
    """A transaction that the recorded day touched and whose entries, as known at its end, lie on several days (WIB).

    A period that begins among these days counts a part of it. Claims (grade D) are left out.
    """

    pk = models.CompositePrimaryKey("edition_id", "recorded_day", "transaction_key")
    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_day = models.DateField()
    transaction_key = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        triggers = guards()


class Checkpoint(models.Model):
    """Everything that an edition recorded before a day (WIB), summed up: nothing of it occurred on that day or later.

    Its sums are those of the checkpoint before it (``since``; None: of nothing) and of the days from then on. ``rows``
    is how many rows they take. When a day is rolled up again, checkpoints that count it are taken away.
    """

    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.DateField(_("sebelum tanggal"))
    since = models.DateField(null=True)
    rows = models.PositiveIntegerField(default=0)
    built_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "before"], name="checkpoint_once")]
        triggers = guards()

    def __str__(self):
        return f"{self.edition} < {self.before}"


class GroupSum(CheckpointSum):
    pk = models.CompositePrimaryKey("edition_id", "before", "measure", "evidence", "nature", "on_order")
    measure = models.CharField(max_length=10)
    evidence = models.CharField(max_length=1)
    nature = models.CharField(max_length=10)
    on_order = models.BooleanField()
    amount = models.BigIntegerField()
    quantity = models.BigIntegerField()
    entries = models.BigIntegerField()

    class Meta:
        triggers = guards()


class CellSum(CellColumns, CheckpointSum):
    pk = models.CompositePrimaryKey("edition_id", "before", "dimension", "key")

    class Meta:
        triggers = guards()


class ProductSum(CheckpointSum):
    pk = models.CompositePrimaryKey("edition_id", "before", "product_key")
    product_key = models.CharField(max_length=120)
    units = models.BigIntegerField()

    class Meta:
        triggers = guards()


class PeakSum(CheckpointSum):
    """The largest transactions as they stood at the checkpoint (``peak``): what came to them later is in the days.

    Places end at LAST_PLACE, which is always there unless all transactions are named: whoever is not named comes after
    that one. It need not stand there itself.
    """

    pk = models.CompositePrimaryKey("edition_id", "before", "place")
    place = models.SmallIntegerField()
    transaction_key = models.CharField(max_length=120)
    peak = models.BigIntegerField()

    class Meta:
        triggers = guards()


class SharedTransaction(models.Model):
    """A transaction key found in two editions: noted with the day of the one that was rolled up last."""

    pk = models.CompositePrimaryKey("edition_id", "recorded_day", "other_id", "transaction_key")
    edition = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_day = models.DateField()
    other = models.ForeignKey("expo.Edition", on_delete=models.PROTECT, related_name="+", db_index=False)
    transaction_key = models.CharField(max_length=120)

    class Meta:
        triggers = guards()


class RollupCheck(models.Model):
    """That the rollups were compared with the entries: once for each time of the setting, and when asked for."""

    due_at = models.DateTimeField(_("terjadwal"), unique=True)
    days = models.PositiveIntegerField(_("hari diperiksa"), default=0)
    differences = models.PositiveIntegerField(_("selisih"), default=0)
    gaps = models.PositiveIntegerField(_("hari hilang"), default=0)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)

    class Meta:
        verbose_name = _("pemeriksaan rangkuman jurnal")
        verbose_name_plural = _("pemeriksaan rangkuman jurnal")
        ordering = ["-due_at"]

    def __str__(self):
        return f"{self.due_at:%Y-%m-%d %H:%M}"


class RollupDifference(models.Model):
    """A row of a rollup that was not what the entries say: as it was found, before it was made again."""

    edition = models.ForeignKey(
        "expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran"), db_index=False
    )
    recorded_day = models.DateField(_("hari tercatat"))
    table = models.CharField(_("tabel"), max_length=30)
    key = models.CharField(_("baris"), max_length=250)
    stored = models.JSONField(_("tersimpan"), null=True, blank=True)
    counted = models.JSONField(_("menurut catatan"), null=True, blank=True)
    found_at = models.DateTimeField(_("ditemukan"), auto_now_add=True)
    told_at = models.DateTimeField(_("diberitahukan"), null=True, blank=True)
    seen_at = models.DateTimeField(_("ditangani"), null=True, blank=True)
    seen_by_name = models.CharField(_("ditangani oleh"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("selisih rangkuman jurnal")
        verbose_name_plural = _("selisih rangkuman jurnal")
        ordering = ["-found_at", "-pk"]
        indexes = [
            models.Index(fields=["found_at"], condition=models.Q(seen_at=None), name="difference_waiting"),
            models.Index(fields=["found_at"], condition=models.Q(told_at=None), name="difference_untold"),
        ]

    def __str__(self):
        return f"{self.recorded_day} {self.table} {self.key}"
