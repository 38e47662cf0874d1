import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from accounts.models import User
from accounts.roles import GRANTS, grant_app_permissions, is_official, is_staff_role


def permissions_of(role):
    return {f"{p.content_type.app_label}.{p.codename}" for p in Group.objects.get(name=role).permissions.all()}


@pytest.mark.django_db
def test_every_grant_exists_after_migrate():
    for role, grants in GRANTS.items():
        wanted = {f"{m.split('.')[0]}.{a}_{m.split('.')[1]}" for m, actions in grants.items() for a in actions.split()}
        assert permissions_of(role) == wanted


@pytest.mark.django_db
def test_granting_again_takes_back_what_is_not_in_the_table():
    group = Group.objects.get(name="official")
    group.permissions.add(Permission.objects.get(codename="delete_recap"))
    grant_app_permissions(apps.get_app_config("reports"))
    assert permissions_of("official") == {"reports.view_recap"}


def test_who_is_what(owner, curator, finance, official):
    assert [is_staff_role(u) for u in (owner, curator, finance, official)] == [False, True, True, False]
    # Asked afresh: force_login and views load the user again.
    fresh = [User.objects.get(pk=u.pk) for u in (owner, curator, finance, official)]
    assert [is_official(u) for u in fresh] == [False, False, True, True]
