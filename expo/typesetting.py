"""PDFs set by typst with fonts of our own: tagged (PDF/UA-1) and made to last (PDF/A-2a).

A template is a .typ file of an app; what it prints arrives as JSON in ``sys.inputs.paper``. Shapes and colours that all
papers share are in ``expo/paper/style.typ``; what no font of ours draws is replaced (``glyphs.py``). The same data and
moment give the same bytes.
"""

import datetime as dt
import functools
import json
from pathlib import Path

import typst

from expo.glyphs import FONTS, printable

ROOT = Path(__file__).resolve().parent.parent
STANDARDS = ["a-2a", "ua-1"]
MEDIA_TYPE = "application/pdf"


def set_pdf(template: Path, paper: dict, moment: dt.datetime) -> bytes:
    """The pages of ``template`` for ``paper``; ``moment`` is written as their time of making."""
    return typst.compile(
        str(template),
        root=str(ROOT),
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(printable(paper), ensure_ascii=False)},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(moment.timestamp()),
    )


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
