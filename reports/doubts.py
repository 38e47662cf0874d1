"""Recaps that count what is known to be altered are in doubt at once, not only with the next walk."""

from django.db import transaction

from reports.book.altered import behind
from reports.models import AlteredRow, Recap, SealWalk
from reports.queries import slim
from reports.recount import alone_with, keep_doubt
from reports.walk import ask_for_walk

MOST_MAILS = 3


def raise_doubts() -> list[Recap]:
    """Put in doubt what counts rows that are known to be altered, and have the whole chain walked if no walk has begun
    since they were found: it tells those who answer for the figures, and ends doubts that are none.

    Next to nothing where nothing is altered. May run any number of times at once.
    """
    altered = list(AlteredRow.objects.all())
    if not altered:
        return []
    if not SealWalk.objects.filter(begun_at__gte=max(one.found_at for one in altered)).exists():
        ask_for_walk(by=None)
    sure = slim(Recap.objects.undoubted().filter(editions__in={one.edition for one in altered})).distinct()
    doubted = [(recap, told) for recap in sure.order_by("pk") if (told := behind(recap, altered))]
    walking = len(doubted) > MOST_MAILS  # then the walk tells of all together
    return [recap for recap, told in doubted if _doubt(recap, "; ".join(told), walking=walking)]


@transaction.atomic
def _doubt(recap: Recap, differs: str, *, walking: bool) -> bool:
    """False while another worker counts it: that one sees what is altered, too."""
    if not alone_with(recap):
        return False
    keep_doubt(recap, differs, walking=walking)
    return True
