"""What the figures are called above their entries, in the active language."""

from django.utils.translation import gettext as _

from journal.models import Measure
from reports.labels import measure_names
from reports.officials.drill import LARGEST


def figure_name(key: str) -> str:
    return _names().get(key, key)


def _names() -> dict[str, str]:
    measures = measure_names()
    found = {
        "entries": _("Catatan jurnal"),
        "realised.direct": _("Omzet: penjualan langsung"),
        "realised.on_orders": _("Omzet: pembayaran atas pesanan"),
        "realised.sales": _("Penjualan sebelum pengembalian"),
        "realised.refunds": _("Pengembalian dana"),
        "realised.corrections": _("Koreksi"),
        "transaction_value.total": measures["transaction_value"],
        "products.sold": _("Macam produk terjual"),
        "products.units": _("Unit terjual"),
        LARGEST: _("Transaksi terbesar"),
        "bridge.new_sales": _("Penjualan sesudahnya"),
        "bridge.late_entries": _("Catatan terlambat"),
        "bridge.refunds": _("Pengembalian dana"),
        "bridge.corrections": _("Koreksi"),
    }
    for measure in Measure.values:
        name = measures[measure]
        found[f"{measure}.total"] = name
        found[f"{measure}.transactions"] = f"{name}: {_('Transaksi')}"
        found[f"pending_evidence.{measure}"] = _("%(measure)s: bukti D, tidak dihitung") % {"measure": name}
        for grade in "ABC":
            found[f"{measure}.evidence.{grade}"] = _("%(measure)s: bukti %(grade)s") % {"measure": name, "grade": grade}
    found["realised.transactions"] = _("Transaksi terbayar")
    return found
