"""Orders, payments and refunds for staff: looked at, refunded and verified, never edited by hand."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin_base import ReadOnlyAdmin, ReadOnlyInline, VerbPages
from expo.formats import rupiah
from expo.phones import show_phone
from expo.pictures import open_private
from orders import admin_desk, admin_reported, admin_vouchers, admin_ways  # noqa: F401 (register their own)
from orders.admin_forms import VerificationForm
from orders.domain.ledger import claims_of
from orders.domain.payment import verify_claim
from orders.domain.refund import record_refund
from orders.forms.refunds import StaffReturnForm
from orders.models import Order, OrderEvent, OrderLine, Payment, Proof, Refund
from orders.states import ORDER_TRANSITIONS, OrderState
from orders.timeline import EVENTS


class LineInline(ReadOnlyInline):
    model = OrderLine
    hide_title = True
    fields = ["name", "price", "quantity", "refunded_quantity", "refunded"]
    readonly_fields = ["price", "refunded"]

    @admin.display(description=gettext_lazy("harga satuan"))
    def price(self, line):
        return rupiah(line.unit_price)

    @admin.display(description=gettext_lazy("dana dikembalikan (rupiah)"))
    def refunded(self, line):
        return rupiah(line.refunded_amount)


class EventInline(ReadOnlyInline):
    model = OrderEvent
    hide_title = True
    fields = ["at", "happening", "by", "reason"]
    readonly_fields = ["happening"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    @admin.display(description=gettext_lazy("kejadian"))
    def happening(self, event):
        return EVENTS.get(event.kind, event.kind)


class RefundInline(ReadOnlyInline):
    model = Refund
    hide_title = True
    fields = ["at", "amount", "extra_amount", "restocked", "reason", "by", "picture"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    @admin.display(description=gettext_lazy("bukti"))
    def picture(self, refund):
        if not refund.proof:
            return "–"
        address = reverse("admin:orders_order_refund_proof", args=[refund.order_id, refund.pk])
        return format_html('<a href="{}">{}</a>', address, _("Lihat bukti"))


@admin.register(Order)
class OrderAdmin(VerbPages, ReadOnlyAdmin):
    verb_template = "admin/orders/decision.html"
    list_display = ["code", "placed_at", "exhibitor", "buyer_name", "shown_total", "state", "paid_at"]
    list_filter = ["state", ("payments__state", admin.ChoicesFieldListFilter), "edition"]
    list_select_related = ["exhibitor"]
    search_fields = ["code", "buyer_name", "buyer_phone", "exhibitor__name"]
    ordering = ["-placed_at", "-pk"]
    fields = readonly_fields = [
        "code", "state", "exhibitor", "edition", "booth", "placed_at", "expires_at", "paid_at",
        "buyer_name", "shown_phone", "buyer_email", "delivery", "address", "district", "destination", "postcode",
        "country_name", "note", "shown_goods", "shown_fee", "unique_code", "shown_total", "courier",
        "tracking_number", "proofs",
    ]  # fmt: skip
    inlines = [LineInline, EventInline, RefundInline]
    change_form_outer_before_template = "admin/orders/verbs.html"

    @admin.display(description=gettext_lazy("jumlah (rupiah)"))
    def shown_total(self, order):
        return rupiah(order.total)

    @admin.display(description=gettext_lazy("harga barang"))
    def shown_goods(self, order):
        return rupiah(order.goods_total)

    @admin.display(description=gettext_lazy("ongkos kirim"))
    def shown_fee(self, order):
        return rupiah(order.shipping_fee)

    @admin.display(description=gettext_lazy("telepon"))
    def shown_phone(self, order):
        return show_phone(order.buyer_phone)

    @admin.display(description=gettext_lazy("negara"))
    def country_name(self, order):
        return order.country_name

    @admin.display(description=gettext_lazy("bukti transfer"))
    def proofs(self, order):
        found = Proof.objects.filter(payment__order=order).select_related("by")
        addresses = [(proof, reverse("admin:orders_order_proof", args=[order.pk, proof.pk])) for proof in found]
        return render_to_string("admin/orders/proofs.html", {"proofs": addresses})

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/pengembalian/", view(self.refund_view), name="orders_order_refund"),
            path("<int:pk>/verifikasi/", view(self.verification_view), name="orders_order_verification"),
            path("<int:pk>/bukti/<int:proof>/", view(self.proof_view), name="orders_order_proof"),
            path("<int:pk>/pengembalian/<int:refund>/", view(self.refund_proof_view), name="orders_order_refund_proof"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra = dict(extra_context or {})
        order = self.get_object(request, object_id) if object_id else None
        if order is not None:
            extra["verbs"] = list(self.verbs_for(request, order))
        return super().changeform_view(request, object_id, form_url, extra)

    def verbs_for(self, request, order):
        if may_refund(request.user) and OrderState.REFUNDED in ORDER_TRANSITIONS[order.state]:
            yield _("Catat pengembalian dana"), reverse("admin:orders_order_refund", args=[order.pk])
        if may_verify(request.user) and has_claim(order):
            yield _("Verifikasi pembayaran tanpa bukti"), reverse("admin:orders_order_verification", args=[order.pk])

    def refund_view(self, request, pk):
        if not may_refund(request.user):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=pk)
        if request.method == "POST" and is_recorded(order, request.POST.get("key", "")):
            return redirect("admin:orders_order_change", order.pk)  # the second click of two
        form = StaffReturnForm(request.POST or None, request.FILES or None, order=order)

        def act(form):
            refund = record_refund(order, by=request.user, **form.refund())
            messages.success(request, _("Pengembalian %(total)s dicatat.") % {"total": rupiah(refund.total)})
            return self.page_of(order)

        return self.answer_about(request, order, form, act, _("Catat pengembalian dana"), danger=True)

    def verification_view(self, request, pk):
        if not may_verify(request.user):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=pk)

        def act(form):
            verify_claim(order, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, _("Penjualan ini sekarang dihitung dalam omzet."))
            return self.page_of(order)

        form = VerificationForm(request.POST or None)
        return self.answer_about(request, order, form, act, _("Verifikasi pembayaran tanpa bukti"))

    def answer_about(self, request, order, form, act, verb, *, danger=False):
        title, back = f"{verb}: {order.code}", self.page_of(order)
        return self.answer(request, form, act, title=title, verb=verb, danger=danger, back=back, order=order)

    def page_of(self, order) -> str:
        return reverse("admin:orders_order_change", args=[order.pk])

    def proof_view(self, request, pk, proof):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return picture(get_object_or_404(Proof, pk=proof, payment__order=pk).file)

    def refund_proof_view(self, request, pk, refund):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return picture(get_object_or_404(Refund.objects.exclude(proof=""), pk=refund, order=pk).proof)


def picture(name: str) -> FileResponse:
    response = FileResponse(open_private(name), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def is_recorded(order: Order, key: str) -> bool:
    return key.isprintable() and order.refunds.filter(key=key).exists()


def may_refund(user) -> bool:
    return user.has_perm("orders.add_refund")


def may_verify(user) -> bool:
    return user.has_perm("orders.change_payment")


def has_claim(order: Order) -> bool:
    """Whether something of the order is in the journal as a mere claim (D)."""
    return order.paid_at is not None and bool(claims_of(order))


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["order", "state", "shown_amount", "bank_name", "account_number", "proof_at", "confirmed_at"]
    list_filter = ["state", "is_open"]
    list_select_related = ["order"]
    search_fields = ["order__code", "account_number"]
    ordering = ["-pk"]
    fields = [
        "order", "state", "shown_amount", "unique_code", "bank_name", "account_number", "account_holder", "is_open",
        "proof_at", "confirmed_at", "confirmed_by", "rejection",
    ]  # fmt: skip

    @admin.display(description=gettext_lazy("jumlah transfer"))
    def shown_amount(self, payment):
        return rupiah(payment.amount)


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ["at", "order", "shown_total", "reason", "by"]
    list_select_related = ["order", "by"]
    search_fields = ["order__code", "reason"]
    ordering = ["-at", "-pk"]
    fields = ["at", "order", "shown_goods", "shown_extra", "restocked", "reason", "by"]

    @admin.display(description=gettext_lazy("harga barang"))
    def shown_goods(self, refund):
        return rupiah(refund.amount)

    @admin.display(description=gettext_lazy("ongkos kirim dan kode unik"))
    def shown_extra(self, refund):
        return rupiah(refund.extra_amount)

    @admin.display(description=gettext_lazy("jumlah (rupiah)"))
    def shown_total(self, refund):
        return rupiah(refund.total)
