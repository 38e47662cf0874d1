"""Files of an exhibitor's products: all of them as a table to be changed and imported again; the rows of an import that
were left, as they were with the reasons; and the template."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from catalog.domain.bulk import photos_of, texts_of
from catalog.domain.import_products import steps_of, variants_of, wanted_of
from catalog.domain.proposals import changed_fields
from catalog.importing.cells import clean
from catalog.importing.columns import COLUMNS
from catalog.importing.errors import ERROR, sentence
from catalog.importing.matching import LINES
from catalog.importing.photo_texts import COLUMNS as PHOTO_TEXTS
from catalog.importing.photo_texts import written as written_texts
from catalog.importing.steps import written
from catalog.importing.writing import Sheet, labels, widths, write
from catalog.importing.writing import template as write_template
from catalog.models import Category, ImportJob, ImportRow, Outcome, Product, Variant, Verdict
from exhibitors.models import Exhibitor
from exhibitors.states import CurationState
from expo.sheets.safe import restored

CHUNK = 500
TENTHS = ("length_mm", "width_mm", "height_mm")
# Left empty in the row of a product; photos everywhere, as none has a name outside.
EMPTY = frozenset(
    {"photo", "variant_photo", "parent_sku", "variant", "variant_2", "variant_en", "variant_id", "is_sold", "steps"}
)


def export(exhibitor: Exhibitor, kind: str) -> IO[bytes]:
    """All products as their exhibitor wants them, oldest first; importing the file again changes nothing."""
    return write(Sheet(_("Produk"), labels(), _rows(exhibitor), widths()), kind)


def _rows(exhibitor: Exhibitor) -> Iterator[list[Any]]:
    products = (
        Product.objects.filter(exhibitor=exhibitor)
        .defer("search")
        .select_related("category", "change__category")
        .order_by("pk")
    )
    found = products.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        ids = [product.pk for product in chunk]
        variants, steps = variants_of(ids), steps_of(ids)
        photos, texts = photos_of(ids), texts_of(ids)
        for product in chunk:
            said = [texts.get(product.pk, {}).get(photo, ("", "")) for photo in photos.get(product.pk, [])]
            yield from rows_of(product, variants.get(product.pk, []), steps, said)


def rows_of(
    product: Product, variants: Sequence[Variant], steps: Mapping[tuple, Any], said: Sequence[tuple[str, str]]
) -> Iterator[list[Any]]:
    """A row of the product, and one for each of its variants. ``said``: what its photos show, in their order."""
    own = {"steps": written(steps.get((product.pk, None), ()))}
    own |= {name: written_texts(text[place] for text in said) for place, name in enumerate(PHOTO_TEXTS)}
    yield [own[column.name] if column.name in own else _cell(product, column.name) for column in COLUMNS]
    for variant in variants:
        cells = _of_variant(product, variant, written(steps.get((product.pk, variant.pk), ())))
        yield [cells.get(column.name, "") for column in COLUMNS]


def _of_variant(product: Product, variant: Variant, steps: str) -> dict[str, Any]:
    """Its cells by column; our numbers say which product's it is, its name is for the reader."""
    wanted = wanted_of(variant, product)
    return {
        "id": product.pk,
        "parent_sku": clean(product.sku, lines=False),
        "name": _cell(product, "name"),
        "variant_id": variant.pk,
        "variant": clean(wanted["name"], lines=False),
        "variant_en": clean(wanted["name_en"], lines=False),
        "sku": clean(wanted["sku"], lines=False),
        "price": wanted["price"],
        "stock": wanted["stock"],
        "stock_seen": wanted["stock"],
        "is_sold": wanted["is_sold"],
        "steps": steps,
    }


def _cell(product: Product, name: str) -> Any:
    waiting = getattr(product, "change", None) if product.state == CurationState.APPROVED else None
    if name in EMPTY:
        return ""
    if name == "id":
        return product.pk
    if name in ("stock", "stock_seen", "price") and product.has_variants:
        return ""
    if name in ("stock", "stock_seen"):
        return product.stock
    source = waiting if waiting is not None and name in changed_fields(waiting) else product
    if name == "category":
        return source.category.display_name
    value = getattr(source, name)
    if name in TENTHS:
        return "" if not value else value // 10 if value % 10 == 0 else value / 10
    if name in ("weight_grams", "lead_days", "deposit_percent") and not value:
        return ""
    return clean(value, lines=name in LINES) if isinstance(value, str) else value


def rest(job: ImportJob) -> IO[bytes]:
    """The rows that were not imported, as they came, with why. CSV for a CSV, else XLSX."""
    headings = [*job.table["headings"], _("Alasan")]
    widths_of_rest = [18] * len(job.table["headings"]) + [60]
    sheet = Sheet(_("Produk"), headings, _left(job), widths_of_rest)
    return write(sheet, kind_of(job), separator=job.separator)


def kind_of(job: ImportJob) -> str:
    return "csv" if job.separator else "xlsx"


def left_rows(job: ImportJob):
    """Rows that became nothing."""
    return job.rows.filter(verdict=Verdict.BAD) | job.rows.filter(outcome=Outcome.REFUSED)


def _left(job: ImportJob) -> Iterator[list[Any]]:
    width = len(job.table["headings"])
    for row in left_rows(job).order_by("group", "number").iterator(chunk_size=CHUNK):
        cells = [restored(cell) if isinstance(cell, str) else cell for cell in row.cells[:width]]
        yield [*cells, *[""] * (width - len(cells)), reasons(row, job.table)]


def reasons(row: ImportRow, table: dict) -> str:
    """What is wrong with a row in one line: "Harga: …; Stok: …"."""
    said = [found for found in row.problems if found["level"] == ERROR] or row.problems
    return "; ".join(f"{label_of(found['column'], table)}: {sentence(found)}" for found in said)


def label_of(column: str, table: dict) -> str:
    """A column as the file calls it, or as we do."""
    place = table["columns"].get(column)
    own = next(str(one.label) for one in COLUMNS if one.name == column)
    return table["headings"][place] if place is not None and table["headings"][place] else own


def template(kind: str) -> IO[bytes]:
    """A file to start from: headings, an example, and in XLSX what each column takes."""
    leaves = Category.objects.filter(children__isnull=True)
    return write_template([category.display_name for category in leaves], kind)
