from django.urls import include, path

app_name = "catalog"
urlpatterns = [
    path("dasbor/produk/", include("catalog.dashboard.urls")),
]
