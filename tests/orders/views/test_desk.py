import datetime as dt
import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from expo.formats import WIB
from journal.models import Entry
from orders.cashdesk.signing import open_sheets
from orders.models import CashSignOff, StandLine, StandSale
from tests import factories
from tests.orders import shop
from tests.orders.desk import message, new_sale, piece, sell
from tests.orders.ways import give_qris, give_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, price=75_000, name="Keripik Tempe").product


@pytest.fixture
def device(client, owner):
    client.force_login(owner)
    return client


def owner_key(user) -> str:
    return f"{user.pk}-{user.exhibitor.pk}"


def send(client, content, **headers):
    text = content if isinstance(content, str) else json.dumps(content)
    return client.post(reverse("orders:desk-delivery"), text, content_type="application/json", headers=headers)


def test_device_gets_what_it_needs_to_sell(device, owner, goods):
    give_qris(owner.exhibitor, by=owner)
    response = device.get(reverse("orders:desk-data"))
    data = response.json()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (data["owner"], data["refusal"]) == (owner_key(owner), "")
    (good,) = data["goods"]
    assert (good["id"], good["name"], good["price"], good["stock"]) == (str(goods.pk), "Keripik Tempe", 75_000, 10)
    assert data["qris"]["picture"].startswith("data:image/svg+xml;base64,")
    assert data["bank"][1] == "1234567890"


def test_own_categories_come_first(device, owner, goods):
    factories.make_category(name="Aneka", position=0)
    assert device.get(reverse("orders:desk-data")).json()["categories"][0]["slug"] == goods.category.slug


def test_days_totals_leave_out_what_was_voided(device, owner, goods):
    _kept, second = (sell(owner.exhibitor, piece(goods), by=owner, way=way) for way in ("cash", "qris"))
    device.post(reverse("orders:desk-void", args=[second.pk]), {"reason": "Salah ketik"})
    context = device.get(reverse("orders:desk-sales")).context
    assert (dict(context["totals"]), context["total"]) == ({"Tunai": 75_000, "QRIS": 0, "Transfer": 0}, 75_000)


def test_data_costs_the_same_for_any_number_of_goods(device, owner, goods, django_assert_max_num_queries):
    counts = []
    for _round in (1, 2):
        device.get(reverse("orders:desk-data"))
        with django_assert_max_num_queries(20) as context:
            device.get(reverse("orders:desk-data"))
        counts.append(len(context.captured_queries))
        for _number in range(4):
            factories.make_product(exhibitor=owner.exhibitor)
    assert counts[0] == counts[1]


def test_sale_of_a_device_is_recorded_once(device, owner, goods):
    content = message(new_sale(piece(goods, 2), given=200_000), owner_key(owner))
    first, again = send(device, content), send(device, content)
    assert (first.status_code, first.json()["state"], first.json()["again"]) == (200, "recorded", False)
    assert (again.status_code, again.json()["again"]) == (200, True)
    assert StandSale.objects.get().change == 50_000
    assert first.json()["number"] == StandSale.objects.get().number


def test_another_content_under_its_key_is_refused_with_words(device, owner, goods):
    content = message(new_sale(piece(goods)), owner_key(owner))
    send(device, content)
    response = send(device, {**content, "way": "qris"})
    assert response.status_code == 409
    assert "isi yang lain" in response.json()["reason"]


def test_queue_of_somebody_else_is_not_taken(client, owner, helper, outsider, goods):
    content = message(new_sale(piece(goods)), owner_key(owner))
    for other in (helper, outsider):
        client.force_login(other)
        response = send(client, content)
        assert (response.status_code, response.json()["state"]) == (409, "owner")
    assert not StandSale.objects.exists()
    client.force_login(helper)
    assert send(client, {**content, "owner": owner_key(helper)}).status_code == 200
    assert StandSale.objects.get().sold_by == helper


def test_goods_of_others_can_not_be_sold_by_their_number(client, owner, outsider, goods):
    client.force_login(outsider)
    shop.sold(exhibitor=outsider.exhibitor)
    response = send(client, message(new_sale(piece(goods)), owner_key(outsider)))
    assert response.status_code == 422
    assert Product.objects.get(pk=goods.pk).stock == 10


NONSENSE = [
    {"lines": []},
    {"lines": "abc"},
    {"lines": [1]},
    {"lines": [{"unit_price": 5, "quantity": 1}]},
    {"lines": [{"product": 1, "unit_price": -5, "quantity": 1}]},
    {"lines": [{"product": 1, "unit_price": 5.5, "quantity": 1}]},
    {"lines": [{"product": True, "unit_price": 5, "quantity": 1}]},
    {"lines": [{"product": 2**70, "unit_price": 5, "quantity": 1}]},
    {"lines": [{"category": "x\u0000", "unit_price": 5, "quantity": 1}]},
    {"key": "x"},
    {"key": None},
    {"way": "pulsa"},
    {"way": ["cash"]},
    {"given": 1},
    {"given": "100000"},
    {"sold_at": "kemarin"},
    {"sold_at": "2026-11-22T10:00:00"},
    {"sold_at": "9999-12-31T23:59:59-12:00"},
    {"sent_at": None},
]


