"""Every entry behind a recap as a file of its own: a workbook with a cover, or CSV in a ZIP. Written row by row.

Whoever reads the cover sees that the entries come to what was sealed: the rows are passed on only by a proof that
refuses at their end (``reports/annex.py``), and the cover is written after it.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from expo import formats
from expo.formats import WIB
from expo.sheets import streamed
from expo.sheets.safe import neutral
from expo.sheets.streamed import StreamedWorkbook
from journal.listing import ListedEntry
from journal.models import Nature
from reports.envelope import Envelope
from reports.figures import Figures
from reports.labels import channel_names, edition_names, measure_names
from reports.quote import recap_name
from reports.renderers.annex import heads, steps

MEASURES = ("realised", "committed", "potential", "financing")
WIDTHS = (11, 17, 17, 20, 34, 34, 20, 20, 20, 16, 8, 24, 9, 20, 16)
STYLES = (
    streamed.COUNT, streamed.MOMENT, streamed.MOMENT, *(streamed.TEXT,) * 9, streamed.COUNT, streamed.MONEY,
    streamed.TEXT,
)  # fmt: skip
COVER_WIDTHS = (34, 26, 26, 26, 26, 26)
HEAD_ROW = 1
CSV_HEAD = (
    "id", "occurred_at", "recorded_at", "transaction", "exhibitor", "product", "category", "channel", "measure",
    "nature", "evidence", "destination", "quantity", "amount", "bridge_step",
)  # fmt: skip


def write_xlsx(
    target: IO[bytes], figures: Figures, envelope: Envelope, language: str, rows: Iterable[ListedEntry]
) -> None:
    """A sheet for as many entries as a sheet can hold, and another one for those after them."""
    with translation.override(language):
        title = _("Lampiran rekap %(number)s: %(editions)s") % {
            "number": recap_name(envelope),
            "editions": edition_names(figures, language),
        }
        moment = envelope.sealed_at.astimezone(WIB)
        author = figures.editions[0].organiser
        with StreamedWorkbook(target, title=title, author=author, moment=moment) as workbook:
            sheets = list(_sheets(workbook, rows))
            _Cover(workbook, figures, envelope, language).write(title, sheets)


def _sheets(workbook: StreamedWorkbook, rows: Iterable[ListedEntry]) -> Iterator[tuple[str, int, dict[str, int]]]:
    """Writes them one after another: name, number of entries and counted sums of each."""
    waiting = iter(rows)
    row = next(waiting, None)
    number = 0
    while row or not number:
        number += 1
        name, count, sums = _("Lampiran %(number)s") % {"number": number}, 0, dict.fromkeys(MEASURES, 0)
        with workbook.sheet(name, WIDTHS, head_row=HEAD_ROW) as sheet:
            sheet.row(heads(), (streamed.HEAD,) * len(WIDTHS))
            cells = _Cells()
            while row and not sheet.is_full:
                sheet.row(cells.of(row), STYLES)
                count += 1
                if row.evidence != "D":
                    sums[row.measure] += row.amount
                row = next(waiting, None)
        yield name, count, sums


class _Cells:
    """The words of a row, looked up once for all of them."""

    def __init__(self) -> None:
        self.channels, self.measures, self.steps = channel_names(), measure_names(), steps()
        self.natures = {nature.value: str(nature.label) for nature in Nature}

    def of(self, row: ListedEntry) -> tuple[streamed.Value, ...]:
        return (
            row.number,
            row.occurred_at.astimezone(WIB),
            row.recorded_at.astimezone(WIB),
            neutral(row.transaction),
            neutral(row.exhibitor),
            neutral(row.product),
            neutral(row.category),
            self.channels.get(row.channel, row.channel),
            self.measures[row.measure],
            self.natures[row.nature],
            row.evidence,
            neutral(row.destination),
            row.quantity,
            row.amount,
            self.steps[row.step],
        )


class _Cover:
    """Which recap, and that its entries sum to it. Neither code nor hash stand alone in a cell: by such a cell the
    file check knows the recap's own workbook, which this is not."""

    def __init__(self, workbook: StreamedWorkbook, figures: Figures, envelope: Envelope, language: str):
        self.workbook, self.figures, self.envelope, self.language = workbook, figures, envelope, language

    def write(self, title: str, sheets: list[tuple[str, int, dict[str, int]]]) -> None:
        with self.workbook.sheet(_("Ringkasan"), COVER_WIDTHS, front=True) as cover:
            cover.row([title], [streamed.TITLE])
            cover.row([], [])
            for fact in self._facts():
                cover.row(fact, [streamed.TEXT, streamed.TEXT])
            cover.row([], [])
            names = measure_names()
            head = [_("Lembar"), _("Catatan"), *(f"{names[name]} (Rp)" for name in MEASURES)]
            cover.row(head, [streamed.HEAD] * len(head))
            for name, count, sums in sheets:
                line = [name, count, *(sums[measure] for measure in MEASURES)]
                cover.row(line, [streamed.TEXT, streamed.COUNT, *[streamed.MONEY] * len(MEASURES)])
            said = [self.figures.entries, *(getattr(self.figures, name).total for name in MEASURES)]
            styles = [streamed.TOTAL_TEXT, streamed.TOTAL_COUNT, *[streamed.TOTAL_MONEY] * len(MEASURES)]
            cover.row([_("Menurut rekap"), *said], styles)
            cover.row([], [])
            cover.row([_("Bukti D tidak dihitung, tetapi tetap tercantum di antara catatan.")], [streamed.TEXT])

    def _facts(self) -> list[list[str]]:
        cutoff, since = self.figures.cutoff, self.figures.since
        began = [[_("Terjadi sejak"), formats.wib(since, self.language, weekday=True)]] if since else []
        return [
            [_("Nomor"), recap_name(self.envelope)],
            *began,
            [_("Terjadi s.d."), formats.wib(cutoff.occurred, self.language, weekday=True)],
            [_("Tercatat s.d."), formats.wib(cutoff.recorded, self.language, weekday=True)],
            [_("Disegel"), formats.wib(self.envelope.sealed_at, self.language)],
            [_("Alamat verifikasi"), self.envelope.url],
            [_("Segel"), f"SHA-256 {self.envelope.sha256}"],
        ]


def write_csv(
    target: IO[bytes], figures: Figures, envelope: Envelope, language: str, rows: Iterable[ListedEntry]
) -> None:
    """entries.csv in a ZIP (RFC 4180, UTF-8, whole rupiah, moments in WIB): the same rows, for programs."""
    member = zipfile.ZipInfo("entries.csv", date_time=envelope.sealed_at.astimezone(WIB).timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    with (
        zipfile.ZipFile(target, "w") as archive,
        # How long it becomes is not known before; a list of more than two gigabytes is allowed.
        archive.open(member, "w", force_zip64=figures.entries > 5_000_000) as part,
        io.TextIOWrapper(part, encoding="utf-8", newline="", write_through=False) as text,
    ):
        writer = csv.writer(text)
        writer.writerow(CSV_HEAD)
        writer.writerows(map(_plain, rows))


def _plain(row: ListedEntry) -> tuple[Any, ...]:
    return (
        row.number,
        row.occurred_at.astimezone(WIB).isoformat(),
        row.recorded_at.astimezone(WIB).isoformat(),
        neutral(row.transaction),
        neutral(row.exhibitor),
        neutral(row.product),
        neutral(row.category),
        row.channel,
        row.measure,
        row.nature,
        row.evidence,
        neutral(row.destination),
        row.quantity,
        row.amount,
        row.step,
    )
