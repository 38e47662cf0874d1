"""The door for web servers: gunicorn expo.wsgi."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expo.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load now what the first requests would, so that workers forked from here (gunicorn --preload) share its memory.

    What has been made so far stays for ever: the collector need not walk through it again and again, and by doing so
    write on pages that are shared. Nothing here opens a connection, which no child could use."""
    from django.conf import settings
    from django.urls import get_resolver
    from django.utils import translation

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            get_resolver()._populate()
    gc.collect()
    gc.freeze()


settle()
