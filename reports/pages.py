"""What the pages show of a recap, from its sealed figures alone. Nothing here queries."""

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from expo.formats import current_language, number, percent, rupiah, rupiah_short, tanggal
from reports.charts import day_chart, day_title, hour_chart
from reports.envelope import Envelope
from reports.figures import Figures
from reports.labels import concentration_meaning, definitions, edition_names, measure_names, rules_differ
from reports.quote import NotQuotableError, quotable_sentence
from reports.renderers.headline import Headline, headlines
from reports.renderers.tables import Table, all_tables


@dataclass(frozen=True, slots=True)
class Card:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecapPage:
    """A recap as its page shows it, in the active language."""

    figures: Figures
    envelope: Envelope | None

    @property
    def name(self) -> str:
        return edition_names(self.figures, current_language())

    @property
    def amounts(self) -> list[Card]:
        """The measures, each with what it counts; turnover first, in full."""
        figures = self.figures
        names, meaning = measure_names(), definitions(period=bool(figures.since))
        values = {
            "realised": figures.realised.total,
            "committed": figures.committed.total,
            "transaction_value": figures.transaction_value.total,
            "potential": figures.potential.total,
            "financing": figures.financing.total,
        }
        return [Card(names[key], rupiah(value), meaning[key]) for key, value in values.items()]

    @property
    def counts(self) -> list[Card]:
        figures = self.figures
        unique = figures.visits.unique_total
        error = percent(figures.visits.unique_error_bp)
        cards = [
            Card(_("Kunjungan"), number(figures.visits.visits), _("Bot, petugas, dan peserta tidak dihitung.")),
            Card(
                _("Pengunjung unik"),
                "—" if unique is None else number(unique),
                _("Perkiraan, galat baku %(error)s.") % {"error": error}
                if unique is not None
                else _("Tidak digabung: harinya memakai sidik yang berbeda."),
            ),
            Card(
                _("Permintaan informasi"),
                number(figures.inquiries.sent),
                _("%(count)s dijawab.") % {"count": number(figures.inquiries.answered)},
            ),
            Card(_("Peserta"), number(figures.participants.exhibitors), self._kinds()),
            Card(_("Produk dipajang"), number(figures.products.on_show), self._sold()),
        ]
        return cards

    def _kinds(self) -> str:
        people = self.figures.participants
        return _("%(ukm)s UKM dan %(koperasi)s koperasi dari %(regencies)s kabupaten/kota.") % {
            "ukm": number(people.ukm),
            "koperasi": number(people.koperasi),
            "regencies": number(people.regencies),
        }

    def _sold(self) -> str:
        products = self.figures.products
        return _("%(sold)s macam terjual, %(units)s unit.") % {
            "sold": number(products.sold),
            "units": number(products.units),
        }

    @property
    def short_total(self) -> str:
        return rupiah_short(self.figures.realised.total)

    @property
    def sentence(self) -> str:
        """What may be quoted; empty for a recap that must not be."""
        return self._sentence(current_language())

    @property
    def sentences(self) -> list[tuple[str, str, str]]:
        """The same in every language of the site: code, name and sentence."""
        found = [(code, str(name), self._sentence(code)) for code, name in settings.LANGUAGES]
        return [each for each in found if each[2]]

    def _sentence(self, language: str) -> str:
        try:
            return quotable_sentence(self.figures, self.envelope, language)
        except NotQuotableError:
            return ""

    @property
    def concentration_meaning(self) -> str:
        return concentration_meaning(self.figures)

    @property
    def rules_differ(self) -> str:
        """That the bridge leads from a recap of other rules, if it does."""
        previous = self.figures.bridge.previous
        return rules_differ(previous.by_rules, self.figures.rules) if previous else ""

    @property
    def headlines(self) -> list[Headline]:
        return headlines(self.figures)

    @property
    def tables(self) -> list[Table]:
        return [
            _with_dates(table) if table.name == "day" else table
            for table in all_tables(self.figures, current_language())
        ]

    @property
    def day_table(self) -> Table:
        return next(table for table in self.tables if table.name == "day")

    @property
    def day_chart(self) -> SafeString:
        name = f"day-{'-'.join(edition.slug for edition in self.figures.editions)}"
        svg = day_chart(self.figures, current_language(), on_screen=True, name=name)
        return mark_safe(svg)  # noqa: S308 (our own template escapes)

    @property
    def day_title(self) -> str:
        return day_title(self.figures, current_language())

    @property
    def hour_chart(self) -> SafeString:
        return mark_safe(hour_chart(self.figures, current_language(), on_screen=True))  # noqa: S308


def _with_dates(table: Table) -> Table:
    lines = tuple(replace(line, label=tanggal(date.fromisoformat(line.key))) for line in table.lines)
    return replace(table, lines=lines)
