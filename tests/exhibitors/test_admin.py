import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.domain.proposals import propose_change
from catalog.models import Placement
from exhibitors.domain.participation import ask_participation
from exhibitors.domain.phones import ask_confirmation, is_confirmed
from exhibitors.models import BANK_ACCOUNT, AccountChange, Booth, ChangeState, Decision, Exhibitor
from expo.models import OutgoingMail
from tests.deciding import decide
from tests.factories import (
    confirm_number,
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_product,
    make_region,
)
from tests.pictures import make_picture

LISTS = [
    "accounts_user", "expo_edition", "expo_hall", "expo_region", "expo_outgoingmail", "exhibitors_exhibitor",
    "exhibitors_booth", "exhibitors_decision", "catalog_category", "catalog_product", "catalog_productchange",
    "inquiries_inquiry", "visits_visithour", "visits_gatecount", "visits_importedlog", "exhibitors_invitation",
    "exhibitors_participation", "exhibitors_phoneconfirmation",
]  # fmt: skip


def submitted(**fields):
    return make_exhibitor(state="submitted", submitted_at=timezone.now(), **fields)


def decision(model, verb, *subjects):
    return reverse(f"admin:{model}_decision", args=[verb]) + "?" + "&".join(f"pk={s.pk}" for s in subjects)


def test_desk_shows_the_queues_of_the_role(as_user, curator, official):
    submitted()
    make_product(state="submitted", submitted_at=timezone.now())
    page = as_user(curator).get("/admin/").content.decode()
    assert "Meja kerja" in page
    assert "Peserta menunggu kurasi" in page
    assert "terlama sejak" in page
    assert "state__exact=submitted" in page
    assert as_user(official).get("/admin/", follow=True).status_code == 403


def test_english_desk(as_user, curator):
    assert as_user(curator).get("/en/admin/").status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_and_searches(as_user, superuser, name):
    client = as_user(superuser)
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:{name}_changelist") + "?q=a").status_code == 200


def test_approving_with_a_place(as_user, curator, owner):
    hall, exhibitor = make_hall(), submitted()
    product = make_product(exhibitor=exhibitor)
    client = as_user(curator)
    page = client.get(decision("exhibitors_exhibitor", "approve", exhibitor))
    assert exhibitor.name in page.content.decode()
    decide(client, decision("exhibitors_exhibitor", "approve", exhibitor), hall=hall.pk)
    exhibitor.refresh_from_db()
    assert exhibitor.state == "approved"
    assert Booth.objects.get(exhibitor=exhibitor).hall == hall
    assert Placement.objects.get(product=product).shown_until is None


def test_without_its_place_it_is_not_approved_either(as_user, curator):
    hall, exhibitor = make_hall(), submitted()
    make_booth(edition=hall.edition, exhibitor=exhibitor)
    page = decide(as_user(curator), decision("exhibitors_exhibitor", "approve", exhibitor), hall=hall.pk)
    assert "sudah punya stan" in page.content.decode()
    exhibitor.refresh_from_db()
    assert exhibitor.state == "submitted"
    assert not Decision.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_more_than_are_decided_at_once_is_said(as_user, curator, monkeypatch):
    monkeypatch.setattr("exhibitors.admin_curation.MOST", 2)
    products = [make_product(state="submitted", cover=make_picture()) for _n in range(5)]
    client, listed = as_user(curator), reverse("admin:catalog_product_changelist")
    chosen = {"action": "reject", "_selected_action": [products[0].pk], "select_across": "1"}
    address = client.post(listed, chosen).url
    assert "3 isian lain yang Anda pilih tidak ikut" in client.get(address).content.decode()
    page = client.post(address, {"reason": "Bukan produk UKM"}, follow=True).content.decode()
    assert "3 isian lain yang Anda pilih belum diputuskan" in page
    assert sorted(type(one).objects.get(pk=one.pk).state for one in products) == ["rejected"] * 2 + ["submitted"] * 3


def test_returning_needs_a_reason_and_tells_the_owner(as_user, curator, owner):
    owner.exhibitor.state = "submitted"
    owner.exhibitor.save()
    client = as_user(curator)
    address = decision("exhibitors_exhibitor", "return", owner.exhibitor)
    assert "decision__error" in client.post(address, {"reason": ""}).content.decode()
    client.post(address, {"reason": "NIB keliru."})
    assert Decision.objects.get().decided_by == curator
    assert "NIB keliru." in OutgoingMail.objects.get().body


