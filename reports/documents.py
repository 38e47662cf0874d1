"""A recap as a file: the formats in which it can be had, and what each is called."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import get_valid_filename

from reports.envelope import Envelope
from reports.figures import Figures
from reports.issued import note_issued
from reports.models import Recap
from reports.queries import envelope_of, figures_of
from reports.renderers.csv import render_csv_zip

# The typesetter and the workbook writer take 8 MB: they are loaded when the first file is asked for, as most web
# workers never are.


def _pdf(figures: Figures, envelope: Envelope | None, language: str) -> bytes:
    from reports.renderers.pdf import render_pdf

    return render_pdf(figures, envelope, language)


def _xlsx(figures: Figures, envelope: Envelope | None, language: str) -> bytes:
    from reports.renderers.xlsx import render_xlsx

    return render_xlsx(figures, envelope, language)


@dataclass(frozen=True, slots=True)
class Format:
    extension: str
    media_type: str
    render: Callable[[Figures, Envelope | None, str], bytes]


FORMATS = {
    "pdf": Format("pdf", "application/pdf", _pdf),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "csv": Format("zip", "application/zip", render_csv_zip),
    "json": Format("json", "application/json", lambda figures, envelope, language: figures.to_json()),
}


def render(figures: Figures, envelope: Envelope | None, format: str, language: str = "id") -> bytes:
    return FORMATS[format].render(figures, envelope, language)


def document_of(recap: Recap, format: str, language: str = "id") -> bytes:
    """A sealed recap's file, from its sealed figures. JSON is the sealed text itself, byte for byte.

    Whoever takes it out of the house may have it checked later: other files are noted (``issued.py``)."""
    if format == "json":
        return recap.figures.encode()
    data = render(figures_of(recap), envelope_of(recap), format, language)
    note_issued(recap, format, data)
    return data


def file_name(recap: Recap, format: str) -> str:
    """rekap-UVO-II-2020-0013.pdf"""
    return get_valid_filename(f"rekap-{recap.number.replace('/', '-')}.{FORMATS[format].extension}")
