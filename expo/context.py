"""What every template may know without a query and without touching the session."""

from django.conf import settings


def site(request):
    return {"DEMO": settings.DEMO, "SITE_URL": settings.SITE_URL}
