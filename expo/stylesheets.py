"""One stylesheet for the browser, one file per component for us: joined when static files are found or collected.

On a slow line each file costs a round trip; joined and compressed all of them together weigh less than one photo.
"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

BUNDLE = "css/site.css"
# Order matters only for reset.css, which names the layers; within a layer components do not overlap.
SOURCES = (
    "reset", "tokens", "base", "layout", "header", "footer", "fascia", "card", "ground", "btn", "badge", "field",
    "price", "table", "notice", "steps", "dialog", "nav", "plan", "gallery", "product", "lobby", "listing",
    "directory", "suggest", "voices", "progress", "recap", "guide",
)  # fmt: skip
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


def source_paths() -> list[Path]:
    return [settings.BASE_DIR / "static" / "css" / f"{name}.css" for name in SOURCES]


def joined() -> str:
    """All components in order, without comments and line breaks."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in source_paths())
    return SPACE.sub("", COMMENT.sub("", text)) + "\n"


class BundleFinder(BaseFinder):
    """Finds `css/site.css`, which it writes to `var/bundles` whenever its content changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.BASE_DIR / "var" / "bundles", base_url=settings.STATIC_URL)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != BUNDLE:
            return []
        self._write()
        return [self.storage.path(BUNDLE)] if find_all else self.storage.path(BUNDLE)

    def list(self, ignore_patterns):
        if not matches_patterns(BUNDLE, ignore_patterns or []):
            self._write()
            yield BUNDLE, self.storage

    def _write(self) -> None:
        target = Path(self.storage.path(BUNDLE))
        content = joined()
        if target.exists() and target.read_text(encoding="utf-8") == content:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
