"""Start is refused when a view of the dashboard or of the officials has no access decorator."""

from django.core.checks import Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

GUARDED = ("dasbor/", "laporan/")


@register(Tags.urls)
def check_access_decorators(app_configs, **kwargs):
    return [
        Error(
            f"The view of /{route} has no access decorator.",
            hint="Use one of exhibitors.permissions or accounts.permissions.",
            obj=view,
            id="exhibitors.E001",
        )
        for route, view in routes(get_resolver().url_patterns)
        if route.startswith(GUARDED) and not getattr(view, "access", None)
    ]


def routes(patterns, prefix=""):
    """Every (route, view) below ``patterns``, the language prefix left out."""
    for pattern in patterns:
        part = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + part)
        elif isinstance(pattern, URLPattern):
            yield prefix + part, pattern.callback
