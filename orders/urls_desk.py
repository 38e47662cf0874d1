"""Addresses of the cash desk. Part of the app's ``urlpatterns``."""

from django.urls import path

from orders.views import desk, desk_app, desk_days, desk_device

desk_patterns = [
    path("dasbor/kasir/", desk.desk, name="desk"),
    path("dasbor/kasir/penjualan/", desk.sales, name="desk-sales"),
    path("dasbor/kasir/penjualan/<int:pk>/", desk.sale, name="desk-sale"),
    path("dasbor/kasir/penjualan/<int:pk>/pembatalan/", desk.void, name="desk-void"),
    path("dasbor/kasir/penjualan/<int:pk>/pengembalian/", desk.goods_back, name="desk-goods-back"),
    path("dasbor/kasir/hari/", desk_days.index, name="desk-days"),
    path("dasbor/kasir/hari/<str:day>/", desk_days.day, name="desk-day"),
    path("dasbor/kasir/stok/", desk_days.conflicts, name="desk-conflicts"),
    path("dasbor/kasir/stok/<int:pk>/", desk_days.settlement, name="desk-settlement"),
    path("dasbor/kasir/data/", desk_device.data, name="desk-data"),
    path("dasbor/kasir/qris.svg", desk_device.qris, name="desk-qris"),
    path("dasbor/kasir/kiriman/", desk_device.delivery, name="desk-delivery"),
    path("dasbor/kasir/kiriman/dibuang/", desk_device.discard, name="desk-discard"),
    path("kasir/luring/", desk_app.offline, name="desk-offline"),
    path("kasir/kasir.webmanifest", desk_app.manifest, name="desk-manifest"),
    path("kasir/kerja.js", desk_app.worker, name="desk-worker"),
]
