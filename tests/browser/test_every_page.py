"""Every address that answers with a page, found in the address book itself: no barrier, and it fits 360 pixels.

A new address is walked without being named here. Only if it takes arguments it must be told, in ``World.arguments``,
what to ask for; the walk fails until it is.
"""

import gzip
import re
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from accounts.sign_in_links import issue_link, token_of
from catalog.domain.variants import sum_up_steps, sum_up_variants
from catalog.models import PriceStep, ProductPhoto, Variant
from catalog.search.vocabulary import renew_vocabulary
from inquiries.domain.inquiries import answer
from orders.domain.fulfilment import complete_order, pack_order
from orders.domain.offers import Wishes
from orders.domain.quotes import offer_fee
from orders.domain.requests import request_cancellation
from orders.domain.reviews import write_review
from reports.documents import document_of
from reports.newsroom import keep_check
from reports.signed import keep_signed
from tests import factories
from tests.browser.barriers import violations
from tests.browser.looking import fits, follow, sign_in
from tests.catalog.street import make_picture
from tests.inquiries.test_inbox import make_inquiry
from tests.orders import shop
from tests.orders.domain.test_offers import voucher
from tests.orders.ways import give_qris, give_settings
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db(transaction=True)

# Django's admin has a theme of its own, and tests/browser/test_policy.py.
LEFT_OUT = ("admin:",)
MOST_BYTES = 60_000  # of a page and its styles, compressed
ELSEWHERE = {"mail-attachment"}  # a file of a mail that has one


