import dataclasses
import io
import json
import re
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest
import typst
from PIL import Image

from expo import formats, typesetting
from orders.qris.picture import texts_in_picture
from reports.envelope import SUPERSEDED, WITHDRAWN
from reports.figures import GateDay, Row, VisitDay
from reports.labels import row_label
from reports.letterhead import Letterhead
from reports.quote import quotable_sentence
from reports.renderers.paper import build_paper
from reports.renderers.pdf import PAPER, render_pdf
from tests.reports.sample_figures import sample_envelope, sample_figures, sample_sales


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def squeezed(text):
    """Without white space: lines break anywhere in a narrow column."""
    return re.sub(r"\s+", "", text)


def page_text(reader, number):
    return squeezed(reader.pages[number].extract_text())


def whole_text(reader):
    return squeezed("".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("language", ["id", "en"])
def test_first_page_holds_everything_that_can_be_quoted(language):
    figures = sample_figures(exhibitors=40, flagged=True)
    envelope = sample_envelope(figures)
    text = page_text(read(render_pdf(figures, envelope, language)), 0)
    for amount in (
        figures.realised.total,
        figures.committed.total,
        figures.transaction_value.total,
        figures.potential.total,
        figures.financing.total,
        figures.concentration.transaction.amount,
    ):
        assert formats.rupiah(amount, language) in text
    for count in (
        figures.visits.visits,
        figures.visits.unique_total,
        figures.inquiries.sent,
        figures.inquiries.answered,
        figures.products.on_show,
        figures.products.sold,
        figures.products.units,
        figures.participants.exhibitors,
    ):
        assert formats.number(count, language) in text
    assert squeezed(formats.terbilang(figures.realised.total, language)) in text
    assert squeezed(formats.wib(figures.cutoff.occurred, language, weekday=True)) in text
    assert squeezed(quotable_sentence(figures, envelope, language)) in text
    for word in (envelope.number, envelope.code, envelope.signatory.name, envelope.signatory.nip):
        assert squeezed(word) in text


def test_every_row_of_every_table_is_printed():
    figures = sample_figures(exhibitors=40)
    text = whole_text(read(render_pdf(figures, sample_envelope(figures))))
    for name in ("category", "regency", "destination", "exhibitor"):
        for row in getattr(figures.tables, name):
            assert squeezed(row_label(name, row, "id")) in text
            assert formats.number(row.realised, "id") in text
    for row in figures.tables.day:
        assert formats.number(row.realised, "id") in text
    for step in (figures.bridge.opening, figures.bridge.new_sales, figures.bridge.closing):
        assert formats.number(step, "id") in text


@pytest.mark.parametrize("sealed", [True, False])
def test_document_is_tagged_titled_and_archivable(sealed):
    figures = sample_figures()
    reader = read(render_pdf(figures, sample_envelope(figures) if sealed else None))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "id"
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part\W+1", metadata)
    assert re.search(r"pdfaid:part\W+2", metadata)
    assert re.search(r"pdfaid:conformance\W+A", metadata, re.IGNORECASE)
    assert reader.metadata.title.startswith("Rekapitulasi transaksi UKM Virtual Expo II")


def structure(node):
    """Every element of the document's structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        yield node
        yield from structure(node.get("/K"))


def test_pictures_have_words_and_tables_have_headers():
    figures = sample_figures()
    reader = read(render_pdf(figures, sample_envelope(figures)))
    elements = list(structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    pictures = [element.get("/Alt") for element in elements if element.get("/S") == "/Figure"]
    assert len(pictures) == 3
    assert all(pictures)
    headers = [element for element in elements if element.get("/S") == "/TH"]
    assert len(headers) >= 9 * 6


def test_fonts_are_embedded_and_our_own():
    reader = read(render_pdf(sample_figures()))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        assert "PlusJakartaSans" in font["/BaseFont"]
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_pages_are_a4_and_numbered():
    figures = sample_figures(exhibitors=400)
    reader = read(render_pdf(figures, sample_envelope(figures)))
    count = len(reader.pages)
    assert 12 <= count <= 25
    for at, page in enumerate(reader.pages, start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert f"Halaman{at}dari{count}" in squeezed(page.extract_text())
        assert "UVO-II/2020/0013" in squeezed(page.extract_text())


def test_f4_is_the_folio_of_indonesian_offices():
    figures = sample_figures()
    reader = read(render_pdf(figures, sample_envelope(figures), size="f4"))
    millimetres = {
        (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) for page in reader.pages
    }
    assert millimetres == {(215, 330)}


def test_letterhead_comes_from_the_settings(settings, tmp_path):
    logo = tmp_path / "logo.png"
    Image.new("RGB", (40, 50), "#aa0000").save(logo)
    plain = render_pdf(sample_figures())
    settings.LETTERHEAD = {"parent": "Pemerintah Contoh", "office": "Dinas Contoh", "address": "Jalan 1", "logo": logo}
    reader = read(render_pdf(sample_figures()))
    first = page_text(reader, 0)
    assert "PEMERINTAHCONTOH" in first
    assert "DinasContoh" in first
    assert len(reader.pages[0].images) == len(read(plain).pages[0].images) + 1


def test_period_and_comparison_are_told():
    figures = dataclasses.replace(sample_figures(), since=datetime(2020, 11, 15, 17, tzinfo=UTC))
    reader = read(render_pdf(figures, sample_envelope(figures)))
    first = page_text(reader, 0)
    assert first.count("Senin,16November2020pukul00.00WIB") == 2  # the facts, and the sentence to quote
    assert "Dalammasaini" in first
    text = whole_text(reader)
    assert "Harike-5" in text
    assert formats.rupiah(41_250_000, "id") in text


def test_headers_come_again_on_every_page_of_a_long_table():
    figures = sample_figures(exhibitors=400)
    reader = read(render_pdf(figures, sample_envelope(figures)))
    pages = [page.extract_text() for page in reader.pages]
    listing = [text for text in pages if re.search(r"\b(150|200|250|300)\b", text) and "Kopi" in text]
    assert len(listing) >= 3
    assert all("Omzet (Rp)" in text for text in listing)


def test_unsealed_recap_is_marked_and_holds_nothing_to_quote():
    reader = read(render_pdf(sample_figures()))
    first = page_text(reader, 0)
    assert "BELUMDISEGEL" in first
    assert "dapatdikutip" not in first
    assert "Mengetahui" not in first
    assert all("BELUMDISEGEL" in squeezed(page.extract_text()) for page in reader.pages)


@pytest.mark.parametrize(
    ("state", "stamp", "successor"),
    [(SUPERSEDED, "DIGANTIKAN", "UVO-II/2020/0014"), (WITHDRAWN, "DITARIK", None)],
)
def test_recap_that_no_longer_stands_says_so(state, stamp, successor):
    figures = sample_figures()
    envelope = sample_envelope(figures, state=state, superseded_by=successor)
    first = page_text(read(render_pdf(figures, envelope)), 0)
    assert stamp in first
    assert (successor or "") in first
    assert "Kalimatyangdapatdikutip" not in first


@pytest.mark.parametrize("language", ["id", "en"])
def test_recap_of_nothing_is_printed(language):
    figures = sample_figures(exhibitors=0)
    assert "Rp0" in page_text(read(render_pdf(figures, sample_envelope(figures), language)), 0)


def test_years_of_days_are_printed_as_months():
    figures = sample_figures()
    days = [date(2020, 10, 20) + timedelta(days=offset) for offset in range(1500)]
    rows = [Row(key=day.isoformat(), label="", realised=1_000) for day in days]
    visits = dataclasses.replace(
        figures.visits, days=tuple(VisitDay(day=day, visits=2, page_views=7) for day in days), unique_days=()
    )
    tables = dataclasses.replace(figures.tables, day=tuple(rows))
    figures = dataclasses.replace(figures, tables=tables, visits=visits)
    reader = read(render_pdf(figures, sample_envelope(figures)))
    text = whole_text(reader)
    assert len(reader.pages) < 12
    assert "Digabungagarterbaca" in text
    assert "November20200030.000" in text
    assert "November202060–210" in text


def test_negative_turnover_is_printed():
    sales = [{**sale, "realised": -sale["realised"]} for sale in sample_sales(4, refunds=False)]
    figures = sample_figures(exhibitors=4, sales=sales)
    first = page_text(read(render_pdf(figures, sample_envelope(figures))), 0)
    assert formats.rupiah(figures.realised.total, "id") in first
    assert "minus" in first


def test_long_names_and_large_amounts_stay_on_page_one():
    figures = sample_figures(exhibitors=6, long_names=True, flagged=True)
    huge = 987_654_321_987_654
    figures = dataclasses.replace(
        figures,
        realised=dataclasses.replace(figures.realised, total=huge, direct=huge),
        financing=dataclasses.replace(figures.financing, total=huge),
        transaction_value=dataclasses.replace(figures.transaction_value, total=huge),
    )
    letterhead = Letterhead(
        parent="Pemerintah Provinsi Jawa Tengah",
        office="Dinas Koperasi, Usaha Kecil dan Menengah, Perindustrian, Perdagangan, dan Ekonomi Kreatif",
        address="Jalan Contoh Nomor 1, Semarang 50132, telepon (024) 1234567, pos-el contoh@example.id",
    )
    reader = read(render_pdf(figures, sample_envelope(figures), "id", letterhead))
    first = page_text(reader, 0)
    assert squeezed(letterhead.address) in first
    assert "19700101" in first
    assert formats.rupiah(huge, "id") in first


@pytest.mark.parametrize("sealed", [True, False])
def test_same_figures_give_the_same_bytes(sealed):
    figures = sample_figures(exhibitors=30)
    envelope = sample_envelope(figures) if sealed else None
    assert render_pdf(figures, envelope) == render_pdf(figures, envelope)


def test_qr_code_of_the_printed_page_leads_to_the_verification():
    """Read as a camera would: from the pages as pictures."""
    figures = sample_figures()
    envelope = sample_envelope(figures)
    paper = build_paper(figures, envelope, "id", None, None) | {"size": "a4"}
    pages = typst.compile(
        str(PAPER / "recap.typ"),
        root=str(typesetting.ROOT),
        font_paths=typesetting._fonts(),
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        format="png",
        ppi=150,
    )
    found = [text for page in pages for text in texts_in_picture(io.BytesIO(page))]
    assert set(found) == {envelope.url}


def test_total_of_a_table_never_stands_alone_on_a_page():
    """Tables of every length that ends around the foot of a page, each on pages of its own."""
    source = """
    #import "/expo/paper/style.typ": *
    #import "/reports/paper/tables.typ": figures-table
    #set document(title: "Tabel")
    #set text(font: "Plus Jakarta Sans", size: body, lang: "id")
    #set page(width: 210mm, height: 70mm, margin: 10mm)
    #for count in range(1, 24) {
      heading(level: 1, [Tabel])
      let rows = range(count).map(at => ("baris", "0", str(at)))
      figures-table(("Nama", "A", "B"), rows, ("Jumlah", "1", "2"), (1fr, 20mm, 20mm))
      pagebreak(weak: true)
    }
    """
    data = typst.compile(
        source.encode(),
        root=str(typesetting.ROOT),
        font_paths=typesetting._fonts(),
        format="pdf",
        pdf_standards=typesetting.STANDARDS,
    )
    pages = [page.extract_text() for page in read(data).pages]
    whole = [text for text in pages if "Tabel" in text and "Jumlah" in text]
    broken = [text for text in pages if "Tabel" not in text]
    assert whole
    assert broken
    assert all(text.count("baris") >= 3 and "Nama" in text for text in broken)


def test_people_at_the_gate_stand_beside_the_visits_of_their_day():
    figures = sample_figures(exhibitors=12)
    days = figures.visits.days
    gate = (GateDay(day=days[0].day, people=1_111), GateDay(day=days[-1].day + timedelta(days=1), people=22))
    figures = dataclasses.replace(
        figures, visits=dataclasses.replace(figures.visits, gate=1_133, gate_days=gate, unique_days=())
    )
    table = build_paper(figures, None, "id")["visits"]["tables"][0]
    people = [row[-1] for row in table["rows"]]
    assert (table["head"][-1], table["total"][-1]) == ("Di pintu", "1.133")
    assert (people[0], people[-1], set(people[1:-1])) == ("1.111", "22", {"–"})
    assert "1.111" in whole_text(read(render_pdf(figures)))


def test_theme_is_printed_in_the_language_of_the_paper():
    figures = sample_figures(exhibitors=12)
    (edition,) = figures.editions
    figures = dataclasses.replace(figures, editions=(dataclasses.replace(edition, theme="Fesyen Muslim"),))
    assert "FesyenMuslim" in page_text(read(render_pdf(figures, None, "id")), 0)
    assert "ModestFashion" in page_text(read(render_pdf(figures, None, "en", theme="Modest Fashion")), 0)
