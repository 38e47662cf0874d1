"""Whose paper a recap is printed on: from the settings, else the organiser that its figures name."""

import base64
import dataclasses
import functools
from pathlib import Path

from django.conf import settings

from reports.figures import Figures


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """`parent` stands above the office, `address` beneath it; `logo` is SVG text."""

    office: str
    parent: str = ""
    address: str = ""
    logo: str = ""


def letterhead_of(figures: Figures) -> Letterhead:
    said = settings.LETTERHEAD
    return Letterhead(
        office=str(said["office"]) or figures.editions[0].organiser,
        parent=str(said["parent"]),
        address=str(said["address"]),
        logo=_picture(Path(said["logo"])) if said["logo"] else "",
    )


@functools.cache
def _picture(path: Path) -> str:
    """SVG text; a PNG is wrapped in it, so that the layout knows one kind of picture."""
    if path.suffix.lower() == ".svg":
        return path.read_text()
    from PIL import Image

    with Image.open(path) as image:
        width, height = image.size
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )
