"""The roles of staff and officials: groups whose permissions follow this table after every migrate.

Owners and helpers of exhibitors need no group: their ``Membership`` says what they may touch.
"""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CURATION = "curation", _("Kurasi")
    OPERATOR = "operator", _("Operator")
    FINANCE = "finance", _("Keuangan")
    OFFICIAL = "official", _("Pejabat")


STAFF_ROLES = frozenset({Role.CURATION, Role.OPERATOR, Role.FINANCE})

# Role → model → what its people may do with it. Only what is named here: a role that loses a line
# loses the permission at the next migrate.
GRANTS: dict[str, dict[str, str]] = {
    Role.CURATION: {
        "expo.edition": "view",
        "expo.hall": "view",
        "expo.picture": "view",
        "expo.region": "view",
        "expo.outgoingmail": "view",
        "exhibitors.exhibitor": "view change",
        "exhibitors.membership": "view add change",
        "exhibitors.booth": "view add change",
        "exhibitors.decision": "view",
        "exhibitors.exhibitorchange": "view change",
        "exhibitors.firstapproval": "view",
        "exhibitors.certificate": "view change",
        "exhibitors.invitation": "view",
        "exhibitors.participation": "view change",
        "exhibitors.phoneconfirmation": "view change",
        "catalog.category": "view add change",
        "catalog.product": "view change",
        "catalog.productchange": "view change",
        "catalog.productphoto": "view add change delete",
        "catalog.placement": "view",
        "catalog.variant": "view",
        "catalog.pricestep": "view",
        "catalog.review": "view change",
        "inquiries.inquiry": "view",
        "inquiries.answer": "view",
        "exhibitors.accountchange": "view",
        "orders.qriscode": "view",
        "visits.stageday": "view",
    },
    Role.OPERATOR: {
        "accounts.user": "view",
        "expo.edition": "view add change",
        "expo.recipient": "view add change",
        "expo.hall": "view add change delete",
        "expo.picture": "view",
        "expo.region": "view",
        "expo.outgoingmail": "view",
        "exhibitors.exhibitor": "view",
        "exhibitors.membership": "view add change delete",
        "exhibitors.booth": "view add change",
        "exhibitors.decision": "view",
        "exhibitors.exhibitorchange": "view",
        "exhibitors.firstapproval": "view",
        "exhibitors.certificate": "view",
        "exhibitors.invitation": "view",
        "exhibitors.participation": "view change",
        "exhibitors.phoneconfirmation": "view change",
        "catalog.category": "view",
        "catalog.product": "view change",
        "catalog.productphoto": "view",
        "catalog.placement": "view change",
        "catalog.variant": "view",
        "catalog.pricestep": "view",
        "catalog.review": "view change",
        "inquiries.inquiry": "view change",
        "inquiries.answer": "view add",
        "orders.order": "view change",
        "orders.orderline": "view",
        "orders.orderevent": "view",
        "orders.payment": "view change",
        "orders.paymentsettings": "view",
        "exhibitors.accountchange": "view change",
        "orders.qriscode": "view change",
        "orders.gatewaycharge": "view",
        "orders.match": "view",
        "orders.statement": "view",
        "orders.standsale": "view",
        "orders.standdiscard": "view",
        "orders.standline": "view",
        "orders.cashsignoff": "view",
        "orders.reportedsale": "view change",
        "orders.refund": "view",
        "orders.voucher": "view",
        "orders.voucheruse": "view",
        "visits.visithour": "view",
        "visits.stageday": "view",
        "visits.gatecount": "view add",
        "visits.importedlog": "view",
    },
    Role.FINANCE: {
        "expo.edition": "view",
        "expo.region": "view",
        "exhibitors.exhibitor": "view",
        "exhibitors.booth": "view",
        "catalog.product": "view",
        "orders.order": "view change",
        "orders.orderline": "view",
        "orders.orderevent": "view",
        "orders.payment": "view change",
        "exhibitors.accountchange": "view change",
        "orders.qriscode": "view change",
        "orders.gatewaycharge": "view",
        "orders.match": "view",
        "orders.statement": "view",
        "orders.standsale": "view",
        "orders.standdiscard": "view",
        "orders.standline": "view",
        "orders.cashsignoff": "view",
        "orders.reportedsale": "view change",
        "orders.refund": "view add",
        "orders.voucher": "view add change",
        "orders.voucheruse": "view",
        "journal.entry": "view change",
        "journal.rollupcheck": "view",
        "journal.rollupdifference": "view change",
        "reports.recap": "view add",
        "reports.extracutoff": "view add change",
        "reports.issueproblem": "view",
        "reports.sealcheck": "view add",
        "expo.recipient": "view add change",
        "visits.gatecount": "view",
        "visits.visithour": "view",
    },
    Role.OFFICIAL: {"reports.recap": "view"},
}


def grant_app_permissions(app_config, using="default", **_signal):
    """Give the roles their permissions on one app; after ``migrate`` has created that app's permissions."""
    from django.contrib.auth.models import Group, Permission

    codenames = {
        role: {
            f"{action}_{model}"
            for label, actions in grants.items()
            for app, model in [label.split(".")]
            if app == app_config.label
            for action in actions.split()
        }
        for role, grants in GRANTS.items()
    }
    if not any(codenames.values()):
        return
    permissions = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    with transaction.atomic(using=using):
        for role, wanted in codenames.items():
            group, _created = Group.objects.using(using).get_or_create(name=role.value)
            held = group.permissions.filter(content_type__app_label=app_config.label)
            group.permissions.remove(*[p for p in held if p.codename not in wanted])
            group.permissions.add(*[p for p in permissions if p.codename in wanted])


@transaction.atomic
def give_role(user, role: Role) -> None:
    """Put ``user`` into a role; staff roles may enter the admin from then on."""
    from django.contrib.auth.models import Group

    group, _created = Group.objects.get_or_create(name=Role(role).value)
    user.groups.add(group)
    vars(user).pop("_role_names", None)
    if role in STAFF_ROLES and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])


def roles_of(user) -> frozenset[str]:
    """The names of the user's roles; one query for each user object."""
    if not user.is_authenticated:
        return frozenset()
    if "_role_names" not in vars(user):
        user._role_names = frozenset(user.groups.values_list("name", flat=True))
    return user._role_names


def is_official(user) -> bool:
    """Whether the user may read recaps: officials, and staff who may see recaps."""
    return user.is_active and (Role.OFFICIAL in roles_of(user) or user.has_perm("reports.view_recap"))


def is_staff_role(user) -> bool:
    """Whether the user works for the organiser and may enter the admin."""
    return bool(user.is_active and user.is_staff)


def needs_second_factor(user) -> bool:
    """Whether this user's role demands a second factor that has not been set up yet."""
    from allauth.mfa.utils import is_mfa_enabled

    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    return (is_staff_role(user) or is_official(user)) and not is_mfa_enabled(user)


def answering_for_figures() -> models.QuerySet:
    """Who is told when a figure does not hold: everybody active in the finance role, and superusers."""
    from accounts.models import User

    answering = models.Q(is_superuser=True) | models.Q(groups__name=Role.FINANCE)
    return User.objects.filter(answering, is_active=True).order_by("pk").distinct()
