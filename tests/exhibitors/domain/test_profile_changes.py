"""An approved exhibitor's own words wait for the curators; how to reach it counts at once."""

import pytest
from django.urls import reverse

from exhibitors.domain.decisions import ChangedMeanwhileError, CurationError
from exhibitors.domain.profile_changes import (
    approve_profile,
    as_wanted,
    content_of_profile_change,
    propose_profile,
    reject_profile,
    return_profile,
    withdraw_profile,
)
from exhibitors.domain.steps import content_of_step, save_step
from exhibitors.models import Decision, Exhibitor, ExhibitorChange, ProposalState
from expo.models import OutgoingMail
from tests.factories import make_region

pytestmark = pytest.mark.django_db


def fresh(exhibitor) -> Exhibitor:
    return Exhibitor.objects.get(pk=exhibitor.pk)


def test_a_new_story_waits_and_a_new_number_does_not(as_user, owner, curator):
    client, exhibitor = as_user(owner), owner.exhibitor
    page = reverse("exhibitors:step", args=["cerita"])
    seen = client.get(page).context["seen"]
    answer = client.post(page, {"seen": seen, "story": "Batik tulis sejak 1970.", "story_en": ""}, follow=True)
    assert "ditinjau panitia dahulu" in answer.content.decode()
    assert "Batik tulis sejak 1970." in client.get(reverse("exhibitors:profile")).content.decode()
    assert fresh(exhibitor).story == ""
    assert "Batik tulis sejak 1970." in client.get(page).content.decode()  # its owner goes on from there
    save_step(
        exhibitor,
        "kontak",
        columns=("whatsapp", "phone"),
        values={"whatsapp": "+6281234567890", "phone": ""},
        seen=content_of_step(exhibitor, "kontak", ("whatsapp", "phone")),
        by=owner,
    )
    assert fresh(exhibitor).whatsapp == "+6281234567890"
    approve_profile(ExhibitorChange.objects.get(), by=curator)
    assert fresh(exhibitor).story == "Batik tulis sejak 1970."
    assert not ExhibitorChange.objects.exists()
    approved = Decision.objects.get(after="change_approved")
    assert approved.changes == {"story": ["", "Batik tulis sejak 1970."]}


def test_columns_that_are_judged_together_come_together(owner, curator):
    exhibitor, there, here = owner.exhibitor, make_region(code="33.74"), make_region(code="33.73")
    Exhibitor.objects.filter(pk=exhibitor.pk).update(regency=here)
    change = propose_profile(fresh(exhibitor), {"regency": there, "name": "Batik Wati Asli"}, by=owner)
    assert set(change.wanted) == {"regency", "district", "name"}
    assert as_wanted(fresh(exhibitor), change).regency == there
    Exhibitor.objects.filter(pk=exhibitor.pk).update(story="Ditulis petugas")
    approve_profile(change, by=curator, seen=content_of_profile_change(change))
    assert (fresh(exhibitor).regency, fresh(exhibitor).story) == (there, "Ditulis petugas")


def test_what_moved_since_the_look_is_not_approved(owner, curator):
    change = propose_profile(fresh(owner.exhibitor), {"name": "Batik Wati Asli"}, by=owner)
    seen = content_of_profile_change(change)
    propose_profile(fresh(owner.exhibitor), {"name": "Bank Wati"}, by=owner)
    with pytest.raises(ChangedMeanwhileError):
        approve_profile(change, by=curator, seen=seen)


def test_returned_with_a_note_it_stays_and_taken_back_it_goes(as_user, owner, curator):
    exhibitor = owner.exhibitor
    change = propose_profile(fresh(exhibitor), {"name": "BATIK!!", "nib": "9120200000001"}, by=owner)
    return_profile(change, by=curator, notes={"name": "Tanpa huruf besar semua."})
    assert "Tanpa huruf besar semua." in OutgoingMail.objects.get(to=owner.email).body
    client = as_user(owner)
    assert "Tanpa huruf besar semua." in client.get(reverse("exhibitors:step", args=["usaha"])).content.decode()
    propose_profile(fresh(exhibitor), {"name": "Batik Wati Asli"}, by=owner)
    change = ExhibitorChange.objects.get()
    assert (change.state, change.wanted["nib"]) == (ProposalState.WAITING, "9120200000001")
    client.post(reverse("exhibitors:proposal-withdrawal"))
    assert not ExhibitorChange.objects.exists()
    assert not withdraw_profile(exhibitor, by=owner)
    with pytest.raises(CurationError):
        approve_profile(change, by=curator)
    reject_profile(propose_profile(fresh(exhibitor), {"name": "Lain"}, by=owner), by=curator, reason="Bukan usaha ini")
    assert fresh(exhibitor).name == "Batik Wati"


def test_what_is_as_it_stands_is_no_proposal(owner):
    exhibitor = fresh(owner.exhibitor)
    assert propose_profile(exhibitor, {"name": exhibitor.name}, by=owner) is None
    propose_profile(exhibitor, {"name": "Lain"}, by=owner)
    assert propose_profile(exhibitor, {"name": exhibitor.name}, by=owner) is None
    assert not ExhibitorChange.objects.exists()
