"""A recap as a file: the formats in which it can be had, and what each is called."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import get_valid_filename

from expo.sheets import streamed
from reports.annex import Annex, printed_annex
from reports.envelope import Envelope
from reports.figures import Figures
from reports.issued import note_issued
from reports.models import Recap
from reports.queries import envelope_of, figures_of, theme_in
from reports.renderers.csv import render_csv_zip

# The typesetter and the workbook writer take 8 MB: they are loaded when the first file is asked for, as most web
# workers never are.

PAPERS = ("a4", "f4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """How a PDF is wanted; ``size`` "" is the paper of the settings."""

    size: str = ""
    annex: Annex | None = None


def _pdf(figures: Figures, envelope: Envelope | None, language: str, wanted: Print) -> bytes:
    from reports.renderers.pdf import render_pdf

    size, theme = wanted.size or settings.RECAP_PAPER, theme_in(figures, language)
    return render_pdf(figures, envelope, language, size=size, annex=wanted.annex, theme=theme)


def _xlsx(figures: Figures, envelope: Envelope | None, language: str, wanted: Print) -> bytes:
    from reports.renderers.xlsx import render_xlsx

    return render_xlsx(figures, envelope, language)


def _ods(figures: Figures, envelope: Envelope | None, language: str, wanted: Print) -> bytes:
    from reports.renderers.xlsx import render_ods

    return render_ods(figures, envelope, language)


@dataclass(frozen=True, slots=True)
class Format:
    extension: str
    media_type: str
    render: Callable[[Figures, Envelope | None, str, Print], bytes]


FORMATS = {
    "pdf": Format("pdf", "application/pdf", _pdf),
    "xlsx": Format("xlsx", streamed.MEDIA_TYPE, _xlsx),
    "ods": Format("ods", "application/vnd.oasis.opendocument.spreadsheet", _ods),
    "csv": Format(
        "zip", "application/zip", lambda figures, envelope, language, _: render_csv_zip(figures, envelope, language)
    ),
    "json": Format("json", "application/json", lambda figures, *_: figures.to_json()),
}


def render(
    figures: Figures, envelope: Envelope | None, format: str, language: str = "id", wanted: Print = Print()
) -> bytes:
    return FORMATS[format].render(figures, envelope, language, wanted)


def document_of(recap: Recap, format: str, language: str = "id", *, size: str = "", annex: bool = False) -> bytes:
    """A sealed recap's file, from its sealed figures. JSON is the sealed text itself, byte for byte.

    ``annex`` adds the journal's entries to a PDF, listed from the journal and refused (RecapError) unless they sum to
    what was sealed; a file of them alone is made by ``annex_files.py``.

    Whoever takes it out of the house may have it checked later: all but JSON are noted (``issued.py``).
    """
    if format == "json":
        return recap.figures.encode()
    figures, envelope = figures_of(recap), envelope_of(recap)
    wanted = Print(size=size, annex=printed_annex(recap) if annex and format == "pdf" else None)
    data = render(figures, envelope, format, language, wanted)
    note_issued(recap, format, data)
    return data


def file_name(recap: Recap, format: str) -> str:
    """rekap-UVO-II-2020-0013.pdf"""
    return get_valid_filename(f"{base_name(recap)}.{FORMATS[format].extension}")


def base_name(recap: Recap) -> str:
    return f"rekap-{recap.number.replace('/', '-')}"
