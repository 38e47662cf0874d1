"""What an exhibitor does with the variants of a product: added, changed, taken off sale, put back.

Each takes the product's lock, as buyers do, and lets the product sum up its variants afterwards. On a product on show
a variant's name and photo wait for the curators like the product's own, and so does a price that moves far.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.domain.free_prices import free_percent, is_free, log_prices, told_price
from catalog.domain.products import ProductError, check_stock, editable
from catalog.domain.proposals import edited, open_proposal, withdraw_if_empty
from catalog.domain.variants import sum_up_variants
from catalog.models import Product, Variant, VariantChange
from exhibitors.states import CurationState

TEXTS = ("name", "name_en", "picture")
LIVE = ("sku", "price", "stock")
MOST_VARIANTS = 50


@transaction.atomic
def add_variant(product: Product, *, by, **values) -> str:
    """Add one; returns "saved", or "proposed" when it goes on sale only after the curators have seen it."""
    product = editable(product)
    if product.variants.count() >= MOST_VARIANTS:
        raise ProductError(_("Paling banyak %(most)s varian.") % {"most": MOST_VARIANTS})
    check_name(product, values["name"])
    waits = product.state == CurationState.APPROVED
    position = product.variants.count()
    variant = Variant.objects.create(
        product=product, position=position, is_active=not waits, is_approved=not waits, **values
    )
    if waits:
        propose_variant(variant, product, by=by, sells=True)
        return "proposed"
    sum_up_variants(product)
    return "saved"


@transaction.atomic
def change_variant(variant: Variant, *, by, seen_stock: int | None = None, **values) -> str:
    """Write what was changed. Raises StockMovedError when pieces were sold since the form was shown."""
    product = editable(variant.product)
    variant = Variant.objects.select_for_update(of=("self",)).get(pk=variant.pk)
    if "stock" in values and seen_stock is not None:
        check_stock(variant.stock, seen_stock, values["stock"])
    live = {name: values[name] for name in LIVE if name in values}
    texts = {name: values[name] for name in TEXTS if name in values}
    if "name" in texts:
        check_name(product, texts["name"], but=variant)
    if product.state != CurationState.APPROVED:
        _write(variant, {**live, **texts})
        sum_up_variants(product)
        return "saved"
    wanted = dict(texts)
    if "price" in live:
        waits = variant.is_approved and not is_free(variant, live["price"], free_percent(product.exhibitor_id))
        wanted["price"] = live.pop("price") if waits else None
    before = variant.price
    _write(variant, live)
    if variant.price != before:
        log_prices([(product, told_price(variant, before, variant.price))], by=by)
    sum_up_variants(product)
    waiting = VariantChange.objects.filter(variant=variant).first()
    now = {name: getattr(waiting or variant, name) for name in texts} | {"price": waiting.price if waiting else None}
    if all(now[name] == value for name, value in wanted.items()):
        return "saved"
    return propose_variant(variant, product, by=by, **wanted)


@transaction.atomic
def take_off_sale(variant: Variant, *, by) -> str:
    """Nobody can buy it from now on; what was sold stays sold, and it can be put back."""
    product = editable(variant.product)
    Variant.objects.filter(pk=variant.pk).update(is_active=False)
    VariantChange.objects.filter(variant=variant).update(sells=False)
    sum_up_variants(product)
    return "saved"


@transaction.atomic
def put_on_sale(variant: Variant, *, by) -> str:
    """Sell it again; one that no curator has seen waits for them first."""
    product = editable(variant.product)
    variant = Variant.objects.get(pk=variant.pk)
    if product.state == CurationState.APPROVED and not variant.is_approved:
        return propose_variant(variant, product, by=by, sells=True)
    Variant.objects.filter(pk=variant.pk).update(is_active=True)
    sum_up_variants(product)
    return "saved"


def propose_variant(variant: Variant, product: Product, *, by, sells: bool | None = None, **wanted) -> str:
    """Let the curators see what it shall be called, look like and cost; with what was proposed before."""
    change = open_proposal(product, by=by)
    waiting = VariantChange.objects.filter(variant=variant).first()
    values = {name: wanted.get(name, getattr(waiting or variant, name)) for name in TEXTS}
    values["price"] = wanted.get("price", waiting.price if waiting else None)
    values["sells"] = (waiting.sells if waiting else False) if sells is None else sells
    same = values["price"] is None and all(getattr(variant, name) == values[name] for name in TEXTS)
    if same and variant.is_approved and not values["sells"]:
        VariantChange.objects.filter(variant=variant).delete()
        if withdraw_if_empty(change, by=by):
            return "saved"
    else:
        VariantChange.objects.update_or_create(variant=variant, defaults={"change": change, **values})
    edited(change, by=by)
    return "proposed"


def wanted_texts(variant: Variant) -> Variant | VariantChange:
    """Where its name and photo stand as the exhibitor wants them: in the proposal, if there is one."""
    return VariantChange.objects.select_related("picture").filter(variant=variant).first() or variant


def check_name(product: Product, name: str, but: Variant | None = None) -> None:
    others = Variant.objects.filter(product=product, name__iexact=name)
    waiting = VariantChange.objects.filter(variant__product=product, name__iexact=name)
    if but is not None:
        others, waiting = others.exclude(pk=but.pk), waiting.exclude(variant=but)
    if others.exists() or waiting.exists():
        raise ProductError(_("Nama varian ini sudah ada."))


def _write(variant: Variant, values: dict) -> None:
    changed = {name: value for name, value in values.items() if getattr(variant, name) != value}
    for name, value in changed.items():
        setattr(variant, name, value)
    if changed:
        variant.save(update_fields=list(changed))
