"""Seals a recap for every moment at which something was published, so that the papers can be compared with it."""

from demo.figures import Show
from expo.models import Edition
from reports.seal import seal


def seal_published(shows: list[Show], *, by) -> int:
    """Seal each edition, or several together, at the moments of their figures, oldest first."""
    moments = {(figure.as_of, figure.editions) for show in shows for figure in show.figures}
    # At one moment the editions' own recaps come before those of several together.
    ordered = sorted(moments, key=lambda item: (item[0], len(item[1]), item[1]))
    for moment, slugs in ordered:
        seal(Edition.objects.filter(slug__in=slugs), occurred_cutoff=moment, by=by)
    return len(ordered)
