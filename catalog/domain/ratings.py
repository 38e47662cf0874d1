"""How many stars a product has: kept with its reviews under the product's lock, checked by counting again."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from catalog.models import Product, Review


@dataclass(frozen=True)
class WrongRating:
    """A product whose stars differ from those of its visible reviews."""

    product: int
    kept: tuple[int, int]
    counted: tuple[int, int]


def lock_product(product_id: int) -> Product:
    """The row, locked to the end of the transaction: whoever changes a review takes this first."""
    return Product.objects.select_for_update(of=("self",)).defer("search").get(pk=product_id)


def add_rating(product: Product, *, reviews: int, stars: int) -> None:
    """Change the sums of a locked product by so many."""
    Product.objects.filter(pk=product.pk).update(
        rating_count=F("rating_count") + reviews, rating_sum=F("rating_sum") + stars
    )


def wrong_ratings() -> list[WrongRating]:
    """Products whose sums are not those of their visible reviews; none, if all is well."""
    shown = Review.objects.shown().filter(product=OuterRef("pk")).order_by().values("product")
    products = Product.objects.annotate(
        counted=Coalesce(Subquery(shown.values(n=Count("pk"))), 0),
        summed=Coalesce(Subquery(shown.values(n=Sum("rating"))), 0),
    )
    wrong = products.exclude(Q(rating_count=F("counted")) & Q(rating_sum=F("summed")))
    rows = wrong.order_by("pk").values_list("pk", "rating_count", "rating_sum", "counted", "summed")
    return [WrongRating(pk, (count, total), (counted, summed)) for pk, count, total, counted, summed in rows]


@transaction.atomic
def recount_rating(product_id: int) -> None:
    """Write the sums of one product anew."""
    product = lock_product(product_id)
    found = Review.objects.shown().filter(product=product).aggregate(reviews=Count("pk"), stars=Sum("rating"))
    product.rating_count, product.rating_sum = found["reviews"], found["stars"] or 0
    product.save(update_fields=["rating_count", "rating_sum"])
