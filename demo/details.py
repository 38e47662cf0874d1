"""What makes the products of today's show full pages: variants, prices for many, sales, materials, certificates."""

import datetime as dt
import random

from django.utils import timezone

from catalog.domain.variants import sum_up_steps, sum_up_variants
from catalog.models import Placement, PriceStep, Product, ProductPhoto, SaleBy, Variant
from demo.catalogue import Shelf
from demo.exhibitors import Maker
from demo.goods import Good
from demo.goods.details import choices_of, made_of, size_of
from exhibitors.models import Certificate, CertificateKind
from expo.models import Edition, Picture
from orders.models import OrderLine

WITH_VARIANTS = 0.4
WITH_STEPS = 0.4
ON_SALE = 0.18
STEPS = ((12, 92), (50, 85))  # pieces, per cent of the price
SALES = (10, 15, 20, 25)
MOST_PHOTOS = 4
DEPOSIT = 30


class Details:
    """Fills the products that stand in ``edition``; ``pictures``: of the goods, by motif and seed."""

    def __init__(self, edition: Edition, shelf: Shelf, pictures: dict[tuple[str, int], Picture]):
        self.edition, self.shelf, self.pictures = edition, shelf, pictures
        self.random = random.Random("details")

    def fill(self) -> None:
        placements = list(Placement.objects.filter(booth__edition=self.edition).select_related("product"))
        ordered = set(OrderLine.objects.values_list("product_id", flat=True))
        for placement in placements:
            product = placement.product
            good = self.shelf.goods[product.slug]
            self.describe(product, good)
            self.add_photos(product, good)
            if product.pk not in ordered and self.random.random() < WITH_VARIANTS:
                self.add_variants(product, good)
            if self.random.random() < WITH_STEPS and not product.made_to_order:
                self.add_steps(product)
            if product.pk not in ordered and self.random.random() < ON_SALE:
                self.put_on_sale(placement)

    def describe(self, product: Product, good: Good) -> None:
        product.ingredients, product.ingredients_en = made_of(good)
        product.length_mm, product.width_mm, product.height_mm = size_of(good)
        if product.made_to_order and product.price >= 500_000:
            product.deposit_percent = DEPOSIT
        fields = ["ingredients", "ingredients_en", "length_mm", "width_mm", "height_mm", "deposit_percent"]
        product.save(update_fields=fields)

    def add_photos(self, product: Product, good: Good) -> None:
        """More views of the same goods."""
        taken = set(product.photos.values_list("picture_id", flat=True))
        views = [self.pictures[good.motif, seed] for seed in good.seeds if (good.motif, seed) in self.pictures]
        fresh = [picture for picture in views if picture.pk not in taken][: MOST_PHOTOS - len(taken)]
        ProductPhoto.objects.bulk_create(
            ProductPhoto(product=product, picture=picture, position=len(taken) + number)
            for number, picture in enumerate(fresh)
        )

    def add_variants(self, product: Product, good: Good) -> None:
        views = [photo.picture_id for photo in product.photos.all()]
        for number, choice in enumerate(choices_of(good)):
            Variant.objects.create(
                product=product,
                name=choice.words,
                name_en=choice.words_en,
                price=max(500, int(product.price * choice.factor) // 500 * 500),
                stock=self.random.choice((0, 3, 12, 24, 40)) if number else 15,
                picture_id=views[number % len(views)] if views else None,
                position=number,
            )
        sum_up_variants(product)
        product.refresh_from_db(fields=["price"])

    def add_steps(self, product: Product) -> None:
        PriceStep.objects.bulk_create(
            PriceStep(product=product, minimum_quantity=pieces, unit_price=product.price * share // 100 // 100 * 100)
            for pieces, share in STEPS
        )
        sum_up_steps(product)

    def put_on_sale(self, placement: Placement) -> None:
        placement.sale_percent = self.random.choice(SALES)
        placement.sale_from, placement.sale_until = self.edition.sales_open, self.edition.closes_at
        placement.sale_by = SaleBy.EXHIBITOR
        placement.save(update_fields=["sale_percent", "sale_from", "sale_until", "sale_by"])


def certify(makers: list[Maker], *, by) -> None:
    """Certificates with invented numbers: verified ones, a few that have expired, a few that wait for staff."""
    chance = random.Random("certificates")
    today = timezone.localdate()
    found = []
    for maker in makers:
        code = maker.exhibitor.regency_id.replace(".", "")
        kinds = [(CertificateKind.NIB, digits(chance, 13), "Lembaga OSS", None)]
        if maker.root == "makanan-minuman":
            until = today + dt.timedelta(days=chance.randint(-60, 1600))
            number = f"206{code}01{digits(chance, 4)}{until:%y}"
            kinds.append((CertificateKind.PIRT, number, f"Dinas Kesehatan {maker.exhibitor.regency.name}", until))
            if chance.random() < 0.7:
                kinds.append((CertificateKind.HALAL, f"ID{code}{digits(chance, 13)}", "BPJPH", None))
        elif chance.random() < 0.3:
            until = today + dt.timedelta(days=chance.randint(400, 3000))
            kinds.append((CertificateKind.TRADEMARK, f"IDM{digits(chance, 9)}", "DJKI Kementerian Hukum", until))
        found += [certificate(maker, *kind, by=by if chance.random() < 0.93 else None) for kind in kinds]
    Certificate.objects.bulk_create(found)


def certificate(maker: Maker, kind: CertificateKind, number: str, issuer: str, until: dt.date | None, *, by):
    verified = timezone.now() - dt.timedelta(days=9) if by else None
    return Certificate(
        exhibitor=maker.exhibitor, kind=kind, number=number, issuer=issuer, expires_on=until, verified_at=verified,
        verified_by=by,
    )  # fmt: skip


def digits(chance: random.Random, count: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(count))
