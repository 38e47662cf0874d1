"""The receipt of a stand sale as words for WhatsApp. Its page is ``templates/orders/desk/sale.html``."""

from urllib.parse import quote

from django.utils.translation import gettext as _

from expo.formats import rupiah, wib
from orders.models import StandSale, Way


def receipt_text(sale: StandSale) -> str:
    """Plain lines, as a messenger shows them."""
    lines = [sale.exhibitor.name, f"{sale.booth.number} · {sale.edition.display_name}", "", sale.number]
    lines += [wib(sale.minute), ""]
    for line in sale.lines.all():
        lines += [line.label, f"{line.quantity} × {rupiah(line.unit_price)} = {rupiah(line.amount)}"]
    lines += ["", _("Jumlah: %(amount)s (%(way)s)") % {"amount": rupiah(sale.amount), "way": Way(sale.way).label}]
    if sale.change:
        said = {"given": rupiah(sale.given or 0), "change": rupiah(sale.change)}
        lines.append(_("Dibayar %(given)s, kembali %(change)s") % said)
    lines += ["", _("Terima kasih.")]
    return "\n".join(lines)


def share_address(sale: StandSale) -> str:
    """Opens WhatsApp with the receipt written; the seller picks whom it goes to, no number is kept here."""
    return f"https://wa.me/?text={quote(receipt_text(sale))}"
