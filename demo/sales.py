"""Invented sales that add up to a given sum, to the rupiah."""

import random
from dataclasses import dataclass

from catalog.models import Product
from demo.exhibitors import Maker
from exhibitors.models import Exhibitor

AVERAGE = 340_000  # of a retail sale, in rupiah
MOST_SALES = 7_000  # in one stretch of time; above that, sales grow instead
CHANNELS = {"online": 70, "live": 12, "reported": 18}
EVIDENCE = {"online": {"A": 34, "B": 66}, "live": {"A": 12, "B": 88}, "reported": {"B": 55, "C": 45}}
PIECES = {"online": (62, 24, 9, 5), "live": (50, 30, 14, 6), "reported": (30, 26, 24, 20)}


@dataclass
class SaleLine:
    product: Product
    quantity: int
    amount: int


@dataclass
class InventedSale:
    exhibitor: Exhibitor
    channel: str
    evidence: str
    lines: list[SaleLine]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


class Sellers:
    """The exhibitors of a show with what stands in their booths; some sell far more than others."""

    def __init__(self, makers: list[Maker], standing: dict[str, list[Product]], chance: random.Random):
        self.chance = chance
        self.makers = makers
        self.standing = standing
        self.weights = [chance.lognormvariate(0, 0.75) for _ in makers]

    def sales(self, total: int) -> list[InventedSale]:
        """Sales of ``total`` rupiah together."""
        found, left = [], total
        pieces = max(1, round(total / (MOST_SALES * AVERAGE)))
        while left > 0:
            sale = self.sale(pieces)
            if sale.amount >= left - AVERAGE // 4:
                sale = self.last_sale(sale, left)
            found.append(sale)
            left -= sale.amount
        self.chance.shuffle(found)
        return found

    def sale(self, pieces: int = 1) -> InventedSale:
        maker = self.chance.choices(self.makers, self.weights)[0]
        channel = pick(self.chance, CHANNELS)
        products = self.standing[maker.exhibitor.slug]
        chosen = self.chance.sample(products, min(len(products), self.chance.choices((1, 2, 3), (70, 22, 8))[0]))
        lines = [self.line(product, channel, pieces) for product in chosen]
        return InventedSale(maker.exhibitor, channel, pick(self.chance, EVIDENCE[channel]), lines)

    def line(self, product: Product, channel: str, pieces: int) -> SaleLine:
        number = self.chance.choices((1, 2, 3, 6), PIECES[channel])[0]
        if product.price < 60_000 and channel == "reported" and self.chance.random() < 0.3:
            number *= self.chance.choice((4, 10))  # a shop that orders by the dozen
        if product.price > 400_000:
            number = 1 if self.chance.random() < 0.8 else 2
        return SaleLine(product, number * pieces, product.price * number * pieces)

    def last_sale(self, like: InventedSale, amount: int) -> InventedSale:
        """One line of exactly ``amount``: whole pieces, the seller giving up less than the price of one."""
        products = self.standing[like.exhibitor.slug]
        fitting = [product for product in products if product.price <= amount]
        if fitting:
            product = max(fitting, key=lambda product: product.price)
        else:
            product = min(products, key=lambda product: product.price)
        line = SaleLine(product, max(1, -(-amount // product.price)), amount)
        return InventedSale(like.exhibitor, like.channel, like.evidence, [line])


def pick(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
