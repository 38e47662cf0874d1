"""People of an exhibitor: invitations, roles, the last owner."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from exhibitors.domain.decisions import CurationError
from exhibitors.domain.invitations import InvitationError, accept, find_invitation, invite, resend, revoke, token_of
from exhibitors.domain.people import remove_member, set_member
from exhibitors.models import Decision, Invitation, Membership
from expo.models import OutgoingMail
from tests.cast import PASSWORD, person

NOW = timezone.now()
WEEK = dt.timedelta(days=7)


def url(name, *args):
    return reverse(f"exhibitors:{name}", args=args)


def link(invitation):
    return url("invitation", token_of(invitation))


def test_an_invited_person_without_account_signs_up_and_comes_in(client, as_user, owner, mailoutbox):
    as_user(owner).post(url("people"), {"email": "Tini@contoh.test", "role": "staff"})
    client.logout()
    body = OutgoingMail.objects.get(to="tini@contoh.test").body
    invitation = Invitation.objects.get()
    assert link(invitation) in body
    page = client.get(link(invitation)).content.decode()
    assert "t***@contoh.test" in page
    assert "tini@contoh.test" not in page.replace("tini%40contoh.test", "")
    tini = person("Tini")
    response = client.post(
        reverse("account_login"),
        {"login": tini.email, "password": PASSWORD, "next": link(invitation)},
        follow=True,
    )
    assert "Terima undangan" in response.content.decode()
    response = client.post(link(invitation), follow=True)
    assert response.request["PATH_INFO"] == url("dashboard")
    assert owner.exhibitor.memberships.get(user=tini).role == "staff"
    assert client.post(link(invitation)).status_code == 302  # who has used it is led to the dashboard
    assert [entry.reason[:16] for entry in Decision.objects.order_by("pk")] == ["tini@contoh.test", "Tini (tini@conto"]


@pytest.mark.parametrize("which", ["other", "expired", "revoked", "resent", "forged", "used", "demoted"])
def test_invitations_that_let_nobody_in(as_user, owner, shopper, outsider, which):
    invitation = invite(owner.exhibitor, shopper.email, "owner", by=owner)
    address, user = link(invitation), shopper
    if which == "other":
        user = outsider
    elif which == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif which == "revoked":
        revoke(invitation, by=owner)
    elif which == "resent":
        resend(invitation, by=owner)
    elif which == "forged":
        address = url("invitation", invitation.nonce)
    elif which == "used":
        accept(invitation, shopper)
        Membership.objects.filter(user=shopper).delete()
    else:
        set_member(owner.exhibitor, outsider, "owner", by=owner)
        set_member(owner.exhibitor, owner, "staff", by=outsider)
    as_user(user).post(address)
    assert not owner.exhibitor.memberships.filter(user=shopper).exists()
    if which == "other":
        assert not owner.exhibitor.memberships.filter(user=outsider).exists()


def test_a_week_to_the_moment(owner, shopper):
    invitation = invite(owner.exhibitor, shopper.email, "staff", by=owner, now=NOW)
    with pytest.raises(InvitationError):
        accept(invitation, shopper, now=NOW + WEEK)
    assert accept(invitation, shopper, now=NOW + WEEK - dt.timedelta(microseconds=1)).role == "staff"


def test_inviting_again_is_one_invitation_and_nobody_is_taken_down(owner, helper, shopper):
    first = invite(owner.exhibitor, shopper.email, "staff", by=owner)
    second = invite(owner.exhibitor, f" {shopper.email.upper()}", "owner", by=owner)
    assert first.pk == second.pk
    assert find_invitation(token_of(first)) is None
    with pytest.raises(InvitationError, match="sudah mengelola"):
        invite(owner.exhibitor, helper.email, "staff", by=owner)
    set_member(owner.exhibitor, shopper, "owner", by=owner)
    Invitation.objects.update(role="staff")
    accept(Invitation.objects.get(), shopper)
    assert owner.exhibitor.memberships.get(user=shopper).role == "owner"


def test_the_last_owner_stays(as_user, owner, helper):
    mine = owner.exhibitor.memberships.get(user=owner)
    client = as_user(owner)
    client.post(url("leaving"))
    client.post(url("member-removal", mine.pk))
    client.post(url("member-role", mine.pk), {"role": "staff"})
    mine.refresh_from_db()
    assert mine.role == "owner"
    client.post(url("member-role", owner.exhibitor.memberships.get(user=helper).pk), {"role": "owner"})
    helper.is_active = False
    helper.save()
    with pytest.raises(CurationError):  # an owner who can't sign in is none
        remove_member(mine, by=owner)
    helper.is_active = True
    helper.save()
    client.post(url("leaving"))
    assert not owner.exhibitor.memberships.filter(user=owner).exists()
    reasons = list(Decision.objects.order_by("pk").values_list("reason", flat=True))
    assert reasons == ["Budi (budi@contoh.test) menjadi Pemilik.", "Wati (wati@contoh.test) bukan lagi Pemilik."]


@pytest.mark.parametrize("role", ["helper", "outsider"])
def test_people_are_the_owners_business(as_user, request, owner, role):
    user = request.getfixturevalue(role)
    invitation = invite(owner.exhibitor, "tini@contoh.test", "owner", by=owner)
    mine = owner.exhibitor.memberships.get(user=owner)
    client = as_user(user)
    before = list(Membership.objects.order_by("pk").values()), list(Invitation.objects.values())
    answers = [
        client.post(url("member-role", mine.pk), {"role": "staff"}),
        client.post(url("member-removal", mine.pk)),
        client.post(url("invitation-resending", invitation.pk)),
        client.post(url("invitation-revocation", invitation.pk)),
    ]
    assert {answer.status_code for answer in answers} == ({403} if role == "helper" else {404})
    assert (list(Membership.objects.order_by("pk").values()), list(Invitation.objects.values())) == before
    if role == "helper":
        assert client.get(url("people")).status_code == 403
        assert f'href="{url("people")}"' not in client.get(url("profile")).content.decode()
