"""All questions and answers about a product, a page at a time."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from catalog.addresses import product_url
from catalog.models import Product
from catalog.selling import curated
from expo.public import public_page
from inquiries.public import PAGE, first_questions, later_questions


@public_page
@vary_on_headers("HX-Request")
def questions(request, product):
    """``?sesudah=<key>``: those after it. htmx is given the bare list, to be added below the one it has."""
    found = Product.objects.filter(curated(), slug=product).defer("search").first()
    if found is None:
        raise Http404
    key = request.GET.get("sesudah", "")
    page = later_questions(found.pk, key) if key else first_questions(found.pk, PAGE)
    if page is None:
        raise Http404
    here = reverse("inquiries:questions", args=[found.slug])
    context = {
        "section": "products",
        "product": found,
        "back": product_url(found.slug),
        "questions": page.questions,
        "more": f"{here}?sesudah={page.after}" if page.after else "",
    }
    template = "inquiries/questions/list.html" if request.htmx else "inquiries/questions/page.html"
    return render(request, template, context)