class World:
    """One of everything a visitor, a buyer or an exhibitor can meet."""

    def __init__(self, owner):
        self.owner, self.exhibitor = owner, owner.exhibitor
        give_qris(self.exhibitor, by=owner)
        give_settings(self.exhibitor, takes_cash=True)
        factories.make_region()
        self.edition = shop.hybrid_edition(slug="uji", name="Pameran Uji")
        self.bag = shop.sold(
            exhibitor=self.exhibitor, edition=self.edition, name="Tas anyam", stock=90, cover=make_picture()
        )
        self.product, self.booth = self.bag.product, self.bag.booth
        self.fill_product()
        made = {"made_to_order": True, "lead_days": 7, "deposit_percent": 40}
        self.chair = factories.make_placement(
            booth=self.booth, product=factories.make_product(exhibitor=self.exhibitor, name="Kursi", **made)
        )
        joiner = factories.make_exhibitor(name="Mebel Jati", shipping_fee=None)
        self.table = shop.sold(exhibitor=joiner, edition=self.edition, name="Meja jati", stock=90)
        self.voucher = voucher(self.bag, code="HEMAT10")
        self.inquiry = make_inquiry(
            self.exhibitor, product=self.product, edition=self.edition, may_publish=True, message="Ada warna lain?"
        )
        answer(self.inquiry, "Ada tiga.", by=owner, publish=True)
        past = make_history(factories.make_edition(slug="uvo-2", code="UVO-II"))
        self.earlier, self.recap = seal_at(past, 2020, 11, 20, 12), seal_at(past, 2020, 11, 20, 13)
        self.signed = keep_signed(self.recap, document_of(self.recap, "pdf"), by=owner)
        self.orders = self.make_orders()
        renew_vocabulary()

    def fill_product(self):
        ProductPhoto.objects.create(product=self.product, picture=make_picture("#aa3311"))
        for name, price in (("Merah", 150_000), ("Biru", 175_000)):
            self.variant = Variant.objects.create(product=self.product, name=name, price=price, stock=40)
        self.step = PriceStep.objects.create(product=self.product, minimum_quantity=10, unit_price=120_000)
        sum_up_variants(self.product)
        sum_up_steps(self.product)

    def make_orders(self) -> dict:
        def ordered(method="transfer", placement=self.bag):
            cart = shop.new_cart()
            shop.add_to_cart(cart, placement, 1, variant=self.variant if placement == self.bag else None)
            wishes = Wishes(deliveries={self.booth.pk: "pickup"}, methods={self.booth.pk: method})
            return shop.place(cart, wishes=wishes, email=self.owner.email).orders.get()

        def paid():
            order = ordered()
            shop.submit_proof(order, file=shop.photo())
            return shop.confirm_payment(order, by=self.owner)

        quoted, wanted_back, done = ordered(placement=self.table), paid(), paid()
        offer_fee(quoted, by=self.owner, fee=250_000)
        request_cancellation(wanted_back, reason="Salah ukuran.")
        with_proof = ordered()
        shop.submit_proof(with_proof, file=shop.photo())
        done = complete_order(done, by=self.owner)
        write_review(done, done.lines.get(), rating=5, body="Rapi.")
        return {
            "transfer": ordered(), "qris": ordered("qris"), "cash": ordered("cash"),
            "deposit": ordered(placement=self.chair),
            "waiting": ordered(placement=self.table), "quoted": quoted, "proof": with_proof, "paid": paid(),
            "packed": pack_order(paid(), by=self.owner), "wanted back": wanted_back, "done": done,
        }  # fmt: skip

    def arguments(self) -> dict[str, list]:
        """What addresses of visitors and buyers are asked with, by their names."""
        order, booth, product = self.orders["transfer"], [self.edition.slug, self.booth.slug], [self.product.slug]
        of_order = {
            name: [order.token]
            for name in (
                "tracking", "proof", "cancellation", "fee-answer", "reception", "method", "claim", "qris-svg",
                "qris-png", "gateway-page", "cancellation-withdrawal", "order-again", "receipt",
            )
        }  # fmt: skip
        done = self.orders["done"]
        return {
            **{f"orders:{name}": values for name, values in of_order.items()},
            "orders:purchase": [order.checkout.token],
            "orders:cart-line": [1], "orders:cart-words": [1],
            "orders:proof-picture": [done.token, done.payment.proofs.get().pk],
            "orders:review": [done.token, done.lines.get().pk],
            "orders:cancellation-request": [self.orders["paid"].token],
            "orders:refund-picture": [order.token, 1],
            "orders:midtrans": ["x" * 43],
            "orders:qris-confirmation": ["x" * 43], "exhibitors:account-confirmation": ["x" * 43],
            "catalog:edition": [self.edition.slug], "catalog:hall": [self.booth.hall.slug], "catalog:booth": booth,
            "catalog:product": product, "catalog:share-card": [*product, "x"], "catalog:reviews": product,
            "catalog:guide": ["foto-produk"], "exhibitors:invitation": ["x" * 43],
            "accounts:sign-in-link": [token_of(issue_link(self.owner, self.owner.email, seconds=600))],
            "catalog:category": [self.product.category.slug], "catalog:sitemap-section": ["produk"],
            "inquiries:booth": booth, "inquiries:product": product, "inquiries:questions": product,
            "inquiries:inquiry": [self.inquiry.token], "inquiries:consent-withdrawal": [self.inquiry.token],
            "reports:detail": [self.recap.pk], "reports:file": [self.recap.pk, "json"],
            "reports:files": [self.recap.pk], "reports:signed-file": [self.recap.pk, self.signed.pk],
            "reports:annex": [self.recap.pk, "xlsx"], "reports:moment-file": ["json"],
            "reports:verification": [self.recap.code], "reports:recap-json": [self.recap.code],
            "reports:news-result": [keep_check("Omzet UVO II Rp4,8 miliar dan Rp1.650.000, Kamis (20/11/2020).").token],
            "mail": [1], "mail-formatted": [1], "picture": ["ab", "x", "320.jpg"],
            "account_confirm_email": ["x"], "account_reset_password_from_key": ["a", "b-c"],
        }  # fmt: skip

    def further(self) -> list[str]:
        """Pages that one address alone does not show: every state of an order, lists that find something or nothing."""
        states = [order.get_absolute_url() for order in self.orders.values()]
        lists = ["/cari/?q=bathik&min=abc", "/cari/?q=tas", "/en/cari/?q=zzzz", "/stan/?q=zzz"]
        return [*states, *lists, "/tidak-ada/", f"/aula/{self.booth.hall.slug}/?stan={self.booth.slug}"]

    def for_officials(self) -> list[str]:
        """Pages of officials that answer a question."""
        moment = "pameran=uvo-2&terjadi=2020-11-20T12:00:00"
        entries, sides = reverse("reports:entries"), reverse("reports:sides")
        return [
            f"{reverse('reports:moment')}?{moment}", f"{entries}?{moment}&angka=realised.total",
            f"{entries}?rekap={self.recap.pk}&angka=realised.total", f"{sides}?pameran=uvo-2&hari=2",
            f"{reverse('reports:comparison')}?dari={self.earlier.pk}&ke={self.recap.pk}",
        ]  # fmt: skip

    def at_the_stand(self) -> dict[str, list]:
        """The same for the dashboard."""
        product = [self.product.pk]
        names = ("product", "edit-product", "edit-english", "edit-inventory", "edit-measures", "edit-making", "photos",
                 "variants", "new-variant", "steps", "sales")  # fmt: skip
        return {
            **{f"catalog:dashboard-{name}": product for name in names},
            "catalog:dashboard-variant": [*product, self.variant.pk],
            "catalog:dashboard-sale": [*product, self.bag.pk],
            "catalog:dashboard-review": [self.product.reviews.get().pk],
            "inquiries:inbox-inquiry": [self.inquiry.pk],
            "orders:voucher": [self.voucher.pk],
            "orders:shipping-service": [self.exhibitor.shipping_services.first().pk],
            "orders:inbox-refund": [self.orders["wanted back"].code],
        }


