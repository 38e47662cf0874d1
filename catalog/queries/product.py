"""One product with everything its page shows, in two queries."""

import datetime as dt
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import JSONObject

from catalog.domain.photo_texts import PhotoText
from catalog.models import Placement, PriceStep, Product, ProductPhoto, Variant
from catalog.moments import precedence_of
from catalog.selling import curated, placed_at
from exhibitors.models import Certificate, CertificateKind
from expo.formats import WIB
from expo.models import Picture
from expo.prepared import MOMENT, PreparedObjects, number_slot, text_slot

PICTURE_FIELDS = ("id", "folder", "source", "plain", "width", "height", "widths", "ground")
VARIANT_FIELDS = ("id", "name", "name_en", "sku", "price", "stock")
STEP_FIELDS = ("id", "variant_id", "minimum_quantity", "unit_price")
CERTIFICATE_FIELDS = ("id", "product_id", "kind", "number", "issuer", "expires_on")
ARRAYS = ("page_photos", "page_variants", "page_steps", "page_certificates")
IS_NOT_HALAL = "page_is_not_halal"
SOME_DAY = dt.date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class ProductPage:
    product: Product
    placements: list[Placement]  # on show, the leading edition first
    placement: Placement | None  # the one this page sells from
    photos: list[Picture]  # the cover first, each picture once
    variants: list[Variant] = field(default_factory=list)  # those on sale
    steps: list[PriceStep] = field(default_factory=list)  # of the product and of its variants
    certificates: list[Certificate] = field(default_factory=list)  # verified and valid today
    is_not_halal: bool = False  # its maker says so
    texts: dict[int, PhotoText] = field(default_factory=dict)  # what photos show, by picture, where that was said


def product_page(slug: str, edition: str, now: dt.datetime, *, of_anyone: bool = False) -> ProductPage | None:
    """None when no such product may be seen. ``edition``: slug of the booth's edition the visitor came from.

    ``of_anyone``: also what curation does not let be seen, for the preview of its owner, who was let in before."""
    product = _product_query(of_anyone).first(slug=slug, day=now.astimezone(WIB).date())
    if product is None:
        return None
    placements = _placements_query().objects(product=product.pk, now=now)
    for placement in placements:
        placement.product = product
    placements.sort(key=lambda placement: precedence_of(placement.booth.edition, now), reverse=True)
    wanted = (placement for placement in placements if placement.booth.edition.slug == edition)
    return ProductPage(
        product=product,
        placements=placements,
        placement=next(wanted, placements[0] if placements else None),
        **_details(product),
    )


def _details(product: Product) -> dict[str, Any]:
    """Photos, variants, price steps and certificates, which came with the product."""
    photos, pictured, steps, certificates = (
        [json.loads(item) if isinstance(item, str) else item for item in vars(product).pop(name)] for name in ARRAYS
    )
    variants = [_variant(row, product) for row in pictured]
    shown = [product.cover] if product.cover else []
    texts = {row["id"]: (row.pop("alt"), row.pop("alt_en")) for row in photos}
    shown += [_made(Picture, row) for row in photos]
    shown += [variant.picture for variant in variants if variant.picture]
    return {
        "photos": list({picture.pk: picture for picture in shown}.values()),
        "texts": {picture: PhotoText(*text) for picture, text in texts.items() if any(text)},
        "variants": variants,
        "steps": [_made(PriceStep, row) for row in steps],
        "certificates": [_certificate(row) for row in certificates],
        "is_not_halal": vars(product).pop(IS_NOT_HALAL),
    }


def _variant(row: dict[str, Any], product: Product) -> Variant:
    picture = {name: row.pop(f"picture_{name}") for name in PICTURE_FIELDS}
    return _made(Variant, row, product=product, picture=_made(Picture, picture) if picture["id"] else None)


def _certificate(row: dict[str, Any]) -> Certificate:
    expires = row.pop("expires_on")
    return _made(Certificate, row, expires_on=dt.date.fromisoformat(expires) if expires else None)


def _made(model, row: dict[str, Any], **related):
    return model(**row, **related)


@cache
def _product_query(of_anyone: bool) -> PreparedObjects:
    found = Product.objects.all() if of_anyone else Product.objects.filter(curated())
    products = found.filter(slug=text_slot("slug")).annotate(**_detail_queries()).order_by()
    related = ("exhibitor", "exhibitor__regency", "category", "category__parent", "cover")
    return PreparedObjects(products, *related, extras=(*ARRAYS, IS_NOT_HALAL), slug=text_slot("slug"), day=SOME_DAY)


@cache
def _placements_query() -> PreparedObjects:
    placements = Placement.objects.filter(placed_at(MOMENT), product=number_slot(1)).with_payable(MOMENT).order_by()
    related = ("booth", "booth__edition", "booth__hall")
    return PreparedObjects(placements, *related, extras=("is_payable",), now=MOMENT, product=number_slot(1))


def _detail_queries() -> dict[str, Any]:
    own = OuterRef("pk")
    photos = ProductPhoto.objects.filter(product=own).order_by("position", "pk")
    variants = Variant.objects.filter(product=own, is_active=True).order_by("position", "pk")
    steps = PriceStep.objects.filter(product=own).order_by("variant__position", "variant_id", "minimum_quantity")
    certificates = Certificate.objects.valid_on(SOME_DAY).filter(
        Q(product=own) | Q(product__isnull=True), exhibitor=OuterRef("exhibitor")
    )
    held = Q(Exists(certificates.filter(product=own, kind=CertificateKind.HALAL)))
    declared = Certificate.objects.not_halal().filter(exhibitor=OuterRef("exhibitor"))
    is_not_halal = Q(Exists(declared.filter(product=own))) | Q(Exists(declared.filter(product=None))) & ~held
    pictures = {f"picture_{name}": F(f"picture__{name}") for name in PICTURE_FIELDS}
    arrays = (
        _array(photos, **{name: F(f"picture__{name}") for name in PICTURE_FIELDS}, alt=F("alt"), alt_en=F("alt_en")),
        _array(variants, **{name: F(name) for name in VARIANT_FIELDS}, **pictures),
        _array(steps, **{name: F(name) for name in STEP_FIELDS}),
        _array(certificates.order_by("kind", "pk"), **{name: F(name) for name in CERTIFICATE_FIELDS}),
    )
    return {**dict(zip(ARRAYS, arrays, strict=True)), IS_NOT_HALAL: ExpressionWrapper(is_not_halal, BooleanField())}


def _array(queryset, **fields) -> ArraySubquery:
    return ArraySubquery(queryset.values_list(JSONObject(**fields)))
