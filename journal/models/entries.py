"""The append-only journal of transactions. Every rupiah in a report is a sum of these rows."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Kind
from expo.formats import rupiah
from expo.models import Phase
from journal.fingerprints import Fingerprinted
from journal.triggers import (
    PosterLock,
    RefuseRows,
    RefuseTruncate,
    SealMovesForward,
    StampRecorded,
    TakeFingerprint,
)


class Measure(models.TextChoices):
    REALISED = "realised", _("Omzet (transaksi terbayar)")
    COMMITTED = "committed", _("Transaksi pesanan")
    POTENTIAL = "potential", _("Potensi transaksi")
    FINANCING = "financing", _("Komitmen pembiayaan")


class Channel(models.TextChoices):
    ONLINE = "online", _("Toko daring")
    LIVE = "live", _("Belanja langsung (live)")
    ONSITE = "onsite", _("Kasir stan")
    REPORTED = "reported", _("Dilaporkan peserta")


class Evidence(models.TextChoices):
    A = "A", _("A: dicocokkan bank atau gerbang pembayaran")
    B = "B", _("B: bukti dan konfirmasi penjual")
    C = "C", _("C: kuitansi stan dengan tutup kas harian")
    D = "D", _("D: pengakuan saja, menunggu verifikasi")


class Nature(models.TextChoices):
    """What an entry does to its total; the steps of the bridge between two recaps.

    PAYMENT takes the paid part off a promise; the same transaction adds it to the turnover as a SALE.
    """

    SALE = "sale", _("Penjualan")
    REFUND = "refund", _("Pengembalian dana")
    CORRECTION = "correction", _("Koreksi")
    PAYMENT = "payment", _("Pelunasan janji")


class SourceKind(models.TextChoices):
    ORDER = "order", _("Pesanan")
    DESK = "desk", _("Kasir stan")
    REFUND = "refund", _("Pengembalian")
    REPORT = "report", _("Laporan peserta")
    STAFF = "staff", _("Petugas")
    IMPORT = "import", _("Impor")


class Entry(Fingerprinted):
    """One order line and event. Rows are never changed nor deleted: triggers refuse it.

    ``amount`` is in rupiah and may be negative. ``occurred_at`` is when the sale happened, ``recorded_at`` when the
    journal learned of it (set by the database). Codes are frozen together with their labels, so that a report
    computed years later reads as it read then.
    """

    edition = models.ForeignKey(
        "expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran"), db_index=False
    )
    phase = models.CharField(_("fase"), max_length=10, choices=Phase)
    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="+", verbose_name=_("peserta")
    )
    exhibitor_label = models.CharField(_("nama peserta"), max_length=120)
    kind = models.CharField(_("jenis peserta"), max_length=10, choices=Kind)
    regency_code = models.CharField(_("kode kabupaten/kota"), max_length=8, blank=True)
    regency_label = models.CharField(_("kabupaten/kota"), max_length=100, blank=True)
    category_code = models.CharField(_("kode kategori"), max_length=60, blank=True)
    category_label = models.CharField(_("kategori"), max_length=80, blank=True)
    product_key = models.CharField(_("kunci produk"), max_length=120, blank=True)
    product_label = models.CharField(_("produk"), max_length=120, blank=True)
    transaction_key = models.CharField(_("transaksi"), max_length=120)
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel)
    measure = models.CharField(_("ukuran"), max_length=10, choices=Measure)
    nature = models.CharField(_("sifat"), max_length=10, choices=Nature, default=Nature.SALE)
    on_order = models.BooleanField(
        _("pembayaran atas pesanan"), default=False, help_text=_("Pembayaran janji yang tercatat lebih dahulu.")
    )
    evidence = models.CharField(_("bukti"), max_length=1, choices=Evidence)
    amount = models.BigIntegerField(_("jumlah (rupiah)"))
    quantity = models.IntegerField(_("banyaknya"), default=0)
    destination_code = models.CharField(
        _("kode tujuan"), max_length=8, blank=True, help_text=_("Kode wilayah (33.74) atau negara (QA).")
    )
    destination_label = models.CharField(_("tujuan"), max_length=100, blank=True)
    occurred_at = models.DateTimeField(_("terjadi"))
    # A trigger stamps it whatever is given; only the importer's role supplies it, see journal/triggers.py.
    recorded_at = models.DateTimeField(_("tercatat"), db_default=Now())
    source_kind = models.CharField(_("asal"), max_length=10, choices=SourceKind)
    source_key = models.CharField(_("kunci asal"), max_length=160)
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversals", verbose_name=_("membalik")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dicatat oleh"),
    )
    note = models.CharField(_("catatan"), max_length=250, blank=True)

    fingerprints: ClassVar = {
        1: (
            "amount", "category_code", "category_label", "channel", "destination_code", "destination_label",
            "edition_id", "evidence", "exhibitor_id", "exhibitor_label", "id", "kind", "measure", "nature", "note",
            "occurred_at", "on_order", "phase", "product_key", "product_label", "quantity", "recorded_at",
            "recorded_by_id", "regency_code", "regency_label", "reverses_id", "source_key", "source_kind",
            "transaction_key",
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("catatan jurnal")
        verbose_name_plural = _("jurnal")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_key"], name="entry_posted_once"),
            models.CheckConstraint(name="entry_refund_takes_away", condition=~Q(nature="refund") | Q(amount__lte=0)),
            models.CheckConstraint(
                name="entry_only_turnover_pays_orders", condition=Q(on_order=False) | Q(measure="realised")
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "recorded_at"], name="entry_edition_recorded"),
            models.Index(fields=["edition", "occurred_at"], name="entry_edition_occurred"),
            models.Index(fields=["transaction_key"], name="entry_transaction"),
            models.Index(fields=["-recorded_at", "-id"], name="entry_newest"),
        ]
        triggers = [
            RefuseRows(name="append_only"),
            RefuseTruncate(name="append_only_whole"),
            PosterLock(name="poster_lock"),
            StampRecorded(name="stamp_recorded"),
            TakeFingerprint(name="take_fingerprint"),
        ]

    def __str__(self):
        return f"{self.get_measure_display()} {rupiah(self.amount)}, {self.transaction_key}"


class SealedUntil(models.Model):
    """How far back an edition's journal is behind a seal: no entry may be recorded before ``recorded_until``."""

    edition = models.OneToOneField(
        "expo.Edition", on_delete=models.PROTECT, related_name="+", verbose_name=_("pameran")
    )
    recorded_until = models.DateTimeField(_("tersegel sampai"))

    class Meta:
        verbose_name = _("batas segel")
        verbose_name_plural = _("batas segel")
        triggers = [
            SealMovesForward(name="seal_forward"),
            RefuseTruncate(name="seal_stays_whole"),
        ]

    def __str__(self):
        return f"{self.edition}: {self.recorded_until:%Y-%m-%d %H:%M}"
