"""An article to try the news check with: of sealed figures, one told right, one too high, one day that is wrong."""

from datetime import timedelta

from django.utils.translation import gettext as _

from expo import formats
from reports.figures import Figures
from reports.labels import edition_names

TOO_MUCH = 13  # tenths


def example_article(figures: Figures, language: str) -> str:
    """In the reader's language, of an edition that sold something."""
    last = (figures.cutoff.occurred - timedelta(microseconds=1)).astimezone(formats.WIB).date()
    total = figures.realised.total
    # The weekday of the day before, with the date of the day itself.
    weekday = formats.tanggal(last - timedelta(days=1), language, weekday=True).partition(",")[0]
    return _(
        "%(weekday)s, %(date)s. Omzet %(edition)s mencapai %(right)s, kata panitia. Seorang narasumber lain menyebut "
        "omzet %(edition)s %(wrong)s. Pameran ini diikuti %(exhibitors)s peserta."
    ) % {
        "weekday": weekday,
        "date": formats.tanggal(last, language),
        "edition": edition_names(figures, language),
        "right": formats.rupiah_short(total, language),
        "wrong": formats.rupiah(total * TOO_MUCH // 10, language),
        "exhibitors": formats.number(figures.participants.exhibitors, language),
    }
