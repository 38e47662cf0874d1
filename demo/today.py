"""The small edition of today: booths to shop at once, sales of its first days, questions that wait for an answer."""

import datetime as dt
import hashlib
import random

from django.utils import timezone

from catalog.models import Placement, Product
from demo.exhibitors import Cast, Maker
from demo.figures import Show
from demo.hours import Hours
from demo.journal import Replay
from demo.visits import VisitReplay
from exhibitors.models import Booth
from expo.models import Edition
from inquiries.models import Inquiry, InquiryState
from journal.posting import post_imported

SALES = 46
VISITS = 5_200
QUESTIONS = (
    (True, 40, "Ratna Pangestuti", "id", "ID", "Apakah bisa dikirim hari Sabtu? Saya di Semarang.",
     "Bisa, kami kirim Sabtu pagi dengan kurir."),
    (True, 26, "Galih Wahyudianto", "id", "ID", "Ada potongan harga untuk 30 buah?",
     "Ada, 8 persen untuk 30 buah ke atas."),
    (False, 20, "Wei Lin Tanwir", "en", "SG", "Do you ship to Singapore? I would like two pieces.", ""),
    (False, 7, "Indah Kurniasari", "id", "ID", "Apakah warnanya bisa dipilih? Terima kasih.", ""),
    (False, 3, "Bagus Prasetyowibowo", "id", "ID", "Untuk seragam 45 orang, berapa lama pembuatannya?", ""),
)  # fmt: skip


def todays_makers(cast: Cast, show: Show) -> list[Maker]:
    """Exhibitors who have been here before, of every category."""
    chance = random.Random("today")
    by_root: dict[str, list[Maker]] = {}
    for maker in chance.sample(cast.makers, len(cast.makers)):
        by_root.setdefault(maker.root, []).append(maker)
    chosen: list[Maker] = []
    while len(chosen) < min(show.exhibitors, len(cast.makers)):
        chosen += [group.pop() for group in by_root.values() if group]
    return sorted(chosen[: show.exhibitors], key=lambda maker: maker.exhibitor.name)


def load_sales(show: Show, edition: Edition, makers: list[Maker], standing: dict[str, list[Product]]) -> int:
    """Sales since the opening of the sales, recorded when they happened."""
    replay = Replay(show, edition, makers, standing)
    end = timezone.now() - dt.timedelta(minutes=5)
    moments = Hours(show, show.sales_open, end).moments(replay.chance, SALES)
    sales = (replay.sold(replay.sellers.sale(), moment) for moment in moments)
    return post_imported(entry for sale in sales for entry in sale)


def load_visits(show: Show, edition: Edition, booths: list[Booth]) -> None:
    replay = VisitReplay(show, edition, booths)
    end = timezone.now().replace(minute=0, second=0, microsecond=0)
    replay.fill(show.sales_open, end, VISITS)
    replay.fill_booths()
    replay.save()


def load_questions(edition: Edition, booth: Booth) -> None:
    """Questions to one booth, some answered."""
    products = [placement.product for placement in Placement.objects.filter(booth=booth).select_related("product")]
    for number, (answered, hours, name, language, country, message, answer) in enumerate(QUESTIONS):
        sent = timezone.now() - dt.timedelta(hours=hours, minutes=13 * number)
        inquiry = Inquiry.objects.create(
            token=hashlib.sha256(f"{edition.slug}:{number}".encode()).hexdigest()[:43],
            edition=edition,
            exhibitor=booth.exhibitor,
            product=products[number % len(products)],
            state=InquiryState.ANSWERED if answered else InquiryState.OPEN,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@surel.example",
            country=country,
            language=language,
            message=message,
            sent_at=sent,
            answered_at=sent + dt.timedelta(minutes=95) if answered else None,
        )
        if answered:
            inquiry.answers.create(body=answer, by=None)
