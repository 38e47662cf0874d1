"""Invented exhibitors with their booths in halls, as many as the published figures say."""

import random
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.text import slugify

from demo.figures import Show
from demo.goods import CATEGORIES, GOODS, ROOT_OF, Good, goods_of, roots
from demo.names import Names, telephone
from demo.places import KNOWN_FOR
from exhibitors.models import Booth, Exhibitor, Kind
from exhibitors.states import CurationState
from expo.models import Edition, Hall, Picture, Region

SHARES = {"fesyen": 32, "makanan-minuman": 36, "kerajinan-tangan": 21, "furnitur": 11}
THEME_COUNTS = 5  # an edition's theme draws so many times as many exhibitors
RETURNING = 0.36  # of an edition's booths belong to exhibitors of an earlier one
COOPERATIVES = 0.16
HALL_SIZE = 40
PATTERNS = ("Kawung", "Parang", "Truntum", "Ceplok", "Lurik", "Mega", "Sekar", "Nitik")
ROOM_FOR = {
    "fesyen": ("Fesyen", "Fashion"),
    "makanan-minuman": ("Kuliner", "Food"),
    "kerajinan-tangan": ("Kriya", "Crafts"),
    "furnitur": ("Mebel", "Furniture"),
}
STORIES = (
    (
        "{name} bekerja di {place} bersama {people} perajin, sebagian besar tetangga sendiri. Setiap hari kami "
        "membuat {known}, sedikit demi sedikit, dan tidak kami lepas sebelum kami sendiri mau memakainya.",
        "{name} works in {place} with {people} makers, most of them neighbours. We make {known_en} every day, a little "
        "at a time, and let nothing go that we would not use ourselves.",
    ),
    (
        "Usaha keluarga dari {place}. Dimulai dari satu meja di teras rumah, kini {people} orang ikut membuat {known}. "
        "Pesanan jumlah besar kami terima dengan senang hati.",
        "A family business from {place}. It began with one table on the porch; now {people} people make {known_en}. "
        "We gladly take large orders.",
    ),
    (
        "Kami belajar membuat {known} dari orang tua kami di {place} dan meneruskannya kepada {people} anak muda di "
        "kampung. Bahan kami beli dari petani dan pemasok setempat.",
        "We learned to make {known_en} from our parents in {place} and pass it on to {people} young people of our "
        "village. Our materials come from local growers and suppliers.",
    ),
)


@dataclass
class Maker:
    """An exhibitor, what it makes, and how many booths it has had."""

    exhibitor: Exhibitor
    root: str
    goods: list[Good]
    shows: list[str] = field(default_factory=list)


class Cast:
    """All exhibitors of the demonstration, in the order in which they appeared."""

    def __init__(self):
        self.random = random.Random("exhibitors")
        self.names = Names("exhibitors")
        self.makers: list[Maker] = []
        self.regions = Region.objects.in_bulk(KNOWN_FOR)
        self.places: list[str] = []

    def take_part(self, show: Show) -> list[Maker]:
        """As many exhibitors as the show had: some who came before, the others new."""
        wanted = roots(show.categories)
        known = [maker for maker in self.makers if maker.root in wanted]
        back = self.random.sample(known, min(len(known), int(show.exhibitors * RETURNING)))
        needed = [figure.regency for figure in show.figures if figure.regency]
        missing = [code for code in map(self.code_of, needed) if code not in {m.exhibitor.regency_id for m in back}]
        new = [self.appear(show, wanted, place) for place in missing[: show.exhibitors]]
        new += [self.appear(show, wanted) for _ in range(show.exhibitors - len(back) - len(new))]
        for maker in back + new:
            maker.shows.append(show.slug)
        return sorted(back + new, key=lambda maker: maker.exhibitor.name)

    def code_of(self, regency: str) -> str:
        return next((code for code, region in self.regions.items() if region.name == regency), "33.74")

    def appear(self, show: Show, wanted: list[str], code: str = "") -> Maker:
        code = code or self.next_place()
        root = self.choose_root(show, wanted, code)
        goods = self.choose_goods(root, code)
        cooperative = self.random.random() < COOPERATIVES
        name = self.names.business(root, goods[0].leaf, cooperative=cooperative)
        maker = Maker(self.exhibitor(name, cooperative, code, goods), root, goods)
        self.makers.append(maker)
        return maker

    def next_place(self) -> str:
        """Every regency and city once, then all again in another order."""
        if not self.places:
            self.places = list(KNOWN_FOR)
            self.random.shuffle(self.places)
        return self.places.pop()

    def choose_root(self, show: Show, wanted: list[str], code: str) -> str:
        known = [ROOT_OF[GOODS[key].leaf] for key in KNOWN_FOR[code]]
        if code in {self.code_of(figure.regency) for figure in show.figures if figure.regency}:
            at_home = [root for root in known if root in wanted]
            if at_home:
                return at_home[0]
        weights = [
            SHARES[root] * (THEME_COUNTS if root == show.theme else 1) * (0.4 + known.count(root)) for root in wanted
        ]
        return self.random.choices(wanted, weights)[0]

    def choose_goods(self, root: str, code: str) -> list[Good]:
        known = [GOODS[key] for key in KNOWN_FOR[code] if ROOT_OF[GOODS[key].leaf] == root]
        others = [good for good in goods_of(root) if good not in known]
        first = known[0] if known else self.random.choice(others)
        alike = [good for good in others if good.leaf == first.leaf and good is not first]
        unlike = [good for good in others if good.leaf != first.leaf and good is not first]
        chosen = [first, *known[1:]]
        chosen += self.random.sample(alike, min(len(alike), 2))
        chosen += self.random.sample(unlike, min(len(unlike), max(1, 4 - len(chosen))))
        return chosen[:5]

    def exhibitor(self, name: str, cooperative: bool, code: str, goods: list[Good]) -> Exhibitor:
        number = len(self.makers) + 1
        owner, slug = self.names.person(), slugify(name)
        story, story_en = self.random.choice(STORIES)
        words = {
            "name": name,
            "place": self.regions[code].name,
            "people": self.random.randint(4, 28),
            "known": goods[0].name.lower(),
            "known_en": goods[0].name_en.lower(),
        }
        return Exhibitor(
            slug=slug,
            name=name,
            kind=Kind.KOPERASI if cooperative else Kind.UKM,
            owner_name=owner,
            nib=f"{9120000000000 + number * 7919:013d}",
            regency=self.regions[code],
            story=story.format(**words),
            story_en=story_en.format(**words),
            email=f"{slug}@ukm.example",
            whatsapp=telephone(number),
            bank_name="Bank Contoh",
            bank_account_number=f"{7000000000 + number * 104729:010d}",
            bank_account_holder=owner,
            state=CurationState.APPROVED,
        )


