import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse

from exhibitors.models import Membership
from exhibitors.permissions import (
    exhibitor_owner_required,
    exhibitor_required,
    memberships_of,
    switch_exhibitor,
)
from tests.factories import make_product


@exhibitor_required
def members_page(request):
    return HttpResponse(request.exhibitor.name)


@exhibitor_owner_required
def owners_page(request):
    return HttpResponse(request.exhibitor.name)


def request_of(rf, user, method="get"):
    request = getattr(rf, method)("/dasbor/")
    request.user = user
    request.session = {}
    return request


@pytest.mark.parametrize("role", ["owner", "helper"])
def test_members_work_for_their_exhibitor(rf, request, role):
    response = members_page(request_of(rf, request.getfixturevalue(role)))
    assert response.content == b"Batik Wati"


def test_anonymous_is_asked_to_sign_in(rf):
    response = members_page(request_of(rf, AnonymousUser()))
    assert response.status_code == 302
    assert response.url == "/akun/login/?next=/dasbor/"


def test_writing_without_an_exhibitor_is_refused(rf, shopper):
    with pytest.raises(PermissionDenied):
        members_page(request_of(rf, shopper, "post"))


def test_helper_may_not_do_what_owners_may(rf, owner, helper):
    assert owners_page(request_of(rf, owner)).status_code == 200
    with pytest.raises(PermissionDenied):
        owners_page(request_of(rf, helper))


def test_switcher_stays_among_own_exhibitors(rf, owner, outsider, shopper):
    request = request_of(rf, owner)
    with pytest.raises(Http404):
        switch_exhibitor(request, outsider.exhibitor.pk)
    Membership.objects.create(user=owner, exhibitor=outsider.exhibitor)
    switch_exhibitor(request, outsider.exhibitor.pk)
    assert members_page(request).content == b"Keramik Joko"
    assert [m.exhibitor.name for m in memberships_of(request)] == ["Batik Wati", "Keramik Joko"]


def test_switch_is_forgotten_with_the_membership(rf, owner, outsider):
    request = request_of(rf, owner)
    request.session["exhibitor"] = outsider.exhibitor.pk
    assert members_page(request).content == b"Batik Wati"


@pytest.fixture
def address(outsider):
    """Of a product of the outsider's."""
    return reverse("catalog:dashboard-product", args=[make_product(exhibitor=outsider.exhibitor).pk])


def test_a_link_about_another_of_ones_exhibitors_leads_there(as_user, owner, outsider, address):
    Membership.objects.create(user=owner, exhibitor=outsider.exhibitor)
    client = as_user(owner)
    assert client.get("/dasbor/").context["exhibitor"] == owner.exhibitor
    page = client.get(address, follow=True)
    assert page.redirect_chain == [(address, 302)]
    assert "Anda sekarang mengelola Keramik Joko." in page.content.decode()
    assert client.get("/dasbor/").context["exhibitor"] == outsider.exhibitor


def test_a_link_about_somebody_elses_leads_nowhere(as_user, owner, address):
    assert as_user(owner).get(address).status_code == 404


def test_writing_never_goes_over_to_another(as_user, owner, outsider, address):
    Membership.objects.create(user=owner, exhibitor=outsider.exhibitor)
    client = as_user(owner)
    assert client.post(f"{address}arsip/").status_code == 404
    assert client.get("/dasbor/").context["exhibitor"] == owner.exhibitor