@pytest.fixture
def world(owner):
    return World(owner)


def named_addresses(patterns=None, space: str = "", path: str = ""):
    """Every name of the address book with its pattern, and whether it takes arguments."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from named_addresses(entry.url_patterns, inner, here)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}", here, bool(entry.pattern.converters or entry.pattern.regex.groups)


class Walk(NamedTuple):
    """Addresses by the people they are for: visitors and buyers, exhibitors, officials."""

    open: list[str]
    dashboard: list[str]
    officials: list[str]


def walked(world) -> Walk:
    """The address book as a walk; fails for an address that nobody has told how to ask for."""
    open_pages, dashboard, officials, untold = [], [], [], []
    known, at_the_stand = world.arguments(), world.at_the_stand()
    for name, path, takes_arguments in named_addresses():
        if name.startswith(LEFT_OUT) or name in ELSEWHERE:
            continue
        if "dasbor/" in path:
            if not takes_arguments or name in at_the_stand:
                dashboard.append(reverse(name, args=at_the_stand.get(name)))
        elif takes_arguments and name not in known:
            untold.append(name)
        elif path.startswith("laporan/"):
            officials.append(reverse(name, args=known.get(name)))
        else:
            open_pages.append(reverse(name, args=known.get(name)))
    assert untold == [], f"tell World.arguments how to ask for {untold}"
    orders = [reverse("orders:inbox-order", args=[order.code]) for order in world.orders.values()]
    return Walk(open_pages + world.further(), dashboard + orders, officials + world.for_officials())


def shows_a_page(page: Page, address: str) -> bool:
    """Go there; False where no page of our own is the answer (a file, only POST, somewhere else, not signed in)."""
    asked = page.request.get(address, max_redirects=0)
    if asked.status >= 500:
        raise AssertionError(f"{address} answers {asked.status}")
    if asked.status not in (200, 404) or not asked.headers.get("content-type", "").startswith("text/html"):
        return False
    if "attachment" in asked.headers.get("content-disposition", "") or "<main" not in asked.text():
        return False
    page.goto(address)
    assert weight(page, asked.text()) < MOST_BYTES, address
    return True


def weight(page: Page, text: str) -> int:
    """Bytes of a page and its stylesheets, compressed."""
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    assert styles, "a page without styles"
    return sum(len(gzip.compress(part)) for part in (text.encode(), *(_style(page, address) for address in styles)))


_styles: dict[str, bytes] = {}


def _style(page: Page, address: str) -> bytes:
    whole = urljoin(page.url, address)
    if whole not in _styles:
        _styles[whole] = page.request.get(whole).body()
    return _styles[whole]


def barriers(page: Page, site: str, addresses: list[str]) -> tuple[dict[str, list[str]], int]:
    found, seen = {}, 0
    judged: dict[str, set[str]] = {"dark": set(), "light": set()}
    for number, address in enumerate(dict.fromkeys(addresses)):
        scheme = "dark" if number % 2 else "light"
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if shows_a_page(page, site + address):
            seen += 1
            problems = violations(page, judged[scheme]) + ([] if fits(page) else ["sticks out at 360 pixels"])
            if problems:
                found[address] = problems
    return found, seen


def test_pages_of_visitors_and_buyers_keep_nobody_out(page: Page, site, world, complaints):
    page.goto(site + world.product.get_absolute_url())
    page.get_by_role("radio", name="Biru").check()
    page.get_by_role("button", name="Beli").click()
    follow(page.locator("#added a"))
    look_at(page, site, walked(world).open, complaints, at_least=45)


def test_pages_of_exhibitors_keep_nobody_out(page: Page, site, world, complaints):
    sign_in(page, site, world.owner)
    personal = [reverse("orders:mine"), reverse("account_email"), reverse("account_change_password")]
    look_at(page, site, [*personal, *walked(world).dashboard], complaints, at_least=45)


def test_pages_of_officials_keep_nobody_out(page: Page, site, world, official, complaints):
    sign_in(page, site, official)
    look_at(page, site, walked(world).officials, complaints, at_least=11)


def look_at(page: Page, site: str, addresses: list[str], complaints: list[str], *, at_least: int) -> None:
    found, seen = barriers(page, site, addresses)
    assert found == {}
    assert seen >= at_least
    assert [text for text in complaints if "404" not in text] == []
