"""Middleware of the whole site: health, the visitor's address, language, the admin's policy."""

from ipaddress import ip_address

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.utils import translation

from expo.store import redis_client

ENGLISH_PREFIX = "/en"


class HealthMiddleware:
    """Answer /healthz/ before anything can refuse the request: probes know no host name and no https."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz/":
            return health(request)
        return self.get_response(request)


def health(request):
    """200 if database and store answer, else 503; the body names what does not."""
    failed = []
    for name, probe in (("database", probe_database), ("store", probe_store)):
        try:
            probe()
        except Exception:
            failed.append(name)
    text = f"failed: {', '.join(failed)}\n" if failed else "ok\n"
    status = 503 if failed else 200
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})


def probe_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def probe_store() -> None:
    redis_client().ping()


class ClientAddressMiddleware:
    """Put the visitor's own address into REMOTE_ADDR when the request came through our proxies.

    X-Forwarded-For is read from its end, as far as the addresses are TRUSTED_PROXIES; what a
    visitor wrote into it is never believed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.TRUSTED_PROXIES:
            request.META["REMOTE_ADDR"] = client_address(request.META)
        return self.get_response(request)


def client_address(meta) -> str:
    chain = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    # A proxy on a Unix socket has no address of its own.
    current = meta.get("REMOTE_ADDR", "") or "127.0.0.1"
    while is_trusted(current) and chain:
        following = chain.pop()
        if not is_address(following):
            break
        current = following
    return current


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_trusted(text: str) -> bool:
    return is_address(text) and any(ip_address(text) in network for network in settings.TRUSTED_PROXIES)


class NullByteMiddleware:
    """Take NUL bytes out of queries: nobody types one, and the database refuses text that holds it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        while "%00" in query:  # taking out one may make another
            query = request.META["QUERY_STRING"] = query.replace("%00", "")
        return self.get_response(request)


class KeptByNobodyMiddleware:
    """No browser and no proxy keeps a response that doesn't say for how long: it may be somebody's own.

    Public pages say so (``expo.public``); a view that forgets is private.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class PathLanguageMiddleware:
    """English under /en/, Indonesian elsewhere; neither cookies nor Accept-Language have a say.

    So a page's address alone decides what it says, and any cache may keep it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        english = path == ENGLISH_PREFIX or path.startswith(ENGLISH_PREFIX + "/")
        with translation.override("en" if english else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class AdminPolicyMiddleware:
    """Allow eval and style attributes under /admin/ alone: the theme's Alpine.js needs both (ADR 0002)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.removeprefix(ENGLISH_PREFIX).startswith("/admin/"):
            response._csp_update = {"script-src": [UNSAFE_EVAL], "style-src-attr": [UNSAFE_INLINE]}
        return response
