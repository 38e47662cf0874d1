"""The catalogue follows what is decided about exhibitors and their booths."""

from django.dispatch import receiver

from catalog.domain.placement import place_all, withdraw_all
from exhibitors.signals import booth_opened, exhibitor_curated
from exhibitors.states import CurationState


@receiver(exhibitor_curated)
def follow_exhibitor(sender, exhibitor, before, after, **kwargs):
    if after == CurationState.APPROVED:
        place_all(exhibitor)
    elif before in (CurationState.APPROVED, CurationState.SUSPENDED):
        withdraw_all(exhibitor)


@receiver(booth_opened)
def fill_booth(sender, booth, **kwargs):
    place_all(booth.exhibitor, booth=booth)
