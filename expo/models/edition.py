"""Editions of the expo with their four moments, and the halls in which booths stand."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from expo.phones import PhoneError, normalise_phone

NUMBERING = ("slug", "code", "year")


class Mode(models.TextChoices):
    ONLINE = "online", _("Daring")
    HYBRID = "hybrid", _("Hibrida (daring dan luring)")


class Phase(models.TextChoices):
    """Where a moment lies among an edition's four moments; see :meth:`Edition.phase_at`."""

    BEFORE = "before", _("Sebelum pembukaan")
    DURING = "during", _("Selama pameran")
    MALL = "mall", _("Setelah penutupan (mal)")


class SecondLook(models.TextChoices):
    """What two different people have to approve."""

    NONE = "none", _("Tidak perlu")
    EXHIBITORS = "exhibitors", _("Peserta")
    ALL = "all", _("Peserta dan produk")


class EditionQuerySet(models.QuerySet):
    def selling_at(self, moment: dt.datetime) -> "EditionQuerySet":
        """Editions in which something can be bought at ``moment``."""
        return self.filter(sales_open__lte=moment).filter(Q(mall_closes_at__isnull=True) | Q(mall_closes_at__gt=moment))

    def not_over_at(self, moment: dt.datetime) -> "EditionQuerySet":
        """Editions that sell at ``moment`` or will later."""
        return self.filter(Q(mall_closes_at__isnull=True) | Q(mall_closes_at__gt=moment))

    def running_at(self, moment: dt.datetime) -> "EditionQuerySet":
        """Editions between their opening and their closing ceremony at ``moment``."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)


class Edition(models.Model):
    slug = models.SlugField(_("alamat"), max_length=60, unique=True)
    code = models.CharField(
        _("kode nomor rekap"), max_length=20, unique=True, help_text=_("Misalnya UVO-II: awal nomor rekapnya.")
    )
    name = models.CharField(_("nama"), max_length=120)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("tahun"))
    theme = models.CharField(_("tema"), max_length=200, blank=True)
    theme_en = models.CharField(_("tema (Inggris)"), max_length=200, blank=True)
    organiser = models.CharField(_("penyelenggara"), max_length=200)
    organiser_address = models.TextField(_("alamat penyelenggara"), blank=True)
    organiser_whatsapp = models.CharField(
        _("WhatsApp panitia"),
        max_length=20,
        blank=True,
        help_text=_("Dalam bentuk +62…; peserta mengonfirmasi nomornya dengan mengirim pesan ke sini."),
    )
    city = models.CharField(_("tempat penandatanganan"), max_length=80, default="Semarang")
    signatory_name = models.CharField(_("nama penanda tangan"), max_length=120, blank=True)
    signatory_title = models.CharField(_("jabatan penanda tangan"), max_length=120, blank=True)
    signatory_nip = models.CharField(_("NIP penanda tangan"), max_length=30, blank=True)
    province = models.ForeignKey(
        "expo.Region",
        on_delete=models.PROTECT,
        verbose_name=_("provinsi"),
        null=True,
        blank=True,
        help_text=_("Rekap memerinci semua kabupaten/kota provinsi ini."),
    )
    mode = models.CharField(_("bentuk"), max_length=10, choices=Mode, default=Mode.ONLINE)
    sales_open = models.DateTimeField(_("penjualan dibuka"))
    opens_at = models.DateTimeField(_("pembukaan"))
    closes_at = models.DateTimeField(_("penutupan"))
    mall_closes_at = models.DateTimeField(
        _("mal ditutup"), null=True, blank=True, help_text=_("Kosong: mal tetap buka.")
    )
    second_look = models.CharField(
        _("mata kedua"),
        max_length=10,
        choices=SecondLook,
        default=SecondLook.NONE,
        help_text=_("Persetujuan mana yang perlu dua orang berbeda."),
    )
    free_price_percent = models.PositiveSmallIntegerField(
        _("perubahan harga tanpa kurasi (%)"),
        default=30,
        validators=[MaxValueValidator(1000)],
        help_text=_(
            "Harga produk tayang boleh berubah sejauh ini dari harga yang disetujui; selebihnya ditinjau. 0: selalu."
        ),
    )
    free_sale_percent = models.PositiveSmallIntegerField(
        _("potongan tanpa kurasi (%)"),
        default=50,
        validators=[MaxValueValidator(90)],
        help_text=_("Potongan sementara di stan boleh sebesar ini tanpa menunggu; selebihnya ditinjau. 0: selalu."),
    )
    recaps_from = models.DateTimeField(
        _("rekap harian mulai"), null=True, blank=True, help_text=_("Kosong: rekap tidak terbit sendiri.")
    )
    recap_time = models.TimeField(_("jam rekap (WIB)"), default=dt.time(0, 15))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pameran")
        verbose_name_plural = _("pameran")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="edition_moments_in_order",
                condition=Q(sales_open__lte=F("opens_at"))
                & Q(opens_at__lt=F("closes_at"))
                & (Q(mall_closes_at__isnull=True) | Q(closes_at__lte=F("mall_closes_at"))),
                violation_error_message=_("Urutan waktu: penjualan dibuka, pembukaan, penutupan, mal ditutup."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:edition", args=[self.slug])

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude)
        if self.organiser_whatsapp and "organiser_whatsapp" not in (exclude or ()):
            try:
                self.organiser_whatsapp = normalise_phone(self.organiser_whatsapp)
            except PhoneError as error:
                raise ValidationError({"organiser_whatsapp": error.message}) from error

    def clean(self):
        """What stands in the number of a sealed recap, and in the scope that its chain covers, stays."""
        super().clean()
        if self.pk is None or not self.recaps.exists():
            return
        sealed = Edition.objects.get(pk=self.pk)
        changed = [name for name in NUMBERING if getattr(sealed, name) != getattr(self, name)]
        if changed:
            told = _("Ada rekap tersegel yang memakainya; karena itu tidak dapat diubah lagi.")
            raise ValidationError(dict.fromkeys(changed, told))

    @property
    def display_name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def display_theme(self) -> str:
        return self.theme_en if get_language() == "en" and self.theme_en else self.theme

    def phase_at(self, moment: dt.datetime) -> Phase | None:
        """The phase in which ``moment`` lies, or None outside ``sales_open … mall_closes_at``.

        All intervals are half-open: ``sales_open ≤ before < opens_at ≤ during < closes_at ≤ mall``.
        """
        if moment < self.sales_open:
            return None
        if moment < self.opens_at:
            return Phase.BEFORE
        if moment < self.closes_at:
            return Phase.DURING
        if self.mall_closes_at is None or moment < self.mall_closes_at:
            return Phase.MALL
        return None

    @property
    def phase(self) -> Phase | None:
        return self.phase_at(timezone.now())


class Hall(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="halls", verbose_name=_("pameran"))
    slug = models.SlugField(_("alamat"), max_length=80, unique=True)
    letter = models.CharField(_("huruf aula"), max_length=3, help_text=_("Awal nomor stan, misalnya A."))
    name = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("aula")
        verbose_name_plural = _("aula")
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "letter"], name="hall_letter_once_per_edition")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:hall", args=[self.slug])

    @property
    def display_name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    def clean(self):
        if not self.letter.isalpha():
            raise ValidationError({"letter": _("Huruf saja.")})
