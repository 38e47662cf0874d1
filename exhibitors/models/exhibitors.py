"""Exhibitors (UKM and koperasi) and the people who run them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from exhibitors.states import CurationState


class Kind(models.TextChoices):
    UKM = "ukm", _("UKM")
    KOPERASI = "koperasi", _("Koperasi")

    @property
    def of_one(self) -> str:
        """What one exhibitor is. Tables have plurals of their own in English."""
        return pgettext("satu peserta", "Koperasi") if self is Kind.KOPERASI else pgettext("satu peserta", "UKM")


def search_document() -> Func:
    """What full text search reads: names before stories, every word as it is written."""
    return Func(F("name"), F("story"), F("story_en"), function="exhibitors_document")


class Exhibitor(models.Model):
    slug = models.SlugField(_("alamat"), max_length=80, unique=True)
    name = models.CharField(_("nama usaha"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind, default=Kind.UKM)
    category = models.ForeignKey(
        "catalog.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exhibitors",
        verbose_name=_("kategori utama"),
    )
    legal_number = models.CharField(_("nomor badan hukum"), max_length=60, blank=True)
    cooperative_number = models.CharField(_("NIK koperasi"), max_length=16, blank=True)
    member_count = models.PositiveIntegerField(_("jumlah anggota"), null=True, blank=True)
    owner_name = models.CharField(_("nama pemilik/ketua"), max_length=120, blank=True)
    nib = models.CharField(_("NIB"), max_length=13, blank=True)
    lacks_nib = models.BooleanField(_("belum punya NIB, minta dibantu"), default=False)
    regency = models.ForeignKey(
        "expo.Region", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("kabupaten/kota")
    )
    district = models.ForeignKey(
        "expo.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exhibitors_in_district",
        verbose_name=_("kecamatan"),
    )
    story = models.TextField(_("cerita usaha"), blank=True)
    story_en = models.TextField(_("cerita usaha (Inggris)"), blank=True)
    email = models.EmailField(_("surel"), blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=20, blank=True, help_text=_("Dalam bentuk +62…"))
    phone = models.CharField(_("telepon"), max_length=20, blank=True, help_text=_("Dalam bentuk +62…"))
    banner = models.ForeignKey(
        "expo.Picture", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("spanduk stan")
    )
    bank_name = models.CharField(_("bank"), max_length=60, blank=True)
    bank_account_number = models.CharField(_("nomor rekening"), max_length=30, blank=True)
    bank_account_holder = models.CharField(_("atas nama"), max_length=120, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=CurationState, default=CurationState.DRAFT)
    submitted_at = models.DateTimeField(_("diajukan"), null=True, blank=True)
    imported = models.BooleanField(
        _("dari catatan lama"), default=False, help_text=_("Dibuat oleh impor jurnal; belum berjualan di sini.")
    )
    start_key = models.CharField(
        max_length=32, null=True, blank=True, unique=True, editable=False, help_text=_("Satu kali mulai, satu draf.")
    )
    created_at = models.DateTimeField(_("terdaftar"), auto_now_add=True)
    search = models.GeneratedField(
        expression=search_document(), output_field=SearchVectorField(), db_persist=True, editable=False
    )
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="exhibitors")

    class Meta:
        verbose_name = _("peserta")
        verbose_name_plural = _("peserta")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["submitted_at"], name="exhibitor_queue", condition=Q(state="submitted")),
            GinIndex(fields=["search"], name="exhibitor_search"),
            # What two exhibitors should not share (exhibitors/twins.py), and parts of names.
            models.Index(fields=["nib"], name="exhibitor_nib", condition=~Q(nib="")),
            models.Index(fields=["whatsapp"], name="exhibitor_whatsapp", condition=~Q(whatsapp="")),
            models.Index(fields=["phone"], name="exhibitor_phone", condition=~Q(phone="")),
            models.Index(
                fields=["bank_account_number"], name="exhibitor_account", condition=~Q(bank_account_number="")
            ),
            GinIndex(OpClass("name", name="gin_trgm_ops"), name="exhibitor_name_letters"),
            models.Index(F("submitted_at").desc(nulls_last=True), F("id").desc(), name="exhibitor_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="exhibitor_nib_13_digits",
                condition=Q(nib="") | Q(nib__regex=r"^[0-9]{13}$"),
                violation_error_message=_("NIB terdiri atas 13 angka."),
            ),
            models.CheckConstraint(
                name="exhibitor_district_has_regency",
                condition=Q(district__isnull=True) | Q(regency__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def standing(self):
        """The state as people read it: an exhibitor of old records was never a draft of anybody."""
        if self.imported and self.state == CurationState.DRAFT:
            return _("Dari impor")
        return self.get_state_display()

    @property
    def display_story(self) -> str:
        return self.story_en if get_language() == "en" and self.story_en else self.story

    @property
    def takes_transfers(self) -> bool:
        return bool(self.bank_name and self.bank_account_number and self.bank_account_holder)

    @property
    def account_text(self) -> str:
        """The bank account in use as one line; "" without one."""
        holder = f"({self.bank_account_holder})" if self.bank_account_holder else ""
        return " ".join(part for part in (self.bank_name, self.bank_account_number, holder) if part)


class MemberRole(models.TextChoices):
    OWNER = "owner", _("Pemilik")
    STAFF = "staff", _("Pegawai")


class Membership(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("pengguna")
    )
    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("peserta")
    )
    role = models.CharField(_("peran"), max_length=10, choices=MemberRole, default=MemberRole.OWNER)

    class Meta:
        verbose_name = _("pengelola peserta")
        verbose_name_plural = _("pengelola peserta")
        constraints = [models.UniqueConstraint(fields=["user", "exhibitor"], name="membership_once")]

    def __str__(self):
        return f"{self.user} · {self.exhibitor}"
