import pytest

from accounts.models import User
from demo.accounts import PASSWORD, PEOPLE, SUPERUSER, load_accounts
from exhibitors.models import Membership
from tests.factories import make_exhibitor

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_its_sign_ins():
    load_accounts(make_exhibitor())
    assert User.objects.count() == len(PEOPLE)
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert User.objects.get(email=SUPERUSER).is_superuser


def test_a_server_has_no_sign_in_whose_password_is_published(settings):
    settings.DEMO = False
    load_accounts(make_exhibitor())
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not User.objects.filter(is_staff=True).exists()
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(groups__isnull=False).exists()
    assert Membership.objects.count() == 1
