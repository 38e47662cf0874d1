"""What buyers say, as the product's page tells it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import MOST_STARS, Product
from catalog.product_sections import Section
from catalog.queries.reviews import ReviewPage, first_reviews
from expo.formats import WIB, current_language


def reviews_section(page, now: dt.datetime) -> Section | None:
    """Average, how the stars are spread, the newest reviews. Costs a query only where there are reviews."""
    product = page.product
    if not product.rating_count:
        return None
    found = first_reviews(product)
    if not found.reviews:
        return None
    return Section(
        name="reviews",
        title=_("Ulasan pembeli"),
        template="catalog/reviews/section.html",
        context=reviews_context(product, found),
        count=product.rating_count,
        structured={"review": [structured_review(row) for row in found.reviews]},
    )


def reviews_context(product: Product, found: ReviewPage) -> dict:
    """What the templates below ``catalog/reviews/`` need of one page of reviews."""
    address = reverse("catalog:reviews", args=[product.slug])
    spread = list(zip(range(MOST_STARS, 0, -1), reversed(found.counts), strict=False))
    return {
        "reviews": found.reviews,
        "average": average_text(product),
        "whole": product.rating_sum // product.rating_count if product.rating_count else 0,
        "count": product.rating_count,
        "spread": spread,
        "more": f"{address}?sesudah={found.after}" if found.after else "",
    }


def average_text(product: Product) -> str:
    """``4,7``: cut, never rounded up."""
    if not product.rating_count:
        return ""
    whole, tenth = divmod(product.rating_sum * 10 // product.rating_count, 10)
    return f"{whole}{'.' if current_language() == 'en' else ','}{tenth}"


def structured_review(row: dict) -> dict:
    return {
        "@type": "Review",
        "author": {"@type": "Person", "name": row["author"]},
        "datePublished": row["written_at"].astimezone(WIB).date().isoformat(),
        "reviewBody": row["body"],
        "reviewRating": {"@type": "Rating", "ratingValue": row["rating"], "bestRating": MOST_STARS},
    }
