"""The cash desk as an app: manifest, service worker, and the page that opens without a network.

All three are the same for everyone and hold nothing personal; what is somebody's own lies in the browser's database
under that person's key, and is taken away at sign-out (ADR 0091).
"""

import hashlib
import json

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from expo.public import public_page

SCRIPTS = tuple(
    f"js/{name}.js"
    for name in (
        "site",
        *(f"desk-{part}" for part in ("print", "store", "amounts", "queue", "basket", "receipt", "pay", "aside")),
        "desk",
    )
)
OTHERS = (
    "css/site.css",
    "css/dashboard.css",
    "css/desk.css",
    "fonts/plus-jakarta-sans-latin.woff2",
    "img/mark.svg",
    "img/icons.svg",
    "js/search.js",
    "django_htmx/htmx-2.min.js",
)
WORKER = "js/desk-worker.js"


@public_page
def offline(request):
    """The cash desk without anybody's data; the service worker shows it when the network is gone."""
    return render(request, "orders/desk/offline.html")


@public_page
def manifest(request):
    address = reverse("orders:desk")
    return JsonResponse(
        {
            "id": address,
            "name": _("Kasir UKM Virtual Expo"),
            "short_name": _("Kasir"),
            "description": _("Mencatat penjualan di stan, juga saat jaringan hilang."),
            "lang": get_language(),
            "start_url": address,
            "scope": address,
            "display": "standalone",
            "theme_color": "#2f3c83",
            "background_color": "#faf6f0",
            "icons": [
                {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
                *(
                    {"src": static(f"img/desk-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", **purpose}
                    for size in (192, 512)
                    for purpose in ({}, {"purpose": "maskable"})
                ),
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
def worker(request):
    """The service worker: which files it keeps, then its code. A changed file is a changed worker."""
    address = reverse("orders:desk")
    files = [static(name) for name in SCRIPTS + OTHERS]
    shell = reverse("orders:desk-offline")
    page = render_to_string("orders/desk/offline.html", request=request)
    known = {"shell": shell, "files": files, "page": address, "language": get_language()}
    known["version"] = hashlib.sha256(f"{known}{page}".encode()).hexdigest()[:12]
    script = f"self.DESK = {json.dumps(known)};\nimportScripts({json.dumps(static(WORKER))});\n"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = address
    response.headers["Cache-Control"] = "no-cache"
    return response
