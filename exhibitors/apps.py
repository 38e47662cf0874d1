from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExhibitorsConfig(AppConfig):
    name = "exhibitors"
    verbose_name = _("Peserta")

    def ready(self):
        from accounts.sign_in_links import carry_along
        from exhibitors import checks  # noqa: F401 (registers itself)
        from exhibitors.domain.registration import STARTED
        from exhibitors.own_steps import register_own_steps
        from exhibitors.twins import register_own_twins

        carry_along(STARTED)
        register_own_steps()
        register_own_twins()
        register_dashboard()
        register_judged()
        register_asked()


def register_dashboard() -> None:
    from exhibitors.dashboard import register_tab, register_todos
    from exhibitors.todos import certificate_todos, profile_todos

    register_tab("home", _("Beranda"), "home", "exhibitors:dashboard", order=0)
    register_tab("profile", _("Profil"), "shop", "exhibitors:profile", order=90)
    register_tab("certificates", _("Sertifikat"), "seal", "exhibitors:certificates", order=80)
    register_todos("exhibitors", profile_todos)
    register_todos("certificates", certificate_todos)


def register_judged() -> None:
    """Queues of what curators judge."""
    from accounts.queues import register_queue
    from exhibitors.queues import proposed_profiles, second_eyes, submitted_exhibitors

    register_queue(
        "exhibitors",
        _("Peserta menunggu kurasi"),
        permission="exhibitors.change_exhibitor",
        url_name="admin:exhibitors_exhibitor_changelist",
        query="state__exact=submitted&o=5",
        start="admin:exhibitors_exhibitor_next",
        order=10,
        load=submitted_exhibitors,
    )
    register_queue(
        "second-eyes",
        _("Menunggu mata kedua"),
        permission="exhibitors.change_exhibitor",
        url_name="admin:exhibitors_firstapproval_changelist",
        query="",
        order=5,
        load=second_eyes,
    )
    register_queue(
        "profiles",
        _("Usulan perubahan peserta"),
        permission="exhibitors.change_exhibitorchange",
        url_name="admin:exhibitors_exhibitorchange_changelist",
        query="state__exact=waiting&exhibitor__state__exact=approved",
        start="admin:exhibitors_exhibitorchange_next",
        order=11,
        load=proposed_profiles,
    )


def register_asked() -> None:
    """Queues of what exhibitors ask the organiser for."""
    from accounts.queues import register_queue
    from exhibitors.queues import asked_participations, waiting_certificates, waiting_phones

    register_queue(
        "certificates",
        _("Sertifikat menunggu pemeriksaan"),
        permission="exhibitors.change_certificate",
        url_name="admin:exhibitors_certificate_changelist",
        query="status=submitted",
        order=15,
        load=waiting_certificates,
    )
    register_queue(
        "participations",
        _("Permintaan ikut pameran"),
        permission="exhibitors.change_participation",
        url_name="admin:exhibitors_participation_changelist",
        query="state__exact=asked&exhibitor__state__exact=approved",
        order=12,
        load=asked_participations,
    )
    register_queue(
        "phones",
        _("Nomor WhatsApp menunggu konfirmasi"),
        permission="exhibitors.change_phoneconfirmation",
        url_name="admin:exhibitors_phoneconfirmation_changelist",
        query="status=waiting",
        order=14,
        load=waiting_phones,
    )
