from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "journal"
    verbose_name = _("Jurnal")

    def ready(self):
        from accounts.queues import register_queue
        from journal.rollups.alarm import waiting_differences

        register_queue(
            "rollups",
            _("Selisih rangkuman jurnal"),
            permission="journal.view_rollupdifference",
            url_name="admin:journal_rollupdifference_changelist",
            query="seen_at__isempty=1",
            order=95,
            load=waiting_differences,
        )
