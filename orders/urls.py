from django.urls import path

from orders.views import cart, checkout, inbox, tracking

app_name = "orders"
urlpatterns = [
    path("keranjang/", cart.show, name="cart"),
    path("keranjang/tambah/", cart.add, name="cart-add"),
    path("keranjang/lencana/", cart.badge, name="cart-badge"),
    path("keranjang/baris/<int:pk>/", cart.line, name="cart-line"),
    path("keranjang/bayar/", checkout.checkout, name="checkout"),
    path("keranjang/bayar/ringkasan/", checkout.summary, name="checkout-summary"),
    path("keranjang/bayar/kecamatan/", checkout.districts, name="districts"),
    path("pembelian/<str:token>/", tracking.purchase, name="purchase"),
    path("pesanan/<str:token>/", tracking.show, name="tracking"),
    path("pesanan/<str:token>/bukti/", tracking.proof, name="proof"),
    path("pesanan/<str:token>/bukti/<int:pk>/", tracking.proof_picture, name="proof-picture"),
    path("pesanan/<str:token>/pembatalan/", tracking.cancellation, name="cancellation"),
    path("pesanan/<str:token>/penerimaan/", tracking.reception, name="reception"),
    path("dasbor/pesanan/", inbox.index, name="inbox"),
    path("dasbor/pesanan/<str:code>/", inbox.order, name="inbox-order"),
    path("dasbor/pesanan/<str:code>/bukti/<int:pk>/", inbox.proof_picture, name="inbox-proof"),
    path("dasbor/pesanan/<str:code>/konfirmasi/", inbox.confirmation, name="inbox-confirmation"),
    path("dasbor/pesanan/<str:code>/penolakan/", inbox.rejection, name="inbox-rejection"),
    path("dasbor/pesanan/<str:code>/pengemasan/", inbox.packing, name="inbox-packing"),
    path("dasbor/pesanan/<str:code>/pengiriman/", inbox.shipment, name="inbox-shipment"),
    path("dasbor/pesanan/<str:code>/penyelesaian/", inbox.completion, name="inbox-completion"),
    path("dasbor/pesanan/<str:code>/pembatalan/", inbox.cancellation, name="inbox-cancellation"),
]
