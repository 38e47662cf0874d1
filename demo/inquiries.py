"""Replays the inquiries of a past show: as many as were published, from people who are invented."""

import datetime as dt
import hashlib
import random

from django.db import connection

from catalog.models import Product
from demo.exhibitors import Maker
from demo.figures import Show
from demo.hours import Hours
from demo.names import invented_person, telephone
from expo.models import Edition
from inquiries.models import Answer, Inquiry, InquiryState

FROM = {"ID": 900, "SG": 22, "HK": 16, "MY": 34, "AU": 9, "NL": 6, "JP": 7, "QA": 8, "US": 11}
ANSWERED = 0.78
INDONESIAN = ("ID", "MY")
QUESTIONS = {
    "id": (
        "Selamat siang, apakah {product} masih ada? Saya butuh {number} buah untuk akhir bulan.",
        "Mohon dikirim daftar harga grosir {product}. Kami mempunyai toko oleh-oleh di {city}.",
        "Apakah bisa dikirim ke {city}? Berapa ongkos kirimnya untuk {number} buah {product}?",
        "Saya tertarik pada {product}. Apakah warnanya dapat dipilih, dan berapa lama pembuatannya?",
        "Kami panitia seminar di {city}, mencari cendera mata. Bisakah {product} diberi nama instansi?",
        "Bahan {product} dari apa, dan bagaimana merawatnya?",
    ),
    "en": (
        "Hello, do you ship {product} abroad? We would like {number} pieces to begin with.",
        "Please send your wholesale price list for {product} and the minimum order for export.",
        "We run a shop in {city} and are interested in {product}. How long does it take to make {number} pieces?",
        "What is {product} made of, and do you have certificates for it?",
    ),
}
ANSWERS = {
    "id": (
        "Terima kasih atas minat Anda. Barang tersedia dan dapat kami kirim dalam tiga hari kerja.",
        "Bisa. Untuk jumlah itu ada potongan harga; rinciannya kami kirim lewat surel.",
        "Dapat dipilih. Pembuatannya sekitar dua minggu setelah uang muka kami terima.",
    ),
    "en": (
        "Thank you for your interest. Yes, we ship abroad and will send you the details by e-mail.",
        "For this quantity we need about three weeks. Our price list is on its way to you.",
    ),
}
CITIES = {
    "ID": ("Semarang", "Surakarta", "Jakarta", "Bandung", "Surabaya", "Yogyakarta", "Palangka Raya", "Denpasar"),
    "SG": ("Singapore",), "HK": ("Hong Kong",), "MY": ("Kuala Lumpur", "Penang"), "AU": ("Perth", "Melbourne"),
    "NL": ("Den Haag", "Utrecht"), "JP": ("Osaka", "Nagoya"), "QA": ("Doha",), "US": ("Portland", "Austin"),
}  # fmt: skip


class InquiryReplay:
    def __init__(self, show: Show, edition: Edition, makers: list[Maker], standing: dict[str, list[Product]]):
        self.show, self.edition, self.makers, self.standing = show, edition, makers, standing
        self.chance = random.Random(f"inquiries:{show.slug}")
        self.number = 0

    def store(self) -> int:
        inquiries, before, start = [], 0, self.show.sales_open
        for figure in self.show.figures_of("inquiries"):
            moments = Hours(self.show, start, figure.as_of).moments(self.chance, figure.low - before)
            inquiries += [self.inquiry(moment) for moment in moments]
            before, start = figure.low, figure.as_of
        Inquiry.objects.bulk_create(inquiries, batch_size=2000)
        answers = [
            Answer(inquiry=inquiry, body=self.chance.choice(ANSWERS[inquiry.language]), by=None)
            for inquiry in inquiries
            if inquiry.answered_at
        ]
        Answer.objects.bulk_create(answers, batch_size=2000)
        date_answers(self.edition)
        return len(inquiries)

    def inquiry(self, sent_at: dt.datetime) -> Inquiry:
        self.number += 1
        maker = self.chance.choice(self.makers)
        product = self.chance.choice(self.standing[maker.exhibitor.slug])
        country = self.chance.choices(list(FROM), list(FROM.values()))[0]
        language = "id" if country in INDONESIAN else "en"
        name = invented_person(self.chance, country)
        answered = self.answered(sent_at)
        question = self.chance.choice(QUESTIONS[language]).format(
            product=product.name if language == "id" else product.name_en,
            number=self.chance.choice((10, 12, 20, 24, 50, 100)),
            city=self.chance.choice(CITIES[country]),
        )
        return Inquiry(
            token=hashlib.sha256(f"{self.show.slug}:{self.number}".encode()).hexdigest()[:43],
            edition=self.edition,
            exhibitor=maker.exhibitor,
            product=product,
            state=InquiryState.ANSWERED if answered else InquiryState.OPEN,
            name=name,
            email=f"{name.lower().replace(' ', '.')}.{self.number}@surel.example",
            phone=telephone(10_000 + self.number) if country == "ID" else "",
            country=country,
            language=language,
            message=question,
            sent_at=sent_at,
            answered_at=answered,
            imported=True,
        )

    def answered(self, sent_at: dt.datetime) -> dt.datetime | None:
        if self.chance.random() > ANSWERED:
            return None
        return sent_at + dt.timedelta(minutes=int(self.chance.lognormvariate(5.1, 1.1)) + 2)


def date_answers(edition: Edition) -> None:
    """Answers were given when their inquiries say so, not when they were loaded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inquiries_answer a SET at = i.answered_at FROM inquiries_inquiry i "
            "WHERE i.id = a.inquiry_id AND i.edition_id = %s AND i.imported",
            [edition.pk],
        )