@pytest.mark.parametrize("wrong", NONSENSE, ids=str)
def test_nonsense_is_refused_with_a_reason(device, owner, goods, wrong):
    response = send(device, message(new_sale(piece(goods)), owner_key(owner)) | wrong)
    assert response.status_code == 422
    assert response.json()["reason"]
    assert not StandSale.objects.exists()


@pytest.mark.parametrize("text", ["", "[", "[]", "null", "[" * 50_000, "\xff"])
def test_what_is_no_message_is_refused(device, text):
    assert send(device, text).status_code == 422


def test_token_is_asked_for_and_told_with_the_data(owner, goods):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    content = message(new_sale(piece(goods)), owner_key(owner))
    assert send(client, content).status_code == 403
    token = client.get(reverse("orders:desk-data")).json()["csrf"]
    assert send(client, content, **{"X-CSRFToken": token}).status_code == 200


def test_missing_stock_is_told_to_the_device_and_on_the_page(device, owner, goods):
    response = send(device, message(new_sale(piece(goods, 12)), owner_key(owner)))
    assert response.json()["short"] == [{"name": "Keripik Tempe", "pieces": 2}]
    line = StandLine.objects.get()
    assert "selisih stok" in device.get(reverse("orders:desk")).content.decode()
    page = device.get(reverse("orders:desk-conflicts")).content.decode()
    assert "2 dari 12" in page
    address = reverse("orders:desk-settlement", args=[line.pk])
    assert "belum diisi" in device.post(address, {"settlement": ""}).content.decode()
    device.post(address, {"settlement": "Salah hitung"})
    line.refresh_from_db()
    assert (line.settlement, line.settled_by) == ("Salah hitung", owner)


def test_things_of_others_are_not_found(client, owner, outsider, goods):
    sale = sell(owner.exhibitor, piece(goods, 12), by=owner)
    client.force_login(outsider)
    for name, pk in [("desk-sale", sale.pk), ("desk-void", sale.pk), ("desk-settlement", sale.lines.get().pk)]:
        address = reverse(f"orders:{name}", args=[pk])
        assert client.get(address).status_code in (404, 405)
        assert client.post(address, {"reason": "x", "settlement": "x"}).status_code in (404, 405)
    assert "Keripik" not in client.get(reverse("orders:desk-sales")).content.decode()
    day = reverse("orders:desk-day", args=[sale.day.isoformat()])
    client.post(day, {"seen": open_sheets(owner.exhibitor)[0].stamp, "counted": "900000"})
    assert not CashSignOff.objects.exists()
    sale.refresh_from_db()
    assert sale.voided_at is None


def plain(goods, **fields) -> dict:
    return {
        "key": str(uuid.uuid4()),
        "opened": timezone.now().isoformat(),
        "way": "cash",
        f"n-{goods.pk}": "2",
        **fields,
    }


def test_plain_form_sells_once_however_often_it_is_pressed(device, goods):
    form = plain(goods, given="200.000")
    first, again = (device.post(reverse("orders:desk"), form) for _press in (1, 2))
    assert first.url == again.url == StandSale.objects.get().get_absolute_url()
    page = device.get(first.url).content.decode()
    assert "Rp50.000" in page
    assert "https://wa.me/?text=" in page


def test_plain_form_says_what_is_wrong_and_keeps_what_was_typed(device, goods):
    page = device.post(reverse("orders:desk"), plain(goods, given="100rb", free_amount="5000")).content.decode()
    assert "Pilih kategori" in page
    page = device.post(reverse("orders:desk"), plain(goods, given="100rb")).content.decode()
    assert "kurang dari jumlah belanja" in page
    assert 'value="2"' in page
    assert not StandSale.objects.exists()


def test_void_and_sign_off_from_their_pages(device, owner, helper, goods):
    keep, mistake = (sell(owner.exhibitor, piece(goods), by=owner) for _number in range(2))
    device.post(reverse("orders:desk-void", args=[mistake.pk]), {"reason": ""})
    device.post(reverse("orders:desk-void", args=[mistake.pk]), {"reason": "Salah ketik"})
    assert "Salah ketik" in device.get(mistake.get_absolute_url()).content.decode()
    device.force_login(helper)
    (sheet,) = open_sheets(owner.exhibitor)
    address = reverse("orders:desk-day", args=[sheet.day.isoformat()])
    assert "Rp75.000" in device.get(address).content.decode()
    wrong = {"seen": sheet.stamp, "counted": "70.000"}
    assert "tidak cocok" in device.post(address, wrong).content.decode()
    page = device.post(address, {**wrong, "note": "Kurang kembalian"}, follow=True).content.decode()
    assert "-Rp5.000" in page
    assert CashSignOff.objects.get().signed_by == helper
    keep.refresh_from_db()
    assert keep.sign_off
    assert sum(Entry.objects.filter(evidence="C").values_list("amount", flat=True)) == 75_000


