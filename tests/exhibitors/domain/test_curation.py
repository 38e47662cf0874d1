import pytest

from exhibitors.domain.curation import (
    approve_exhibitor,
    reject_exhibitor,
    return_exhibitor,
    submit_exhibitor,
    suspend_exhibitor,
)
from exhibitors.domain.decisions import CurationError, latest_decision
from exhibitors.domain.phones import confirm_by_hand
from exhibitors.domain.registration import register_exhibitor
from exhibitors.models import Decision, Exhibitor, Membership
from exhibitors.queues import waiting_phones
from exhibitors.states import TRANSITIONS, CurationState
from expo.models import OutgoingMail
from expo.phones import show_phone
from tests.factories import confirm_number, make_exhibitor
from tests.registering import everything


def in_state(state):
    return make_exhibitor(state=state, **everything())


def test_draft_belongs_to_who_registered(shopper):
    exhibitor = register_exhibitor(Exhibitor(name="Batik Sari & Rekan"), owner=shopper)
    assert (exhibitor.slug, exhibitor.state, exhibitor.email) == ("batik-sari-rekan", "draft", shopper.email)
    assert Membership.objects.get(exhibitor=exhibitor).role == "owner"
    assert register_exhibitor(Exhibitor(name="Batik Sari Rekan"), owner=shopper).slug == "batik-sari-rekan-2"


@pytest.mark.django_db
def test_submit_names_what_is_missing(shopper):
    exhibitor = register_exhibitor(Exhibitor(name="Batik Sari"), owner=shopper)
    with pytest.raises(CurationError, match=r"Nama, foto, dan kategori \(spanduk stan, kategori utama\)") as refused:
        submit_exhibitor(exhibitor, by=shopper)
    for missing in (
        "(NIB)",
        "(kabupaten/kota, kecamatan)",
        "(WhatsApp)",
        "(rekening bank atau QRIS)",
        "(cerita usaha)",
    ):
        assert missing in str(refused.value)
    assert "pemilik" not in str(refused.value)
    exhibitor.refresh_from_db()
    assert exhibitor.state == "draft"


def test_the_way_to_approval_is_logged(curator, owner):
    exhibitor = in_state("draft")
    submit_exhibitor(exhibitor, by=owner)
    return_exhibitor(exhibitor, by=curator, reason=" Foto spanduk buram. ")
    submit_exhibitor(exhibitor, by=owner, message=" Sudah diganti. ")
    with pytest.raises(CurationError, match="belum dikonfirmasi"):
        approve_exhibitor(exhibitor, by=curator)
    with pytest.raises(CurationError, match="bagaimana Anda memastikannya"):
        confirm_by_hand(exhibitor, by=curator, reason="  ")
    confirm_by_hand(exhibitor, by=curator, reason="Ditelepon.")
    with pytest.raises(CurationError, match="sudah dikonfirmasi"):
        confirm_by_hand(exhibitor, by=curator, reason="Ditelepon lagi.")
    approve_exhibitor(exhibitor, by=curator)
    exhibitor.refresh_from_db()
    assert exhibitor.state == CurationState.APPROVED
    assert exhibitor.submitted_at is not None
    log = Decision.objects.filter(subject_id=exhibitor.pk).order_by("pk")
    confirmed = f"Nomor WhatsApp {show_phone(exhibitor.whatsapp)} dikonfirmasi. Ditelepon."
    assert [(d.before, d.after, d.decided_by, d.reason) for d in log] == [
        ("draft", "submitted", owner, ""),
        ("submitted", "returned", curator, "Foto spanduk buram."),
        ("returned", "submitted", owner, "Sudah diganti."),
        ("submitted", "submitted", curator, confirmed),
        ("submitted", "approved", curator, ""),
    ]
    assert latest_decision(exhibitor).after == "approved"


def test_a_number_that_no_code_was_asked_for_is_handed_to_staff(owner, curator):
    exhibitor = in_state("draft")
    submit_exhibitor(exhibitor, by=owner)
    assert waiting_phones()[0] == 1
    return_exhibitor(exhibitor, by=curator, reason="Foto buram.")
    submit_exhibitor(exhibitor, by=owner)
    assert waiting_phones()[0] == 1


def test_who_was_approved_stays_so_with_another_number(curator):
    exhibitor = in_state("approved")
    suspend_exhibitor(exhibitor, by=curator, reason="Dilaporkan.")
    assert approve_exhibitor(exhibitor, by=curator).state == "approved"


@pytest.mark.parametrize("verb", [return_exhibitor, reject_exhibitor])
def test_refusing_needs_a_reason(verb, curator):
    exhibitor = in_state("submitted")
    with pytest.raises(CurationError, match="alasan"):
        verb(exhibitor, by=curator, reason="  ")
    exhibitor.refresh_from_db()
    assert exhibitor.state == "submitted"


@pytest.mark.parametrize("before", list(CurationState))
def test_only_moves_of_the_table_are_possible(before, curator):
    verbs = {
        "approved": approve_exhibitor,
        "returned": return_exhibitor,
        "rejected": reject_exhibitor,
        "suspended": suspend_exhibitor,
    }
    for after, verb in verbs.items():
        exhibitor = in_state(before)
        confirm_number(exhibitor)
        if after in TRANSITIONS[before]:
            assert verb(exhibitor, by=curator, reason="Sebab").state == after
        else:
            with pytest.raises(CurationError):
                verb(exhibitor, by=curator, reason="Sebab")


def test_everyone_of_the_exhibitor_is_told_in_their_language(owner, helper, curator):
    helper.language = "en"
    helper.save()
    Exhibitor.objects.filter(pk=owner.exhibitor.pk).update(state="submitted")
    return_exhibitor(owner.exhibitor, by=curator, reason="NIB belum diisi.")
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {owner.email, helper.email}
    assert mails[owner.email].subject == "Data Batik Wati perlu diperbaiki"
    assert "NIB belum diisi." in mails[owner.email].body
    assert "/dasbor/" in mails[owner.email].body
    assert mails[helper.email].language == "en"
    assert "/en/dasbor/" in mails[helper.email].body
