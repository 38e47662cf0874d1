"""Replays the journal of a past show: entries whose sums are the published figures at their moments.

What counts for a cut-off is what had happened and was recorded before it. Every entry here is recorded within the
stretch of time to which its amount belongs and happened then or, when an exhibitor reported it late, earlier.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace

from catalog.models import Product
from demo.destinations import Destinations
from demo.exhibitors import Maker
from demo.figures import Show
from demo.goods import GOODS
from demo.hours import Hours
from demo.places import KNOWN_FOR
from demo.promises import Promise, Stretch, choose_targets, plan_promises, stretches
from demo.sales import InventedSale, Sellers
from exhibitors.models import Exhibitor
from expo.models import Edition
from journal.keys import product_key
from journal.models import Channel, Evidence, Measure, Nature
from journal.posting import credit, post_imported
from journal.values import NewEntry

REFUNDED = 0.012  # of the sales; each is followed by its refund, so that together they are nothing
LATE = (3, 40)  # hours until an exhibitor reports a sale
AFTERWARDS = (14, dt.timedelta(days=38))  # a few sales of the mall behind the last published figure
CLAIMS = 3  # sales that nobody has proved: evidence D counts nowhere


class Replay:
    def __init__(self, show: Show, edition: Edition, makers: list[Maker], standing: dict[str, list[Product]]):
        self.show, self.edition, self.makers, self.standing = show, edition, makers, standing
        self.chance = random.Random(f"journal:{show.slug}")
        self.sellers = Sellers(makers, standing, self.chance)
        self.destinations = Destinations(show, self.chance)
        self.number = 0

    def post(self) -> int:
        """Post everything; returns the number of entries."""
        entries = sorted(self.entries(), key=lambda entry: bool(entry.reverses_key))  # what is reversed comes first
        return post_imported(entries)

    def entries(self) -> Iterator[NewEntry]:
        along = stretches(self.show, choose_targets(self.show, self.chance))
        promises = plan_promises(self.show, along)
        for place, stretch in enumerate(along):
            paid = sum(promise.amount for promise in promises if promise.paid_in == place)
            yield from self.stretch(stretch, stretch.amount - paid)
        for promise in promises:
            yield from self.promise(promise, along)
        yield from self.afterwards(along)

    def stretch(self, stretch: Stretch, amount: int) -> Iterator[NewEntry]:
        """Sales of ``amount``; besides, some that were refunded, and claims that do not count."""
        hours = Hours(self.show, stretch.start, stretch.end)
        sales = self.sellers.sales(amount) if amount else []
        moments = hours.moments(self.chance, len(sales))
        destinations = self.destinations.shared(len(sales), stretch.end)
        for sale, moment, destination in zip(sales, moments, destinations, strict=True):
            yield from self.sold(sale, moment, destination)
        for _ in range(int(len(sales) * REFUNDED)):
            first, second = sorted(self.chance.sample(hours.moments(self.chance, 12), 2))
            yield from self.sold_and_refunded(self.sellers.sale(), first, second)
        for moment in hours.moments(self.chance, CLAIMS if sales else 0):
            claim = replace(self.sellers.sale(), channel=Channel.REPORTED, evidence=Evidence.D)
            yield from self.sold(claim, moment)

    def sold(self, sale: InventedSale, recorded: dt.datetime, destination=None) -> list[NewEntry]:
        self.number += 1
        destination = destination or self.destinations.near_by()
        occurred = self.happened(sale, recorded)
        return [
            self.entry(
                sale.exhibitor,
                line.product,
                f"{self.number:05d}",
                f"{self.number:05d}:{place}",
                amount=line.amount,
                quantity=line.quantity,
                channel=sale.channel,
                evidence=sale.evidence,
                destination=destination,
                occurred_at=occurred,
                recorded_at=recorded,
            )
            for place, line in enumerate(sale.lines, 1)
        ]

    def happened(self, sale: InventedSale, recorded: dt.datetime) -> dt.datetime:
        if sale.channel != Channel.REPORTED:
            return recorded
        earlier = recorded - dt.timedelta(minutes=self.chance.randint(LATE[0] * 60, LATE[1] * 60))
        return max(earlier, self.show.sales_open)

    def sold_and_refunded(self, sale: InventedSale, first: dt.datetime, second: dt.datetime) -> list[NewEntry]:
        sold = self.sold(sale, first)
        return sold + [
            replace(
                entry,
                source_key=f"{entry.source_key}:refund",
                reverses_key=entry.source_key,
                nature=Nature.REFUND,
                amount=-entry.amount,
                quantity=-entry.quantity,
                occurred_at=second,
                recorded_at=second,
                note="Barang kembali, uang dikembalikan.",
            )
            for entry in sold
        ]

    def promise(self, promise: Promise, along: list[Stretch]) -> list[NewEntry]:
        """The order as it was accepted and, if it was paid, as it moved from committed to realised."""
        accepted = self.moment_between(max(promise.after, promise.figure.as_of - dt.timedelta(hours=30)), promise)
        agreed = self.agreed(promise, accepted)
        if promise.paid_in is None:
            return agreed
        stretch = along[promise.paid_in]
        paid = self.chance.choice(Hours(self.show, stretch.start, stretch.end).moments(self.chance, 9)[2:7])
        moved = {"occurred_at": paid, "recorded_at": paid, "note": "Pelunasan pesanan."}
        taken = [
            replace(
                entry,
                source_key=f"{entry.source_key}:off",
                reverses_key=entry.source_key,
                nature=Nature.PAYMENT,
                amount=-entry.amount,
                quantity=-entry.quantity,
                **moved,
            )
            for entry in agreed
        ]
        on_order = {"measure": Measure.REALISED, "on_order": True, "evidence": Evidence.A}
        on_order["phase"] = credit(self.edition, paid)
        given = [
            replace(e, source_key=f"{e.source_key}:on", reverses_key=e.source_key, **on_order, **moved) for e in agreed
        ]
        return agreed + taken + given

    def moment_between(self, start: dt.datetime, promise: Promise) -> dt.datetime:
        return self.chance.choice(Hours(self.show, start, promise.figure.as_of).moments(self.chance, 5))

    def agreed(self, promise: Promise, accepted: dt.datetime) -> list[NewEntry]:
        maker = self.maker_from(promise.figure.regency)
        products = self.standing[maker.exhibitor.slug][:3]
        self.number += 1
        return [
            self.entry(
                maker.exhibitor,
                product,
                f"{self.number:05d}",
                f"{self.number:05d}:{place}",
                amount=amount,
                quantity=max(1, amount // product.price),
                measure=Measure.COMMITTED,
                channel=Channel.REPORTED,
                evidence=Evidence.B,
                destination=self.destinations.resolve(promise.figure.destination),
                occurred_at=accepted,
                recorded_at=accepted,
                note="Pesanan disetujui kedua pihak.",
            )
            for place, (product, amount) in enumerate(
                zip(products, parts(promise.amount, len(products)), strict=True), 1
            )
        ]

    def maker_from(self, regency: str) -> Maker:
        """An exhibitor of the regency, rather one that makes what the regency is best known for."""
        local = [maker for maker in self.makers if maker.exhibitor.regency.name == regency] or self.makers
        code = local[0].exhibitor.regency_id
        leaf = GOODS[KNOWN_FOR[code][0]].leaf
        return next((maker for maker in local if maker.goods[0].leaf == leaf), local[0])

    def afterwards(self, along: list[Stretch]) -> Iterator[NewEntry]:
        number, time = AFTERWARDS
        start = along[-1].end if along else self.show.closes_at
        for moment in Hours(self.show, start, start + time).moments(self.chance, number):
            yield from self.sold(self.sellers.sale(), moment)

    def entry(self, exhibitor: Exhibitor, product: Product, transaction: str, key: str, **fields) -> NewEntry:
        code, label = fields.pop("destination")
        return NewEntry(
            edition_id=self.edition.pk,
            phase=credit(self.edition, fields["occurred_at"]),
            exhibitor_id=exhibitor.pk,
            exhibitor_label=exhibitor.name,
            kind=exhibitor.kind,
            regency_code=exhibitor.regency.code,
            regency_label=exhibitor.regency.name,
            category_code=product.category.slug,
            category_label=product.category.name,
            product_key=product_key(product),
            product_label=product.name,
            transaction_key=f"{self.edition.code}-R{transaction}",
            source_key=f"demo:{self.show.slug}:{key}",
            destination_code=code,
            destination_label=label,
            **{"measure": Measure.REALISED} | fields,
        )


def parts(amount: int, number: int) -> list[int]:
    """``amount`` in falling parts, to the rupiah."""
    weights = [number - place for place in range(number)]
    shares = [amount * weight // sum(weights) for weight in weights]
    return [shares[0] + amount - sum(shares), *shares[1:]]
