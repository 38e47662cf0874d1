"""Files of our open data held against what was sealed: one recap's public JSON, the dataset, both CSV files.

Every recap that a file names is looked up by its code and compared member by member, in the version of the form that
the file says it has. What changes by right after the sealing (standing, licence, addresses) is not compared.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.checking.answers import Checked, Difference, Kind, Row
from reports.checking.json_reading import PASSING, digest, parts
from reports.figures import Figures
from reports.models import Recap
from reports.public import data
from reports.public.columns import BY_NAME, COLUMNS
from reports.public.figures import public_figures
from reports.queries import recap_by_code, slim

PARTS = {
    "editions": gettext_lazy("Keterangan pameran"),
    "recap": gettext_lazy("Nomor, kode, batas waktu, dan hash"),
    "phases": gettext_lazy("Omzet per masa"),
    "channels": gettext_lazy("Omzet per jalur"),
    "days": gettext_lazy("Angka per hari"),
}
MOST_CSV = 5 * 1024 * 1024
MOST_ROWS, MOST_RECAPS, MOST_CELL = 20_000, 200, 2000
# What a row says that may change after the sealing.
PASSING_COLUMNS = frozenset({"recap_state", "recap_url"})


def recap_of(**which) -> Recap | None:
    return slim(Recap.objects.filter(**which)).first()


def figures_of_public(recap: Recap) -> Figures:
    return public_figures([recap.sha256])[recap.sha256]


def check_public(claims: dict) -> Checked:
    """The public JSON of one recap."""
    recap = recap_by_code(claims["code"])
    if recap is None:
        return Checked(Kind.FOREIGN if claims["code"] else Kind.UNSEALED, format="json")
    return compare(recap, claims)


def compare(recap: Recap, claims: dict) -> Checked:
    figures, version = figures_of_public(recap), version_of(claims["schema"])
    ours = data.recap_data(recap, figures, version)
    then, now = claims["parts"], parts(json.loads(data.as_json(ours)))
    other = [name for name in {**now, **then} if then.get(name) != now.get(name)]
    if not other:
        return Checked(Kind.PUBLIC, recap, "json")
    wrong = differences(recap, claims["public"] or {}, only_said=True)
    missing = tuple(str(BY_NAME[name].label) for name in ours["figures"] if name not in (claims["public"] or {}))
    strange = set(claims["public"] or {}) - set(ours["figures"])
    if other == ["figures"] and missing and not wrong and not strange:
        return Checked(Kind.PARTIAL, recap, "json", missing=missing)
    told = [str(PARTS.get(name, _("Lain-lain"))) for name in other if name != "figures" or strange]
    return Checked(Kind.ALTERED, recap, "json", differences=wrong, parts=tuple(dict.fromkeys(told)), missing=missing)


def version_of(schema: str) -> int | None:
    """The version of a recap's public form that a file says it has; None, today's, for one that was never published."""
    said = re.fullmatch(re.escape(data.SCHEMA) + r"([1-9][0-9]{0,3})", schema)
    return int(said[1]) if said and int(said[1]) <= data.VERSION else None


def differences(recap: Recap, said: dict[str, int | None], *, only_said: bool = False) -> tuple[Difference, ...]:
    """Among what everyone may see; the rest of a recap is compared by its hash alone."""
    figures = figures_of_public(recap)
    pairs = [
        (column, said.get(column.name), column.value(figures))
        for column in COLUMNS
        if not only_said or column.name in said
    ]
    return tuple(Difference(column, told, sealed) for column, told, sealed in pairs if told != sealed)


def check_dataset(claims: dict) -> Checked:
    """The dataset's JSON: each recap in it by itself, and the meanings of its columns."""
    if not claims["recaps"]:
        return Checked(Kind.UNSEALED, format="json")
    rows = [row_of(each) for each in claims["recaps"]]
    if all(row.recap is None for row in rows):
        return Checked(Kind.UNSEALED, format="json")
    told = []
    if claims["columns"] != digest(json.loads(data.as_json(data.dataset([])["columns"]))):
        told.append(_("Nama atau arti kolomnya lain dari yang sekarang."))
    if claims["more"]:
        told.append(_("Hanya 200 rekap pertama diperiksa."))
    if any(name not in (*PASSING, "schema", "columns", "recaps") for name in claims["parts"]):
        told.append(_("Ada bagian yang bukan dari kami."))
    return Checked(Kind.DATASET, format="json", rows=tuple(rows), parts=tuple(told))


