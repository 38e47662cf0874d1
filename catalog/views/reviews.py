"""All reviews of a product, a page at a time."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.vary import vary_on_headers

from catalog.addresses import product_url
from catalog.models import Product
from catalog.queries.reviews import PAGE, first_reviews, later_reviews
from catalog.reviews import reviews_context
from catalog.selling import curated
from expo.public import public_page


@public_page
@vary_on_headers("HX-Request")
def reviews(request, product):
    """``?sesudah=<key>``: those after it. htmx is given the bare list, to be added below the one it has."""
    found = Product.objects.filter(curated(), slug=product).defer("search").first()
    if found is None:
        raise Http404
    key = request.GET.get("sesudah", "")
    listed = later_reviews(found, key) if key else first_reviews(found, PAGE)
    if listed is None:
        raise Http404
    here = product_url(found.slug)
    context = {
        "section": "products",
        "product": found,
        "back": here,
        **reviews_context(found, listed),
    }
    template = "catalog/reviews/list.html" if request.htmx else "catalog/reviews/page.html"
    return render(request, template, context)
