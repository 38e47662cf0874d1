"""Staff's main pages in a browser: nothing sticks out of a phone, a tablet or a desktop, every control has a name."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.domain.proposals import propose_change
from catalog.models import ProductPhoto, Variant
from tests import factories
from tests.browser.looking import fits, sign_in
from tests.orders import shop
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (360, 768, 1280)
# Every control that is there to see and has no name: no label, no words of its own, no description of its picture.
NAMELESS = """() => {
  const said = (text) => Boolean(text && text.trim());
  const words = (one) => !one.matches("input, select, textarea") && (said(one.textContent) ||
    [...one.querySelectorAll("img")].some((image) => said(image.alt)) ||
    [...one.querySelectorAll("[title]")].some((inner) => said(inner.title)));
  const named = (one) => words(one) || said(one.title) || said(one.placeholder) ||
    said(one.getAttribute("aria-label")) || (one.getAttribute("aria-labelledby") || "").split(" ")
      .some((id) => said(document.getElementById(id)?.textContent)) ||
    [...(one.labels || [])].some((label) => said(label.textContent)) ||
    (one.matches("input[type=submit], input[type=button]") && said(one.value));
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => one.checkVisibility() && !named(one)).map((one) => one.outerHTML.slice(0, 150));
}"""
LISTS = (
    "accounts_user", "catalog_product", "exhibitors_exhibitor", "exhibitors_decision", "expo_edition", "journal_entry",
    "orders_order", "reports_recap",
)  # fmt: skip
FORMS = ("accounts_user", "expo_edition", "exhibitors_exhibitor")


@pytest.fixture
def pages(owner) -> list[str]:
    """Addresses of pages with something on them, long words and names among it."""
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor))
    waits = {"state": "submitted", "submitted_at": timezone.now()}
    exhibitor = factories.make_exhibitor(name="Paguyuban-Perajin-" * 6, **waits)
    product = factories.make_product(
        exhibitor=owner.exhibitor, cover=make_picture(), name="Keripik" * 17, description="kata " * 90, **waits
    )
    ProductPhoto.objects.create(product=product, picture=make_picture(name="dua"), alt="Dari samping")
    Variant.objects.create(product=product, name="Pedas", price=150_000)
    change = propose_change(order.lines.get().product, by=owner, description="lain " * 60)
    rows = (("exhibitors_exhibitor", exhibitor), ("catalog_product", product), ("orders_order", order))
    desks = (*rows[:2], ("catalog_productchange", change))
    return [
        reverse("admin:index"),
        *(reverse(f"admin:{name}_changelist") for name in LISTS),
        *(reverse(f"admin:{name}_add") for name in FORMS),
        *(reverse(f"admin:{name}_change", args=[row.pk]) for name, row in (*rows, ("accounts_user", owner))),
        *(reverse(f"admin:{name}_desk", args=[row.pk]) for name, row in desks),
        reverse("admin:catalog_product_batch"),
        reverse("admin:journal_entry_deal"),
        reverse("admin:exhibitors_exhibitor_decision", args=["return"]) + f"?pk={exhibitor.pk}",
    ]


def test_main_pages_fit_and_name_their_controls(page, site, superuser, pages):
    sign_in(page, site, superuser)
    wide, nameless = [], {}
    for address in pages:
        assert page.goto(f"{site}{address}").status == 200, address
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide += [] if fits(page) else [f"{width}: {address}"]
        if found := page.evaluate(NAMELESS):
            nameless[address] = found
    assert wide == []
    assert nameless == {}