def test_notes_are_written_field_by_field(as_user, curator, owner):
    product = make_product(exhibitor=owner.exhibitor, state="submitted", cover=make_picture(), name="Kopi")
    client = as_user(curator)
    address = decision("catalog_product", "return", product)
    assert "decision__error" in client.post(address, {"reason": " ", "note_price": " "}).content.decode()
    client.post(address, {"reason": "", "note_price": "Rp450 atau Rp45.000?", "note_description": "Tulis beratnya."})
    assert Decision.objects.get().notes == {"price": "Rp450 atau Rp45.000?", "description": "Tulis beratnya."}
    assert "Rp450 atau Rp45.000?" in OutgoingMail.objects.get().body

    client, path = as_user(owner), "catalog:dashboard-edit-inventory"
    page = client.get(reverse(path, args=[product.pk])).content.decode()
    assert 'id="id_price_note"' in page
    fields = {
        "price": "45000",
        "stock": "10",
        "minimum_quantity": "1",
        "initial-price": "150000",
        "initial-stock": "10",
    }
    client.post(reverse(path, args=[product.pk]), fields)
    product.refresh_from_db()
    assert (product.state, product.price) == ("returned", 45000)  # another note waits for an answer
    client.post(
        reverse("catalog:dashboard-edit-product", args=[product.pk]),
        {"name": "Kopi", "category": product.category_id, "description": "Berat 250 gram.", "ingredients": ""},
    )
    product.refresh_from_db()
    assert product.state == "submitted"
    page = as_user(curator).get(reverse("admin:catalog_product_change", args=[product.pk])).content.decode()
    assert page.count("sudah diubah") == 2


def test_operators_confirm_numbers_and_give_places(as_user, operator):
    exhibitor, hall = make_exhibitor(whatsapp="+6281234567890"), make_hall(edition=make_edition(mode="hybrid"))
    asked = ask_confirmation(exhibitor)
    now = hall.edition.opens_at
    wanted = ask_participation(exhibitor, hall.edition, "both", by=None, now=now)
    client = as_user(operator)
    desk = client.get("/admin/").content.decode()
    assert "Nomor WhatsApp menunggu konfirmasi" in desk
    assert "Permintaan ikut pameran" in desk
    client.post(
        reverse("admin:exhibitors_phoneconfirmation_changelist"), {"action": "confirm", "_selected_action": [asked.pk]}
    )
    assert is_confirmed(exhibitor)
    make_booth(edition=hall.edition, hall=hall, number="A07")
    address = decision("exhibitors_participation", "accept", wanted)
    page = client.post(address, {"hall": hall.pk, "number": "a-7"}, follow=True).content.decode()
    assert "sudah dipakai stan lain" in page
    client.post(address, {"hall": hall.pk, "number": "A8"})
    assert Booth.objects.get(exhibitor=exhibitor).number == "A8"


def test_bulk_approval_says_which_could_not(as_user, curator):
    good = make_product(state="submitted", cover=make_picture())
    late = make_product(state="approved", name="Sudah tayang")
    client = as_user(curator)
    response = client.post(
        reverse("admin:catalog_product_changelist"), {"action": "approve", "_selected_action": [good.pk, late.pk]}
    )
    assert response.url == decision("catalog_product", "approve", *sorted([good, late], key=lambda p: p.pk))
    page = decide(client, response.url).content.decode()
    good.refresh_from_db()
    assert good.state == "approved"
    assert "Sudah tayang" in page
    assert "1 keputusan dicatat" in page


def test_proposed_change_is_compared_and_approved(as_user, curator, owner):
    product = make_product(exhibitor=owner.exhibitor, name="Kopi", cover=make_picture())
    change = propose_change(product, by=owner, name="Kopi robusta")
    client = as_user(curator)
    page = client.get(reverse("admin:catalog_productchange_change", args=[change.pk])).content.decode()
    assert "<del>Kopi</del>" in page
    decide(client, decision("catalog_productchange", "approve", change))
    product.refresh_from_db()
    assert product.name == "Kopi robusta"


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_operators_look_but_do_not_decide(as_user, operator, verb):
    exhibitor = submitted()
    client = as_user(operator)
    assert client.get(reverse("admin:exhibitors_exhibitor_change", args=[exhibitor.pk])).status_code == 200
    assert client.post(decision("exhibitors_exhibitor", verb, exhibitor), {"reason": "x"}).status_code == 403


def test_owners_do_not_enter(as_user, owner):
    exhibitor = submitted()
    assert as_user(owner).post(decision("exhibitors_exhibitor", "approve", exhibitor)).status_code == 302
    exhibitor.refresh_from_db()
    assert exhibitor.state == "submitted"


