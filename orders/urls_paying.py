"""Addresses of paying: the buyer's ways, and how the exhibitor is paid. Part of the app's ``urlpatterns``."""

from django.urls import path

from orders.views import cash, midtrans, paying, statements, ways

paying_patterns = [
    path("pesanan/<token:token>/cara-bayar/", paying.method, name="method"),
    path("pesanan/<token:token>/pernyataan/", paying.claim, name="claim"),
    path("pesanan/<token:token>/qris.svg", paying.qris_picture, {"kind": "svg"}, name="qris-svg"),
    path("pesanan/<token:token>/qris.png", paying.qris_picture, {"kind": "png"}, name="qris-png"),
    path("pesanan/<token:token>/midtrans/", midtrans.page, name="gateway-page"),
    path("pembayaran/midtrans/<token:token>/", midtrans.notification, name="midtrans"),
    path("dasbor/pembayaran/midtrans/", ways.gateway, name="gateway"),
    path("dasbor/pembayaran/midtrans/penghentian/", ways.gateway_stop, name="gateway-stop"),
    path("dasbor/pembayaran/", ways.settings_page, name="payment-settings"),
    path("dasbor/pembayaran/pilihan/", ways.settings_change, name="payment-settings-change"),
    path("dasbor/pembayaran/qris/", ways.qris, name="qris"),
    path("dasbor/pembayaran/qris/penarikan/", ways.qris_withdrawal, name="qris-withdrawal"),
    path("dasbor/pesanan/<code:code>/tunai/", cash.handover, name="inbox-cash"),
    path("dasbor/pesanan/<code:code>/konfirmasi/pembatalan/", cash.undoing, name="inbox-undoing"),
    path("dasbor/mutasi/", statements.index, name="statements"),
    path("dasbor/mutasi/unggahan/", statements.upload, name="statement-upload"),
    path("dasbor/mutasi/pencocokan/", statements.match, name="statement-match"),
    path("dasbor/mutasi/pencocokan/tepat/", statements.exact_matches, name="statement-exact"),
    path("dasbor/mutasi/pembatalan/", statements.undoing, name="statement-undoing"),
    path("dasbor/mutasi/penyisihan/", statements.dismissal, name="statement-dismissal"),
    path("dasbor/mutasi/pengembalian/", statements.restoration, name="statement-restoration"),
    path("qris/konfirmasi/<token:token>/", ways.qris_confirmation, name="qris-confirmation"),
]
