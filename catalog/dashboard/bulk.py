"""Prices and stock of many products in one table: what is right is saved, what is wrong stays as it was typed."""

import re
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from catalog.dashboard.forms import NUMBER
from catalog.dashboard.queries import ProductPage, product_page
from catalog.domain.assortment import change_variant
from catalog.domain.free_prices import free_percent
from catalog.domain.products import EDITED_STATES, StockMovedError, change_product
from catalog.models import Product, Variant
from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required
from expo.errors import DomainError
from expo.fields import RupiahField

MOST_ROWS = 60
MOST_STOCK = 1_000_000
POSTED = re.compile(r"([pv])([0-9]{1,18})-price")
PLAIN = {"class": "input", "autocomplete": "off"}


class RowForm(forms.Form):
    """Price and stock of one product or variant. Hidden initial values tell what was really changed here."""

    price = RupiahField(
        label=_("Harga"),
        min_value=1,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", **PLAIN}),
    )
    stock = forms.IntegerField(
        label=_("Stok"),
        min_value=0,
        max_value=MOST_STOCK,
        show_hidden_initial=True,
        widget=forms.NumberInput(attrs={**NUMBER, **PLAIN}),
    )

    @property
    def seen_stock(self) -> int | None:
        text = str(self.data.get(self.add_initial_prefix("stock"), ""))
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None

    def show_stock(self, stock: int) -> None:
        """Offer the row again, knowing the stock of now."""
        self.data = self.data.copy()
        self.data[self.add_initial_prefix("stock")] = str(stock)


@dataclass
class Row:
    """A product, or a variant of one, with its form."""

    product: Product
    variant: Variant | None = None
    form: RowForm | None = None

    @property
    def goods(self) -> Product | Variant:
        return self.variant or self.product

    @property
    def prefix(self) -> str:
        return f"v{self.variant.pk}" if self.variant else f"p{self.product.pk}"

    def unbound(self) -> "Row":
        initial = {"price": self.goods.price, "stock": self.goods.stock}
        self.form = RowForm(initial=initial, prefix=self.prefix)
        return self

    def bound(self, data) -> "Row":
        self.form = RowForm(data, prefix=self.prefix)
        return self

    def save(self, *, by) -> str:
        """Write what was changed in this row; the way it went, "" when there was nothing. Raises DomainError."""
        values = {name: self.form.cleaned_data[name] for name in self.form.changed_data}
        if not values:
            return ""
        verb = change_variant if self.variant else change_product
        return verb(self.goods, by=by, seen_stock=self.form.seen_stock, **values)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def price_table(request):
    if request.method == "POST":
        return _save(request)
    page = product_page(request.exhibitor, request.GET, states=EDITED_STATES)
    rows, after = rows_of(page)
    return _show(request, [row.unbound() for row in rows], page=page, after=after)


def rows_of(page: ProductPage) -> tuple[list[Row], str]:
    """Rows of the page's products with their variants, and the key of the next page. Never half a product."""
    found: list[Row] = []
    products = with_variants(Product.objects.filter(pk__in=[product.pk for product in page.products]))
    for product in products:
        rows = _rows(product)
        if found and len(found) + len(rows) > MOST_ROWS:
            return found, str(found[-1].product.pk)
        found += rows
    return found, page.after


def _rows(product: Product) -> list[Row]:
    variants = product.on_sale if product.has_variants else []
    return [Row(product, variant) for variant in variants] or [Row(product)]


def with_variants(products):
    on_sale = Prefetch("variants", Variant.objects.filter(is_active=True), to_attr="on_sale")
    return products.select_related("cover").prefetch_related(on_sale).order_by("-pk")


def _save(request):
    rows = [row.bound(request.POST) for row in posted_rows(request.exhibitor, request.POST)]
    saved, waiting, wrong = 0, 0, []
    for row in rows:
        if not row.form.is_valid():
            wrong.append(row)
            continue
        try:
            outcome = row.save(by=request.user)
            saved += bool(outcome)
            waiting += outcome == "proposed" and "price" in row.form.changed_data
        except StockMovedError as error:
            row.form.add_error("stock", error.message)
            row.form.show_stock(error.stock)
            wrong.append(row)
        except DomainError as error:
            row.form.add_error(None, error.message)
            wrong.append(row)
    if saved:
        text = ngettext("%(n)s baris tersimpan.", "%(n)s baris tersimpan.", saved)
        messages.success(request, text % {"n": saved})
    if waiting:
        text = ngettext(
            "%(n)s harga berubah jauh: ditinjau panitia dahulu, sampai saat itu harga lama yang berlaku.",
            "%(n)s harga berubah jauh: ditinjau panitia dahulu, sampai saat itu harga lama yang berlaku.",
            waiting,
        )
        messages.warning(request, text % {"n": waiting})
    if not wrong:
        if not saved:
            messages.info(request, _("Tidak ada yang berubah."))
        return redirect(address(request.POST))
    return _show(request, wrong, wrong=len(wrong))


def posted_rows(exhibitor, data) -> list[Row]:
    """The exhibitor's own rows that the form names, in its order; what is not theirs does not exist."""
    named = [(kind, int(pk)) for kind, pk in (found.groups() for found in map(POSTED.fullmatch, data) if found)]
    products = Product.objects.filter(exhibitor=exhibitor, pk__in=[pk for kind, pk in named if kind == "p"])
    variants = Variant.objects.filter(product__exhibitor=exhibitor, pk__in=[pk for kind, pk in named if kind == "v"])
    rows = {("p", product.pk): Row(product) for product in products.select_related("cover")}
    rows |= {("v", variant.pk): Row(variant.product, variant) for variant in variants.select_related("product__cover")}
    return [rows[name] for name in named if name in rows]


def _show(request, rows, *, page=None, after: str = "", wrong: int = 0):
    asked = page.text if page else request.POST.get("q", "")[:80]
    context = {
        "rows": rows,
        "text": asked,
        "wrong": wrong,
        "after": after,
        "key": (request.GET if page else request.POST).get("sesudah", "")[:20],
        "next": address({"q": asked, "sesudah": after}) if after else "",
        "back": address({"q": asked}) if wrong else "",
        "free_percent": free_percent(request.exhibitor.pk),
    }
    return render_dashboard(request, "catalog/dashboard/bulk.html", context, tab="products")


def address(asked) -> str:
    wanted = {name: asked.get(name, "")[:80] for name in ("q", "sesudah") if asked.get(name)}
    return reverse("catalog:dashboard-bulk") + (f"?{urlencode(wanted)}" if wanted else "")
