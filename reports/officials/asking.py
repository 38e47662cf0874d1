"""What an address asks for: a sealed recap, or any editions at any two cut-offs.

Moments are read in WIB, to the second. A sealed recap is asked for by its key, everything else by
``pameran=<slug>&terjadi=<moment>&tercatat=<moment>``.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo.formats import WIB
from expo.models import Edition, Region, RegionLevel
from journal.totals import AsOf
from reports import figures as f
from reports.fields import EditionsField, MomentInput
from reports.models import Recap
from reports.queries import figures_of
from reports.series import before, ordered

FIRST_YEAR = 2000
MOMENT = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True, slots=True)
class Asked:
    """Editions, cut-offs, and the recap where these are sealed."""

    editions: tuple[Edition, ...]
    asof: AsOf
    recap: Recap | None = None

    @property
    def rules(self) -> int:
        """By which its figures are computed: those of its seal, or today's."""
        return self.recap.rules if self.recap else f.RULES_VERSION

    @property
    def query(self) -> str:
        """The address that asks for the same again."""
        if self.recap:
            return urlencode({"rekap": self.recap.pk})
        moments = {"sejak": self.asof.since, "terjadi": self.asof.occurred, "tercatat": self.asof.recorded}
        given = [(name, told(moment)) for name, moment in moments.items() if moment]
        return urlencode([("pameran", edition.slug) for edition in self.editions] + given)

    def regencies(self) -> frozenset[str]:
        """The regencies that have a row of their own."""
        if self.recap:
            keys = {row.key for row in figures_of(self.recap).tables.regency}
            return frozenset(keys - {f.OTHER, f.UNKNOWN})
        provinces = {edition.province_id for edition in self.editions if edition.province_id}
        own = Region.objects.filter(level=RegionLevel.REGENCY, parent_id__in=provinces)
        return frozenset(own.values_list("code", flat=True))

    def previous(self) -> AsOf | None:
        """What the bridge starts from: None where there was no recap before."""
        if self.recap:
            start = figures_of(self.recap).bridge.previous
            if start is None:
                return None
            return replace(self.asof, occurred=start.occurred, recorded=start.recorded)
        earlier = before(list(self.editions), self.asof)
        return asked_of(earlier).asof if earlier else None


def told(moment: dt.datetime) -> str:
    return f"{moment.astimezone(WIB):{MOMENT}}"


def asked_of(recap: Recap) -> Asked:
    editions = tuple(recap.editions.order_by("slug"))
    asof = AsOf(
        editions=tuple(edition.pk for edition in editions),
        occurred=recap.occurred_cutoff,
        recorded=recap.recorded_cutoff,
        since=recap.since,
    )
    return Asked(editions, asof, recap)


def asked_at(
    editions: Iterable[Edition],
    occurred: dt.datetime,
    recorded: dt.datetime | None = None,
    since: dt.datetime | None = None,
) -> Asked:
    found = tuple(ordered(editions))
    keys = tuple(edition.pk for edition in found)
    return Asked(found, AsOf(editions=keys, occurred=occurred, recorded=recorded or occurred, since=since))


class AsOfForm(forms.Form):
    """Any editions at any moment that has passed."""

    pameran = EditionsField(
        Edition.objects.order_by("-opens_at", "slug"),
        label=gettext_lazy("Pameran"),
        to_field_name="slug",
        help_text=gettext_lazy("Beberapa pameran dijumlahkan; tidak ada yang dihitung dua kali."),
    )
    terjadi = forms.DateTimeField(
        label=gettext_lazy("Terjadi sebelum (WIB)"),
        widget=MomentInput(format=MOMENT, step=1),
        help_text=gettext_lazy("Hari ditutup pukul 00.00 hari berikutnya."),
    )
    tercatat = forms.DateTimeField(
        label=gettext_lazy("Tercatat sebelum (WIB)"),
        widget=MomentInput(format=MOMENT, step=1),
        required=False,
        help_text=gettext_lazy("Kosong: sama, jadi seperti diketahui saat itu."),
    )

    sejak = forms.DateTimeField(
        label=gettext_lazy("Sejak (WIB)"),
        widget=MomentInput(format=MOMENT, step=1),
        required=False,
        help_text=gettext_lazy("Kosong: semua sejak awal."),
    )

    def clean_sejak(self):
        return self._passed("sejak")

    def clean(self):
        given = super().clean() or {}
        since, until = given.get("sejak"), given.get("terjadi")
        if since and until and since >= until:
            self.add_error("sejak", _("Masa ini berakhir sebelum dimulai."))
        return given

    def clean_terjadi(self):
        return self._passed("terjadi")

    def clean_tercatat(self):
        return self._passed("tercatat")

    def _passed(self, name: str):
        moment = self.cleaned_data[name]
        if moment and moment.year < FIRST_YEAR:
            raise forms.ValidationError(_("Pilih saat sesudah tahun %(year)s.") % {"year": FIRST_YEAR})
        if moment and moment > timezone.now():
            raise forms.ValidationError(_("Saat ini belum tiba."))
        return moment

    def asked(self) -> Asked:
        """Call it when the form is valid."""
        given = self.cleaned_data
        return asked_at(given["pameran"], given["terjadi"], given["tercatat"], given["sejak"])


def read_address(parameters) -> Asked | None:
    """What a link of ours asks for; None for anything else."""
    key = parameters.get("rekap", "")
    if key:
        recap = Recap.objects.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 18 else None
        return asked_of(recap) if recap else None
    form = AsOfForm(parameters)
    return form.asked() if form.is_valid() else None
