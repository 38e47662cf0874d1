"""What waits for curation: exhibitors and products that were handed in and not yet decided upon."""

import io

from django.utils.text import slugify
from PIL import Image

from catalog.domain.curation import submit_product
from catalog.models import Category, Product, ProductPhoto
from demo.goods import GOODS
from demo.names import Names, telephone
from exhibitors.domain.curation import submit_exhibitor
from exhibitors.domain.participation import ask_participation
from exhibitors.domain.phones import ask_confirmation
from exhibitors.models import Exhibitor, Kind, ParticipationMode
from expo.models import Edition, Picture, Region
from expo.pictures import store_picture

# root, leaf, regency, cooperative
WAITING = (
    ("makanan-minuman", "camilan", "33.02", False),
    ("kerajinan-tangan", "anyaman", "33.27", False),
    ("fesyen", "batik", "33.26", True),
)
NEW_GOODS = ("kawung", "selendang-batik")


def load_queue(
    exhibitor: Exhibitor,
    owner,
    pictures: dict[tuple[str, int], Picture],
    banners: dict[str, list[Picture]],
    edition: Edition,
) -> None:
    """Exhibitors who ask to be let in, and new products of ``exhibitor``; none of them is shown or counted."""
    names = Names("queue")
    for number, (root, leaf, regency, cooperative) in enumerate(WAITING):
        name, person = names.business(root, leaf, cooperative=cooperative), names.person()
        newcomer = Exhibitor.objects.create(
            slug=f"{slugify(name)}-baru",
            name=name,
            kind=Kind.KOPERASI if cooperative else Kind.UKM,
            category=Category.objects.get(slug=leaf),
            banner=banner_of(root, banners),
            legal_number=f"AHU-{7100 + number:07d}.AH.01.26.TAHUN 2019" if cooperative else "",
            member_count=48 if cooperative else None,
            owner_name=person,
            nib=f"{9120200000000 + number * 7919:013d}",
            regency_id=regency,
            district=Region.objects.filter(parent=regency).order_by("code").first(),
            story="Kami baru pertama kali mendaftar.",
            email=f"{slugify(name)}@ukm.example",
            whatsapp=telephone(80_000 + number),
            bank_name="Bank Contoh",
            bank_account_number=f"{7900000000 + number:010d}",
            bank_account_holder=person,
        )
        ask_confirmation(newcomer)
        ask_participation(newcomer, edition, ParticipationMode.ONLINE, by=None)
        submit_exhibitor(newcomer, by=None)
    for key in NEW_GOODS:
        good = GOODS[key]
        if picture := pictures.get(good.pictures[0]):
            submit_product(new_product(exhibitor, good, picture), by=owner)


def banner_of(root: str, banners: dict[str, list[Picture]]) -> Picture:
    """A banner of this category; a plain one where no pictures were drawn."""
    if found := banners.get(root):
        return found[-1]
    plain = io.BytesIO()
    Image.new("RGB", (640, 320), "#8a5a35").save(plain, "JPEG")
    return store_picture(plain)


def new_product(exhibitor: Exhibitor, good, picture: Picture) -> Product:
    product = Product.objects.create(
        exhibitor=exhibitor,
        category=Category.objects.get(slug=good.leaf),
        slug=slugify(f"{good.name} edisi baru {exhibitor.slug}"),
        name=f"{good.name} Edisi Baru",
        name_en=f"{good.name_en}, new edition",
        description=good.text,
        description_en=good.text_en,
        price=good.price[1],
        stock=12,
        weight_grams=good.weight,
        cover=picture,
    )
    ProductPhoto.objects.create(product=product, picture=picture)
    return product
