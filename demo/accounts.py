"""The sign-ins of the demonstration. They are made there and nowhere else."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model

from accounts.roles import Role, give_role
from exhibitors.models import Exhibitor, MemberRole, Membership

PASSWORD = "pameran-kita"  # noqa: S105 (printed by make run; exists in the demonstration alone)
EXHIBITOR, STAFF, SUPERUSER = "peserta@contoh.example", "keuangan@contoh.example", "admin@contoh.example"
NEWCOMER, CURATOR = "pendaftar@contoh.example", "kurasi@contoh.example"
PEOPLE = (
    ("Peserta", EXHIBITOR, "Pemilik Stan", None),
    ("Pendaftar", NEWCOMER, "Calon Peserta", None),
    ("Kurasi", CURATOR, "Petugas Kurasi", Role.CURATION),
    ("Operator", "operator@contoh.example", "Petugas Operator", Role.OPERATOR),
    ("Keuangan", STAFF, "Petugas Keuangan", Role.FINANCE),
    ("Pejabat", "pejabat@contoh.example", "Kepala Dinas", Role.OFFICIAL),
    ("Superuser", SUPERUSER, "Pengelola Sistem", None),
)
# (role, e-mail address, password), as make run prints them
DEMO_ACCOUNTS = [(role, email, PASSWORD) for role, email, _, _ in PEOPLE] if settings.DEMO else []


def load_accounts(exhibitor: Exhibitor) -> None:
    """Make the people of ``PEOPLE`` who are not there yet; the first owns ``exhibitor``."""
    for _, email, name, role in PEOPLE:
        user = load_person(email, name, superuser=email == SUPERUSER)
        if role and settings.DEMO:
            give_role(user, role)
        if email == EXHIBITOR:
            Membership.objects.get_or_create(user=user, exhibitor=exhibitor, defaults={"role": MemberRole.OWNER})


def load_person(email: str, name: str, *, superuser: bool):
    users = get_user_model().objects
    user = users.filter(email=email).first()
    if user is None:
        # Elsewhere they only bear names: nobody signs in to a server with a password that stands in this file.
        demonstration = settings.DEMO
        create = users.create_superuser if superuser and demonstration else users.create_user
        user = create(email, PASSWORD if demonstration else None, name=name)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
