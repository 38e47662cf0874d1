import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from expo.formats import WIB
from journal.models import Entry
from orders.models import ReportedDocument, ReportedSale
from tests.orders import shop
from tests.orders.reporting import paid, report, verified
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db
NEW = "/dasbor/laporan-penjualan/baru/"


@pytest.fixture
def goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, price=100_000).product


def filled(client, address=NEW, **fields):
    """What a browser would send: the form's own key, and what was typed."""
    form = client.get(address).context["form"]
    now = timezone.now().astimezone(WIB)
    said = {"measure": "realised", "where": "chat", "amount": "120rb", "sold_on": now.date(), "sold_time": "00:00"}
    return {"key": form["key"].value(), **said, "country": "ID", **fields}


def test_a_report_with_its_photo_from_the_phone(as_user, owner, goods):
    client = as_user(owner)
    answer = client.post(NEW, filled(client, product=goods.pk, quantity=1, file=photo_file()))
    found = ReportedSale.objects.get()
    assert answer.url == found.get_absolute_url()
    assert (found.amount, found.occurred_at.astimezone(WIB).hour, found.day) == (
        120_000, 0, timezone.now().astimezone(WIB).date(),
    )  # fmt: skip
    page = client.get(answer.url).content.decode()
    assert found.number in page
    assert "Rp120.000" in page
    document = client.get(reverse("orders:reported-document", args=[found.pk, found.documents.get().pk]))
    assert document.headers["Content-Type"] == "image/jpeg"
    assert b"Exif" not in b"".join(document.streaming_content)[:200]


def test_evidence_survives_an_error_elsewhere_and_belongs_to_its_exhibitor(as_user, owner, outsider, goods):
    client = as_user(owner)
    said = filled(client, product=goods.pk, amount="", file=photo_file())
    form = client.post(NEW, said).context["form"]
    assert "amount" in form.errors
    assert "file" not in form.errors
    kept = form["kept"].value()
    again = {name: value for name, value in said.items() if name != "file"} | {"amount": "75.000", "kept": kept}
    theirs = shop.sold(exhibitor=outsider.exhibitor).product
    stranger = as_user(outsider)
    refused = stranger.post(NEW, again | {"product": theirs.pk}).context["form"]
    assert "file" in refused.errors
    as_user(owner).post(NEW, again)
    assert ReportedDocument.objects.get().report.amount == 75_000


def test_a_pdf_is_kept_and_a_text_is_none(as_user, owner, goods):
    client = as_user(owner)
    text = SimpleUploadedFile("nota.pdf", b"nota", content_type="application/pdf")
    assert "file" in client.post(NEW, filled(client, product=goods.pk, file=text)).context["form"].errors
    pdf = SimpleUploadedFile("nota.pdf", b"%PDF-1.7 nota", content_type="application/pdf")
    client.post(NEW, filled(client, product=goods.pk, file=pdf))
    assert ReportedDocument.objects.get().file.endswith(".pdf")


def test_what_looks_wrong_is_asked_once_and_then_sent(as_user, owner, goods):
    client = as_user(owner)
    said = filled(client, product=goods.pk, amount="120.000", file=photo_file())
    client.post(NEW, said)
    assert client.post(NEW, said | {"file": photo_file(colour="#112233")}).status_code == 302  # the same form
    second = filled(client, product=goods.pk, amount="120.000", file=photo_file(colour="#445566"))
    asked = client.post(NEW, second)
    assert [doubt.code for doubt in asked.context["doubts"]] == ["twin"]
    assert ReportedSale.objects.count() == 1
    kept = asked.context["form"]["kept"].value()
    client.post(NEW, {**second, "file": "", "kept": kept, "sure": "1"})
    assert ReportedSale.objects.count() == 2


def test_errors_of_the_domain_stand_at_their_field(as_user, owner, goods):
    order = shop.paid_order(goods.placements.get(), by=owner)
    client = as_user(owner)
    tomorrow = timezone.now().astimezone(WIB).date() + dt.timedelta(days=1)
    form = client.post(NEW, filled(client, product=goods.pk, reference=order.code, file=photo_file())).context["form"]
    assert list(form.errors) == ["reference"]
    form = client.post(NEW, filled(client, product=goods.pk, sold_on=tomorrow, file=photo_file())).context["form"]
    assert list(form.errors) == ["sold_on"]


def test_destination_is_a_regency_or_a_country(as_user, owner, goods):
    from tests.factories import make_region

    make_region(code="33.74", name="Kota Semarang")
    client = as_user(owner)
    client.post(NEW, filled(client, product=goods.pk, regency="33.74", file=photo_file()))
    client.post(NEW, filled(client, product=goods.pk, amount="1", country="QA", file=photo_file(colour="#777777")))
    assert list(ReportedSale.objects.order_by("pk").values_list("destination_code", "destination_label")) == [
        ("33.74", "Kota Semarang"), ("QA", "Qatar"),
    ]  # fmt: skip


def test_payment_is_reported_on_its_order(as_user, owner, goods):
    client = as_user(owner)
    order = report(owner.exhibitor, goods, amount=900_000, measure="committed", by=owner)
    address = reverse("orders:reported-payment", args=[order.pk])
    now = timezone.now().astimezone(WIB) + dt.timedelta(minutes=1)
    said = filled(client, address, amount="900.000", sold_on=now.date(), sold_time=f"{now:%H:%M}", file=photo_file())
    assert list(client.post(address, said).context["form"].errors) == ["sold_on"]  # not yet
    ReportedSale.objects.filter(pk=order.pk).update(occurred_at=now - dt.timedelta(hours=1))
    moment = now - dt.timedelta(minutes=10)
    said |= {"sold_on": moment.date(), "sold_time": f"{moment:%H:%M}", "file": photo_file()}
    client.post(address, said)
    assert order.payments.get().amount == 900_000
    assert client.get(address).status_code == 302
    assert "Laporkan pembayaran" not in client.get(order.get_absolute_url()).content.decode()


def test_withdrawing_and_adding_evidence(as_user, owner, goods):
    client = as_user(owner)
    found = report(owner.exhibitor, goods, by=owner)
    client.post(reverse("orders:reported-evidence", args=[found.pk]), {"file": photo_file()})
    assert found.documents.count() == 2
    missing = client.post(reverse("orders:reported-evidence", args=[found.pk]))
    assert "file" in missing.context["form"].errors
    client.post(reverse("orders:reported-withdrawal", args=[found.pk]))
    found.refresh_from_db()
    assert found.state == "withdrawn"
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0


def test_the_list_costs_the_same_for_one_and_for_many(
    as_user, owner, finance, goods, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_user(owner)
    report(owner.exhibitor, goods, by=owner)
    with django_assert_max_num_queries(25) as first:
        client.get("/dasbor/laporan-penjualan/")
    order = verified(owner.exhibitor, goods, measure="committed", amount=500_000, by=owner, checker=finance)
    paid(order, 100_000, by=owner)
    report(owner.exhibitor, goods, by=owner)
    with django_assert_num_queries(len(first.captured_queries)):
        page = client.get("/dasbor/laporan-penjualan/")
    assert len(page.context["listed"].items) == 4
