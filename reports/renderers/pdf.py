"""The recap as a tagged PDF (PDF/UA-1 and PDF/A-2a), set by typst with fonts of our own.

A sealed one carries its seal as an attachment (reports/attachments.py). The same figures, envelope and language give
the same bytes: no system fonts, and the creation time is the moment of sealing (unsealed: the recorded cut-off).
"""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from expo import formats
from expo.pdf_attachments import attach
from expo.typesetting import set_pdf
from reports.annex import Annex
from reports.attachments import NAME, keywords
from reports.envelope import Envelope
from reports.figures import Figures
from reports.labels import edition_names
from reports.letterhead import Letterhead
from reports.quote import recap_name
from reports.renderers.paper import build_paper

PAPER = Path(__file__).resolve().parent.parent / "paper"
MEDIA_TYPE = "application/pdf"


def render_pdf(
    figures: Figures,
    envelope: Envelope | None = None,
    language: str = "id",
    letterhead: Letterhead | None = None,
    *,
    size: str = "a4",
    annex: Annex | None = None,
    theme: str | None = None,
) -> bytes:
    """The recap on A4 or F4. Without an envelope it is marked as not sealed and holds nothing to quote."""
    paper = build_paper(figures, envelope, language, letterhead, annex, theme) | {"size": size}
    moment = envelope.sealed_at if envelope else figures.cutoff.recorded
    pages = set_pdf(PAPER / "recap.typ", paper, moment)
    return _with_seal(pages, figures, envelope, language) if envelope else pages


def _with_seal(pages: bytes, figures: Figures, envelope: Envelope, language: str) -> bytes:
    with translation.override(language):
        title = _("Segel rekap %(number)s") % {"number": recap_name(envelope)}
        seal = {
            "language": language,
            "title": title,
            "author": figures.editions[0].organiser,
            "keywords": keywords(number=recap_name(envelope), code=envelope.code, sha256=envelope.sha256, pages=pages),
            "facts": [
                [_("Pameran"), edition_names(figures, language)],
                [_("Keadaan"), formats.wib(figures.cutoff.occurred, language, weekday=True)],
                [_("Kode verifikasi"), envelope.code],
                [_("SHA-256 angka"), envelope.sha256],
                [_("Alamat verifikasi"), envelope.url],
            ],
            "note": _(
                "Halaman ini terlampir di dalam PDF rekap. Dengannya, berkas yang ditandatangani di tempat lain "
                "dapat dicocokkan kembali dengan angka yang disegel."
            ),
        }
    return attach(pages, NAME, set_pdf(PAPER / "seal.typ", seal, envelope.sealed_at), title)
