from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpoConfig(AppConfig):
    name = "expo"
    verbose_name = _("Expo")

    def ready(self):
        from expo import celery  # noqa: F401 (shared tasks bind to this app)
        from expo.language import read_cheaply

        read_cheaply()
