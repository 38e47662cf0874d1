from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Akun")

    def ready(self):
        from accounts.roles import grant_app_permissions

        # django.contrib.auth comes earlier in INSTALLED_APPS: an app's permissions exist when this runs.
        post_migrate.connect(grant_app_permissions, dispatch_uid="accounts.roles")
