"""Short guides that exhibitors read on their phone: public, so that they can be passed on."""

from django.http import Http404
from django.shortcuts import render

from expo.public import public_page

GUIDES = {"foto-produk": "catalog/guides/photos.html", "siaran-langsung": "catalog/guides/live.html"}


@public_page(fresh=3600, shared=86400)
def guide(request, guide):
    if guide not in GUIDES:
        raise Http404
    return render(request, GUIDES[guide])
