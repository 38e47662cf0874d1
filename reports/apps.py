from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Rekap")

    def ready(self):
        from exhibitors.dashboard import register_tab

        register_tab("figures", _("Angka Anda"), "chart", "reports:own", order=50)
        register_queues()


def register_queues() -> None:
    """What those who answer for the figures look at first."""
    from accounts.queues import register_queue
    from reports import desk

    common = {"permission": "reports.add_recap", "query": ""}
    register_queue(
        "recaps-due",
        _("Rekap jatuh tempo yang belum terbit"),
        url_name="admin:reports_issueproblem_changelist",
        order=200,
        load=desk.waiting_recaps,
        **common,
    )
    register_queue(
        "recap-mails",
        _("Rekap yang tidak atau belum pasti sampai ke penerimanya"),
        url_name="admin:reports_recap_changelist",
        order=210,
        load=desk.undelivered_recaps,
        **{**common, "query": "surel=gagal"},
    )
    register_queue(
        "recaps-in-doubt",
        _("Rekap yang angkanya tidak sama dengan jurnal"),
        url_name="admin:reports_recap_changelist",
        order=205,
        load=desk.doubtful_recaps,
        **{**common, "query": "hitung=beda"},
    )
    register_queue(
        "seals",
        _("Segel yang tidak cocok"),
        url_name="admin:reports_sealcheck_changelist",
        order=220,
        load=desk.broken_seals,
        **common,
    )
