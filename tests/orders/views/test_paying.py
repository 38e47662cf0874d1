import pytest
from django.urls import reverse
from django.utils import timezone

from exhibitors.models import Exhibitor
from orders.domain.balances import ask_balance
from orders.domain.offers import Wishes
from orders.domain.payment import settle
from orders.domain.qris_codes import block_qris
from orders.models import Order, QrisCode, QrisState
from orders.qris.picture import text_in_picture
from tests.orders import shop
from tests.orders.domain.test_qris_codes import link
from tests.orders.qris.codes import static_code
from tests.orders.qris.test_picture import drawn, sheet
from tests.orders.ways import give_qris, give_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    placement = shop.sold(edition=shop.hybrid_edition())
    give_qris(placement.booth.exhibitor)
    give_settings(placement.booth.exhibitor, takes_cash=True)
    return placement


def placed(placement, method):
    return shop.placed_order(
        placement,
        wishes=Wishes(deliveries={placement.booth.pk: "pickup"}, methods={placement.booth.pk: method}),
    )


@pytest.mark.parametrize(
    ("method", "there", "not_there"),
    [
        ("transfer", ["Transfer tepat", "atas nama", "Kirim bukti pembayaran"], ["qris.svg"]),
        ("qris", ["qris.svg", "BATIK KENANGA", "Simpan gambar QRIS", "Kirim bukti pembayaran"], ["Transfer tepat"]),
        ("cash", ["Bayar tunai", "sebutkan nomor pesanan"], ["qris.svg", "Kirim bukti"]),
    ],
)
def test_each_way_has_its_page(client, placement, method, there, not_there):
    order = placed(placement, method)
    for address in (order.get_absolute_url(), reverse("orders:purchase", args=[order.checkout.token])):
        page = client.get(address).content.decode()
        shown = there if "pesanan/" in address else there[:1]
        assert all(text in page for text in shown), (address, shown)
        assert not any(text in page for text in not_there)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_code_can_be_scanned(client, placement, kind, tmp_path):
    order = placed(placement, "qris")
    response = client.get(reverse(f"orders:qris-{kind}", args=[order.token]))
    assert response.headers["Cache-Control"] == "private, no-store"
    if kind == "png":
        import io

        assert text_in_picture(io.BytesIO(response.content)) == static_code()
    else:
        assert response.content.startswith(b"<svg")


def test_a_blocked_code_is_not_shown(client, placement, curator):
    order = placed(placement, "qris")
    block_qris(QrisCode.objects.get(), by=curator, reason="Palsu")
    assert client.get(reverse("orders:qris-png", args=[order.token])).status_code == 404
    page = client.get(order.get_absolute_url()).content.decode()
    assert "sedang diperiksa panitia" in page
    assert "Ganti ke Transfer bank" in page


def test_a_balance_is_paid_by_its_code_too(client, owner):
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, **goods))
    settle(order, by=owner, now=timezone.now())
    give_qris(owner.exhibitor)
    Exhibitor.objects.update(bank_account_number="")
    ask_balance(order, by=owner)
    address = reverse("orders:qris-png", args=[order.token])
    assert address in client.get(order.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200
    settle(order, by=owner, now=timezone.now())
    assert client.get(address).status_code == 404


def test_the_way_of_paying_is_not_changed_without_end(client, placement, monkeypatch):
    monkeypatch.setattr("orders.views.paying.CHANGES_PER_HOUR", 2)
    order = placed(placement, "transfer")
    for method in ("qris", "transfer", "qris"):
        client.post(reverse("orders:method", args=[order.token]), {"method": method})
    assert Order.objects.get(pk=order.pk).payment.method == "transfer"


def test_no_code_for_orders_of_another_way(client, placement):
    assert client.get(reverse("orders:qris-png", args=[placed(placement, "transfer").token])).status_code == 404


def test_the_way_is_changed_from_the_page(client, placement):
    order = placed(placement, "transfer")
    response = client.post(reverse("orders:method", args=[order.token]), {"method": "qris"}, follow=True)
    assert "qris.svg" in response.content.decode()
    assert client.post(reverse("orders:method", args=[order.token]), {"method": "emas"}).status_code == 404
    assert client.get(reverse("orders:method", args=[order.token])).status_code == 405
    assert client.post(reverse("orders:method", args=["x" * 43]), {"method": "qris"}).status_code == 404


def test_saying_that_it_is_paid(client, placement):
    order = placed(placement, "transfer")
    page = client.post(reverse("orders:claim", args=[order.token]), follow=True).content.decode()
    assert "Anda menyatakan sudah membayar" in page
    assert "Ganti ke" not in page
    assert Order.objects.awaiting_confirmation().count() == 1


def test_an_owner_gives_a_code_as_a_photo_and_confirms_by_mail(client, owner):
    client.force_login(owner)
    photo = sheet(drawn(static_code()))
    photo.name = "qris.jpg"
    response = client.post(reverse("orders:qris"), {"picture": photo, "text": ""}, follow=True)
    assert "menunggu konfirmasi pemilik" in response.content.decode()
    client.logout()
    address = reverse("orders:qris-confirmation", args=[link()])
    assert "BATIK KENANGA" in client.get(address).content.decode()
    assert QrisCode.objects.get().state == QrisState.WAITING  # looking confirms nothing: mail scanners open links
    assert "dipakai mulai" in client.post(address).content.decode()
    assert QrisCode.objects.in_use(timezone.now()).exists()
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("text", ["", "halo", static_code(t53="840")])
def test_a_bad_code_is_said_at_its_field_and_kept(client, owner, text):
    client.force_login(owner)
    page = client.post(reverse("orders:qris"), {"text": text}).content.decode()
    assert "field__error" in page
    assert text in page
    assert not QrisCode.objects.exists()


def test_only_owners_change_how_they_are_paid(client, owner, helper):
    client.force_login(helper)
    assert client.get(reverse("orders:payment-settings")).status_code == 200
    for name in ("qris", "qris-withdrawal", "payment-settings-change"):
        assert client.post(reverse(f"orders:{name}"), {"text": static_code()}).status_code == 403
    client.force_login(owner)
    client.post(reverse("orders:payment-settings-change"), {"takes_cash": "on", "cash_hours": "12"})
    assert owner.exhibitor.payment_settings.cash_hours == 12
    page = client.post(reverse("orders:payment-settings-change"), {"cash_hours": "999"}).content.decode()
    assert "168" in page


def test_staff_block_a_code(client, owner, operator):
    code = give_qris(owner.exhibitor, by=owner)
    client.force_login(operator)
    page = client.get(reverse("admin:orders_qriscode_change", args=[code.pk])).content.decode()
    assert "Blokir kode ini" in page
    assert client.get(reverse("admin:orders_qriscode_changelist") + "?periksa=nama").status_code == 200
    address = reverse("admin:orders_qriscode_block", args=[code.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"reason": "Bukan milik peserta"})
    code.refresh_from_db()
    assert code.state == QrisState.BLOCKED


def test_how_one_is_paid_and_the_terms_of_deposits_are_found_from_the_dashboard(as_user, owner):
    client = as_user(owner)
    settings, terms = reverse("orders:payment-settings"), reverse("orders:deposit-terms")
    assert f'href="{settings}"' in client.get(reverse("exhibitors:more")).content.decode()
    assert f'href="{terms}"' in client.get(settings).content.decode()
    assert f'href="{settings}"' in client.get(terms).content.decode()
