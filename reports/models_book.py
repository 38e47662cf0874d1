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
