from django.urls import path

from reports import (
    views,
    views_entries,
    views_file,
    views_news,
    views_officials,
    views_own,
    views_public,
    views_signed,
)

app_name = "reports"
urlpatterns = [
    path("laporan/", views.recap_list, name="list"),
    path("laporan/hari-ini/", views_officials.live, name="live"),
    path("laporan/saat/", views_officials.moment, name="moment"),
    path("laporan/saat/<str:format>/", views_officials.moment_file, name="moment-file"),
    path("laporan/berdampingan/", views_officials.side_by_side, name="sides"),
    path("laporan/perbandingan/", views_officials.comparison, name="comparison"),
    path("laporan/catatan/", views_entries.entries, name="entries"),
    path("laporan/catatan/csv/", views_entries.entries_file, name="entries-file"),
    path("laporan/<int:pk>/", views.recap_detail, name="detail"),
    path("laporan/<int:pk>/berkas/", views_signed.recap_files, name="files"),
    path("laporan/<int:pk>/berkas/<int:number>/", views_signed.signed_file, name="signed-file"),
    path("laporan/<int:pk>/<str:format>/", views.recap_file, name="file"),
    path("dasbor/angka/", views_own.own_page, name="own"),
    path("dasbor/angka/<str:kind>/", views_own.own_download, name="own-file"),
    path("verifikasi/", views_public.verify, name="verify"),
    path("verifikasi/berkas/", views_file.check_file, name="check-file"),
    path("verifikasi/<str:code>/", views_public.verification, name="verification"),
    path("verifikasi/<str:code>/rekap.json", views_public.recap_json, name="recap-json"),
    path("cek-berita/", views_news.news, name="news"),
    path("cek-berita/<slug:token>/", views_news.news_result, name="news-result"),
    path("statistik/", views_public.statistics, name="statistics"),
    path("statistik/lobi/", views_public.lobby_figures, name="lobby-figures"),
    path("statistik/data/", views_public.data_page, name="data"),
    path("statistik/data/rekap.csv", views_public.data_csv, name="data-csv"),
    path("statistik/data/hari.csv", views_public.data_days, name="data-days"),
    path("statistik/data/rekap.json", views_public.data_json, name="data-json"),
    path("statistik/data/segel.json", views_public.data_heads, name="data-heads"),
    path("statistik/data/skema.json", views_public.data_schema, name="data-schema"),
]
