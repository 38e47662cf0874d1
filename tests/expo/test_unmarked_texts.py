"""Every text that a reader sees is marked for translation; a forgotten one is named with its file."""

from pathlib import Path

import pytest

from tests.expo import unmarked

ROOT = Path(__file__).resolve().parents[2]
# Names, units and abbreviations that are the same in every language.
ALLOWED = {
    "UKM",
    "Virtual",
    "Expo",
    "WhatsApp",
    "WIB",
    "Rp",
    "QR",
    "PDF",
    "XLSX",
    "CSV",
    "JSON",
    "SHA",
    "Subject",
    "QRIS",
    "NMID",
}
# Languages are named in their own words.
ALLOWED |= {"Bahasa", "Indonesia", "ID", "English", "EN"}
# An attribute that fills a block of the frame, the example of a code, and files of the open data.
TEXTS = {'class="dash"', "7K3M-9QXA-C", "rekap.csv", "hari.csv", "rekap.json", "skema.json", "segel.json"}
# The words that a search leaves out, and what files of products say: read, never shown.
READ = ("ada adalah agar", "varian untuk variasi", "tidak ada")
# Labels that a recap freezes in Indonesian.
FROZEN = {"reports/compute.py", "reports/snapshot.py"}
# Words that the news check looks for.
LEXICON = {"reports/news/lexicon.py"}
# The gallery of components is for those who build the pages; nothing links to it.
GALLERY = {"templates/catalog/gallery.html", "catalog/views/gallery.py"}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files(paths) -> list[Path]:
    return sorted(
        path for path in paths if relative(path) not in GALLERY | FROZEN | LEXICON and "migrations" not in path.parts
    )


TEMPLATES = files(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg"})
# What demo holds is content: the words of its invented makers.
APPS = [apps.parent for apps in ROOT.glob("*/apps.py") if apps.parent.name != "demo"]
PYTHON = files(path for app in APPS for path in app.rglob("*.py"))


def test_templates_hold_no_unmarked_text():
    found = {
        (relative(path), text.strip())
        for path in TEMPLATES
        for text in unmarked.in_template(path.read_text(encoding="utf-8"), html=path.suffix != ".txt")
        if unmarked.has_words(text, ALLOWED) and text.strip() not in TEXTS
    }
    assert found == set()


def test_python_holds_no_unmarked_text():
    errors = unmarked.domain_errors(PYTHON)
    found = {
        (f"{relative(path)}:{line}", text)
        for path in PYTHON
        for line, text in unmarked.in_python(path.read_text(encoding="utf-8"), domain_errors=errors)
        if not text.startswith(READ)
    }
    assert found == set()


@pytest.mark.parametrize(
    "source",
    [
        "<p>Keranjang kosong</p>",
        '<img alt="Foto produk">',
        "{% if paid %}<b>Lunas</b>{% endif %}",
        '{% include "components/empty.html" with title="Belum ada" %}',
        "{{ name|default:'Tamu' }}",
        "{% blocktranslate %}Halo{% endblocktranslate %} semua",
    ],
)
def test_scan_finds_what_was_forgotten_in_a_template(source):
    assert any(unmarked.has_words(text, ALLOWED) for text in unmarked.in_template(source, html=True))


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Keranjang kosong" %}',
        '{% include "components/empty.html" with title=_("Belum ada") %}',
        "{% blocktranslate %}Halo {{ name }}{% endblocktranslate %}",
        "{# Catatan untuk kami #}{% comment %}Juga ini{% endcomment %}",
        '<p class="Kelas" title="{{ title }}">{{ text }} 12 Rp</p>',
    ],
)
def test_scan_leaves_marked_templates_alone(source):
    assert not any(unmarked.has_words(text, ALLOWED) for text in unmarked.in_template(source, html=True))


@pytest.mark.parametrize(
    "source",
    [
        'title = "Belum ada pesanan"',
        'title = f"Stok {n} tidak cukup"',
        'raise OrderError("Sold out")',
        'forms.CharField(label="Nama")',
    ],
)
def test_scan_finds_what_was_forgotten_in_python(source):
    assert list(unmarked.in_python(source, domain_errors={"OrderError"}))


@pytest.mark.parametrize(
    "source",
    [
        '"""Ini dokumentasi yang tidak tampil."""',
        'raise OrderError(_("Stok habis."))',
        'forms.CharField(label=_("Nama"))',
    ],
)
def test_scan_leaves_marked_python_alone(source):
    assert not list(unmarked.in_python(source, domain_errors={"OrderError"}))
