"""The recap as a tagged PDF (PDF/UA-1 and PDF/A-2a), set by typst with fonts of our own.

The same figures, envelope and language give the same bytes: no system fonts, and the creation time is the
moment of sealing (for unsealed figures, the recorded cut-off).
"""

from pathlib import Path

from expo.typesetting import set_pdf
from reports.envelope import Envelope
from reports.figures import Figures
from reports.renderers.paper import Letterhead, build_paper

PAPER = Path(__file__).resolve().parent.parent / "paper"
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
    return set_pdf(PAPER / "recap.typ", paper, moment)
