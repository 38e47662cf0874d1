"""A small expo to walk through."""

import io

from PIL import Image

from exhibitors.models import Kind
from expo.models import Picture
from expo.pictures import store_picture
from tests.factories import (
    make_booth,
    make_category,
    make_edition,
    make_exhibitor,
    make_hall,
    make_placement,
    make_product,
    make_region,
)


def make_picture(colour="#336699", width=400, height=500) -> Picture:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return store_picture(buffer)


class Street:
    """One edition whose mall is open, one hall, and as many booths and products as asked."""

    def __init__(self, *, booths=1, products=1, picture=False):
        self.edition = make_edition(slug="uvo", name="UVO", name_en="UVO in English")
        self.hall = make_hall(edition=self.edition, slug="kriya", name="Kriya")
        self.category = make_category(slug="batik", name="Batik", name_en="Batik cloth")
        self.region = make_region()
        self.picture = make_picture() if picture else None
        self.booths = [self.add_booth(number) for number in range(booths)]
        self.placements = [self.add_product(number) for number in range(products)]

    def add_booth(self, number):
        exhibitor = make_exhibitor(
            slug=f"usaha-{number}", name=f"Usaha {number}", kind=Kind.UKM, regency=self.region,
            whatsapp="+628123456789", story="Dari dapur sendiri.", banner=self.picture,
        )  # fmt: skip
        return make_booth(
            edition=self.edition, hall=self.hall, exhibitor=exhibitor, slug=f"usaha-{number}",
            number=f"A{number:02}", column=number % 8, row=number // 8,
        )  # fmt: skip

    def add_product(self, number, **fields):
        booth = self.booths[0]
        product = make_product(
            exhibitor=booth.exhibitor,
            **{
                "category": self.category,
                "slug": f"kain-{number}",
                "name": f"Kain batik {number}",
                "cover": self.picture,
                **fields,
            },
        )
        return make_placement(booth=booth, product=product)
