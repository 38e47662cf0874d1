"""The photos of one product: added, put in order, removed and brought back."""

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.dashboard.forms_offers import PhotosForm
from catalog.dashboard.forms_photos import PhotoTextsForm
from catalog.dashboard.offers import shown
from catalog.dashboard.views import OUTCOMES
from catalog.domain.curation import photo_ids_of
from catalog.domain.photo_texts import wanted_texts
from catalog.domain.photos import bring_back_photo, describe_photos, move_photo, order_photos, remove_photo
from catalog.domain.products import change_photos, shown_photos
from catalog.models import Product, ProductChange
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from expo.photo_hints import hints_of

REMOVED = "catalog.removed-photo"
REMEMBERED = 2 * 3600  # seconds in which a removed photo can be brought back


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def photos(request, pk):
    """A POST adds files, or does what was pressed: ``earlier``, ``later``, ``remove`` (one photo's key), ``order``
    (all keys) or ``restore`` (what the page of a removal offered)."""
    found = owned(request, Product, pk=pk)
    form = PhotosForm(request.POST or None, request.FILES or None)
    removed = _removed(found, request.GET.get("dihapus", ""))
    if request.method == "POST":
        try:
            done = _pressed(request, found) or _added(request, found, form)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            if done:
                return redirect(done)
    on_show = photo_ids_of(found)
    rows = [(photo, hints_of(photo), photo.pk not in on_show) for photo in shown_photos(found)]
    token = request.GET.get("dihapus", "") if removed else ""
    texts = wanted_texts(found, _waiting(found))
    told = sum(any(texts.get(photo.pk, ())) for photo, _hints, _waits in rows)
    return shown(request, "photos", found, form=form, rows=rows, removed=token, told=told)


@require_http_methods(["GET", "HEAD", "POST"])
@exhibitor_required
def texts(request, pk):
    """What each photo shows, in words, of those that wait for the curators as well."""
    found = owned(request, Product, pk=pk)
    texts = wanted_texts(found, _waiting(found))
    form = PhotoTextsForm(request.POST or None, pictures=shown_photos(found), texts=texts)
    draft = f"photo-texts-{found.pk}"
    if request.method == "POST" and form.is_valid():
        try:
            outcome = describe_photos(found, form.texts(), by=request.user)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            text = _("Isi foto tersimpan.") if outcome == "saved" else OUTCOMES[outcome]
            messages.success(request, text, extra_tags=draft)
            return redirect("catalog:dashboard-photos", found.pk)
    return shown(request, "photo_texts", found, form=form, keep=draft)


def _waiting(product: Product) -> ProductChange | None:
    return ProductChange.objects.filter(product=product).first()


def _pressed(request, product: Product) -> str | None:
    """Do what a button asks for; the address to go on to, or None when none was pressed."""
    data, by, here = request.POST, request.user, reverse("catalog:dashboard-photos", args=[product.pk])
    if "remove" in data:
        place = remove_photo(product, _key(data["remove"]), by=by)
        kept = signing.dumps([product.pk, _key(data["remove"]), place], salt=REMOVED)
        return f"{here}?dihapus={kept}"
    if "earlier" in data or "later" in data:
        step = 1 if "later" in data else -1
        outcome = move_photo(product, _key(data["later"] if step == 1 else data["earlier"]), step, by=by)
    elif "order" in data:
        outcome = order_photos(product, [_key(one) for one in data["order"].split(",")[:50]], by=by)
    elif (restored := _removed(product, data.get("restore", ""))) is not None:
        outcome = bring_back_photo(product, *restored, by=by)
    else:
        return None
    messages.success(request, OUTCOMES[outcome])
    return here


def _added(request, product: Product, form: PhotosForm) -> str | None:
    if not form.is_valid():
        return None
    outcome = change_photos(product, [*shown_photos(product), *form.cleaned_data["photos"]], by=request.user)
    messages.success(request, OUTCOMES[outcome], extra_tags=f"photos-{product.pk}")
    return reverse("catalog:dashboard-photos", args=[product.pk])


def _removed(product: Product, token: str) -> tuple[int, int] | None:
    """Which picture was removed and where it stood, if it was this product's."""
    try:
        of, picture, place = signing.loads(token, salt=REMOVED, max_age=REMEMBERED)
    except signing.BadSignature:
        return None
    return (picture, place) if of == product.pk else None


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
