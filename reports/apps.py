from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Rekap")

    def ready(self):
        from exhibitors.dashboard import register_tab

        register_tab("figures", _("Angka Anda"), "chart", "reports:own", order=50)
