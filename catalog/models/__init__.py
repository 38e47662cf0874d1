"""Categories, products with their variants and photos, and the booths in which products stand."""

from catalog.models.categories import Category
from catalog.models.imports import ImportJob, ImportPhoto, ImportRow, Outcome, Verdict
from catalog.models.placements import Placement, PlacementQuerySet, SaleBy
from catalog.models.products import Product, ProductChange, ProductPhoto
from catalog.models.readiness import MarketStanding, ReadinessMark
from catalog.models.reviews import MOST_STARS, Review, ReviewPhoto, ReviewQuerySet
from catalog.models.variants import PriceStep, Variant, VariantChange
from catalog.models.words import Word

__all__ = [
    "MOST_STARS",
    "Category",
    "ImportJob",
    "ImportPhoto",
    "ImportRow",
    "MarketStanding",
    "Outcome",
    "Placement",
    "PlacementQuerySet",
    "PriceStep",
    "Product",
    "ProductChange",
    "ProductPhoto",
    "ReadinessMark",
    "Review",
    "ReviewPhoto",
    "ReviewQuerySet",
    "SaleBy",
    "Variant",
    "VariantChange",
    "Verdict",
    "Word",
]
