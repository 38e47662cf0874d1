"""Registration as pages: three things, then steps in any order, then the curators."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibitors.domain.curation import return_exhibitor, submit_exhibitor
from exhibitors.domain.profile_changes import propose_profile
from exhibitors.models import Decision, Exhibitor, Membership, StepDraft
from exhibitors.own_steps import OWN_STEPS
from exhibitors.steps import steps_of
from expo.models import OutgoingMail
from tests.factories import make_category
from tests.pictures import photo_file
from tests.registering import complete, make_district

TYPED = ["nib", "owner_name", "email", "place", "whatsapp", "legal_number", "member_count", "story", "name"]
KEY = "0123456789abcdef" * 2


def url(name, *args):
    return reverse(f"exhibitors:{name}", args=args)


def begin(client, **more):
    fields = {"key": KEY, "name": "Anyaman Sari", "category": make_category(name="Anyaman").pk, **more}
    return client.post(url("register"), {**fields, "banner": photo_file()}, follow=True)


def save(client, step, **fields):
    page = client.get(url("step", step))
    return client.post(url("step", step), {"seen": page.context["seen"], **fields}, follow=True)


def state_of(exhibitor, name):
    return next(step.state for step in steps_of(exhibitor) if step.name == name)


@pytest.fixture
def draft(as_user, shopper):
    client = as_user(shopper)
    begin(client)
    return client, Exhibitor.objects.get()


def test_three_things_make_a_draft_once(as_user, shopper):
    client = as_user(shopper)
    page = begin(client).content.decode()
    exhibitor = Exhibitor.objects.get()
    assert (exhibitor.name, exhibitor.state, exhibitor.category.name) == ("Anyaman Sari", "draft", "Anyaman")
    assert exhibitor.banner is not None
    assert Membership.objects.get().role == "owner"
    assert "Nama, foto, dan kategori" in page
    begin(client)
    assert Exhibitor.objects.count() == 1
    begin(client, key="f" * 32, name="Usaha kedua")
    assert Exhibitor.objects.count() == 2


def test_who_has_no_account_finds_the_draft_after_signing_in(client, shopper):
    page = begin(client)
    assert page.request["PATH_INFO"] == reverse("account_signup")
    assert "Anyaman Sari" in page.content.decode()
    assert not Exhibitor.objects.exists()
    response = client.post(
        reverse("account_login"),
        {"login": shopper.email, "password": "rahasia-sekali-31", "next": url("register")},
        follow=True,
    )
    assert response.request["PATH_INFO"] == url("registration")
    exhibitor = Exhibitor.objects.get()
    assert exhibitor.banner is not None
    assert exhibitor.memberships.get().user == shopper


def test_what_is_wrong_is_kept_and_marked(draft):
    client, exhibitor = draft
    page = save(client, "nib", nib="12 34").content.decode()
    assert 'value="12 34"' in page
    assert "NIB terdiri atas 13 angka" in page
    assert state_of(exhibitor, "nib") == "wrong"
    assert 'value="12 34"' in client.get(url("step", "nib")).content.decode()
    save(client, "nib", nib="9120.0012.34567")
    exhibitor.refresh_from_db()
    assert exhibitor.nib == "9120001234567"
    assert state_of(exhibitor, "nib") == "done"
    assert not StepDraft.objects.exists()


def test_right_fields_are_saved_beside_wrong_ones(draft):
    client, exhibitor = draft
    save(client, "kontak", whatsapp="0812-3456-7890", phone="abc")
    exhibitor.refresh_from_db()
    assert exhibitor.whatsapp == "+6281234567890"
    assert StepDraft.objects.get().values == {"phone": "abc"}


def test_a_cooperative_is_asked_more(draft):
    client, exhibitor = draft
    save(client, "jenis", kind="koperasi")
    assert next(step for step in steps_of(Exhibitor.objects.get()) if step.name == "jenis").lacks == (
        "nomor badan hukum",
        "jumlah anggota",
    )
    save(client, "jenis", kind="koperasi", legal_number="ahu-0001234.ah.01.26.tahun 2021", member_count="48")
    exhibitor.refresh_from_db()
    assert (exhibitor.legal_number, exhibitor.member_count) == ("AHU-0001234.AH.01.26.TAHUN 2021", 48)
    save(client, "jenis", kind="ukm", legal_number="", member_count="")
    exhibitor.refresh_from_db()
    assert (exhibitor.kind, exhibitor.member_count) == ("ukm", 48)  # nothing is lost by a mistaken choice
    assert state_of(exhibitor, "jenis") == "done"


def test_a_place_is_found_by_its_name_or_chosen(draft):
    client, exhibitor = draft
    make_district(code="33.73.01", name="Sidorejo")
    other = make_district(code="33.74.02", name="Sidorejo Lor")
    page = save(client, "lokasi", place="Sidorejo")
    assert "Ada beberapa tempat" in page.content.decode()
    save(client, "lokasi", place="Sidorejo", area=other.code, area_for="Sidorejo")
    exhibitor.refresh_from_db()
    assert exhibitor.district == other
    assert state_of(exhibitor, "lokasi") == "done"
    assert "tidak ditemukan" in save(client, "lokasi", place="Atlantis").content.decode()
    exhibitor.refresh_from_db()
    assert exhibitor.district == other


def test_two_people_in_one_step_lose_nothing_silently(as_user, owner, helper):
    owner.exhibitor.state = "draft"
    owner.exhibitor.save()
    client = as_user(owner)
    seen = client.get(url("step", "cerita")).context["seen"]
    as_user(helper).post(url("step", "cerita"), {"seen": seen, "story": "Kata Budi", "story_en": ""})
    client = as_user(owner)
    page = client.post(url("step", "cerita"), {"seen": seen, "story": "Kata Wati", "story_en": ""})
    assert page.status_code == 409
    text = page.content.decode()
    assert "orang lain menyimpan langkah ini" in text
    assert "Kata Budi" in text
    assert "Kata Wati" in text
    again = client.post(url("step", "cerita"), {"seen": page.context["seen"], "story": "Kata Wati", "story_en": ""})
    assert again.status_code == 302
    assert Exhibitor.objects.get().story == "Kata Wati"
    # the same once more, from a page that is older still: nothing differs, nothing is asked
    assert client.post(url("step", "cerita"), {"seen": seen, "story": "Kata Wati", "story_en": ""}).status_code == 302


def test_sending_says_per_step_what_lacks_and_sends_once(draft):
    client, exhibitor = draft
    page = client.post(url("submission"))
    assert page.status_code == 409
    assert "Lokasi usaha (kabupaten/kota, kecamatan)" in page.content.decode()
    assert page.context["next_step"].name == "nib"
    assert "Lanjut: Nomor Induk Berusaha (NIB)" in page.content.decode()
    complete(exhibitor)
    assert "Kirim di bawah." in client.get(url("registration")).content.decode()
    assert client.post(url("submission")).status_code == 302
    assert client.post(url("submission")).status_code == 409
    assert Decision.objects.filter(after="submitted").count() == 1
    exhibitor.refresh_from_db()
    assert exhibitor.state == "submitted"


def test_only_owners_send(as_user, helper):
    complete(helper.exhibitor)
    Exhibitor.objects.update(state="draft")
    client = as_user(helper)
    assert client.post(url("submission")).status_code == 403
    page = client.get(url("registration")).content.decode()
    assert url("submission") not in page
    assert reverse("orders:payment-settings") not in page.split("<main", 1)[1]


def test_notes_stand_at_their_fields_until_they_are_answered(as_user, owner, curator):
    exhibitor = complete(owner.exhibitor)
    Exhibitor.objects.update(state="draft")
    submit_exhibitor(exhibitor, by=owner)
    return_exhibitor(
        exhibitor, by=curator, notes={"nib": "Tertukar dua angka.", "story": "Ceritakan bahannya.", "x": "-"}
    )
    mail = OutgoingMail.objects.get(to=owner.email, subject__contains="perlu diperbaiki")
    assert "- NIB: Tertukar dua angka." in mail.body
    client = as_user(owner)
    page = client.get(url("registration")).content.decode()
    assert page.count("Diminta diperbaiki") == 2
    assert 'id="id_nib_note"' in client.get(url("step", "nib")).content.decode()

    save(client, "nib", nib="9120001234576")
    page = client.get(url("registration")).content.decode()
    assert page.count("Diminta diperbaiki") == 1
    assert "Sudah Anda ubah" in page
    page = client.post(url("submission"), {"message": ""})
    assert "Catatan panitia belum dijawab: cerita usaha" in page.content.decode()
    client.post(url("submission"), {"message": "Bahannya rahasia keluarga."})
    exhibitor.refresh_from_db()
    assert exhibitor.state == "submitted"
    assert Decision.objects.filter(after="submitted").latest("pk").reason == "Bahannya rahasia keluarga."


def test_an_approved_exhibitor_takes_only_what_is_right(as_user, owner):
    complete(owner.exhibitor)
    client = as_user(owner)
    page = save(client, "nib", nib="123")
    assert "NIB terdiri atas 13 angka" in page.content.decode()
    assert "belum diisi" in save(client, "cerita", story="").content.decode()
    owner.exhibitor.refresh_from_db()
    assert (owner.exhibitor.nib, owner.exhibitor.story) == ("9120001234567", "Kami membatik sejak 1990.")
    assert not StepDraft.objects.exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.dictionaries(st.sampled_from(TYPED), st.text(max_size=60), max_size=3))
def test_whatever_is_typed_is_there_when_one_comes_back(draft, texts):
    """Every text of every step: either it is stored, or it is a draft that the page shows again."""
    client, exhibitor = draft
    for name, own in OWN_STEPS.items():
        fields = {field: text for field, text in texts.items() if field in own.form.base_fields}
        if not fields:
            continue
        if name == "jenis":
            fields["kind"] = "koperasi"
        response = save(client, name, **fields)
        assert response.status_code == 200
        exhibitor.refresh_from_db()
        kept = StepDraft.objects.filter(step=name).first()
        for field, text in fields.items():
            if kept and field in kept.values:
                assert kept.values[field] == text.replace("\0", "")
                assert client.get(url("step", name)).context["form"][field].value() == kept.values[field]
            elif text.strip() and field != "kind":
                assert getattr(exhibitor, field)  # it was right, and is stored as it is kept


def test_each_field_of_a_profile_that_waits_says_so(as_user, owner):
    exhibitor = complete(owner.exhibitor)
    other = make_district(code="33.73.02", name="Tingkir")
    propose_profile(exhibitor, {"story": "Sejak 1970", "district": other}, by=owner)
    client = as_user(owner)
    page = client.get(reverse("exhibitors:step", args=["cerita"])).content.decode()
    assert "id_story_waiting" in page
    assert "<dd>Kami membatik sejak 1990.</dd>" in page
    assert "id_story_en_waiting" not in page
    page = client.get(reverse("exhibitors:step", args=["lokasi"])).content.decode()
    assert "id_place_waiting" in page
    assert "Tingkir" in page
    assert "id_owner_name_waiting" not in client.get(reverse("exhibitors:step", args=["pemilik"])).content.decode()


def test_at_the_limit_nothing_typed_is_lost(as_user, shopper, monkeypatch):
    monkeypatch.setattr("exhibitors.views_registration.STARTS_AN_HOUR", 1)
    client = as_user(shopper)
    begin(client, name="")
    refused = begin(client)
    html = refused.content.decode()
    assert (refused.status_code, Exhibitor.objects.count()) == (429, 0)
    assert int(refused.headers["Retry-After"]) > 0
    assert 'value="Anyaman Sari"' in html
    assert "coba lagi dalam" in html
    kept = refused.context["form"]["banner"].value()
    assert kept is not None
    assert f'value="{kept.digest}"' in html


def test_people_who_share_an_address_do_not_shut_each_other_out(as_user, shopper, owner, monkeypatch):
    monkeypatch.setattr("exhibitors.views_registration.STARTS_AN_HOUR", 1)
    begin(as_user(shopper))
    assert begin(as_user(owner), key="f" * 32).status_code == 200
    assert Exhibitor.objects.filter(name="Anyaman Sari").count() == 2
    monkeypatch.setattr("exhibitors.views_registration.STARTS_OF_ADDRESS", 1)
    monkeypatch.setattr("exhibitors.views_registration.PHOTOS_OF_ADDRESS", 1)
    begin(as_user(owner), key="e" * 32)
    assert Exhibitor.objects.filter(name="Anyaman Sari").count() == 2
