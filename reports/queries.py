"""Recaps as pages, renderers and commands want them."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from expo.models import Edition
from journal.totals import AsOf
from reports import chain
from reports.codes import MistypedError, read_code
from reports.envelope import Envelope, Signatory
from reports.figures import Figures
from reports.models import Recap, RecapState


def figures_of(recap: Recap) -> Figures:
    return Figures.from_json(recap.figures.encode())


def theme_in(figures: Figures, language: str) -> str:
    """The theme of a single edition as it was sealed; in English its translation, if the edition still has that theme.

    Seals of until now hold the Indonesian one alone, so the other is asked of the edition.
    """
    if len(figures.editions) != 1:
        return ""
    sealed = figures.editions[0]
    if language != "en" or not sealed.theme:
        return sealed.theme
    translated = Edition.objects.filter(slug=sealed.slug, theme=sealed.theme).values_list("theme_en", flat=True)
    return translated.first() or sealed.theme


def asof_of(recap: Recap, *, from_entries: bool = False) -> AsOf:
    """Its editions and cut-offs, as the journal is asked. ``from_entries`` trusts no rollup."""
    return AsOf(
        editions=tuple(recap.editions.order_by("slug").values_list("pk", flat=True)),
        occurred=recap.occurred_cutoff,
        recorded=recap.recorded_cutoff,
        since=recap.since,
        from_entries=from_entries,
    )


def verification_url(code: str) -> str:
    """The absolute address of a recap's public page, the one in the QR code: always the Indonesian page."""
    with translation.override("id"):
        return settings.SITE_URL + reverse("reports:verification", args=[code])


def envelope_of(recap: Recap) -> Envelope:
    return Envelope(
        number=chain.base_number(recap),
        revision=recap.revision,
        state=recap.state,
        code=recap.code,
        sealed_at=recap.sealed_at,
        sealed_by=recap.sealed_by_name,
        sha256=recap.sha256,
        previous_sha256=recap.previous_sha256 or None,
        chain_sha256=recap.chain_sha256,
        signatory=Signatory(name=recap.signatory_name, title=recap.signatory_title, nip=recap.signatory_nip),
        city=recap.city,
        superseded_by=recap.superseded_by.number if recap.superseded_by else None,
        url=verification_url(recap.code),
        doubted_since=recap.recount.doubted_at if is_in_doubt(recap) else None,
    )


def is_in_doubt(recap: Recap) -> bool:
    """Whether it is valid, but was not found as it was sealed, or counts what was altered, when last looked at."""
    recount = getattr(recap, "recount", None) if recap.state == RecapState.CURRENT else None
    return recount is not None and not recount.holds


def slim(recaps: QuerySet) -> QuerySet:
    """Without what may be megabytes: figures and snapshots, their own and their relations'."""
    heavy = [f"{of}{name}" for of in ("", "superseded_by__", "previous__") for name in ("figures", "snapshot")]
    return recaps.select_related("superseded_by", "previous", "recount").defer(*heavy)


def recap_by_code(typed: str) -> Recap | None:
    """Whatever stands in an address or in somebody's file; None for what cannot be a code, too."""
    try:
        code = read_code(typed)
    except MistypedError:
        return None
    return slim(Recap.objects.filter(code=code)).first()
