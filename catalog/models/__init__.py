"""Categories, products with their variants and photos, and the booths in which products stand."""

from catalog.models.categories import Category
from catalog.models.placements import Placement, PlacementQuerySet, SaleBy
from catalog.models.products import Product, ProductChange, ProductPhoto
from catalog.models.variants import PriceStep, Variant

__all__ = [
    "Category",
    "Placement",
    "PlacementQuerySet",
    "PriceStep",
    "Product",
    "ProductChange",
    "ProductPhoto",
    "SaleBy",
    "Variant",
]
