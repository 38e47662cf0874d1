from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "visits"
    verbose_name = _("Kunjungan")

    def ready(self):
        from catalog.queries.popular import register_popularity
        from exhibitors.dashboard import register_figure
        from visits.figures import stage_figure
        from visits.queries import most_visited_booths

        register_popularity(most_visited_booths)
        register_figure("stage", 60, stage_figure)
