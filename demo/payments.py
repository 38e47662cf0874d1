"""Ways to be paid for today: QRIS codes with right checksums and invented merchant numbers, cash, a statement."""

import csv
import datetime as dt
import hashlib
import io
import secrets

from django.utils import timezone

from exhibitors.models import Booth, Exhibitor
from expo.formats import WIB
from orders.domain.matching import store_statement
from orders.domain.qris_codes import confirm_qris, give_qris
from orders.models import Order, PaymentSettings
from orders.qris.code import NATIONAL, with_checksum
from orders.qris.tlv import Field, write_fields

EVERY = 3


def set_up_payments(booths: list[Booth], by) -> int:
    """QRIS and cash for the first booth and every third after it, a week ago; how many have a code."""
    paid = booths[::EVERY]
    then = timezone.now() - dt.timedelta(days=7)
    for booth in paid:
        PaymentSettings.objects.update_or_create(exhibitor=booth.exhibitor, defaults={"takes_cash": True})
        token = secrets.token_urlsafe(32)
        give_qris(booth.exhibitor, qris_text(booth.exhibitor), by=by, token=token, now=then)
        confirm_qris(token, now=then)
    return len(paid)


def qris_text(exhibitor: Exhibitor) -> str:
    """A static code as an acquirer would issue it. The numbers belong to nobody: they come from a hash."""
    digits = str(int(hashlib.sha256(exhibitor.slug.encode()).hexdigest(), 16))
    city = exhibitor.regency.name if exhibitor.regency else "Semarang"
    national = [Field("00", NATIONAL), Field("02", f"ID0000{digits[:9]}"), Field("03", "UMI")]
    acquirer = [
        Field("00", "ID.CO.CONTOH.WWW"),
        Field("01", f"93600000{digits[:11]}"),
        Field("02", digits[11:20]),
        Field("03", "UMI"),
    ]
    return with_checksum(
        [
            Field("00", "01"),
            Field("01", "11"),
            Field("26", write_fields(acquirer)),
            Field("51", write_fields(national)),
            Field("52", "5499"),
            Field("53", "360"),
            Field("58", "ID"),
            Field("59", exhibitor.name.upper()[:25]),
            Field("60", city.upper().removeprefix("KABUPATEN ").removeprefix("KOTA ")[:15]),
            Field("61", "50000"),
        ]
    )


def load_statement(exhibitor: Exhibitor, by) -> int:
    """A statement in which some of the waiting orders were paid; how many rows it brought."""
    waiting = Order.objects.filter(exhibitor=exhibitor, state="placed").order_by("placed_at")[:3]
    today = timezone.now().astimezone(WIB).date()
    file = io.StringIO()
    rows = csv.writer(file, delimiter=";")
    rows.writerow(["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"])
    balance = 2_400_000
    for number, order in enumerate(waiting):
        amount = order.total - (2_500 if number == 1 else 0)  # one came with the bank's fee taken off
        balance += amount
        day = order.placed_at.astimezone(WIB).date()
        rows.writerow([f"{day:%d/%m/%Y}", f"TRSF DARI {order.buyer_name.upper()}", "", amount, balance])
    day = today - dt.timedelta(days=1)
    rows.writerow([f"{day:%d/%m/%Y}", "BIAYA ADM", 12_500, "", balance - 12_500])
    rows.writerow([f"{today:%d/%m/%Y}", "SETORAN TUNAI", "", 350_000, balance + 337_500])
    return store_statement(exhibitor, file.getvalue().encode(), "mutasi-contoh.csv", by=by).new_rows
