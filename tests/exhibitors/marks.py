"""Marks in every text that an exhibitor has, and finding them in whatever an address answers with, files unpacked."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable

import pypdf
from django.db import IntegrityError, connection, models, transaction

from exhibitors.models import Exhibitor
from tests.database import append_only_lifted
from tests.exhibitors.belongings import paths_to, rows_of

# Machines read these, or they say what many have in common: codes, keys, names of files, places, kinds of goods.
NO_FREE_TEXT = re.compile(
    r"slug|code|.*_code|.*key|nonce|token|digest|fingerprint|confirmation|file|document|proof|member|language|country|"
    r"separator|setback|step|market|version|requirement|kind|action|status|problem|page_\w+|archived_from|postcode|"
    r"wanted_method|sealed_key|key_end|settlement|nmid|category_label|regency_label|destination_label|shipping_service|"
    r"courier|duration"
)
MACHINE_READ = {
    ("orders.QrisCode", "text"),
    ("orders.Payment", "qris_text"),
    ("orders.GatewayNotification", "body"),
    ("orders.GatewayCharge", "reference"),
    ("exhibitors.Booth", "number"),
}
TYPED = {("orders.Voucher", "code")}  # a code that an exhibitor makes up
DIGITS = {"bank_account_number", "account_number", "whatsapp", "phone", "buyer_phone", "nib"}
# What exists once and says whose it is: it is looked for as it stands.
AS_IT_STANDS = {"orders.Order": ("code", "token"), "catalog.Product": ("slug",)}
LEAST_AMOUNT = 100_000  # rupiah; shorter numbers stand on any page
PHONE_PREFIX = "+62"


def mark_everything(owner, *others: Exhibitor) -> dict[str, str]:
    """Write a mark into each text of each row that hangs on the owner's exhibitor: the mark → where it stands.

    Amounts are looked for as they are: those that none of the ``others`` has as well.
    """
    numbers, marks = itertools.count(1), {}
    with append_only_lifted(connection):
        for model, path in paths_to(Exhibitor).items():
            for row in model._base_manager.filter(**{path: owner.exhibitor.pk}).order_by("pk"):
                for column in free_texts(model):
                    mark = f"90817{next(numbers):05}" if column.name in DIGITS else f"Zw{next(numbers):05}qk"
                    if write(row, column, mark):
                        marks[mark] = f"{model._meta.label}.{column.name}"
                for name in AS_IT_STANDS.get(model._meta.label, ()):
                    marks[getattr(row, name)] = f"{model._meta.label}.{name}"
    theirs = set().union(*(amounts(other) for other in others))
    marks |= {str(amount): where for amount, where in amounts(owner.exhibitor).items() if amount not in theirs}
    return {squeezed(mark): where for mark, where in marks.items()}


def free_texts(model) -> list[models.Field]:
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.SlugField | models.FileField | models.URLField)
        and not column.choices
        and (not NO_FREE_TEXT.fullmatch(column.name) or (model._meta.label, column.name) in TYPED)
        and (model._meta.label, column.name) not in MACHINE_READ
    ]


def write(row, column, mark: str) -> bool:
    """False for what has to stay empty in this row: facts of a pair that is not there."""
    before = getattr(row, column.name)
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{column.name: written(column, mark, before or "")})
    except IntegrityError:
        if before:
            raise
        return False
    return True


def written(column, mark: str, before: str) -> str:
    """The mark as a text that fits the column."""
    if isinstance(column, models.EmailField):
        return f"{mark}@contoh.test"
    if column.name == "nib":
        return mark.ljust(13, "0")
    return PHONE_PREFIX + mark if before.startswith("+") else mark


def amounts(exhibitor) -> dict[int, str]:
    """The larger numbers of its rows that are no keys → where they stand."""
    found = {}
    for (label, _pk), row in rows_of(exhibitor).items():
        for name, value in row.items():
            if type(value) is int and value >= LEAST_AMOUNT and not name.endswith("id"):
                found[value] = f"{label}.{name}"
    return found


def found_in(response, marks: Iterable[str]) -> list[str]:
    """Which of these marks an answer gives away, wherever in it."""
    text = squeezed(said(response))
    return [mark for mark in marks if mark in text]


def said(response) -> str:
    """Headers, cookies and all that stands in the answer."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers} {response.cookies} {text_of(body)}"


def text_of(body: bytes) -> str:
    """Pages as they are, archives and workbooks unpacked, papers as their text."""
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return " ".join(f"{name} {text_of(archive.read(name))}" for name in archive.namelist())
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace")


def squeezed(text: str) -> str:
    """Without what stands between the parts of a number or a name: lines of a paper, dots, dashes."""
    return re.sub(r"[\s.\u00ad\u200b-]+", "", text).casefold()
