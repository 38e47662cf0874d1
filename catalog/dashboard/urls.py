"""The tab "Produk", below dasbor/produk/; included by catalog.urls."""

from django.urls import path

from catalog.dashboard import views

urlpatterns = [
    path("", views.products, name="dashboard-products"),
    path("baru/", views.new_product, name="dashboard-new-product"),
    path("<int:pk>/", views.product, name="dashboard-product"),
    path("<int:pk>/isi/", views.edit_product, name="dashboard-edit-product"),
    path("<int:pk>/harga-stok/", views.edit_inventory, name="dashboard-edit-inventory"),
    path("<int:pk>/pengajuan/", views.submission, name="dashboard-submission"),
]
