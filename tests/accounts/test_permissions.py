import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from accounts.permissions import official_required, staff_required


@official_required
def recaps(request):
    return HttpResponse("recaps")


@staff_required
def desk(request):
    return HttpResponse("desk")


def request_of(rf, user):
    request = rf.get("/laporan/?edisi=2")
    request.user = user
    return request


def test_officials_and_finance_read_recaps(rf, official, finance):
    assert recaps(request_of(rf, official)).content == b"recaps"
    assert recaps(request_of(rf, finance)).content == b"recaps"


@pytest.mark.parametrize("role", ["shopper", "owner", "curator"])
def test_others_do_not(rf, request, role):
    with pytest.raises(PermissionDenied):
        recaps(request_of(rf, request.getfixturevalue(role)))


def test_anonymous_is_asked_to_sign_in(rf):
    assert recaps(request_of(rf, AnonymousUser())).url == "/akun/login/?next=/laporan/%3Fedisi%3D2"


def test_staff_only(rf, curator, official):
    assert desk(request_of(rf, curator)).content == b"desk"
    with pytest.raises(PermissionDenied):
        desk(request_of(rf, official))


def test_server_demands_a_second_factor(rf, settings, official):
    settings.SECOND_FACTOR_REQUIRED = True
    response = recaps(request_of(rf, official))
    assert response.url == "/akun/2fa/totp/activate/?next=%2Flaporan%2F%3Fedisi%3D2"
    Authenticator.objects.create(user=official, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert recaps(request_of(rf, official)).content == b"recaps"
