"""The joined stylesheet."""

import gzip
import re

from django.contrib.staticfiles import finders

from expo.stylesheets import SOURCES, BundleFinder, joined


def test_every_component_is_joined(settings):
    files = {path.stem for path in (settings.BASE_DIR / "static" / "css").glob("*.css")}
    assert set(SOURCES) <= files
    assert joined().startswith("@layer reset, tokens, base, components, utilities;")
    assert joined().count("{") == joined().count("}")


def test_stylesheet_is_found_and_light():
    path = finders.find("css/site.css")
    with open(path, "rb") as file:
        assert len(gzip.compress(file.read())) < 15_000
    assert [name for name, _storage in BundleFinder().list(None)] == ["css/site.css"]


def test_components_use_meanings_not_the_palette(settings):
    palette = re.compile(r"var\(--(paper|ink|soga|wedel|mengkudu|turmeric|leaf)[-\d\w]*\)")
    for name in {*SOURCES} - {"tokens"}:
        css = (settings.BASE_DIR / "static" / "css" / f"{name}.css").read_text()
        assert not palette.search(css), name


def test_font_is_small_and_licensed(settings):
    fonts = settings.BASE_DIR / "static" / "fonts"
    assert (fonts / "plus-jakarta-sans-latin.woff2").stat().st_size <= 30_000
    assert "SIL Open Font License" in (fonts / "plus-jakarta-sans-LICENSE.txt").read_text()
