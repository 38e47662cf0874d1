"""Loads the demonstration: the past shows as published and the small one of today, in one transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from catalog.models import Product
from catalog.search.vocabulary import renew_vocabulary
from demo import today
from demo.accounts import CURATOR, EXHIBITOR, STAFF, load_accounts
from demo.catalogue import Shelf, hang_pictures, load_categories, place_products
from demo.desk import load_stand
from demo.details import Details, certify
from demo.editions import TODAY, past_edition, todays_edition, todays_show
from demo.exhibitors import Cast, Maker, hang_banners, open_booths
from demo.figures import FILE, FiguresError, Show, read_figures
from demo.gallery import Gallery
from demo.imports import load_import
from demo.inquiries import InquiryReplay
from demo.journal import Replay
from demo.orders import Buyers
from demo.payments import load_statement, set_up_payments
from demo.proposals import load_proposals
from demo.queue import load_queue
from demo.readiness import load_readiness
from demo.recaps import seal_month, seal_published
from demo.registration import load_registration
from demo.reported import load_reported
from demo.shipping import give_tables, give_vouchers
from demo.visits import VisitReplay
from demo.voices import load_voices
from exhibitors.models import Booth, Exhibitor
from expo.models import Edition
from expo.regions import load_regions

Progress = Callable[[str], None]


@dataclass
class Stand:
    """One show in the making: who takes part with what, and the rows that came of it."""

    show: Show
    edition: Edition
    makers: list[Maker]
    placed: list[tuple[str, Product]]
    booths: dict[str, Booth]

    @property
    def standing(self) -> dict[str, list[Product]]:
        found = defaultdict(list)
        for slug, product in self.placed:
            found[slug].append(product)
        return found


def load_demo(figures: Path = FILE, *, progress: Progress = print, gallery: Callable = Gallery) -> bool:
    """Load everything that is not there yet. False if it was there: then nothing changed."""
    shows = read_figures(figures)
    slugs = {*(show.slug for show in shows), TODAY}
    there = set(Edition.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if there == slugs:
        return False
    if there:
        raise FiguresError(f"{sorted(there)[0]} exists already; the demonstration wants an empty database.")
    with gallery() as pictures, transaction.atomic():
        load_everything(shows, pictures, progress)
        renew_vocabulary()
    refresh_statistics()
    return True


def refresh_statistics() -> None:
    """Let PostgreSQL plan for the rows that have just come, not for empty tables: autovacuum is minutes away."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def load_everything(shows: list[Show], pictures, progress: Progress) -> None:
    cast, shelf, stands = build_shows(shows)
    progress(f"{len(cast.makers)} exhibitors, {len(shelf.new)} products")
    for stand in stands[:-1]:
        replay(stand, progress)
    refresh_statistics()  # the orders of today are made by queries that join ten tables
    open_today(stands[-1], progress)
    staff = get_user_model().objects.get(email=STAFF)
    past = [stand.show for stand in stands[:-1]]
    recaps = seal_published(past, by=staff)
    month = seal_month(past, by=staff)
    progress(f"{recaps} sealed recaps{f' and {month.number}, of a month' if month else ''}")
    products, banners = pictures.collect(progress)
    hang_banners(cast.makers, banners)
    hang_pictures(shelf, products)
    Details(stands[-1].edition, shelf, products).fill()
    certify(cast.makers, by=staff)
    owner = get_user_model().objects.get(email=EXHIBITOR)
    load_readiness(owner.exhibitors.get(), owner, staff)
    load_queue(owner.exhibitors.get(), owner, products, banners, stands[-1].edition)
    here = {maker.exhibitor.pk for maker in stands[-1].makers}
    guest = next(maker.exhibitor for maker in cast.makers if maker.exhibitor.pk not in here)
    curator = get_user_model().objects.get(email=CURATOR)
    load_registration(owner.exhibitors.get(), owner, curator, banners, stands[-1].edition, guest)
    load_proposals(owner.exhibitors.get(), owner, curator, stands[-1].edition)
    load_import(owner.exhibitors.get(), owner)
    load_voices(next(iter(stands[-1].booths.values())), owner, staff)


def build_shows(shows: list[Show]) -> tuple[Cast, Shelf, list[Stand]]:
    """Who takes part in these shows and, last, in the one of today, with what: exhibitors, goods and booths."""
    load_regions()
    cast, shelf = Cast(), Shelf(load_categories())
    shows = [*shows, todays_show(timezone.now())]
    plans = [plan(show, cast, shelf) for show in shows]
    Exhibitor.objects.bulk_create([maker.exhibitor for maker in cast.makers])
    give_tables(maker.exhibitor for maker in cast.makers)
    register(cast.makers, shows)
    Product.objects.bulk_create(shelf.new, batch_size=1000)
    return cast, shelf, [build(*each) for each in plans]


def plan(show: Show, cast: Cast, shelf: Shelf) -> tuple[Show, list[Maker], list[tuple[str, Product]]]:
    makers = today.todays_makers(cast, show) if show.slug == TODAY else cast.take_part(show)
    return show, makers, shelf.fill(show, makers)


def register(makers: list[Maker], shows: list[Show]) -> None:
    """Exhibitors registered before the first show in which they took part."""
    first = {show.slug: show.sales_open - dt.timedelta(days=12) for show in shows}
    for slug, moment in first.items():
        ids = [maker.exhibitor.pk for maker in makers if maker.shows and maker.shows[0] == slug]
        Exhibitor.objects.filter(pk__in=ids).update(created_at=moment)


def build(show: Show, makers: list[Maker], placed: list[tuple[str, Product]]) -> Stand:
    edition = todays_edition(show) if show.slug == TODAY else past_edition(show)
    booths = open_booths(edition, makers)
    place_products(booths, placed, show.sales_open)
    return Stand(show, edition, makers, placed, booths)


def replay(stand: Stand, progress: Progress) -> None:
    parts = (stand.show, stand.edition, stand.makers, stand.standing)
    entries = Replay(*parts).post()
    inquiries = InquiryReplay(*parts).store()
    VisitReplay(stand.show, stand.edition, list(stand.booths.values())).store()
    progress(f"{stand.show.name}: {len(stand.booths)} booths, {entries} journal entries, {inquiries} inquiries")


def open_today(stand: Stand, progress: Progress) -> None:
    booths = list(stand.booths.values())
    entries = today.load_sales(stand.show, stand.edition, stand.makers, stand.standing)
    today.load_visits(stand.show, stand.edition, booths)
    today.load_questions(stand.edition, booths[0])
    load_accounts(booths[0].exhibitor)
    people = get_user_model().objects.in_bulk([EXHIBITOR, STAFF], field_name="email")
    codes = set_up_payments(booths, people[EXHIBITOR])
    give_vouchers(stand.edition, booths[0].exhibitor)
    orders = Buyers(booths[0], booths[1:], people[EXHIBITOR], people[STAFF]).play()
    load_statement(booths[0].exhibitor, people[EXHIBITOR])
    stand_sales = load_stand(booths[0].exhibitor, people[EXHIBITOR])
    progress(f"{stand.show.name}: {len(booths)} booths, {entries} journal entries, {orders} orders, {codes} QRIS codes")
    reported = load_reported(booths[0], people[EXHIBITOR], people[STAFF])
    progress(f"{stand_sales} stand sales, {reported} reported")
