"""What buyers say about what they bought."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.products import Product

MOST_STARS = 5


class ReviewQuerySet(models.QuerySet):
    def shown(self) -> "ReviewQuerySet":
        return self.filter(hidden_at__isnull=True)


class Review(models.Model):
    """Of one order line, by its buyer. Visible ones make up ``Product.rating_count`` and ``rating_sum``.

    ``author`` is masked already ("Siti R."): the full name stays with the order."""

    line = models.OneToOneField(
        "orders.OrderLine", on_delete=models.PROTECT, related_name="review", verbose_name=_("baris pesanan")
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("produk"))
    exhibitor = models.ForeignKey(
        "exhibitors.Exhibitor", on_delete=models.PROTECT, related_name="+", verbose_name=_("peserta")
    )
    variant_label = models.CharField(_("varian"), max_length=60, blank=True)
    author = models.CharField(_("penulis"), max_length=60)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    rating = models.PositiveSmallIntegerField(
        _("bintang"), validators=[MinValueValidator(1), MaxValueValidator(MOST_STARS)]
    )
    body = models.TextField(_("ulasan"), blank=True)
    written_at = models.DateTimeField(_("ditulis"))
    edited_at = models.DateTimeField(_("diubah"), null=True, blank=True)
    answer = models.TextField(_("tanggapan peserta"), blank=True)
    answered_at = models.DateTimeField(_("ditanggapi"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ditanggapi oleh"),
    )
    hidden_at = models.DateTimeField(_("disembunyikan"), null=True, blank=True)
    hidden_reason = models.CharField(_("alasan disembunyikan"), max_length=250, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("ulasan")
        verbose_name_plural = _("ulasan")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="review_rating_one_to_five", condition=Q(rating__range=(1, MOST_STARS))),
            models.CheckConstraint(
                name="review_answer_is_whole",
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_hidden_with_reason",
                condition=Q(hidden_at__isnull=True, hidden_reason="")
                | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["product", "-written_at", "-id"], name="review_shown", condition=Q(hidden_at__isnull=True)
            ),
            models.Index(fields=["exhibitor", "-written_at", "-id"], name="review_inbox"),
        ]

    def __str__(self):
        return f"{self.author}: {self.rating}"


class ReviewPhoto(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="photos", verbose_name=_("ulasan"))
    picture = models.ForeignKey("expo.Picture", on_delete=models.PROTECT, related_name="+", verbose_name=_("gambar"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("foto ulasan")
        verbose_name_plural = _("foto ulasan")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "picture"], name="review_photo_once")]

    def __str__(self):
        return f"{self.review} #{self.position}"