def open_booths(edition: Edition, makers: list[Maker]) -> dict[str, Booth]:
    """Booths of ``makers`` by slug of exhibitor, in halls by category."""
    by_root = defaultdict(list)
    for maker in makers:
        by_root[maker.root].append(maker)
    booths, letters = [], iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for root in (root for root in CATEGORIES if by_root[root]):
        for part, group in enumerate(in_halls(by_root[root])):
            hall = new_hall(edition, root, next(letters), part, only=len(by_root[root]) <= HALL_SIZE)
            columns = columns_for(len(group))
            for place, maker in enumerate(group):
                booths.append(booth_at(edition, hall, place, columns, maker))
    Booth.objects.bulk_create(booths)
    return {booth.slug: booth for booth in booths}


def in_halls(makers: list[Maker]) -> list[list[Maker]]:
    """Groups of equal size, none larger than a hall."""
    halls = -(-len(makers) // HALL_SIZE)
    size, longer = divmod(len(makers), halls)
    groups, start = [], 0
    for number in range(halls):
        end = start + size + (number < longer)
        groups.append(makers[start:end])
        start = end
    return groups


def new_hall(edition: Edition, root: str, letter: str, part: int, *, only: bool) -> Hall:
    name, name_en = ROOM_FOR[root]
    suffix = "" if only else f" {PATTERNS[part % len(PATTERNS)]}"
    return Hall.objects.create(
        edition=edition,
        slug=slugify(f"{edition.slug} aula {name}{suffix}"),
        letter=letter,
        name=f"{name}{suffix}",
        name_en=f"{name_en}{suffix}",
        position=ord(letter) - ord("A") + 1,
    )


def columns_for(booths: int) -> int:
    """Rows of four, of five, or of two blocks of five with an aisle between them."""
    return 4 if booths <= 8 else 5 if booths <= 20 else 10


def booth_at(edition: Edition, hall: Hall, place: int, columns: int, maker: Maker) -> Booth:
    row, column = divmod(place, columns)
    return Booth(
        edition=edition,
        hall=hall,
        exhibitor=maker.exhibitor,
        slug=maker.exhibitor.slug,
        number=f"{hall.letter}-{place + 1:02d}",
        column=column,
        row=row,
    )


def hang_banners(makers: list[Maker], banners: dict[str, list[Picture]]) -> None:
    """Give every exhibitor a banner of its category."""
    for root, choice in banners.items():
        of_root = [maker.exhibitor.pk for maker in makers if maker.root == root]
        for number, banner in enumerate(choice):
            Exhibitor.objects.filter(pk__in=of_root[number :: len(choice)]).update(banner=banner)
