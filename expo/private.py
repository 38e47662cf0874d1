"""Headers of pages that belong to one person."""

from functools import wraps


def personal(view):
    """Never kept by a cache."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


def secret_link(view):
    """A page whose address is its key: no cache keeps it, no search engine lists it, no other site is told of it."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": with that browsers send "Origin: null" from our own forms, which the CSRF check refuses.
        # This one is as tight towards others: no foreign site ever learns the address.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer
