import pytest
from django.urls import reverse

from orders.reported.verification import content_of_report
from tests.orders import shop
from tests.orders.reporting import evidence, report

pytestmark = pytest.mark.django_db
LIST = "/admin/orders/reportedsale/"


@pytest.fixture
def found(owner):
    goods = shop.sold(exhibitor=owner.exhibitor, price=100_000).product
    return report(owner.exhibitor, goods, amount=300_000, by=owner)


def decide(client, verb, report, **fields):
    address = f"{reverse('admin:orders_reportedsale_decision', args=[verb])}?pk={report.pk}"
    return client.post(address, {f"seen_{report.pk}": content_of_report(report), **fields})


def test_the_queue_counts_what_waits(as_user, finance, curator, found):
    assert "Penjualan yang dilaporkan peserta" in as_user(finance).get("/admin/").content.decode()
    assert "Penjualan yang dilaporkan peserta" not in as_user(curator).get("/admin/").content.decode()
    assert found.number in as_user(finance).get(f"{LIST}?state__exact=waiting&o=1").content.decode()


def test_the_page_shows_documents_and_doubts(as_user, finance, owner, found, tmp_path, settings):
    same = found.documents.get().digest
    twin = report(owner.exhibitor, found.product, amount=300_000, documents=[evidence(same)], by=owner)
    page = as_user(finance).get(f"{LIST}{found.pk}/change/").content.decode()
    assert page.count(twin.number) >= 2  # the file, and the amount of the day
    assert f"{LIST}{found.pk}/berkas/" in page


def test_finance_verifies_what_the_evidence_shows(as_user, finance, found):
    client = as_user(finance)
    page = client.get(f"{reverse('admin:orders_reportedsale_decision', args=['verify'])}?pk={found.pk}")
    assert "300.000" in page.content.decode()
    decide(client, "verify", found, grade="A", amount="250.000")
    found.refresh_from_db()
    assert found.state == "waiting"  # less, without saying why
    decide(client, "verify", found, grade="A", amount="250.000", reason="Ongkir")
    found.refresh_from_db()
    assert (found.state, found.evidence, found.counted) == ("verified", "A", 250_000)


def test_verifying_in_bulk_is_impossible(as_user, finance, owner, found):
    other = report(owner.exhibitor, found.product, by=owner)
    client = as_user(finance)
    address = reverse("admin:orders_reportedsale_decision", args=["verify"])
    assert client.get(f"{address}?pk={found.pk}&pk={other.pk}").status_code == 404
    assert 'value="verify"' not in client.get(LIST).content.decode()
    assert 'value="refuse"' in client.get(LIST).content.decode()


def test_who_may_not_decide_gets_no_document_and_no_decision(as_user, curator, official, owner, found):
    document = reverse("admin:orders_reportedsale_document", args=[found.pk, found.documents.get().pk])
    for person in (curator, official, owner):
        client = as_user(person)
        assert client.get(document).status_code in (302, 403)
        assert decide(client, "refuse", found, reason="x").status_code in (302, 403)
    found.refresh_from_db()
    assert found.state == "waiting"
