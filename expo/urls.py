"""Addresses of the site: Indonesian words, English pages under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from expo import mailbox
from expo.media import public_picture
from expo.middleware import health

urlpatterns = [
    path("healthz/", health, name="health"),
    path("media/pictures/<slug:shard>/<slug:folder>/<str:name>", public_picture, name="picture"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("akun/", include("allauth.urls")),
        path("surat/", mailbox.mailbox, name="mailbox"),
        path("surat/<int:pk>/", mailbox.mail, name="mail"),
        path("surat/<int:pk>/tampilan/", mailbox.formatted, name="mail-formatted"),
        path("surat/<int:pk>/lampiran/<int:number>/", mailbox.attachment, name="mail-attachment"),
        path("", include("catalog.urls")),
        path("", include("orders.urls")),
        path("", include("inquiries.urls")),
        path("", include("exhibitors.urls")),
        path("", include("accounts.urls")),
        path("", include("reports.urls")),
        path("", include("visits.urls")),
        prefix_default_language=False,
    ),
]
