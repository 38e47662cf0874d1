"""The products of one exhibitor that wait, page by page: what is in order is approved with one click.

All that an approval approves stands on the page, and each product carries the fingerprint of what stood there: what
was not shown can't be approved. What is unticked is set apart, to be looked at by itself; what is left is put aside.
Whoever unticked it may have it shown again, unticked; what colleagues unticked stays apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Min, Q, QuerySet
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.domain.curation import approve_product, content_of_product
from catalog.models import Product, ProductPhoto
from exhibitors.desk_claims import give_back, portions, taken_in_order
from exhibitors.domain.decisions import ChangedMeanwhileError
from exhibitors.domain.second_eyes import is_approved_once
from exhibitors.sitting import apart, aside, join_again, not_handed_in_since, put_aside, set_apart, take_back
from expo.errors import DomainError
from expo.keys import key_in, keys_in
from expo.models import Picture

AT_ONCE = 24
AHEAD = 50
OPEN_FOR = 900  # seconds: two dozen products are not read in three minutes
UNTICKED, REFUSED, LEFT = "unticked", "refused", "left"  # the last: whole exhibitors
OFF = "off"  # shown again without a tick


@dataclass(frozen=True)
class Card:
    """``seen`` is the fingerprint of what stands on it; ``photos`` are those beside the cover, ``told`` have words.
    ``off``: this person has unticked it before."""

    product: Product
    seen: str
    photos: list[Picture]
    told: list[ProductPhoto]
    off: bool


def card_of(product: Product, off: bool) -> Card:
    rows = list(product.photos.all())
    photos = [row.picture for row in rows if row.picture_id != product.cover_id]
    return Card(product, content_of_product(product), photos, [row for row in rows if row.alt or row.alt_en], off)


def batch_view(model_admin, request):
    """GET shows the exhibitor whose product waits longest; POST approves what is ticked, as it was seen.

    ``?lewati=pk`` leaves that exhibitor for the end; a POST of ``lagi`` brings back what this person put aside.
    """
    model_admin.require_curator(request)
    if not request.user.has_perm("exhibitors.view_exhibitor"):
        raise PermissionDenied
    if request.method == "POST":
        (show_again if "lagi" in request.POST else approve_ticked)(model_admin, request)
        return redirect(request.path)
    passed = key_in(request.GET.get("lewati", ""))
    if passed is not None:
        put_aside(request, LEFT, [passed])
        close(model_admin, request, passed)
    rows = in_turn(model_admin, request)
    products = next_batch(model_admin, rows, request.user.pk)
    if products:
        return show_batch(model_admin, request, rows, products)
    put_away = model_admin.waiting(request).count() - rows.count()
    singly = reverse(f"admin:{model_admin.url_name('next')}") if put_away else ""
    again = own_aside(model_admin, request)
    return model_admin.end_of_queue(request, passed=put_away, again=again, singly_url=singly)


def show_again(model_admin, request) -> None:
    """What this person put aside; what they unticked comes without its tick."""
    unticked = aside(request, UNTICKED)
    join_again(UNTICKED, unticked)
    put_aside(request, OFF, unticked)
    for queue in queues_aside(model_admin):
        take_back(request, queue)


def own_aside(model_admin, request) -> bool:
    """Whether this person has put anything aside that could be shown again."""
    return any(aside(request, queue) for queue in queues_aside(model_admin))


def queues_aside(model_admin) -> tuple[str, ...]:
    return UNTICKED, REFUSED, LEFT, model_admin.queue_name


def show_batch(model_admin, request, rows: QuerySet[Product], products: list[Product]) -> TemplateResponse:
    exhibitor = products[0].exhibitor
    counts = rows.aggregate(all=Count("pk"), here=Count("pk", filter=Q(exhibitor=exhibitor.pk)))
    off = not_handed_in_since(aside(request, OFF), rows, model_admin.waiting_since)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": str(exhibitor),
        "exhibitor": exhibitor,
        "cards": [card_of(product, product.pk in off) for product in products],
        "counts": counts,
        "aside": model_admin.waiting(request).count() - counts["all"],
        "next_url": f"{request.path}?lewati={exhibitor.pk}",
        "again_url": request.path if own_aside(model_admin, request) else "",
    }
    return TemplateResponse(request, "admin/curation/batch.html", context)


def in_turn(model_admin, request) -> QuerySet[Product]:
    """What waits, without what was set apart, and what this person put aside, here or at the desk."""
    waiting = model_admin.waiting(request)
    found = {**aside(request, model_admin.queue_name), **aside(request, REFUSED), **apart(UNTICKED)}
    passed = not_handed_in_since(found, waiting, model_admin.waiting_since)
    return waiting.exclude(pk__in=passed).exclude(exhibitor__in=aside(request, LEFT))


def next_batch(model_admin, rows: QuerySet[Product], who: int) -> list[Product]:
    """Those of ``rows`` of the exhibitor whose turn it is.

    Exhibitors that colleagues are at are led past as long as there are others; then their other products come.
    """
    turns = rows.order_by().values("exhibitor").annotate(since=Min("submitted_at"))
    turns = turns.order_by(F("since").asc(nulls_last=True), "exhibitor").values_list("exhibitor", flat=True)
    for portion in portions(turns, AHEAD):
        keys = {pk: exhibitor_key(pk) for pk in portion}
        for pk in taken_in_order(keys, who, OPEN_FOR):
            if products := open_products(model_admin, rows.filter(exhibitor=pk), who):
                return products
            give_back(keys[pk], who)  # decided between looking and taking, or each open at the desk
    for portion in portions(turns, AHEAD):
        for pk in portion:
            if products := open_products(model_admin, rows.filter(exhibitor=pk), who):
                return products
    return []


def open_products(model_admin, rows: QuerySet[Product], who: int) -> list[Product]:
    """The oldest that no colleague has open, here or at the desk, opened for this person."""
    order = (F("submitted_at").asc(nulls_last=True), "pk")
    keys = {pk: model_admin.open_key(pk) for pk in rows.order_by(*order).values_list("pk", flat=True)}
    taken = list(islice(taken_in_order(keys, who, OPEN_FOR), AT_ONCE))
    found = rows.filter(pk__in=taken).order_by(*order).select_related("exhibitor__regency", "category", "cover")
    photos = ("photos__picture", "variants__picture", "steps__variant")
    products = list(found.defer("search").prefetch_related(*photos))
    give_back([keys[pk] for pk in {*taken} - {product.pk for product in products}], who)
    return products


def exhibitor_key(pk: int) -> str:
    return f"curating:batch:{pk}"


def close(model_admin, request, exhibitor: int, shown: Iterable[int] = ()) -> None:
    """Let colleagues have it: what was shown, or else all that this person has open of the exhibitor."""
    shown = shown or model_admin.waiting(request).filter(exhibitor=exhibitor).values_list("pk", flat=True)
    give_back([exhibitor_key(exhibitor), *(model_admin.open_key(pk) for pk in shown)], request.user.pk)


def approve_ticked(model_admin, request) -> None:
    """What was ticked and shown. What this person may not approve is left to colleagues."""
    shown = set(keys_in(name.removeprefix("seen_") for name in request.POST if name.startswith("seen_")))
    ticked = shown.intersection(keys_in(request.POST.getlist("pk")[:AT_ONCE]))
    products = list(Product.objects.filter(pk__in=shown).order_by("pk"))
    unticked = [product.pk for product in products if product.pk not in ticked]
    set_apart(UNTICKED, unticked)
    put_aside(request, UNTICKED, unticked)
    done, refused = 0, []
    for product in (product for product in products if product.pk in ticked):
        try:
            approve_product(product, by=request.user, seen=request.POST[f"seen_{product.pk}"])
        except DomainError as error:
            messages.error(request, error.message)
            refused += [] if isinstance(error, ChangedMeanwhileError) else [product.pk]
        else:
            done += 1
            if is_approved_once(product):
                text = _("“%(subject)s”: persetujuan pertama dicatat, menunggu mata kedua.")
                messages.info(request, text % {"subject": product})
    put_aside(request, REFUSED, refused)
    for exhibitor in {product.exhibitor_id for product in products}:
        close(model_admin, request, exhibitor, shown)
    if done:
        text = ngettext("%(n)s produk disetujui.", "%(n)s produk disetujui.", done)
        messages.success(request, text % {"n": done})