@pytest.mark.parametrize("day", ["x", "2026-02-30", "0001-01-01"])
def test_no_such_day(device, day):
    assert device.get(reverse("orders:desk-day", args=[day])).status_code == 404
    assert device.get(reverse("orders:desk-sales"), {"hari": day}).status_code == 404


def test_yesterday_is_asked_for_on_the_start_page_and_the_tab(device, owner, goods):
    midnight = timezone.now().astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    sell(owner.exhibitor, piece(goods), by=owner, now=midnight)
    assert "Tutup kas" not in device.get(reverse("exhibitors:dashboard")).content.decode()
    yesterday = sell(owner.exhibitor, piece(goods), by=owner, now=midnight - dt.timedelta(microseconds=1))
    page = device.get(reverse("exhibitors:dashboard")).content.decode()
    assert reverse("orders:desk-day", args=[yesterday.day.isoformat()]) in page
    assert '<span>Kasir</span><span class="tabs__count" aria-label="1 menunggu">1</span>' in page


def test_qris_holds_the_amount_only_where_that_is_switched_on(device, owner):
    address = reverse("orders:desk-qris")
    assert device.get(address, {"jumlah": "75000"}).status_code == 404
    give_qris(owner.exhibitor, by=owner)
    assert device.get(address, {"jumlah": "75000"}).status_code == 404
    give_settings(owner.exhibitor, embeds_amount=True)
    response = device.get(address, {"jumlah": "75000"})
    assert response.headers["Content-Type"] == "image/svg+xml"
    for wrong in ("", "0", "-5", "99999999", "²"):
        assert device.get(address, {"jumlah": wrong}).status_code == 404


@pytest.mark.parametrize("language", ["", "/en"])
def test_app_is_the_same_for_everyone(client, device, owner, goods, language):
    stranger = Client()
    for path in ("kasir/luring/", "kasir/kasir.webmanifest", "kasir/kerja.js"):
        mine, theirs = device.get(f"{language}/{path}"), stranger.get(f"{language}/{path}")
        assert mine.content == theirs.content
        assert theirs.status_code == 200
        assert not theirs.cookies
        assert "csrf" not in theirs.content.decode()
        assert owner.exhibitor.name not in theirs.content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_worker_may_look_after_the_cash_desk_alone(client, language):
    response = client.get(f"{language}/kasir/kerja.js")
    scope = f"{language}/dasbor/kasir/"
    assert response.headers["Service-Worker-Allowed"] == scope
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Content-Type"].startswith("text/javascript")
    known = json.loads(response.content.decode().split("self.DESK = ")[1].split(";\n")[0])
    assert known["page"] == scope
    page = client.get(f"{language}/kasir/luring/").content.decode()
    manifest = client.get(f"{language}/kasir/kasir.webmanifest").json()
    assert (manifest["scope"], manifest["start_url"], manifest["display"]) == (scope, scope, "standalone")
    wanted = [part.split('"')[0] for part in page.split('src="')[1:]] + [
        part.split('"')[0] for part in page.split('<link rel="stylesheet" href="')[1:]
    ]
    assert set(wanted) <= set(known["files"])  # nothing that the page loads is missing without a network


def test_goods_brought_back_from_their_page(device, owner, goods):
    sale = sell(owner.exhibitor, piece(goods, 2), by=owner)
    line, path = sale.lines.get(), reverse("orders:desk-goods-back", args=[sale.pk])
    assert path in device.get(sale.get_absolute_url()).content.decode()
    form = device.get(path).context["form"]
    answers = {"key": form["key"].value(), "way": "cash", "reason": "Salah ukuran", f"n-{line.pk}": 1, "restock": "on"}
    for _click in range(2):
        assert device.post(path, answers).url == sale.get_absolute_url()
    text = device.get(sale.get_absolute_url()).content.decode()
    assert "Salah ukuran" in text
    assert "masuk stok lagi" in text
    assert reverse("orders:desk-void", args=[sale.pk]) not in text
    day = reverse("orders:desk-day", args=[sale.day.isoformat()])
    assert "Dibayarkan untuk barang kembali" in device.get(day).content.decode()
    assert "dikembalikan" in device.get(reverse("orders:desk-sales")).content.decode()
    device.post(path, answers | {"key": "1f0c9f0e-8f1b-4a57-9d0e-2b1d2f0c7a11", "everything": "on"})
    assert device.get(path).url == sale.get_absolute_url()
