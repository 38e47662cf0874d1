"""Addresses of reported sales. Part of the app's ``urlpatterns``."""

from django.urls import path

from orders.views import reported

reported_patterns = [
    path("dasbor/laporan-penjualan/", reported.index, name="reported-sales"),
    path("dasbor/laporan-penjualan/baru/", reported.new, name="reported-new"),
    path("dasbor/laporan-penjualan/<int:pk>/", reported.report, name="reported-sale"),
    path("dasbor/laporan-penjualan/<int:pk>/berkas/<int:document>/", reported.document, name="reported-document"),
    path("dasbor/laporan-penjualan/<int:pk>/bukti/", reported.evidence, name="reported-evidence"),
    path("dasbor/laporan-penjualan/<int:pk>/penarikan/", reported.withdrawal, name="reported-withdrawal"),
    path("dasbor/laporan-penjualan/<int:pk>/pembayaran/", reported.payment, name="reported-payment"),
]
