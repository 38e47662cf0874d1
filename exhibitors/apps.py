from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExhibitorsConfig(AppConfig):
    name = "exhibitors"
    verbose_name = _("Peserta")

    def ready(self):
        from exhibitors import checks  # noqa: F401 (registers itself)
