"""The recaps of the same editions: which is sealed at these cut-offs, which came before, which number comes next."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from expo.models import Edition
from journal.totals import AsOf
from reports import chain
from reports import figures as f
from reports.errors import RecapError
from reports.models import Recap, RecapState


def ordered(editions: Iterable[Edition]) -> list[Edition]:
    """Each edition once, in the order in which scopes and numbers name them."""
    unique = {edition.pk: edition for edition in editions}
    if not unique:
        raise RecapError(_("Pilih paling sedikit satu pameran."))
    return sorted(unique.values(), key=lambda edition: edition.slug)


def find(editions: list[Edition], asof: AsOf) -> Recap | None:
    """The recap that is sealed at these very cut-offs."""
    return Recap.objects.filter(
        scope=scope(editions, asof), occurred_cutoff=asof.occurred, recorded_cutoff=asof.recorded
    ).first()


def before(editions: list[Edition], asof: AsOf) -> Recap | None:
    """What the bridge starts from: the revision before this one, else the last recap of an earlier cut-off.

    Never one whose figures the entries do not give: no entries lead from there to here.
    """
    known = Recap.objects.filter(scope=scope(editions, asof), recorded_cutoff__lte=asof.recorded).undoubted()
    same = known.filter(occurred_cutoff=asof.occurred, recorded_cutoff__lt=asof.recorded)
    earlier = known.filter(occurred_cutoff__lt=asof.occurred, state=RecapState.CURRENT)
    return same.order_by("-revision").first() or earlier.order_by("-occurred_cutoff").first()


def scope(editions: list[Edition], asof: AsOf) -> str:
    return chain.scope_of([edition.slug for edition in editions], asof.since)


def previous_of(recap: Recap | None) -> f.Previous | None:
    if recap is None:
        return None
    sealed = f.Figures.from_json(recap.figures.encode())
    return f.Previous(
        number=recap.number,
        occurred=recap.occurred_cutoff,
        recorded=recap.recorded_cutoff,
        total=sealed.realised.total,
        by_rules=recap.rules,
    )


def revised_by(recap: Recap) -> Recap | None:
    """The revision that this recap will supersede; RecapError when that one already knows more."""
    same = Recap.objects.filter(scope=recap.scope, occurred_cutoff=recap.occurred_cutoff)
    last = same.order_by("-revision").first()
    if last and last.recorded_cutoff > recap.recorded_cutoff:
        raise RecapError(_("Rekap %(number)s sudah memuat catatan yang lebih baru.") % {"number": last.number})
    return last


def next_sequence(recap: Recap) -> int:
    """Periods of the same editions are numbered together, whenever they begin: their numbers must differ."""
    editions, at, _since = recap.scope.partition("@")
    series = Q(scope__startswith=editions + at) if at else Q(scope=editions)
    last = Recap.objects.filter(series, year=recap.year).order_by("-sequence").first()
    return last.sequence + 1 if last else 1