@pytest.mark.parametrize("name", ["exhibitors_exhibitor", "catalog_product"])
def test_lists_ask_the_same_number_of_queries(as_user, curator, name):
    client, counts = as_user(curator), []
    make_booth()
    for more in (1, 3):
        for _ in range(more):
            make_product(cover=make_picture())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(f"admin:{name}_changelist"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_booth_is_moved_to_another_place_but_not_to_another_edition(as_user, superuser):
    booth, other = make_booth(), make_booth()
    form = {"hall": booth.hall_id, "slug": booth.slug, "number": "Z9", "column": 1, "row": 2, "is_open": "on"}
    client, address = as_user(superuser), reverse("admin:exhibitors_booth_change", args=[booth.pk])
    moved = client.post(address, form | {"edition": other.edition_id, "exhibitor": other.exhibitor_id})
    assert moved.status_code == 302
    changed = Booth.objects.get(pk=booth.pk)
    assert (changed.number, changed.edition_id, changed.exhibitor_id) == ("Z9", booth.edition_id, booth.exhibitor_id)


def test_detail_pages_open(as_user, superuser, owner):
    make_booth(exhibitor=owner.exhibitor)
    product = make_product(exhibitor=owner.exhibitor, cover=make_picture())
    client = as_user(superuser)
    for name, pk in (
        ("accounts_user", owner.pk),
        ("exhibitors_exhibitor", owner.exhibitor.pk),
        ("catalog_product", product.pk),
        ("expo_edition", Booth.objects.get().edition_id),
    ):
        assert client.get(reverse(f"admin:{name}_change", args=[pk])).status_code == 200
    for name in ("accounts_user", "expo_edition", "exhibitors_booth", "catalog_category"):
        assert client.get(reverse(f"admin:{name}_add")).status_code == 200


@pytest.mark.parametrize("name", ["curator", "operator", "superuser"])
def test_nobody_reads_codes_and_secret_links_in_the_mail_of_others(request, db, as_user, name):
    mail = OutgoingMail.objects.create(
        key="direct:1", to="keuangan@contoh.test", subject="Kode masuk", body="Kode Anda: 7K3-M9Q"
    )
    page = as_user(request.getfixturevalue(name)).get(reverse("admin:expo_outgoingmail_change", args=[mail.pk]))
    assert page.status_code == 200
    assert "Kode masuk" in page.content.decode()
    assert "7K3-M9Q" not in page.content.decode()


def test_a_bank_account_that_staff_change_waits_for_its_owner_and_can_be_blocked(as_user, superuser, owner):
    exhibitor = owner.exhibitor
    exhibitor.regency, exhibitor.whatsapp = make_region(), "+6281234567890"
    exhibitor.save()
    old = exhibitor.bank_account_number
    url = reverse("admin:exhibitors_exhibitor_change", args=[exhibitor.pk])
    form = as_user(superuser).get(url).context["adminform"].form
    data = {name: "" if (value := form[name].value()) is None else value for name in form.fields} | {
        "bank_account_number": "666000111",
        "owner_name": "Wati Asli",
    }
    for prefix in ("participations", "booths", "memberships"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    response = as_user(superuser).post(url, data)
    assert response.status_code == 302, response.context["errors"]
    exhibitor.refresh_from_db()
    assert (exhibitor.bank_account_number, exhibitor.owner_name) == (old, "Wati Asli")
    assert OutgoingMail.objects.filter(to=owner.email, key__contains=":confirm:").exists()
    assert "666000111" in as_user(superuser).get(url).content.decode()  # as what is to come

    change = AccountChange.objects.get()
    page = reverse("admin:exhibitors_accountchange_change", args=[change.pk])
    block = reverse("admin:exhibitors_accountchange_block", args=[change.pk])
    assert block in as_user(superuser).get(page).content.decode()
    as_user(superuser).post(block, {"reason": "Bukan rekening pemilik"})
    change.refresh_from_db()
    assert (change.state, change.reason) == (ChangeState.BLOCKED, "Bukan rekening pemilik")
    assert block not in as_user(superuser).get(page).content.decode()


@pytest.mark.parametrize("model", ["catalog_product", "catalog_productchange", "exhibitors_exhibitor"])
def test_what_was_changed_meanwhile_is_not_approved(as_user, curator, owner, model):
    """From the detail page, from a page of the decision that was left open, and without having looked at all."""
    product = make_product(exhibitor=owner.exhibitor, state="submitted", cover=make_picture(), name="Kopi")
    exhibitor = owner.exhibitor
    if model == "exhibitors_exhibitor":
        exhibitor.state, subject, change = "submitted", exhibitor, exhibitor
        exhibitor.save()
        confirm_number(exhibitor)
    elif model == "catalog_product":
        subject = change = product
    else:
        product.state = "approved"
        product.save()
        subject = change = propose_change(product, by=owner, name="Kopi robusta")
    client = as_user(curator)
    detail = client.get(reverse(f"admin:{model}_change", args=[subject.pk])).content.decode()
    link = re.search(rf'href="([^"]*/approve/\?pk={subject.pk}&amp;seen=\w+)"', detail)[1].replace("&amp;", "&")
    opened = dict(re.findall(r'name="(seen_\d+)" value="(\w+)"', client.get(link).content.decode()))

    change.name = "Bukan yang tadi"
    change.save()
    blind = client.post(decision(model, "approve", subject), {"reason": ""}, follow=True)
    for answer in (decide(client, link), client.post(link, {"reason": "", **opened}, follow=True), blind):
        assert "diubah sesudah Anda membukanya" in answer.content.decode()
    subject.refresh_from_db()
    assert subject.state in ("submitted", "waiting")
    assert not Decision.objects.filter(after__in=["approved", "change_approved"]).exists()

    decide(client, decision(model, "approve", subject))
    assert Decision.objects.filter(after__in=["approved", "change_approved"]).exists()


def people_form(exhibitor, **rows):
    """The admin's form of an exhibitor as it is, with rows of people."""
    people = list(exhibitor.memberships.order_by("pk"))
    form = {"name": exhibitor.name, "kind": exhibitor.kind, "_save": ""}
    form |= {name: getattr(exhibitor, name) for name in ("owner_name", "email", *BANK_ACCOUNT)}
    form |= {f"{inline}-{count}_FORMS": 0 for inline in ("participations", "booths") for count in ("TOTAL", "INITIAL")}
    form |= {"memberships-TOTAL_FORMS": len(people) + 1, "memberships-INITIAL_FORMS": len(people)}
    form[f"memberships-{len(people)}-role"] = "owner"  # an untouched row for somebody new
    for number, member in enumerate(people):
        form |= {
            f"memberships-{number}-{name}": value
            for name, value in {
                "id": member.pk,
                "exhibitor": exhibitor.pk,
                "user": member.user_id,
                "role": member.role,
            }.items()
        }
    return form | {f"memberships-{name}": value for name, value in rows.items()}


def test_nobody_becomes_owner_silently(as_user, curator, helper, owner):
    exhibitor, client = owner.exhibitor, as_user(curator)
    address = reverse("admin:exhibitors_exhibitor_change", args=[exhibitor.pk])
    row = [m.user for m in exhibitor.memberships.order_by("pk")].index(helper)
    change = {f"{row}-role": "owner"}
    page = client.post(address, people_form(exhibitor, **change)).content.decode()
    assert "semua pengelola peserta ini membacanya" in page
    assert exhibitor.memberships.get(user=helper).role == "staff"

    client.post(address, people_form(exhibitor, **change, **{f"{row}-reason": "Pemilik lama pindah."}))
    assert exhibitor.memberships.get(user=helper).role == "owner"
    entry = Decision.objects.get()
    assert (entry.decided_by, entry.subject_id) == (curator, exhibitor.pk)
    assert f"{helper.email}) menjadi Pemilik. Pemilik lama pindah." in entry.reason
    assert {mail.to for mail in OutgoingMail.objects.all()} == {owner.email, helper.email}


def test_taking_access_away_needs_a_reason_too(as_user, superuser, helper, owner, shopper):
    exhibitor, client = owner.exhibitor, as_user(superuser)
    address = reverse("admin:exhibitors_exhibitor_change", args=[exhibitor.pk])
    row = [m.user for m in exhibitor.memberships.order_by("pk")].index(helper)
    client.post(address, people_form(exhibitor, **{f"{row}-DELETE": "on"}))
    assert exhibitor.memberships.count() == 2
    new = {"2-user": shopper.pk, "2-role": "staff", "2-reason": "Pegawai baru.", "2-exhibitor": exhibitor.pk}
    client.post(address, people_form(exhibitor, **{f"{row}-DELETE": "on", f"{row}-reason": "Sudah keluar."}, **new))
    assert {m.user for m in exhibitor.memberships.all()} == {owner, shopper}
    assert Decision.objects.count() == 2


def test_new_exhibitor_gets_an_address(as_user, superuser):
    form = {"name": "Batik Sekar", "kind": "ukm", "shipping_fee": "0", "_save": ""}
    for inline in ("participations", "booths", "memberships"):
        form |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    as_user(superuser).post(reverse("admin:exhibitors_exhibitor_add"), form)
    assert Exhibitor.objects.get(name="Batik Sekar").slug == "batik-sekar"


def test_exhibitors_of_old_records_are_no_drafts(as_user, curator):
    exhibitor = make_exhibitor(state="draft", imported=True)
    client = as_user(curator)
    for address in ("changelist", "change"):
        page = client.get(reverse(f"admin:exhibitors_exhibitor_{address}", args=[exhibitor.pk][: address == "change"]))
        assert "Dari impor" in page.content.decode()
