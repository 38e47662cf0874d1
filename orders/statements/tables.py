"""The rows of a statement's file, and in which words a file is refused."""

from django.utils.translation import gettext_lazy as _

from expo.sheets import Limits, Problem, Rows, TableError, read_sheets
from orders.statements.errors import StatementError

MOST_BYTES = 3 * 1024 * 1024
LIMITS = Limits(bytes=MOST_BYTES, rows=20_000, columns=60)
REFUSALS = {
    Problem.EMPTY: _("Berkas ini kosong."),
    Problem.LARGE: _("Berkas lebih besar dari 3 MB. Unduh mutasi untuk masa yang lebih pendek."),
    Problem.PDF: _("Berkas PDF tidak dapat dibaca. Unduh mutasi sebagai CSV atau Excel dari bank Anda."),
    Problem.LOCKED: _("Berkas ini berkata sandi. Simpan tanpa kata sandi, lalu unggah lagi."),
    Problem.DAMAGED: _("Berkas Excel ini rusak. Simpan ulang, lalu unggah lagi."),
    Problem.UNPACKED: _("Isi berkas ini terlalu besar. Unduh mutasi untuk masa yang lebih pendek."),
    Problem.LONG: _("Berkas ini lebih dari 20.000 baris. Unduh mutasi untuk masa yang lebih pendek."),
    Problem.NO_TABLE: _("Berkas ini bukan CSV dan bukan Excel. Unduh mutasi sebagai CSV atau Excel."),
    Problem.WEB_PAGE: _("Berkas ini sebenarnya halaman web. Buka di Excel, simpan sebagai XLSX, lalu unggah lagi."),
    Problem.BAD_TEXT: _("Berkas ini bukan CSV yang dapat dibaca. Unduh ulang dari bank Anda."),
}


def read_table(data: bytes) -> Rows:
    """The rows of the first sheet (or of the text) that has any. StatementError when there is none."""
    try:
        return read_sheets(data, LIMITS)[0].rows
    except TableError as error:
        raise StatementError(REFUSALS[error.problem]) from error
