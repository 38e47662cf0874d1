"""What an exhibitor does with its products."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.domain.curation import CURATED_FIELDS, PROVISIONAL, photo_ids_of, set_photos, show_photo, submit_product
from catalog.domain.free_prices import free_percent, is_free, log_prices, told_price
from catalog.domain.proposals import propose_change
from catalog.models import Product, ProductChange
from exhibitors.domain.decisions import locked
from exhibitors.domain.notes import notes_about, unanswered
from exhibitors.domain.registration import free_slug
from exhibitors.states import EDITABLE, CurationState
from expo.errors import DomainError
from expo.formats import number
from expo.models import Picture

# Harmless edits that do not wait for the curators; a price that moves far does (``free_prices``). Descriptions and
# photos always do, see CURATED_FIELDS.
LIVE_FIELDS = (
    "price", "stock", "made_to_order", "lead_days", "minimum_quantity", "weight_grams", "sku", "deposit_percent",
    "length_mm", "width_mm", "height_mm",
)  # fmt: skip
MOST_PHOTOS = 10
EDITED_STATES = frozenset({*EDITABLE, CurationState.SUBMITTED, CurationState.APPROVED})  # its exhibitor may change it
NOT_EDITED = _("Produk ini tidak dapat diubah; hubungi panitia.")


class ProductError(DomainError):
    """The product can't be changed this way."""


class StockMovedError(ProductError):
    """Pieces were sold or returned while the form was open; ``stock`` is what is there now."""

    def __init__(self, seen: int, stock: int):
        self.stock = stock
        super().__init__(
            _("Sementara itu stok berubah dari %(seen)s menjadi %(stock)s. Periksa jumlahnya, lalu simpan lagi.")
            % {"seen": number(seen), "stock": number(stock)}
        )


@transaction.atomic
def add_product(product: Product, *, by) -> Product:
    """Save a new product with its photo (``cover``) and submit it for curation."""
    return submit_product(add_draft(product), by=by)


@transaction.atomic
def add_draft(product: Product) -> Product:
    """Save a new product with its photo (``cover``): that and a price are enough, even a name can follow."""
    product.slug = free_slug(Product, product.name or PROVISIONAL, length=120)
    product.state = CurationState.DRAFT
    product.save()
    if product.cover:
        show_photo(product, product.cover)
    return product


@transaction.atomic
def change_product(product: Product, *, by, seen_stock: int | None = None, **values) -> str:
    """Write what was changed. Returns the way it went: "saved", "submitted" or "proposed".

    While a product is on show, harmless fields change at once and the rest waits as a proposal, also a price beyond
    what is free; a returned one is submitted again with its new content. ``seen_stock``: what the form showed; when
    pieces were sold meanwhile StockMovedError is raised instead of writing over them.
    """
    product = editable(product)
    if "stock" in values and seen_stock is not None:
        check_stock(product.stock, seen_stock, values["stock"])
    changed = {name: value for name, value in values.items() if getattr(product, name) != value}
    if changed.get("sku"):
        check_sku(product, changed["sku"])
    if product.state != CurationState.APPROVED:
        _write(product, changed)
        return submit_again(product, by=by)
    live = {name: value for name, value in changed.items() if name in LIVE_FIELDS}
    wanted = {name: value for name, value in values.items() if name in CURATED_FIELDS}
    if "price" in values:
        waits = "price" in live and not is_free(product, live["price"], free_percent(product.exhibitor_id))
        wanted["price"] = live.pop("price") if waits else None
    before = product.price
    _write(product, live)
    if "price" in live:
        log_prices([(product, told_price(product, before, product.price))], by=by)
    if ProductChange.objects.filter(product=product).exists():
        is_proposed = bool(wanted)
    else:
        is_proposed = wanted.get("price") is not None or any(name in changed for name in wanted if name != "price")
    if is_proposed:
        return "proposed" if propose_change(product, by=by, **wanted) else "saved"
    return "saved"


@transaction.atomic
def change_photos(product: Product, pictures: Sequence[Picture], *, by) -> str:
    """Let these be its photos in this order, the first as the cover; on a product on show they wait as a proposal."""
    product = editable(product)
    pictures = list({picture.pk: picture for picture in pictures}.values())
    if not pictures:
        raise ProductError(_("Produk perlu paling sedikit satu foto."))
    if len(pictures) > MOST_PHOTOS:
        raise ProductError(_("Paling banyak %(most)s foto.") % {"most": MOST_PHOTOS})
    if product.state == CurationState.APPROVED:
        return "proposed" if propose_change(product, by=by, photos=pictures) else "saved"
    product.cover = pictures[0]
    product.save(update_fields=["cover", "updated_at"])
    set_photos(product, pictures)
    return answered_again(product, by=by)


def shown_photos(product: Product) -> list[Picture]:
    """Its photos as the exhibitor wants them: those that wait for the curators before those on show."""
    change = ProductChange.objects.filter(product=product).first()
    ids = change.photo_ids if change and change.photo_ids is not None else photo_ids_of(product)
    found = Picture.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def editable(product: Product) -> Product:
    """The product, locked, if its exhibitor may change it."""
    product = locked(product)
    if product.state not in EDITED_STATES:
        raise ProductError(NOT_EDITED)
    return product


def submit_again(product: Product, *, by) -> str:
    """A returned product goes to the curators with its new content, once every note of theirs is answered."""
    if product.state == CurationState.RETURNED and may_be_submitted(product):
        submit_product(product, by=by)
        return "submitted"
    return "saved"


def answered_again(product: Product, *, by) -> str:
    """``submit_again`` for what is no note's field by itself: without any note it stays with its exhibitor."""
    answered = product.state == CurationState.RETURNED and notes_about(product)
    return submit_again(product, by=by) if answered else "saved"


def may_be_submitted(product: Product) -> bool:
    """It has what curators look at, and every note of theirs is answered."""
    return bool(product.cover_id and product.name) and not unanswered(product)


def check_stock(stock: int, seen: int, wanted: int) -> None:
    """Raise StockMovedError unless the stock is still what the form showed, or what is wanted anyway."""
    if stock not in (seen, wanted):
        raise StockMovedError(seen, stock)


def check_sku(product: Product, sku: str) -> None:
    same = Product.objects.filter(exhibitor=product.exhibitor_id, sku=sku).exclude(pk=product.pk)
    if same.exists():
        raise ProductError(_("SKU ini sudah dipakai untuk produk lain."))


def _write(product: Product, values: dict) -> None:
    if "price" in values and product.approved_price is None and product.state == CurationState.APPROVED:
        values = {**values, "approved_price": product.price}
    for name, value in values.items():
        setattr(product, name, value)
    if values:
        product.save(update_fields=[*values, "updated_at"])
    if values.get("cover"):
        show_photo(product, values["cover"])
