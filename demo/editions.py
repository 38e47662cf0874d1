"""Rows of editions: the past ones as published, and the small one of today."""

import datetime as dt
import re

from demo.figures import Show
from demo.goods import CATEGORIES
from demo.names import telephone
from expo.formats import WIB
from expo.models import Edition, Mode, Recipient, Region

PROVINCE = "33"
TODAY = "expo-hari-ini"
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
SIGNATORY = {
    "city": "Semarang",
    "signatory_name": "Tumaruntum Adisasmita",
    "signatory_title": "Kepala Dinas",
    "signatory_nip": "19000101 190001 1 001",
}


def past_edition(show: Show) -> Edition:
    theme, theme_en = theme_names(show.theme)
    return Edition.objects.create(
        slug=show.slug,
        code=recap_code(show.slug),
        name=show.name,
        name_en=show.name,
        year=show.year,
        theme=theme,
        theme_en=theme_en,
        organiser=show.organiser,
        organiser_address="Semarang, Jawa Tengah",
        province=Region.objects.get(pk=PROVINCE),
        mode=show.mode if show.mode in Mode.values else Mode.ONLINE,
        sales_open=show.sales_open,
        opens_at=show.opens_at,
        closes_at=show.closes_at,
        mall_closes_at=show.mall_closes_at,
        **SIGNATORY,
    )


def todays_show(now: dt.datetime) -> Show:
    """An edition that opened yesterday, WIB, and closes in a fortnight."""
    midnight = now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    day = dt.timedelta(days=1)
    return Show(
        slug=TODAY,
        name="Expo Hari Ini",
        year=midnight.year,
        organiser="Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Jawa Tengah",
        mode="hybrid",
        theme="",
        exhibitors=24,
        products=216,
        categories=tuple(CATEGORIES),
        sales_open=midnight - 4 * day,
        opens_at=midnight - day + dt.timedelta(hours=9),
        closes_at=midnight + 13 * day + dt.timedelta(hours=21),
        mall_closes_at=None,
        figures=(),
    )


def todays_edition(show: Show) -> Edition:
    edition = past_edition(show)
    edition.code = "EHI"
    edition.name_en = "Expo of Today"
    edition.theme, edition.theme_en = (
        "Dari dapur dan bengkel Jawa Tengah",
        "From the kitchens and workshops of Central Java",
    )
    edition.organiser_whatsapp = telephone(90_000)
    edition.recaps_from = show.sales_open + dt.timedelta(days=2)
    edition.save()
    Recipient.objects.create(edition=edition, name="Kepala Dinas", email="pejabat@contoh.example")
    return edition


def theme_names(theme: str) -> tuple[str, str]:
    if theme in CATEGORIES:
        return CATEGORIES[theme][0], CATEGORIES[theme][1]
    return theme.capitalize(), ""


def recap_code(slug: str) -> str:
    """The beginning of recap numbers: ``uvo-2`` → ``UVO-II``."""
    found = re.fullmatch(r"(.+-)(\d+)", slug)
    if not found or not 0 < int(found[2]) < len(ROMAN):
        return slug.upper()[:20]
    return f"{found[1].upper()}{ROMAN[int(found[2])]}"[:20]