def row_of(claims: dict) -> Row:
    recap = recap_by_code(claims["code"])
    if recap is None:
        return Row(Kind.FOREIGN, claims["code"] or "–")
    found = compare(recap, claims)
    what = [str(each.column.label) for each in found.differences] + list(found.parts)
    if found.missing:
        what.append(_("tidak ada di berkas: %(names)s") % {"names": ", ".join(found.missing)})
    return Row(found.kind, recap.number, recap, tuple(what))


def check_csv(file: bytes) -> Checked | None:
    """``rekap.csv`` or ``hari.csv``, whole or in part; None for any other file."""
    if len(file) > MOST_CSV or b"\0" in file:
        return None
    text = file.decode("utf-8-sig", "replace")
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [name.strip() for name in next(lines, [])]
        if "recap_code" not in names or len(set(names)) != len(names):
            return None
        said: dict[str, list[dict[str, str]]] = defaultdict(list)
        for number, line in enumerate(lines):
            if number >= MOST_ROWS:
                return None
            if line:
                row = dict(zip(names, line, strict=False))
                said[row.get("recap_code", "")[:MOST_CELL]].append(row)
    except csv.Error:
        return None
    by_day = "day" in names
    rows = [csv_row(code, found, names, by_day=by_day) for code, found in list(said.items())[:MOST_RECAPS]]
    if not rows or all(row.recap is None for row in rows):
        return None
    return Checked(Kind.DATASET, format="csv", rows=tuple(rows))


def csv_row(code: str, said: list[dict[str, str]], names: list[str], *, by_day: bool) -> Row:
    recap = recap_by_code(code)
    if recap is None:
        return Row(Kind.FOREIGN, code or "–")
    figures = figures_of_public(recap)
    head = data.DAY_COLUMNS if by_day else [*data.RECAP_COLUMNS, *BY_NAME]
    lines = data.day_rows(recap, figures) if by_day else [data.recap_row(recap, figures)]
    ours = [dict(zip(head, map(str, line), strict=True)) for line in lines]
    place = "day" if by_day else "recap_code"
    sealed = {row[place]: row for row in ours}
    wrong = list(
        dict.fromkeys(told for row in said for told in wrong_cells(row, sealed.get(row.get(place, "")), names))
    )
    if len(said) != len({row.get(place) for row in said}):
        wrong.append(_("baris yang sama dua kali"))
    if wrong:
        return Row(Kind.ALTERED, recap.number, recap, tuple(wrong))
    absent = [name for name in head if name not in names]
    if len(said) < len(ours):
        absent.append(_("%(count)s hari") % {"count": len(ours) - len(said)})
    if absent:
        told = _("tidak ada di berkas: %(names)s") % {"names": ", ".join(absent)}
        return Row(Kind.PARTIAL, recap.number, recap, (told,))
    return Row(Kind.PUBLIC, recap.number, recap)


def wrong_cells(said: dict[str, str], sealed: dict[str, str] | None, names: list[str]) -> Iterable[str]:
    if sealed is None:
        yield _("hari %(day)s") % {"day": said.get("day", "")[:20] or "–"}
        return
    for name in names:
        if name in PASSING_COLUMNS:
            continue
        if said.get(name) != sealed.get(name):
            column = BY_NAME.get(name)
            yield str(column.label) if column else name[:60]
