from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Akun")

    def ready(self):
        from accounts import receivers  # noqa: F401 (they register themselves)
        from accounts.admin_links import link_only_what_opens
        from accounts.queues import register_queue
        from accounts.roles import grant_app_permissions
        from expo.delivery import undelivered

        link_only_what_opens()
        register_queue(
            "mail",
            _("Surel yang tidak sampai atau tidak pasti"),
            permission="expo.view_outgoingmail",
            url_name="admin:expo_outgoingmail_changelist",
            query="sampai=tidak",
            order=80,
            load=undelivered,
        )

        # django.contrib.auth comes earlier in INSTALLED_APPS: an app's permissions exist when this runs.
        post_migrate.connect(grant_app_permissions, dispatch_uid="accounts.roles")
