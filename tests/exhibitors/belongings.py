"""One of everything that an exhibitor can have, and how to tell whether anybody touched it."""

import datetime as dt
import re

from django.apps import apps
from django.utils import timezone

from catalog.models import PriceStep, Product, SaleBy, Variant
from exhibitors.domain.invitations import invite
from exhibitors.domain.uploads import start_upload
from exhibitors.models import Certificate, Exhibitor
from exhibitors.models.certificates import CertificateKind
from expo.documents import store_document
from expo.formats import WIB
from inquiries.domain.inquiries import ask
from inquiries.models import Inquiry
from orders.domain.fulfilment import complete_order
from orders.domain.matching import store_statement
from orders.domain.refund import record_refund
from orders.domain.reviews import write_review
from orders.models import Proof, Voucher
from orders.reported.content import store_evidence
from tests.catalog import sheets
from tests.factories import make_placement, make_product
from tests.orders import desk, reporting, shop
from tests.orders.ways import give_qris, give_settings
from tests.pictures import photo_file

# Days, steps, markets and kinds of files: whose page they open is the session's matter.
EVERYBODYS = {"angka", "hari", "langkah", "kesiapan", "ekspor", "contoh"}
ASKED_WITH = {"dasbor/kasir/qris.svg": "?jumlah=1000"}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def keys_of_one_of_everything(owner, *, price=150_000) -> dict[str, object]:
    """Make them for the owner's exhibitor. The word before a parameter in an address → the key that stands there."""
    exhibitor = owner.exhibitor
    now = timezone.now()
    placement = shop.sold(exhibitor=exhibitor, edition=shop.hybrid_edition(), stock=20, price=price)
    placement.sale_percent, placement.sale_by = 10, SaleBy.EXHIBITOR
    placement.sale_from, placement.sale_until = now, now + dt.timedelta(days=1)
    placement.save()
    order = complete_order(shop.paid_order(placement, quantity=2, by=owner), by=owner)
    refund = record_refund(
        order, by=owner, reason="Rusak", key=f"kembali-{exhibitor.pk}", amount=10_000, proof=shop.photo()
    )
    inquiry = ask(
        Inquiry(
            edition=placement.booth.edition, exhibitor=exhibitor, name="Sari", email="sari@contoh.test", message="Bisa?"
        )
    )
    today = now.astimezone(WIB)
    store_statement(
        exhibitor, f"Tanggal;Keterangan;Kredit\n{today:%d/%m/%Y};TRSF SARI;150123".encode(), "m.csv", by=owner
    )
    variant = Variant.objects.create(product=placement.product, name="Merah", price=price, stock=20)
    Product.objects.filter(pk=placement.product_id).update(has_variants=True)
    step = PriceStep.objects.create(product=placement.product, minimum_quantity=12, unit_price=90_000)
    goods = make_product(exhibitor=exhibitor, stock=1)
    make_placement(booth=placement.booth, product=goods, shown_from=placement.booth.edition.sales_open)
    sale = desk.sell(exhibitor, desk.piece(goods, 3), by=owner)
    report = reporting.report(exhibitor, goods, measure="committed", by=owner, documents=[kept_evidence()])
    give_qris(exhibitor)
    give_settings(exhibitor, embeds_amount=True)
    service = exhibitor.shipping_services.get()
    table = sheets.csv(sheets.HEADINGS, ["", "", "", "mahal", 1], ["", "Baru", goods.category.name, 1000, 1])
    return {
        "angka": "csv",
        "hari": today.date(),
        "ekspor": "csv",
        "contoh": "csv",
        "impor": sheets.checked(owner, table).pk,
        "langkah": "usaha",
        "kesiapan": "ritel",
        "penjualan": sale.pk,
        "laporan-penjualan": report.pk,
        "berkas": report.documents.get().pk,
        "stok": sale.lines.get().pk,
        "pesanan": order.code,
        "bukti": Proof.objects.get(payment__order=order).pk,
        "pengembalian": refund.pk,
        "produk": placement.product_id,
        "grosir": step.pk,
        "potongan": placement.pk,
        "varian": variant.pk,
        "ulasan": write_review(order, order.lines.get(), rating=5).pk,
        "permintaan": inquiry.pk,
        "sertifikat": Certificate.objects.create(
            exhibitor=exhibitor, kind=CertificateKind.NIB, number="1" * 13, document=store_document(photo_file(), "nib")
        ).pk,
        "unggahan": start_upload(exhibitor, 100).token,
        "pengelola": exhibitor.memberships.get(user=owner).pk,
        "undangan": invite(exhibitor, f"tini{exhibitor.pk}@contoh.test", "staff", by=owner).pk,
        "layanan": service.pk,
        "zona": service.zones.first().pk,
        "voucher": Voucher.objects.create(
            code=f"HEMAT{exhibitor.pk}",
            exhibitor=exhibitor,
            value=10,
            valid_from=now,
            valid_until=now + dt.timedelta(days=9),
        ).pk,
    }


def kept_evidence():
    return store_evidence(photo_file())


def filled(route: str, keys: dict[str, object]) -> str:
    """The address of a route with these keys. KeyError: add one of that to the belongings."""
    return re.sub(
        rf"([\w-]+)/{PARAMETER.pattern}", lambda found: f"{found[1]}/{keys[found[1]]}", f"/{route}"
    ) + ASKED_WITH.get(route, "")


def rows_of(exhibitor: Exhibitor) -> dict[tuple, dict]:
    """Every row of every table that hangs on this exhibitor, however far away: (table, key) → its values."""
    found = {}
    for model, path in paths_to(Exhibitor).items():
        for row in model._base_manager.filter(**{path: exhibitor.pk}).values():
            found[model._meta.label, row["id"]] = row
    return found


def paths_to(target) -> dict[type, str]:
    """The tables whose rows lead to a row of ``target`` by their foreign keys, and the shortest way there."""
    paths, edge = {target: "pk"}, [target]
    while edge:
        reached = edge
        edge = []
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if model not in paths and field.is_relation and field.related_model in reached:
                    paths[model] = f"{field.name}__{paths[field.related_model]}"
                    edge.append(model)
    return paths
