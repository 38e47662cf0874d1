"""Addresses of what follows a payment. Part of the app's ``urlpatterns``."""

from django.urls import path

from orders.views import aftersale, answers, bulk, mine, papers

aftersale_patterns = [
    path("pesanan/<token:token>/permintaan-pembatalan/", aftersale.request_to_cancel, name="cancellation-request"),
    path("pesanan/<token:token>/pencabutan/", aftersale.withdrawal, name="cancellation-withdrawal"),
    path("pesanan/<token:token>/pesan-lagi/", aftersale.again, name="order-again"),
    path("pesanan/<token:token>/pengembalian/<int:pk>/", aftersale.refund_picture, name="refund-picture"),
    path("pesanan/<token:token>/kuitansi.pdf", papers.receipt, name="receipt"),
    path("pesanan-saya/", mine.index, name="mine"),
    path("dasbor/pesanan/<code:code>/kuitansi.pdf", papers.exhibitor_receipt, name="inbox-receipt"),
    path("dasbor/pesanan/pengemasan/", bulk.packing, name="inbox-packing-many"),
    path("dasbor/pesanan/pengiriman/", bulk.shipments, name="inbox-shipments"),
    path("dasbor/pesanan/label.pdf", papers.labels, name="inbox-labels"),
    path("dasbor/pesanan/isi-paket.pdf", papers.slips, name="inbox-slips"),
    path("dasbor/pesanan/<code:code>/label.pdf", papers.label, name="inbox-label"),
    path("dasbor/pesanan/<code:code>/isi-paket.pdf", papers.slip, name="inbox-slip"),
    path("dasbor/uang-muka/", answers.deposit_terms, name="deposit-terms"),
    path("dasbor/pesanan/<code:code>/pelunasan/", answers.balance, name="inbox-balance"),
    path("dasbor/pesanan/<code:code>/persetujuan-pembatalan/", answers.acceptance, name="inbox-acceptance"),
    path("dasbor/pesanan/<code:code>/penolakan-pembatalan/", answers.declination, name="inbox-declination"),
    path("dasbor/pesanan/<code:code>/penolakan-pesanan/", answers.refusal, name="inbox-refusal"),
    path("dasbor/pesanan/<code:code>/pengembalian/", answers.refund, name="inbox-refund"),
    path("dasbor/pesanan/<code:code>/pengembalian/<int:pk>/", answers.refund_picture, name="inbox-refund-picture"),
]
