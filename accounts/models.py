"""People. They sign in by e-mail address; what staff may do comes from the groups in ``accounts.roles``."""

import datetime as dt

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractUser):
    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("alamat surel"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    sessions_ended = models.PositiveIntegerField(default=0, db_default=0, editable=False)  # how often, all at once

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case")]

    def __str__(self):
        return self.name or self.email

    @classmethod
    def from_db(cls, db, field_names, values):
        user = super().from_db(db, field_names, values)
        user._email_before = vars(user).get("email", "")
        return user

    def save(self, *args, update_fields=None, **options):
        """An address that is given up is remembered for a while: what matters is told there, too."""
        before, writes_it = vars(self).get("_email_before", ""), update_fields is None or "email" in update_fields
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **options)
            if writes_it and before and before != self.email:
                FormerAddress.objects.create(user=self, email=before, until=timezone.now())
        if writes_it:
            self._email_before = self.email

    def _get_session_auth_hash(self, secret=None):
        """What Django compares in each session: it changes with the password and when all sessions are ended."""
        of_password = super()._get_session_auth_hash(secret=secret)
        return f"{of_password}{self.sessions_ended}" if self.sessions_ended else of_password

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0] if self.name else self.email


class FormerAddressQuerySet(models.QuerySet):
    def lately(self, now: dt.datetime) -> "FormerAddressQuerySet":
        """Given up within the last 30 days."""
        return self.filter(until__gt=now - KEPT)


KEPT = dt.timedelta(days=30)


class FormerAddress(models.Model):
    """An e-mail address that somebody used until lately. Whoever takes over a sign-in changes it first."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="former_addresses", verbose_name=_("pengguna")
    )
    email = models.EmailField(_("alamat surel"))
    until = models.DateTimeField(_("dipakai sampai"))

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("alamat surel lama")
        verbose_name_plural = _("alamat surel lama")
        ordering = ["-until", "-pk"]

    def __str__(self):
        return self.email


def forget_former_addresses(now: dt.datetime) -> int:
    """Delete addresses that nobody has to be warned at any more; how many."""
    return FormerAddress.objects.filter(until__lte=now - KEPT).delete()[0]


class SignInLink(models.Model):
    """What a mail offers for signing in beside its code: used once, by whichever of the two comes first.

    The link is signed and names ``nonce``; only the newest of a person opens the page.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links", verbose_name=_("pengguna"))
    email = models.EmailField(_("dikirim ke"))
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    next = models.CharField(_("halaman sesudahnya"), max_length=1000, blank=True)
    carried = models.JSONField(_("yang dibawa"), default=dict, blank=True)
    sent_at = models.DateTimeField(_("dikirim"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    used_at = models.DateTimeField(_("dipakai"), null=True, blank=True)

    class Meta:
        verbose_name = _("tautan masuk")
        verbose_name_plural = _("tautan masuk")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.email} · {self.sent_at:%Y-%m-%d %H:%M}"
