"""The tab "Produk", below dasbor/produk/; included by catalog.urls."""

from django.urls import path

from catalog.dashboard import bulk, imports, offers, photos, shelf, views

urlpatterns = [
    path("", views.products, name="dashboard-products"),
    path("baru/", views.new_product, name="dashboard-new-product"),
    path("harga-stok/", bulk.price_table, name="dashboard-bulk"),
    path("ekspor/<str:kind>/", imports.export_file, name="dashboard-export"),
    path("impor/", imports.index, name="dashboard-imports"),
    path("impor/contoh/<str:kind>/", imports.template_file, name="dashboard-import-template"),
    path("impor/<int:pk>/", imports.job, name="dashboard-import"),
    path("impor/<int:pk>/kolom/", imports.columns, name="dashboard-import-columns"),
    path("impor/<int:pk>/kategori/", imports.categories, name="dashboard-import-categories"),
    path("impor/<int:pk>/foto/", imports.photos, name="dashboard-import-photos"),
    path("impor/<int:pk>/mulai/", imports.start, name="dashboard-import-start"),
    path("impor/<int:pk>/pembatalan/", imports.cancellation, name="dashboard-import-cancellation"),
    path("impor/<int:pk>/sisa/", imports.rest_file, name="dashboard-import-rest"),
    path("<int:pk>/", views.product, name="dashboard-product"),
    path("<int:pk>/isi/", views.edit_product, name="dashboard-edit-product"),
    path("<int:pk>/inggris/", views.edit_english, name="dashboard-edit-english"),
    path("<int:pk>/harga-stok/", views.edit_inventory, name="dashboard-edit-inventory"),
    path("<int:pk>/ukuran/", views.edit_measures, name="dashboard-edit-measures"),
    path("<int:pk>/pembuatan/", views.edit_making, name="dashboard-edit-making"),
    path("<int:pk>/pengajuan/", views.submission, name="dashboard-submission"),
    path("<int:pk>/salinan/", shelf.copy, name="dashboard-copy"),
    path("<int:pk>/arsip/", shelf.archive, name="dashboard-archive"),
    path("<int:pk>/arsip/akhir/", shelf.archive_end, name="dashboard-archive-end"),
    path("<int:pk>/penghapusan/", shelf.removal, name="dashboard-removal"),
    path("<int:pk>/usulan/penarikan/", views.proposal_withdrawal, name="dashboard-proposal-withdrawal"),
    path("<int:pk>/usulan/pengajuan/", views.proposal_submission, name="dashboard-proposal-submission"),
    path("<int:pk>/foto/", photos.photos, name="dashboard-photos"),
    path("<int:pk>/varian/", offers.variants, name="dashboard-variants"),
    path("<int:pk>/varian/baru/", offers.new_variant, name="dashboard-new-variant"),
    path("<int:pk>/varian/<int:variant>/", offers.variant, name="dashboard-variant"),
    path("<int:pk>/varian/<int:variant>/penjualan/", offers.variant_sale, name="dashboard-variant-sale"),
    path("<int:pk>/grosir/", offers.steps, name="dashboard-steps"),
    path("<int:pk>/grosir/<int:step>/penghapusan/", offers.step_removal, name="dashboard-step-removal"),
    path("<int:pk>/potongan/", offers.sales, name="dashboard-sales"),
    path("<int:pk>/potongan/<int:placement>/", offers.sale, name="dashboard-sale"),
    path("<int:pk>/potongan/<int:placement>/akhir/", offers.sale_end, name="dashboard-sale-end"),
]
