"""The exhibitor's own table of shipping fees."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.seller_facts import forget_seller
from exhibitors.dashboard import render_dashboard
from exhibitors.permissions import exhibitor_required, owned
from expo.errors import DomainError
from orders.domain.shipping import Place, choices_for, read_tables
from orders.domain.shipping_table import doubts_about, place_of, start_table
from orders.durations import duration_text
from orders.forms.shipping import PreviewForm, ServiceForm, ZoneForm
from orders.models import ANY_WEIGHT, ShippingService, ShippingZone

TAB = "shipping"


@exhibitor_required
@require_GET
def index(request):
    services = list(request.exhibitor.shipping_services.prefetch_related("zones__region"))
    form = PreviewForm(request.GET if "area" in request.GET else None)
    context = {
        "services": [
            {
                "service": service,
                "time": duration_text(service.duration),
                "zones": [shown(zone) for zone in service.zones.all()],
            }
            for service in services
        ],
        "doubts": doubts_about(services),
        "form": form,
        **(preview(request.exhibitor, form) if form.is_valid() else {}),
    }
    return render_dashboard(request, "orders/shipping.html", context, tab=TAB)


def shown(zone: ShippingZone) -> dict:
    pairs = zip(zone.weights, zone.fees, strict=True)
    steps = [{"grams": None if weight == ANY_WEIGHT else weight, "fee": fee} for weight, fee in pairs]
    return {"zone": zone, "place": place_of(zone), "steps": steps}


def preview(exhibitor, form: PreviewForm) -> dict:
    area, grams = form.cleaned_data["area"], int(form.cleaned_data["kilograms"] * 1000)
    services = read_tables([exhibitor.pk])[exhibitor.pk]
    return {"looked_up": area, "choices": choices_for(services, Place(regency=area.regency.pk), grams, 0)}


def back_to_table(request):
    """The pages of its products tell a new fee at once."""
    forget_seller(request.exhibitor.pk)
    return redirect("orders:shipping")


@exhibitor_required
@require_POST
def template(request):
    try:
        start_table(request.exhibitor)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Tabel contoh dibuat. Ubah ongkosnya sesuai kurir Anda."))
    return back_to_table(request)


@exhibitor_required
@require_http_methods(["GET", "POST"])
def service(request, pk=None):
    found = owned(request, ShippingService, pk=pk) if pk else ShippingService(exhibitor=request.exhibitor)
    form = ServiceForm(request.POST or None, instance=found)
    if request.method == "POST" and "delete" in request.POST and pk:
        found.delete()
        messages.success(request, _("Layanan dihapus."))
        return back_to_table(request)
    if request.method == "POST" and form.is_valid():
        form.save()
        return back_to_table(request)
    context = {"form": form, "service": found, "title": found.name or _("Layanan baru")}
    return render_dashboard(request, "orders/shipping_form.html", context, tab=TAB)


@exhibitor_required
@require_http_methods(["GET", "POST"])
def zone(request, service_pk, pk=None):
    of = owned(request, ShippingService, pk=service_pk)
    found = get_object_or_404(ShippingZone.objects.select_related("region"), service=of, pk=pk) if pk else None
    if request.method == "POST" and "delete" in request.POST and found:
        found.delete()
        messages.success(request, _("Zona dihapus."))
        return back_to_table(request)
    form = ZoneForm(request.POST or None, service=of, zone=found)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return back_to_table(request)
    title = place_of(found) if found else _("Zona baru")
    context = {"form": form, "service": of, "zone": found, "title": title}
    return render_dashboard(request, "orders/shipping_form.html", context, tab=TAB)
