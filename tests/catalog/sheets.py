"""Product files for tests, made on the spot."""

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter

from catalog.domain import imports
from catalog.models import ImportJob
from catalog.states import ImportState
from tests.pictures import photo_file

HEADINGS = ["SKU", "Nama produk", "Kategori", "Harga", "Stok"]


def xlsx(*rows, merged=()) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for area, text in merged:
            sheet.merge_range(area, text)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, tuple):  # a formula with its cached value
                    sheet.write_formula(number, place, cell[0], None, cell[1])
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
    return file.getvalue()


CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Produk">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(*rows) -> bytes:
    """Cells as in ``xlsx``."""

    def cell(value) -> str:
        if isinstance(value, tuple):
            formula, value = value
            return f'<table:table-cell table:formula="of:{formula}" {number(value)}/>'
        if isinstance(value, dt.date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        if isinstance(value, int | float):
            return f"<table:table-cell {number(value)}/>"
        if value is None:
            return "<table:table-cell/>"
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'

    def number(value) -> str:
        return f'office:value-type="float" office:value="{value}"'

    text = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", CONTENT.format(rows=text))
    return file.getvalue()


def csv(*rows, separator=";", encoding="utf-8") -> bytes:
    return "\r\n".join(separator.join(str(cell) for cell in row) for row in rows).encode(encoding)


def zipped(**photos) -> io.BytesIO:
    """An archive of photos by their names; a value of None is a real photo."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in photos.items():
            archive.writestr(name, photo_file().read() if content is None else content)
    file.seek(0)
    file.name, file.size = "foto.zip", len(file.getvalue())
    return file


def checked(owner, data: bytes, *, photos=(), name="produk.xlsx", **chosen) -> ImportJob:
    """A job whose rows have been looked at."""
    job = imports.start_import(owner.exhibitor, data, name, by=owner)
    if photos:
        imports.add_photos(job, photos)
    imports.choose_columns(job, chosen.pop("columns", job.table["columns"]), chosen.pop("category", None))
    return worked(job)


def imported(owner, data: bytes, *, all_or_nothing=True, **options) -> ImportJob:
    job = checked(owner, data, **options)
    imports.begin_import(job, all_or_nothing=all_or_nothing, by=owner)
    return worked(job)


def worked(job: ImportJob) -> ImportJob:
    while imports.work(job.pk):
        pass
    job.refresh_from_db()
    return job


def is_done(job: ImportJob) -> bool:
    return job.state == ImportState.DONE
