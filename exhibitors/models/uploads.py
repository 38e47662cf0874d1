"""Photos on their way from a phone."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    return secrets.token_urlsafe(16)


class PhotoUpload(models.Model):
    """A photo that arrives in pieces: so many bytes of it are here, in private storage, until it is a picture.

    It belongs to the exhibitor: whoever works for it may go on sending, nobody else learns that it is there."""

    token = models.CharField(max_length=32, unique=True, default=new_token)
    exhibitor = models.ForeignKey("exhibitors.Exhibitor", on_delete=models.CASCADE, related_name="+")
    file = models.CharField(max_length=100, blank=True, help_text=_("Di penyimpanan pribadi; kosong bila sudah jadi."))
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    picture = models.ForeignKey("expo.Picture", on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("unggahan foto")
        verbose_name_plural = _("unggahan foto")
        indexes = [models.Index(fields=["exhibitor", "created_at"], name="photo_upload_of")]
        constraints = [
            models.CheckConstraint(name="photo_upload_within_size", condition=Q(received__lte=F("size"), size__gt=0)),
            models.CheckConstraint(
                name="photo_upload_file_or_picture",
                condition=Q(picture__isnull=True) & ~Q(file="") | Q(picture__isnull=False, file=""),
            ),
        ]

    def __str__(self):
        return f"{self.received}/{self.size}"
