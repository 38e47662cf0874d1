"""Addresses of the exhibitor's shipping table and vouchers. Part of the app's ``urlpatterns``."""

from django.urls import path

from orders.views import papers, shipping, vouchers

shipping_patterns = [
    path("dasbor/ongkos-kirim/", shipping.index, name="shipping"),
    path("dasbor/ongkos-kirim/contoh/", shipping.template, name="shipping-template"),
    path("dasbor/ongkos-kirim/pengirim/", papers.label_sender, name="label-sender"),
    path("dasbor/ongkos-kirim/layanan/", shipping.service, name="shipping-service-new"),
    path("dasbor/ongkos-kirim/layanan/<int:pk>/", shipping.service, name="shipping-service"),
    path("dasbor/ongkos-kirim/layanan/<int:service_pk>/zona/", shipping.zone, name="shipping-zone-new"),
    path("dasbor/ongkos-kirim/layanan/<int:service_pk>/zona/<int:pk>/", shipping.zone, name="shipping-zone"),
    path("dasbor/voucher/", vouchers.index, name="vouchers"),
    path("dasbor/voucher/baru/", vouchers.voucher, name="voucher-new"),
    path("dasbor/voucher/<int:pk>/", vouchers.voucher, name="voucher"),
]
