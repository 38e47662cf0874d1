"""Who is sent the recaps of an edition."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Recipient(models.Model):
    """A reader of an edition's recaps. Whoever shall get no more is switched off and stays known."""

    edition = models.ForeignKey(
        "expo.Edition", on_delete=models.CASCADE, related_name="recipients", verbose_name=_("pameran")
    )
    name = models.CharField(_("nama"), max_length=120, blank=True)
    email = models.EmailField(_("alamat surel"))
    language = models.CharField(_("bahasa"), max_length=5, choices=settings.LANGUAGES, default="id")
    is_active = models.BooleanField(_("dikirimi rekap"), default=True)
    added_at = models.DateTimeField(_("ditambahkan"), auto_now_add=True)

    class Meta:
        verbose_name = _("penerima rekap")
        verbose_name_plural = _("penerima rekap")
        ordering = ["edition", "email"]
        constraints = [models.UniqueConstraint(fields=["edition", "email"], name="recipient_once_per_edition")]

    def __str__(self):
        return f"{self.name} <{self.email}>" if self.name else self.email

    def clean_fields(self, exclude=None):
        self.email = self.email.strip().lower()
        super().clean_fields(exclude)
