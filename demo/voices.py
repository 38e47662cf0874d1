"""What buyers of today say: reviews of orders that have arrived, questions with their answers."""

import datetime as dt
import hashlib
import random

from django.utils import timezone

from catalog.domain.reviews import answer_review
from catalog.models import Placement, Product
from demo.names import invented_person
from demo.orders import Buyers, with_everything
from exhibitors.models import Booth
from inquiries.domain.inquiries import answer
from inquiries.models import Inquiry
from orders.domain.reviews import write_review
from orders.models import Order

STEPS = ("proof", "confirm", "pack", "ship", "complete")
# Product of the booth, stars, what was written, whether with a photo, what the exhibitor answered.
REVIEWS = (
    (0, 5, "Sesuai foto, dikemas rapi dengan bubble wrap. Akan pesan lagi untuk oleh-oleh.", True, "Terima kasih!"),
    (0, 4, "Bagus, hanya pengirimannya agak lama karena libur.", False, ""),
    (0, 5, "", False, ""),
    (0, 3, "Warnanya sedikit lebih gelap daripada di foto.", True,
     "Mohon maaf, pewarna alami memang tidak selalu sama. Silakan tukar bila kurang cocok."),
    (0, 5, "Ibu saya suka sekali.", True, ""),
    (0, 4, "Penjualnya ramah dan cepat membalas.", False, ""),
    (1, 5, "Halus sekali buatannya.", True, ""),
    (1, 2, "Datang dengan kemasan penyok.", False, "Kami sudah mengirim pengganti. Terima kasih atas kabarnya."),
)  # fmt: skip
QUESTIONS = (
    (0, "id", "Apakah bisa dipesan dengan nama di kemasannya, untuk hadiah pernikahan?",
     "Bisa, mulai 30 buah. Tulis namanya di catatan pesanan, kami kirim contohnya dahulu."),
    (0, "id", "Berapa lama sampai di Makassar?", "Biasanya empat sampai lima hari dengan kurir biasa."),
    (0, "en", "Is it safe to send to Singapore?", "Yes, we pack it in two boxes and insure the parcel."),
    (0, "id", "Bisa diambil langsung di stan hari Minggu?", "Bisa, kami buka pukul 9 sampai 16."),
    (1, "id", "Perawatannya bagaimana?", "Cukup dilap kain kering, jangan dijemur terlalu lama."),
)  # fmt: skip


class Reviewers(Buyers):
    """Buyers of one product at a time, who write about it a day after it came."""

    number = 500

    def review(self, placement: Placement, rating: int, body: str, pictures: list, reply: str) -> None:
        self.number += 1
        now = timezone.now() - dt.timedelta(hours=self.chance.randint(50, 78), minutes=self.number % 60)
        only = with_everything(Placement.objects.filter(pk=placement.pk)).get()
        order = self.place([placement.booth], now, self.buyer(self.number), "", only)
        for step in STEPS:
            now += dt.timedelta(minutes=self.chance.randint(30, 300))
            getattr(self, step)(Order.objects.get(pk=order.pk), now)
        now += dt.timedelta(hours=self.chance.randint(2, 20))
        review = write_review(order, order.lines.get(), rating=rating, body=body, pictures=pictures, now=now)
        if reply:
            answer_review(review, reply, by=self.owner, now=now + dt.timedelta(hours=3))


def load_voices(booth: Booth, owner, staff) -> None:
    """Reviews and questions for the first goods of ``booth``."""
    placements = list(
        Placement.objects.filter(
            booth=booth, product__stock__gte=10, product__has_variants=False, product__deposit_percent=0
        )
        .select_related("product__exhibitor", "product__cover", "booth__edition")
        .order_by("pk")[:2]
    )
    if not placements:
        return
    reviewers = Reviewers(booth, [], owner, staff)
    for which, rating, body, with_photo, reply in REVIEWS:
        placement = placements[min(which, len(placements) - 1)]
        pictures = photos_of(placement.product, reviewers.chance) if with_photo else []
        reviewers.review(placement, rating, body, pictures, reply)
    load_questions(placements, owner)


def photos_of(product: Product, chance: random.Random) -> list:
    """Pictures of goods of the same kind; none when the demonstration has no pictures."""
    alike = Product.objects.filter(category=product.category_id, cover__isnull=False).exclude(pk=product.pk)
    found = list(dict.fromkeys(each.cover for each in alike.select_related("cover").order_by("pk")[:12]))
    return chance.sample(found, min(len(found), chance.randint(1, 2)))


def load_questions(placements: list[Placement], owner) -> None:
    chance = random.Random("voices")
    for number, (which, language, message, reply) in enumerate(QUESTIONS):
        placement = placements[min(which, len(placements) - 1)]
        name = invented_person(chance, "SG" if language == "en" else "ID")
        inquiry = Inquiry.objects.create(
            token=hashlib.sha256(f"voices:{number}".encode()).hexdigest()[:43],
            edition=placement.booth.edition,
            exhibitor=placement.booth.exhibitor,
            product=placement.product,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@surel.example",
            country="SG" if language == "en" else "ID",
            language=language,
            message=message,
            sent_at=timezone.now() - dt.timedelta(minutes=50 + 17 * number),
            may_publish=True,
        )
        answer(inquiry, reply, by=owner, publish=True)
