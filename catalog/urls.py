"""Addresses of what a visitor walks through."""

from django.urls import include, path

from catalog.dashboard import readiness
from catalog.dashboard import reviews as dashboard_reviews
from catalog.views import booths, directory, gallery, guides, halls, lobby, machines, products, reviews, search

app_name = "catalog"
urlpatterns = [
    path("", lobby.lobby, name="lobby"),
    path("pameran/<slug:edition>/", lobby.edition, name="edition"),
    path("aula/<slug:hall>/", halls.hall, name="hall"),
    path("stan/", directory.directory, name="directory"),
    path("stan/<slug:edition>/<slug:booth>/", booths.booth, name="booth"),
    path("produk/<slug:product>/", products.product, name="product"),
    path("produk/<slug:product>/kartu-<slug:key>.jpg", products.share_card, name="share-card"),
    path("produk/<slug:product>/ulasan/", reviews.reviews, name="reviews"),
    path("kategori/", directory.categories, name="categories"),
    path("kategori/<slug:category>/", search.category, name="category"),
    path("cari/", search.search, name="search"),
    path("cari/saran/", search.suggestions, name="suggestions"),
    path("galeri/", gallery.gallery, name="gallery"),
    path("panduan/<slug:guide>/", guides.guide, name="guide"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap-section"),
    path("dasbor/produk/", include("catalog.dashboard.urls")),
    path("dasbor/kesiapan/", readiness.markets, name="dashboard-readiness"),
    path("dasbor/kesiapan/<slug:market>/", readiness.market, name="dashboard-market"),
    path("dasbor/kesiapan/<slug:market>/tanda/", readiness.mark, name="dashboard-market-mark"),
    path("dasbor/ulasan/", dashboard_reviews.reviews, name="dashboard-reviews"),
    path("dasbor/ulasan/<int:pk>/", dashboard_reviews.review, name="dashboard-review"),
]
