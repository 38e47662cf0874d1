"""The curator's desk: all that is needed on one page, one click a decision, the next opens by itself."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role, give_role
from catalog.domain.proposals import propose_change
from exhibitors.domain.curation import approve_exhibitor, return_exhibitor
from exhibitors.domain.profile_changes import propose_profile
from exhibitors.models import Decision, Exhibitor
from exhibitors.twins import is_same_bank
from tests.cast import person
from tests.factories import make_booth, make_edition, make_exhibitor, make_product, wib
from tests.orders.ways import give_qris
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def waiting(name, day=1, **fields):
    return make_exhibitor(name=name, state="submitted", submitted_at=wib(2026, 1, day), **fields)


def desk(model, subject):
    return reverse(f"admin:{model}_desk", args=[subject.pk])


def press(client, page, verb, **fields):
    html = client.get(page).content.decode()
    seen = dict(re.findall(r'name="(seen_\d+)" value="(\w*)"', html))
    return client.post(page, {"verb": verb, "reason": "", **seen, **fields}, follow=True)


def test_one_click_decides_and_the_oldest_of_the_rest_opens(as_user, curator):
    later, first = waiting("Batik Kedua", 2), waiting("Batik Pertama", 1)
    client = as_user(curator)
    opened = client.get(reverse("admin:exhibitors_exhibitor_next"), follow=True)
    assert opened.redirect_chain[-1][0] == desk("exhibitors_exhibitor", first)
    answer = press(client, desk("exhibitors_exhibitor", first), "approve")
    assert answer.redirect_chain[-1][0] == desk("exhibitors_exhibitor", later)
    first.refresh_from_db()
    assert first.state == "approved"
    answer = press(client, desk("exhibitors_exhibitor", later), "reject", reason="Bukan UKM")
    assert answer.redirect_chain[-1][0] == "/admin/"
    assert "Tidak ada lagi yang menunggu" in answer.content.decode()


def test_a_number_is_confirmed_by_a_call_before_the_approval(as_user, curator):
    exhibitor = waiting("Batik Baru", whatsapp="+6281234567890")
    client, page = as_user(curator), desk("exhibitors_exhibitor", exhibitor)
    assert "belum dikonfirmasi" in press(client, page, "approve", reason="NIB cocok.").content.decode()
    answer = press(client, page, "phone", reason="Ditelepon, yang menjawab pemiliknya.")
    assert answer.redirect_chain[-1][0] == page
    html = answer.content.decode()
    assert "Ditelepon, yang menjawab pemiliknya." in html
    assert "Pesan pemilik" not in html
    assert 'value="phone"' not in html
    press(client, page, "approve")
    exhibitor.refresh_from_db()
    assert exhibitor.state == "approved"


def test_colleagues_are_led_past_what_is_open_and_what_was_skipped(as_user, curator):
    first, second, third = (waiting(f"Usaha {day}", day) for day in (1, 2, 3))
    colleague = person("Bagus")
    give_role(colleague, Role.CURATION)
    start = reverse("admin:exhibitors_exhibitor_next")
    as_user(curator).get(start, follow=True)
    client = as_user(colleague)
    assert client.get(start).url == desk("exhibitors_exhibitor", second)
    assert "Ratna sedang membuka" in client.get(desk("exhibitors_exhibitor", first)).content.decode()
    assert client.get(f"{start}?lewati={first.pk}").url == desk("exhibitors_exhibitor", second)
    assert client.get(start).url == desk("exhibitors_exhibitor", second)  # passing it over does not open it to others
    assert client.get(f"{start}?lewati={second.pk}").url == desk("exhibitors_exhibitor", third)


def test_what_was_skipped_stays_away_until_the_end_and_is_offered_there(as_user, curator):
    first, second, third = (waiting(f"Usaha {day}", day) for day in (1, 2, 3))
    client, start = as_user(curator), reverse("admin:exhibitors_exhibitor_next")
    assert client.get(f"{start}?lewati={first.pk}").url == desk("exhibitors_exhibitor", second)
    answer = press(client, desk("exhibitors_exhibitor", second), "approve")
    assert answer.redirect_chain[-1][0] == desk("exhibitors_exhibitor", third)  # not the one that was skipped
    assert "1 dilewati" in answer.content.decode()
    end = press(client, desk("exhibitors_exhibitor", third), "approve")
    assert "1 dilewati dan masih menunggu" in end.content.decode()
    assert "Tidak ada lagi yang menunggu" not in end.content.decode()
    again = client.post(start, {"lagi": "1"}, follow=True)
    assert again.redirect_chain[-1][0] == desk("exhibitors_exhibitor", first)
    assert press(client, desk("exhibitors_exhibitor", first), "approve").redirect_chain[-1][0] == "/admin/"


def test_what_was_skipped_comes_back_when_it_is_handed_in_anew_or_the_day_is_over(as_user, curator, monkeypatch):
    skipped = waiting("Usaha Dilewati")
    client, start = as_user(curator), reverse("admin:exhibitors_exhibitor_next")
    assert client.get(f"{start}?lewati={skipped.pk}").status_code == 200
    monkeypatch.setattr("exhibitors.sitting.LASTS", timedelta(0))
    assert client.get(start).url == desk("exhibitors_exhibitor", skipped)
    monkeypatch.undo()
    assert client.get(start).status_code == 200
    Exhibitor.objects.update(submitted_at=timezone.now())
    assert client.get(start).url == desk("exhibitors_exhibitor", skipped)


@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", "²", ""])
def test_keys_that_are_none_lead_nowhere_special(as_user, curator, key):
    waiting("Usaha")
    client = as_user(curator)
    assert client.get(reverse("admin:exhibitors_exhibitor_next"), {"lewati": key}).status_code == 302
    assert client.get(reverse("admin:exhibitors_exhibitor_decision", args=["reject"]), {"pk": key}).status_code == 404


def test_notes_at_fields_and_what_changed_since(as_user, curator, owner):
    exhibitor = waiting("Batik Lama", story="Pendek")
    client, page = as_user(curator), desk("exhibitors_exhibitor", exhibitor)
    refused = press(client, page, "return")
    assert "decision__error" in refused.content.decode()
    press(client, page, "return", note_story="Ceritakan bahannya.")
    assert Decision.objects.get(after="returned").notes == {"story": "Ceritakan bahannya."}
    Exhibitor.objects.update(story="Katun dan malam", state="submitted")
    html = client.get(page).content.decode()
    assert "Ceritakan bahannya." in html
    assert "<del>Pendek" in html.replace("<p>", "")
    assert "sudah diubah" in html


def test_what_moved_while_it_was_open_is_looked_at_again(as_user, curator):
    exhibitor = waiting("Batik Lama")
    client, page = as_user(curator), desk("exhibitors_exhibitor", exhibitor)
    html = client.get(page).content.decode()
    seen = dict(re.findall(r'name="(seen_\d+)" value="(\w+)"', html))
    Exhibitor.objects.update(name="Bank Baru")
    answer = client.post(page, {"verb": "approve", "reason": "", **seen}, follow=True)
    assert "diubah sesudah Anda membukanya" in answer.content.decode()
    exhibitor.refresh_from_db()
    assert exhibitor.state == "submitted"


def test_twins_are_flagged(as_user, curator):
    nib, phone = "9120200000001", "+6281234567890"
    account = {"bank_account_number": "777"}
    one = waiting("Batik Sekar Jagad Solo", nib=nib, whatsapp=phone, bank_name="Bank Rakyat Indonesia", **account)
    make_exhibitor(name="Kembar Nomor", nib=nib)
    make_exhibitor(name="Kembar Telepon", phone=phone)
    make_exhibitor(name="Kembar Rekening", bank_name="BRI", **account)
    make_exhibitor(name="Bank Sebelah", bank_name="BNI", **account)
    make_exhibitor(name="Batik Sekar Jagat Solo")
    merchant = make_exhibitor(name="Kembar NMID")
    give_qris(one)
    give_qris(merchant)
    html = as_user(curator).get(desk("exhibitors_exhibitor", one)).content.decode()
    for label in (
        "NIB yang sama",
        "Nomor telepon yang sama",
        "Rekening yang sama",
        "Nama yang mirip",
        "NMID yang sama",
    ):
        assert label in html, label
    assert "Bank Sebelah" not in html
    other = make_exhibitor(name="Sama sekali lain", bank_account_number="")
    html = as_user(curator).get(desk("exhibitors_exhibitor", other)).content.decode()
    assert "Tidak ada peserta lain" in html


def test_proposals_have_a_desk_of_their_own(as_user, curator, owner):
    product = make_product(exhibitor=owner.exhibitor, cover=make_picture(), name="Kopi")
    change = propose_change(product, by=owner, name="Kopi robusta")
    profile = propose_profile(owner.exhibitor, {"story": "Sejak 1970"}, by=owner)
    client = as_user(curator)
    html = client.get(desk("catalog_productchange", change)).content.decode()
    assert "Kopi robusta" in html
    assert 'name="note_name"' in html
    assert 'name="note_story"' not in html
    press(client, desk("catalog_productchange", change), "return", note_name="Robusta atau arabika?")
    assert client.get(reverse("admin:catalog_productchange_next"), follow=True).redirect_chain[-1][0] == "/admin/"
    press(client, desk("exhibitors_exhibitorchange", profile), "approve")
    assert Exhibitor.objects.get(pk=owner.exhibitor.pk).story == "Sejak 1970"
    gone = client.get(desk("exhibitors_exhibitorchange", profile), follow=True).content.decode()
    assert "sudah tidak menunggu" in gone


def test_who_approved_first_is_not_led_there_again(as_user, curator):
    exhibitor = waiting("Batik Dua Mata")
    make_booth(exhibitor=exhibitor, edition=make_edition(second_look="all"))
    client = as_user(curator)
    answer = press(client, desk("exhibitors_exhibitor", exhibitor), "approve")
    assert "menunggu mata kedua" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/admin/"
    colleague = person("Bagus")
    give_role(colleague, Role.CURATION)
    client = as_user(colleague)
    assert exhibitor.name in client.get(reverse("admin:exhibitors_firstapproval_changelist")).content.decode()
    html = client.get(reverse("admin:exhibitors_exhibitor_next"), follow=True).content.decode()
    assert "Mata pertama: Ratna" in html


def test_operators_and_owners_stay_outside(as_user, operator, owner):
    exhibitor = waiting("Batik Lama")
    page = desk("exhibitors_exhibitor", exhibitor)
    for user in (operator, owner):
        client = as_user(user)
        seen = client.get(page, follow=True)
        assert seen.status_code == 403 or (user == operator and seen.request["PATH_INFO"].endswith("/change/"))
        assert client.post(page, {"verb": "approve"}, follow=True).status_code == 403
    exhibitor.refresh_from_db()
    assert exhibitor.state == "submitted"


def test_the_log_holds_before_and_after_and_stays(as_user, superuser, curator, owner):
    exhibitor = make_exhibitor(state="submitted", submitted_at=timezone.now())
    return_exhibitor(exhibitor, by=curator, notes={"nib": "Keliru?"})
    exhibitor.refresh_from_db()
    Exhibitor.objects.filter(pk=exhibitor.pk).update(state="submitted")
    approve_exhibitor(exhibitor, by=curator)
    product = make_product(exhibitor=owner.exhibitor, cover=make_picture(), name="Kopi")
    press(
        as_user(curator),
        desk("catalog_productchange", propose_change(product, by=owner, name="Kopi robusta")),
        "approve",
    )
    line = Decision.objects.get(after="change_approved")
    page = as_user(superuser).get(reverse("admin:exhibitors_decision_change", args=[line.pk])).content.decode()
    assert "<del>Kopi</del> → <ins>Kopi robusta</ins>" in page
    for change in (lambda: line.save(), lambda: line.delete(), lambda: Decision.objects.update(reason="x")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_prices_are_printed_as_prices(as_user, curator, owner):
    product = make_product(
        exhibitor=owner.exhibitor, cover=make_picture(), price=1_250_000, stock=1200, state="submitted"
    )
    client, page = as_user(curator), desk("catalog_product", product)
    press(client, page, "return", note_price="Yakin?")
    type(product).objects.update(state="submitted", price=950_000)
    html = client.get(page).content.decode()
    assert "<ins>Rp950.000" in html.replace("<p>", "")
    assert "<del>Rp1.250.000" in html.replace("<p>", "")
    assert "1.200" in html


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("BRI", "Bank Rakyat Indonesia", True),
        ("BPD Jateng", "PT Bank Jateng (Persero)", True),
        ("bank bca", "BCA", True),
        ("", "", True),
        ("BRI", "BNI", False),
        ("Bank Rakyat Indonesia", "Bank Negara Indonesia", False),
        ("Bank Mega Syariah", "Bank Syariah Indonesia", False),
    ],
)
def test_banks_are_known_by_the_names_that_people_write(one, other, same):
    assert is_same_bank(one, other) is is_same_bank(other, one) is same


def test_what_should_be_seen_stands_on_top_and_what_is_empty_aside(as_user, curator, owner):
    picture = make_picture()
    foreign = make_product(name="Kopi Gayo", cover=picture)
    product = make_product(exhibitor=owner.exhibitor, state="submitted", name="Kopi", cover=picture, description="")
    ahead = make_product(exhibitor=owner.exhibitor, state="submitted", name="Teh", cover=make_picture())
    page = as_user(curator).get(desk("catalog_product", product))
    assert any("peserta lain: 1" in hint for _n, hint in page.context["hints"])
    blank = {fact.name for fact in page.context["blank_facts"]}
    assert {"description", "ingredients"} <= blank
    assert not blank & {fact.name for fact in page.context["facts"]}
    html = page.content.decode()
    assert re.search(rf'rel="prefetch"[^>]*{ahead.cover.folder}', html)
    assert f">{foreign.name}</a>" in html
    key, _short, name, text = page.context["phrases"][0]
    assert (key, name) == (1, "note_cover")
    english = as_user(curator).get("/en" + desk("catalog_product", product))
    assert english.context["phrases"][0][3] == text  # its owner reads Indonesian


def test_a_note_at_an_empty_field_stays_when_the_form_comes_back(as_user, curator, owner):
    product = make_product(exhibitor=owner.exhibitor, state="submitted", cover=make_picture(), description="")
    page = desk("catalog_product", product)
    answer = press(as_user(curator), page, "reject", note_description="Tulis ukurannya.")  # without a reason
    assert "description" in {fact.name for fact in answer.context["facts"]}
    assert "Tulis ukurannya." in answer.content.decode()
