"""Every public address, every field, with values that nobody would type: refused or ignored, never an error of ours."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from reports.models import Recap
from tests import factories
from tests.orders import shop
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db

NASTY = [
    "\0",
    "a\0b",
    "²",
    "٣",
    "-1",
    "9" * 18,
    "9" * 30,
    "9" * 5000,
    "1e309",
    "nan_1",
    "1_" + "9" * 30,
    "9" * 30 + "_1",
    "0001-01-01T00:00:00+14:00_1",
    "9999-12-31T23:59:59-12:00_²",
    "2020-01-01T00:00:00+00:00_" + "9" * 18,
    "' OR 1=1 --",
    "a & | ! ( ) : * <-> \\ '",
    "{{ 7*7 }}{% debug %}",
    "<script>alert(1)</script>",
    "\u202e\ufeff\ud7ff\U0010ffff\u200d",
    "../" * 40,
    "x" * 20_000,
    "1" + " " * 20_000 + "x",
    "\x01search\x01 \x01other\x01",
]
# The kinds of them: text no column takes, a number none takes, what is no number, markup, length.
FEW = ["a\0b", "²", "9" * 30, "1e309", "<script>alert(1)</script>", "x" * 20_000]
PARAMETERS = {
    "catalog:search": ["q", "kategori", "wilayah", "min", "maks", "urut", "hal"],
    "catalog:lobby": ["q"],
    "catalog:directory": ["wilayah", "jenis", "hal"],
    "catalog:hall": ["stan"],
    "catalog:booth": ["hal"],
    "catalog:product": ["stan"],
    "catalog:category": ["q", "wilayah", "min", "maks", "urut", "hal"],
    "catalog:sitemap-section": ["p"],
    "visits:pixel": ["e", "h", "b"],
    "orders:cart": ["baru"],
    "orders:areas": ["area"],
    "inquiries:booth": ["produk"],
    "reports:verify": ["kode"],
    "reports:news": ["dari"],
    "reports:statistics": ["q"],
    "mailbox": ["before"],
    "account_login": ["next"],
}
DASHBOARD = {
    "orders:inbox": ["antrean", "sebelum"],
    "inquiries:inbox": ["status", "sesudah"],
    "catalog:dashboard-products": ["status", "q", "sesudah"],
}


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def addresses(db):
    placement = shop.sold(name="Tas anyam")
    booth = placement.booth
    keys = {
        "catalog:hall": [booth.hall.slug],
        "catalog:booth": [booth.edition.slug, booth.slug],
        "catalog:product": [placement.product.slug],
        "catalog:category": [placement.product.category.slug],
        "catalog:sitemap-section": ["produk"],
        "inquiries:booth": [booth.edition.slug, booth.slug],
    }
    return lambda name: reverse(name, args=keys.get(name, []))


def values_for(name: str) -> dict:
    """What the other parameters hold meanwhile: the view must get as far as the one that is tried."""
    return {"visits:pixel": {"h": "lobby"}}.get(name, {})


def failures(client, attempts, refused: int = 500) -> list:
    """What was answered with an error of ours, or with ``refused``, which would mean that nobody has looked at it."""
    answers = ((path, name, value[:40], send(client).status_code) for path, name, value, send in attempts)
    return [answer for answer in answers if answer[-1] >= 500 or answer[-1] == refused]


def asked(path: str, name: str, others: dict):
    for value in NASTY:
        yield path, name, value, lambda client, value=value: client.get(path, {**others, name: value})


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_public_page_breaks(client, addresses, name):
    path = addresses(name)
    found = [bad for field in PARAMETERS[name] for bad in failures(client, asked(path, field, values_for(name)))]
    assert found == []


@pytest.mark.parametrize("name", DASHBOARD)
def test_no_list_of_the_dashboard_breaks(as_user, owner, name):
    shop.order_with_proof(shop.sold(exhibitor=owner.exhibitor))
    client = as_user(owner)
    client.raise_request_exception = False
    assert [bad for field in DASHBOARD[name] for bad in failures(client, asked(reverse(name), field, {}))] == []


def test_the_list_of_recaps_does_not_break(as_user, official):
    seal_at(make_history(), 2020, 11, 20, 13)
    client = as_user(official)
    client.raise_request_exception = False
    found = [bad for field in ("pameran", "sebelum") for bad in failures(client, asked("/laporan/", field, {}))]
    assert found == []


OFFICIALS = {
    "live": {"pameran": "uvo-2"},
    "moment": {"pameran": "uvo-2", "terjadi": "2020-11-20T13:00", "tercatat": "", "sejak": ""},
    "sides": {"pameran": "uvo-2", "hari": "2", "jam": "", "dahulu": ""},
    "comparison": {"dari": "1", "ke": "1"},
    "entries": {"rekap": "", "angka": "realised.total", "tabel": "day", "baris": "x", "tanpa": "", "sesudah": ""},
}


@pytest.mark.parametrize("name", OFFICIALS)
def test_no_page_of_officials_breaks(as_user, official, name):
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    client, fields = as_user(official), OFFICIALS[name]
    client.raise_request_exception = False
    others = {**fields, "rekap": recap.pk} if "rekap" in fields else fields
    path = reverse(f"reports:{name}")
    assert [bad for field in fields for bad in failures(client, asked(path, field, others))] == []


PATHS = [
    "/verifikasi/{}/", "/aula/{}/", "/produk/{}/", "/kategori/{}/", "/stan/{}/{}/", "/pameran/{}/", "/sitemap-{}.xml",
    "/pesanan/{}/", "/pembelian/{}/", "/permintaan/{}/", "/surat/{}/", "/surat/1/lampiran/{}/", "/admin/{}/",
    "/dasbor/pesanan/{}/", "/dasbor/produk/{}/", "/dasbor/permintaan/{}/", "/laporan/{}/", "/laporan/1/{}/", "/en/{}",
    "/verifikasi/{}/rekap.json", "/cek-berita/{}/", "/keranjang/baris/{}/", "/media/pictures/{}/{}/{}",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_address_breaks(as_user, owner, path):
    client = as_user(owner)
    client.raise_request_exception = False
    addresses = [path.replace("{}", quote(value[:3000], safe="")) for value in NASTY]
    assert [address for address in addresses if client.get(address).status_code >= 500] == []


def test_staff_find_no_hole_either(as_user, superuser):
    client = as_user(superuser)
    client.raise_request_exception = False
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    paths = [f"/laporan/{'9' * 40}/", f"/admin/orders/order/{'9' * 40}/change/", f"/laporan/{recap.pk}/\0/"]
    assert [path for path in paths if client.get(path).status_code >= 500] == []
    assert Recap.objects.count() == 1


@pytest.fixture
def bare_dashboard(monkeypatch):
    """Pages of the dashboard without their tabs, whose numbers have nothing to do with what is sent."""
    monkeypatch.setattr("exhibitors.dashboard.tabs_for", lambda exhibitor, current: [])


def posted(path: str, fields: dict, values=NASTY, further=dict):
    """Each field alone with each value, the others being right; ``further`` is asked for the rest when it is sent."""
    for name in fields:
        for value in values:
            yield path, name, value, posting(path, {**fields, name: value}, further)


def posted_whole(path: str, fields: dict, kept=(), further=dict):
    """A form that looks at all its fields: each value in all but ``kept``, and the few kinds in each field alone."""
    for value in NASTY:
        nasty = {name: right if name in kept else value for name, right in fields.items()}
        yield path, "all", value, posting(path, nasty, further)
    yield from posted(path, fields, FEW, further)


def posting(path: str, data: dict, further):
    return lambda client: client.post(path, data | further(), headers={"Sec-Fetch-Site": "same-origin"})


def test_adding_to_the_cart_does_not_break(client):
    placement = shop.sold()
    fields = {"placement": str(placement.pk), "quantity": "1"}
    assert failures(client, posted(reverse("orders:cart-add"), fields)) == []


def test_changing_the_cart_does_not_break(client):
    cart = shop.cart_with(shop.sold())
    client.cookies["cart"] = cart.token
    path = reverse("orders:cart-line", args=[cart.lines.get().pk])
    assert failures(client, posted(path, {"quantity": "1"})) == []
    for value in NASTY:
        client.cookies["cart"] = "".join(sign for sign in value[:200] if sign.isascii() and sign.isalnum())
        assert client.get(reverse("orders:cart-badge")).status_code == 200


def test_the_checkout_does_not_break(client):
    factories.make_region()
    client.cookies["cart"] = shop.cart_with(shop.sold()).token
    fields = {
        "key": "k" * 42,
        "seen": '{"lines":{},"booths":{}}',
        "name": "Sari",
        "phone": "0812 3456 7890",
        "email": "sari@contoh.test",
        "country": "ID",
        "regency": "33.73",
        "district": "Sidorejo",
        "address": "Jalan Merdeka 1",
        "postcode": "50711",
    }
    for name in ("orders:checkout", "orders:checkout-summary"):
        assert failures(client, posted_whole(reverse(name), fields, ("key", "seen", "country"))) == []


SEEN = [
    "[]", "1", '"x"', "null", '{"lines":[],"booths":{}}', '{"lines":{"1":1},"booths":{}}', '{"lines":{"1":[1e999,1]}}',
    '{"lines":{"1":[1e999,1]},"booths":{}}', '{"lines":{"1":[NaN,1]},"booths":{}}', '{"lines":{},"booths":{"1":[1]}}',
    '{"lines":{},"booths":{"1":[{},[],{},[]]}}', "[" * 19_000, '{"lines":{},"booths":{"1":[Infinity,1,1,1]}}',
    '{"lines":{"1":[1,1]},"booths":{"1":[1,"a","b",true]}}',
]  # fmt: skip


@pytest.mark.parametrize("seen", SEEN, ids=range(len(SEEN)))
def test_no_forged_snapshot_breaks_the_checkout(client, seen):
    client.cookies["cart"] = shop.cart_with(shop.sold()).token
    response = client.post(reverse("orders:checkout"), {"key": "k" * 43, "seen": seen})
    assert response.status_code < 500


def test_the_order_page_does_not_break(client):
    order = shop.placed_order()
    path = reverse("orders:proof", args=[order.token])
    assert failures(client, posted(path, {"note": "lunas", "file": "x"})) == []


def test_asking_does_not_break(client):
    booth = shop.sold().booth
    path = reverse("inquiries:booth", args=[booth.edition.slug, booth.slug])
    fields = {
        "message": "Berapa harganya?",
        "name": "Sari",
        "email": "sari@contoh.test",
        "phone": "0812 3456 7890",
        "country": "ID",
        "language": "id",
        "website": "",
    }
    assert failures(client, posted_whole(path, fields, ("country", "language", "website"))) == []


def test_signing_in_and_up_does_not_break(client):
    for name, fields in {
        "account_login": {"login": "sari@contoh.test", "password": "x", "next": "/dasbor/"},
        "account_signup": {"name": "Sari", "email": "sari@contoh.test", "password1": "x", "next": "/dasbor/"},
        "account_request_login_code": {"email": "sari@contoh.test"},
        "account_reset_password": {"email": "sari@contoh.test"},
    }.items():
        assert failures(client, posted(reverse(name), fields)) == []


STEPS = {
    "usaha": {"name": "Batik", "banner_kept": "", "category": "1"},
    "jenis": {"kind": "koperasi", "legal_number": "1/BH/I", "cooperative_number": "1", "member_count": "20"},
    "nib": {"nib": "9120001234567", "lacks_nib": ""},
    "pemilik": {"owner_name": "Wati", "email": ""},
    "lokasi": {"place": "Sidorejo", "area": "33.73.01", "area_for": "Sidorejo"},
    "kontak": {"whatsapp": "0812 3456 7890", "phone": ""},
    "cerita": {"story": "Cerita", "story_en": ""},
}


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_steps_of_the_registration_do_not_break(as_user, owner, bare_dashboard, state):
    factories.make_region()
    owner.exhibitor.state = state
    owner.exhibitor.save()
    client = as_user(owner)
    client.raise_request_exception = False

    def attempts():
        for name, fields in STEPS.items():
            path = reverse("exhibitors:step", args=[name])
            # What somebody saved meanwhile is refused before anything is stored.
            yield from posted_whole(path, fields, further=lambda path=path: {"seen": seen_at(client, path)})

    assert failures(client, attempts(), refused=409) == []
    assert state == "approved" or owner.exhibitor.step_drafts.count() > 0


def seen_at(client, path: str) -> str:
    return client.get(path).context["seen"]


def test_the_dashboard_does_not_break(as_user, owner, bare_dashboard):
    client = as_user(owner)
    client.raise_request_exception = False
    category = factories.make_category()
    product = factories.make_product(exhibitor=owner.exhibitor)
    order = shop.order_with_proof(shop.sold(exhibitor=owner.exhibitor))
    account = {"bank_name": "BRI", "bank_account_number": "12345678", "bank_account_holder": "Wati"}
    content = {"cover_kept": "", "name": "Tas", "category": category.pk, "description": "", "name_en": ""}
    numbers = {"price": "1000", "stock": "1", "minimum_quantity": "1", "weight_grams": "1", "lead_days": "1"}
    one = [product.pk]
    forms = {
        reverse("exhibitors:register"): {"key": "0" * 32, "name": "Batik", "banner_kept": "", "category": category.pk},
        reverse("exhibitors:submission"): {"message": ""},
        reverse("exhibitors:participation"): {"edition-1-mode": "online", "edition-1-note": ""},
        reverse("exhibitors:edit-bank-account"): account,
        reverse("exhibitors:switch"): {"exhibitor": str(owner.exhibitor.pk)},
        reverse("catalog:dashboard-new-product"): content | {"price": "1000", "stock": "1"},
        reverse("catalog:dashboard-edit-product", args=one): content,
        reverse("catalog:dashboard-edit-inventory", args=one): numbers,
        reverse("orders:inbox-rejection", args=[order.code]): {"reject-reason": ""},
        reverse("orders:inbox-shipment", args=[order.code]): {"courier": "JNE", "tracking_number": ""},
    }
    kept = ("key", "exhibitor")
    assert [bad for path, fields in forms.items() for bad in failures(client, posted_whole(path, fields, kept))] == []
