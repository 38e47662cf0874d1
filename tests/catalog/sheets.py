"""Product files for tests, made on the spot."""

import io
import zipfile

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
