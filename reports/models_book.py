"""The book of seals: what was done to recaps, and what the rows behind them were, chained line by line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.triggers import RefuseRows, RefuseTruncate


class BookLine(models.Model):
    """A fact that was true when it was written, in canonical JSON (``content``).

    ``sha256`` covers the line and the hash of the line before it. ``kind`` and ``key`` name what the line is about:
    of each there is one line.
    """

    position = models.PositiveBigIntegerField(_("baris"), unique=True)
    kind = models.CharField(_("tentang"), max_length=20)
    key = models.CharField(max_length=200)
    content = models.TextField(_("isi"))
    at = models.DateTimeField(_("ditulis"))
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("baris buku segel")
        verbose_name_plural = _("buku segel")
        ordering = ["-position"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="book_line_once")]
        triggers = [RefuseRows(name="book_stays"), RefuseTruncate(name="book_stays_whole")]

    def __str__(self):
        return f"{self.position}: {self.kind} {self.key}"


class BookMark(models.Model):
    """How far a part of the database was gone through for the book. Once a day all is gone through, whatever the marks
    say.

    Up to its mark a part has its lines: so marks and lines hold each other (``reports/book/holding.py``). One mark
    names the last line, with its hash.
    """

    name = models.CharField(max_length=80, unique=True)
    upto = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("tanda baca buku segel")
        verbose_name_plural = _("tanda baca buku segel")

    def __str__(self):
        return f"{self.name}: {self.upto}"


class AlteredRow(models.Model):
    """A row that is not as it was written, or entries that a line of the book knows otherwise, as the last look found.

    ``place`` is the row's key, or the line's, among what ``part`` of a walk looks at. ``edition`` (a key that may be
    anything: somebody wrote it by hand) and moments say which recaps count it. Nothing rests on these rows: every walk
    looks at everything again (``reports/book/altered.py``).
    """

    part = models.CharField(max_length=20)
    place = models.BigIntegerField()
    edition = models.BigIntegerField()
    name = models.CharField(max_length=120)
    what = models.CharField(max_length=200)
    recorded_from = models.DateTimeField(null=True)
    occurred_from = models.DateTimeField()
    occurred_until = models.DateTimeField()
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("baris yang berubah")
        verbose_name_plural = _("baris yang berubah")
        ordering = ["part", "place", "edition"]
        constraints = [models.UniqueConstraint(fields=["part", "place", "edition"], name="altered_row_once")]

    def __str__(self):
        return f"{self.name}: {self.what}"

    def is_counted_by(self, recap) -> bool:
        """By the cut-offs of a recap of its edition."""
        if self.recorded_from and self.recorded_from >= recap.recorded_cutoff:
            return False
        return self.occurred_from < recap.occurred_cutoff and not (recap.since and self.occurred_until < recap.since)
