from django.urls import path

from reports import views, views_entries, views_news, views_officials, views_own

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
    path("laporan/<int:pk>/<str:format>/", views.recap_file, name="file"),
    path("dasbor/angka/", views_own.own_page, name="own"),
    path("dasbor/angka/<str:kind>/", views_own.own_download, name="own-file"),
    path("verifikasi/", views.verify, name="verify"),
    path("verifikasi/<str:code>/", views.verification, name="verification"),
    path("cek-berita/", views_news.news, name="news"),
    path("cek-berita/<slug:token>/", views_news.news_result, name="news-result"),
    path("statistik/", views.statistics, name="statistics"),
    path("statistik/lobi/", views.lobby_figures, name="lobby-figures"),
]
