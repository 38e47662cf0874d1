from django.http import HttpResponse
from django.urls import include, path

from accounts.permissions import official_required
from exhibitors import checks


def open_page(request):
    return HttpResponse()


def test_no_dashboard_view_lacks_an_access_decorator():
    assert checks.check_access_decorators(None) == []


def test_a_forgotten_decorator_is_an_error(monkeypatch):
    class Resolver:
        url_patterns = [
            path("", include([path("dasbor/produk/", open_page), path("laporan/", official_required(open_page))])),
            path("stan/", open_page),
        ]

    monkeypatch.setattr(checks, "get_resolver", lambda: Resolver)
    assert [error.msg for error in checks.check_access_decorators(None)] == [
        "The view of /dasbor/produk/ has no access decorator."
    ]
