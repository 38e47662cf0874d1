"""The entries behind a figure, as a page and as a file."""

import csv
import datetime as dt
from collections.abc import Iterator

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import official_required
from accounts.roles import is_staff_role
from expo.formats import WIB, current_language, number, rupiah, tanggal
from expo.private import personal
from expo.sheets.safe import neutral
from journal.models import Entry, Measure
from reports import figures as f
from reports.consistent import consistent_reading
from reports.labels import row_heads, row_label
from reports.officials import drill
from reports.officials.asking import Asked, read_address
from reports.officials.drill import Question
from reports.officials.naming import figure_name
from reports.officials.sums import sums_of

PARAMETERS = ("rekap", "pameran", "sejak", "terjadi", "tercatat", "angka", "tabel", "baris", "tanpa")
NARROWER = ("transaction_value.total", "realised.total", "committed.total", "realised.refunds", "products.units")
FROZEN = {
    "category": "category_label",
    "regency": "regency_label",
    "destination": "destination_label",
    "exhibitor": "exhibitor_label",
}
CSV_HEAD = (
    "id", "occurred_at", "recorded_at", "edition", "phase", "exhibitor", "regency", "category", "product", "channel",
    "measure", "nature", "on_order", "evidence", "destination", "transaction", "quantity", "amount",
)  # fmt: skip


@official_required
@personal
@require_safe
def entries(request):
    """Fifty entries a page, newest first, and what all of them add up to."""
    asked, question = question_of(request.GET)
    after = place_of(request.GET.get("sesudah", ""))
    with consistent_reading():
        found = refuse_nonsense(lambda: drill.page_of(question, after))
        sums = sums_of(question)
    shown = found[: drill.PAGE]
    context = {
        "asked": asked,
        "question": question,
        "name": figure_name(question.figure),
        "row": name_of_row(question, shown),
        "head": row_heads().get(question.table, ""),
        "sums": sums,
        "shown_value": shown_value(question, sums.value),
        "measures": [(Measure(name).label, amount) for name, amount in sums.measures.items()],
        "entries": shown,
        "next": place_in(shown[-1]) if len(found) > drill.PAGE else "",
        "is_first": after is None,
        "query": address_of(request.GET),
        "narrower": narrower(request.GET, question),
        "doors": doors(request.user),
    }
    return render(request, "reports/officials/entries.html", context)


@official_required
@personal
@require_safe
def entries_file(request):
    """All of them as CSV, row by row: memory does not grow with their number."""
    _asked, question = question_of(request.GET)
    refuse_nonsense(lambda: drill.entries_of(question))
    response = StreamingHttpResponse(csv_lines(question), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="catatan.csv"'
    return response


def question_of(parameters) -> tuple[Asked, Question]:
    """What the address asks for; Http404 for one that no page of ours leads to."""
    asked = read_address(parameters)
    without = read_address({"rekap": parameters["tanpa"]}) if parameters.get("tanpa") else None
    figure = parameters.get("angka", drill.ROW)
    table, row = parameters.get("tabel", ""), parameters.get("baris", "")
    if asked is None or (parameters.get("tanpa") and without is None) or figure not in drill.FIGURES:
        raise Http404
    before = without.asof if without else asked.previous() if figure in drill.STEPS else None
    own = asked.regencies() if (table, row) == ("regency", f.OTHER) or table == drill.REACH else frozenset()
    return asked, Question(
        asof=asked.asof, figure=figure, table=table, row=row, without=before, provinces_own=own, rules=asked.rules
    )


def refuse_nonsense(ask):
    """A table, row or number that can't be is an address that does not exist."""
    try:
        return ask()
    except (ValueError, OverflowError):
        raise Http404 from None


def place_of(text: str) -> tuple[dt.datetime, int] | None:
    """Where the last page ended: microseconds since 1970 and the entry's key."""
    moment, _dash, key = text.partition("-")
    if not (moment.isascii() and moment.isdigit() and key.isascii() and key.isdigit() and len(moment + key) < 35):
        return None
    if len(moment) > 16 or len(key) > 18:
        return None
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=int(moment)), int(key)


def place_in(entry: Entry) -> str:
    since = entry.occurred_at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return f"{since // dt.timedelta(microseconds=1)}-{entry.pk}"


def name_of_row(question: Question, shown: list[Entry]) -> str:
    """The row as the recap calls it: by its key, or by the label that the journal froze."""
    if not question.table:
        return ""
    if question.table == "day":
        return tanggal(dt.date.fromisoformat(question.row), weekday=True)
    frozen = getattr(shown[0], FROZEN[question.table]) if shown and question.table in FROZEN else ""
    row = f.Row(key=question.row, label=frozen or question.row)
    return row_label(question.table, row, current_language())


def address_of(parameters, **changes: str) -> str:
    """This address again, without its page, with some of its words changed."""
    kept = parameters.copy()
    for name in set(kept) - set(PARAMETERS):
        del kept[name]
    for name, value in changes.items():
        kept[name] = value
    return kept.urlencode()


def shown_value(question: Question, value: int) -> str:
    return rupiah(value) if drill.FIGURES[question.figure].of in ("amount", "taken") else number(value)


def narrower(parameters, question: Question) -> list[dict]:
    """Of a row of a table: all of it, or one of its figures."""
    if not question.table:
        return []
    return [
        {"label": figure_name(key), "query": address_of(parameters, angka=key), "is_current": key == question.figure}
        for key in NARROWER
    ]


def doors(user) -> dict[str, bool]:
    """Which pages of the administration this person may open from here."""
    staff = is_staff_role(user)
    wanted = {"entry": "journal.view_entry", "order": "orders.view_order", "exhibitor": "exhibitors.view_exhibitor"}
    return {name: staff and user.has_perm(permission) for name, permission in wanted.items()}


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(question: Question) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(CSV_HEAD)
    found = drill.entries_of(question).select_related("edition").only(*drill.SHOWN, "edition__slug")
    for entry in found.order_by("-occurred_at", "-pk").iterator(chunk_size=2_000):
        yield writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in csv_cells(entry)])


def csv_cells(entry: Entry) -> tuple:
    return (
        entry.pk,
        entry.occurred_at.astimezone(WIB).isoformat(),
        entry.recorded_at.astimezone(WIB).isoformat(),
        entry.edition.slug,
        entry.phase,
        entry.exhibitor_label,
        entry.regency_label,
        entry.category_label,
        entry.product_label,
        entry.channel,
        entry.measure,
        entry.nature,
        "1" if entry.on_order else "0",
        entry.evidence,
        entry.destination_label,
        entry.transaction_key,
        entry.quantity,
        entry.amount,
    )
