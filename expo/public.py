"""Pages that are the same for everyone: any cache may keep them, so they carry nothing personal."""

from functools import wraps

from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe


def public_page(view=None, *, fresh: int = 30, shared: int = 60, stale: int = 300):
    """GET only. A browser may keep the page for ``fresh`` seconds, a proxy for ``shared``, both ``stale`` more while
    they fetch a newer one. Browsers obey that, too: whoever comes back tomorrow must not be shown yesterday's prices.
    Unchanged pages are answered with 304."""
    header = f"public, max-age={fresh}, s-maxage={shared}, stale-while-revalidate={stale}"

    def decorate(inner):
        @require_safe
        @wraps(inner)
        def guarded(request, *args, **kwargs):
            response = inner(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming:
                return response
            response.headers["Cache-Control"] = header
            set_response_etag(response)
            return get_conditional_response(request, etag=response.headers["ETag"], response=response)

        return guarded

    return decorate(view) if view else decorate
