"""The verbs of ``products.py`` for many products at once: the same rules, a number of queries that does not grow.

Both are called inside a transaction that holds the exhibitor's lock (``catalog/domain/imports.py``).
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Model
from django.utils import timezone
from django.utils.text import slugify

from catalog.domain.curation import CURATED_FIELDS, has_provisional_address
from catalog.domain.free_prices import free_percent, is_free, log_prices, told_price
from catalog.domain.photo_texts import PhotoText, waiting_texts
from catalog.domain.photos import describe_photos
from catalog.domain.products import EDITED_STATES, LIVE_FIELDS, NOT_EDITED, ProductError, may_be_submitted
from catalog.domain.proposals import drop_empty, fresh_proposal, says_nothing, touched, want
from catalog.models import Product, ProductChange, ProductPhoto
from exhibitors.domain.decisions import log_many
from exhibitors.states import CHANGE_PROPOSED, EDITABLE, CurationState

BATCH = 500
REWRITTEN = (
    "category",
    "cover",
    "photo_ids",
    "price",
    "base",
    "state",
    "proposed_at",
    "proposed_by",
)  # of a proposal, beside texts
SLUG = 120
TEXTS = tuple(name for name in CURATED_FIELDS if name not in ("category", "cover"))
WRITTEN = (
    *LIVE_FIELDS, "approved_price", *TEXTS, "slug", "category_id", "cover_id", "state", "submitted_at", "import_key",
    "updated_at",
)  # fmt: skip


@dataclass
class Wanted:
    """What a product shall say. ``values`` by field, the category as ``category_id``; ``photos`` are ids of pictures,
    None to leave them."""

    values: Mapping[str, Any]
    photos: Sequence[int] | None = None
    product: Product | None = None
    import_key: str = ""
    outcome: str = field(default="saved", init=False)
    waiting_price: int | None = field(default=None, init=False)


def add_products(exhibitor, wanted: Sequence[Wanted], *, by, now: dt.datetime | None = None) -> list[Product]:
    """Save new products: with a photo they are submitted for curation, without one they are drafts."""
    now = now or timezone.now()
    slugs = free_slugs(Product, [one.values["name"] for one in wanted], length=SLUG)
    for one, slug in zip(wanted, slugs, strict=True):
        cover = one.photos[0] if one.photos else None
        one.product = Product(
            exhibitor=exhibitor, slug=slug, cover_id=cover, import_key=one.import_key, state=CurationState.DRAFT,
            **one.values,
        )  # fmt: skip
        if cover:
            one.product.state, one.product.submitted_at = CurationState.SUBMITTED, now
        one.outcome = "submitted" if cover else "saved"
    products = [one.product for one in wanted]
    Product.objects.bulk_create(products, batch_size=BATCH)
    _hang({one.product.pk: one.photos for one in wanted if one.photos})
    submitted = [product for product in products if product.cover_id]
    log_many([(product, CurationState.DRAFT, CurationState.SUBMITTED) for product in submitted], by=by)
    return products


def change_products(wanted: Sequence[Wanted], *, by, now: dt.datetime | None = None) -> None:
    """Write what was changed of locked products; each ``outcome`` says how it went, as ``change_product`` does.

    Raises ProductError for a product that its exhibitor may not change."""
    now = now or timezone.now()
    if any(one.product.state not in EDITED_STATES for one in wanted):
        raise ProductError(NOT_EDITED)
    shown = [one for one in wanted if one.product.state == CurationState.APPROVED]
    _hold_prices(shown, by=by)
    _propose(shown, by=by, now=now)
    hung = {}
    for one in wanted:
        product, is_shown = one.product, one.product.state == CurationState.APPROVED
        for name, value in one.values.items():
            if not is_shown or (name in LIVE_FIELDS and not (name == "price" and one.waiting_price)):
                setattr(product, name, value)
        product.import_key = product.import_key or one.import_key
        product.updated_at = now
        if is_shown:
            continue
        if one.photos:
            product.cover_id, hung[product.pk] = one.photos[0], one.photos
    texts = _texts_of(hung)
    ProductPhoto.objects.filter(product__in=list(hung)).delete()
    _hang(hung, texts)
    _submit([one for one in wanted if one.product.state in EDITABLE and may_be_submitted(one.product)], by=by, now=now)
    write_columns(Product, WRITTEN, [one.product for one in wanted])


def _submit(wanted: Sequence[Wanted], *, by, now: dt.datetime) -> None:
    """As ``submit_product`` does; the products are written by the caller."""
    unnamed = [one.product for one in wanted if has_provisional_address(one.product)]
    for product, slug in zip(unnamed, free_slugs(Product, [one.name for one in unnamed], length=SLUG), strict=True):
        product.slug = slug
    log_many([(one.product, one.product.state, CurationState.SUBMITTED) for one in wanted], by=by)
    for one in wanted:
        one.product.state, one.product.submitted_at, one.outcome = CurationState.SUBMITTED, now, "submitted"


def locked_products(ids) -> dict[int, Product]:
    """These products, locked in id order as buyers lock them."""
    rows = Product.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").defer("search")
    return {product.pk: product for product in rows}


def free_slugs(model: type[Model], texts: Sequence[str], *, length: int) -> list[str]:
    """Slugs that neither a row of ``model`` nor another of these has. A race for one ends at the unique index."""
    bases = [slugify(text)[: length - 8].strip("-") or str(model._meta.model_name) for text in texts]
    names = {f"{base}-{n}" for base in set(bases) for n in range(2, 10)} | set(bases)
    taken = set()
    for start in range(0, len(names), 5000):
        asked = sorted(names)[start : start + 5000]
        taken.update(model._default_manager.filter(slug__in=asked).values_list("slug", flat=True))
    found = []
    for base in bases:
        choices = [base, *(f"{base}-{n}" for n in range(2, 10))]
        slug = next((one for one in choices if one not in taken), f"{base}-{secrets.token_hex(3)}")
        taken.add(slug)
        found.append(slug)
    return found


def _hold_prices(wanted: Sequence[Wanted], *, by) -> None:
    """Which new prices are too far from what was approved to count at once; the others are told to the log."""
    priced = [one for one in wanted if one.values.get("price") not in (None, one.product.price)]
    percent = free_percent(priced[0].product.exhibitor_id) if priced else 0
    for one in priced:
        if not is_free(one.product, one.values["price"], percent):
            one.waiting_price = one.values["price"]
        elif one.product.approved_price is None:
            one.product.approved_price = one.product.price
    free = [one for one in priced if not one.waiting_price]
    log_prices([(one.product, told_price(one.product, one.product.price, one.values["price"])) for one in free], by=by)


def _propose(wanted: Sequence[Wanted], *, by, now: dt.datetime) -> None:
    """What shoppers read of products on show waits for the curators, with what was proposed before."""
    read = (*TEXTS, "category_id", "price")
    wanted = [one for one in wanted if one.photos or any(name in read for name in one.values)]
    ids = [one.product.pk for one in wanted]
    changes = {
        change.product_id: change
        for change in ProductChange.objects.filter(product__in=ids).annotate(variant_count=Count("variants"))
    }
    now_hung = photos_of(ids)
    fresh, kept, empty = [], [], []
    for one in wanted:
        product = one.product
        change = changes.get(product.pk) or fresh_proposal(product, by=by, now=now)
        change.product = product
        values = {name: one.values[name] for name in (*TEXTS, "category_id") if name in one.values}
        if "price" in one.values:
            values["price"] = one.waiting_price
        want(change, product, values, one.photos or None)
        has_variants = getattr(change, "variant_count", 0) > 0
        if says_nothing(change, product, now_hung.get(product.pk, [])) and not has_variants:
            empty += [change] if change.pk else []
            continue
        touched(change, by=by)
        one.outcome = "proposed"
        (kept if change.pk else fresh).append(change)
    drop_empty(empty, by=by)
    log_many([(change.product, change.product.state, CHANGE_PROPOSED) for change in fresh], by=by)
    ProductChange.objects.bulk_create(fresh, batch_size=BATCH)
    ProductChange.objects.bulk_update(kept, [*TEXTS, *REWRITTEN], batch_size=200)
    _attach([change for change in (*fresh, *kept) if change.photo_ids])


def _attach(changes: list[ProductChange]) -> None:
    """The same pictures as rows: what a row refers to is not taken for a leftover."""
    through = ProductChange.pictures.through
    through.objects.filter(productchange__in=changes).delete()
    rows = [through(productchange_id=change.pk, picture_id=pk) for change in changes for pk in change.photo_ids or []]
    through.objects.bulk_create(rows, batch_size=BATCH)


def photos_of(ids) -> dict[int, list[int]]:
    """The pictures of these products in the order in which they are shown, the cover first."""
    found: dict[int, list[int]] = {
        pk: [cover] for pk, cover in Product.objects.filter(pk__in=ids, cover__isnull=False).values_list("pk", "cover")
    }
    rows = ProductPhoto.objects.filter(product__in=ids).order_by("position", "pk").values_list("product", "picture")
    for product, picture in rows:
        if picture not in found.setdefault(product, []):
            found[product].append(picture)
    return found


def _texts_of(products: Iterable[int]) -> dict[tuple[int, int], PhotoText]:
    """What is said of their photos, by product and picture."""
    rows = ProductPhoto.objects.filter(product__in=list(products)).values_list("product", "picture", "alt", "alt_en")
    return {(product, picture): PhotoText(*texts) for product, picture, *texts in rows}


def _hang(photos: Mapping[int, Sequence[int]], texts: Mapping[tuple[int, int], PhotoText] | None = None) -> None:
    """Photos that hung before keep what was said of them."""
    said = texts or {}
    rows = [
        ProductPhoto(
            product_id=product,
            picture_id=picture,
            position=place,
            **said.get((product, picture), PhotoText())._asdict(),
        )
        for product, pictures in photos.items()
        for place, picture in enumerate(pictures)
    ]
    ProductPhoto.objects.bulk_create(rows, batch_size=BATCH)


def describe_many(wanted: Mapping[Product, Mapping[int, Sequence[str | None]]], *, by) -> set[int]:
    """Say what photos of locked products show, by picture, as ``describe_photos`` does; None: the text stays.

    Returns the keys of products on show, of which the texts wait for the curators. These are asked one by one.
    """
    wanted = {product: texts for product, texts in wanted.items() if texts}
    there = texts_of([product.pk for product in wanted])
    whole: dict[int, dict[int, PhotoText]] = {}
    for product, texts in wanted.items():
        now = there.get(product.pk, {})
        whole[product.pk] = {picture: _told(now.get(picture, PhotoText()), text) for picture, text in texts.items()}
    shown = [product for product in wanted if product.state == CurationState.APPROVED]
    waiting = {product.pk for product in shown if describe_photos(product, whole.pop(product.pk), by=by) == "proposed"}
    rows = {(row.product_id, row.picture_id): row for row in ProductPhoto.objects.filter(product__in=list(whole))}
    fresh, changed = [], []
    for pk, said in whole.items():
        for picture, text in said.items():
            row = rows.get((pk, picture))
            (changed if row else fresh).append(row := row or ProductPhoto(product_id=pk, picture_id=picture))
            row.alt, row.alt_en = text  # a cover alone had no row
    ProductPhoto.objects.bulk_create(fresh, batch_size=BATCH)
    ProductPhoto.objects.bulk_update(changed, ["alt", "alt_en"], batch_size=BATCH)
    return waiting


def _told(now: PhotoText, text: Sequence[str | None]) -> PhotoText:
    return PhotoText(*(old if new is None else new for old, new in zip(now, text, strict=True)))


def texts_of(products: Iterable[int]) -> dict[int, dict[int, PhotoText]]:
    """What is said of their photos, by product, as their exhibitor wants it: what waits for the curators included."""
    products = list(products)
    found: dict[int, dict[int, PhotoText]] = {}
    for (product, picture), text in _texts_of(products).items():
        found.setdefault(product, {})[picture] = text
    for change in ProductChange.objects.filter(product__in=products).exclude(photo_texts={}):
        found.setdefault(change.product_id, {}).update(waiting_texts(change))
    return found


def write_columns(model: type[Model], names: Sequence[str], rows: Sequence[Model]) -> None:
    """These columns of locked rows in one statement a batch: Django's would grow with rows times columns."""
    fields = [next(f for f in model._meta.concrete_fields if name in (f.name, f.attname)) for name in names]
    columns = [connection.ops.quote_name(f.column) for f in fields]
    arrays = ", ".join(f"%s::{f.db_type(connection)}[]" for f in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    sql = (
        f"UPDATE {table} SET ({', '.join(columns)}) = ROW({', '.join(f'given.{name}' for name in columns)}) "  # noqa: S608 (names of our own columns)
        f"FROM unnest(%s::bigint[], {arrays}) AS given(id, {', '.join(columns)}) WHERE {table}.id = given.id"
    )
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            values = [[f.get_db_prep_save(getattr(row, f.attname), connection) for row in batch] for f in fields]
            cursor.execute(sql, [[row.pk for row in batch], *values])
