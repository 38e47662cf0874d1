from django.urls import path, register_converter

from orders.converters import CodeConverter, TokenConverter
from orders.views import cart, checkout, fees, inbox, reviews, tracking

register_converter(TokenConverter, "token")
register_converter(CodeConverter, "code")

from orders.urls_aftersale import aftersale_patterns  # noqa: E402
from orders.urls_desk import desk_patterns  # noqa: E402
from orders.urls_paying import paying_patterns  # noqa: E402 (needs the converters)
from orders.urls_reported import reported_patterns  # noqa: E402
from orders.urls_shipping import shipping_patterns  # noqa: E402

app_name = "orders"
urlpatterns = [
    path("keranjang/", cart.show, name="cart"),
    path("keranjang/tambah/", cart.add, name="cart-add"),
    path("keranjang/lencana/", cart.badge, name="cart-badge"),
    path("keranjang/baris/<int:pk>/", cart.line, name="cart-line"),
    path("keranjang/bayar/", checkout.checkout, name="checkout"),
    path("keranjang/bayar/ringkasan/", checkout.summary, name="checkout-summary"),
    path("keranjang/bayar/tempat/", checkout.areas, name="areas"),
    path("keranjang/bayar/lupakan/", checkout.forgetting, name="forgetting"),
    path("keranjang/stan/<int:pk>/", cart.words, name="cart-words"),
    path("pembelian/<token:token>/", tracking.purchase, name="purchase"),
    path("pesanan/<token:token>/", tracking.show, name="tracking"),
    path("pesanan/<token:token>/bukti/", tracking.proof, name="proof"),
    path("pesanan/<token:token>/bukti/<int:pk>/", tracking.proof_picture, name="proof-picture"),
    path("pesanan/<token:token>/pembatalan/", tracking.cancellation, name="cancellation"),
    path("pesanan/<token:token>/ongkos-kirim/", fees.answer, name="fee-answer"),
    path("pesanan/<token:token>/penerimaan/", tracking.reception, name="reception"),
    path("pesanan/<token:token>/ulasan/<int:pk>/", reviews.review, name="review"),
    path("dasbor/pesanan/", inbox.index, name="inbox"),
    path("dasbor/pesanan/<code:code>/", inbox.order, name="inbox-order"),
    path("dasbor/pesanan/<code:code>/ongkos-kirim/", fees.quote, name="inbox-fee"),
    path("dasbor/pesanan/<code:code>/bukti/<int:pk>/", inbox.proof_picture, name="inbox-proof"),
    path("dasbor/pesanan/<code:code>/konfirmasi/", inbox.confirmation, name="inbox-confirmation"),
    path("dasbor/pesanan/<code:code>/penolakan/", inbox.rejection, name="inbox-rejection"),
    path("dasbor/pesanan/<code:code>/pengemasan/", inbox.packing, name="inbox-packing"),
    path("dasbor/pesanan/<code:code>/pengiriman/", inbox.shipment, name="inbox-shipment"),
    path("dasbor/pesanan/<code:code>/penyelesaian/", inbox.completion, name="inbox-completion"),
    path("dasbor/pesanan/<code:code>/pembatalan/", inbox.cancellation, name="inbox-cancellation"),
    *paying_patterns,
    *shipping_patterns,
    *aftersale_patterns,
    *desk_patterns,
    *reported_patterns,
]
