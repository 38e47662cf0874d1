"""The recap as a tagged PDF (PDF/UA-1 and PDF/A-2a), set by typst with fonts of our own.

The same figures, envelope and language give the same bytes: no system fonts, and the creation time is the
moment of sealing (for unsealed figures, the recorded cut-off).
"""

import functools
import json
from pathlib import Path

import typst

from reports.envelope import Envelope
from reports.figures import Figures
from reports.renderers.paper import Letterhead, build_paper

PAPER = Path(__file__).resolve().parent.parent / "paper"
STANDARDS = ["a-2a", "ua-1"]
MEDIA_TYPE = "application/pdf"


def render_pdf(
    figures: Figures,
    envelope: Envelope | None = None,
    language: str = "id",
    letterhead: Letterhead | None = None,
) -> bytes:
    """The recap on A4. Without an envelope it is marked as not sealed and holds nothing to quote."""
    paper = build_paper(figures, envelope, language, letterhead)
    moment = envelope.sealed_at if envelope else figures.cutoff.recorded
    return typst.compile(
        str(PAPER / "recap.typ"),
        root=str(PAPER),
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(moment.timestamp()),
    )


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(PAPER / "fonts")])
