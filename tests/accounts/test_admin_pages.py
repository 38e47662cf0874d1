"""Every page of the administration opens: lists, one row of each, and the forms for a new one."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from accounts.queues import queues_for
from catalog.domain.proposals import propose_change
from exhibitors.domain.decisions import log
from expo.models import OutgoingMail
from inquiries.domain.inquiries import answer
from inquiries.models import Inquiry
from orders.domain.refund import record_refund
from tests import factories
from tests.inquiries.test_inbox import make_inquiry
from tests.orders import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(owner, finance):
    """A row of most kinds: somebody bought, got money back, asked; a change waits for the curators."""
    order = shop.paid_order(shop.sold(exhibitor=owner.exhibitor), by=owner)
    record_refund(order, by=finance, key="1", reason="Rusak di jalan.", lines={order.lines.get().pk: 1})
    answer(make_inquiry(owner.exhibitor), "Bisa.", by=owner)
    product = order.lines.get().product
    propose_change(product, by=owner, name="Nama baru")
    log(product, "draft", "submitted", by=owner)
    factories.make_region()


def pages_of(model):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{name}_changelist")
    first = model._default_manager.order_by("pk").first()
    if first is not None:
        yield reverse(f"{name}_change", args=[first.pk])
    try:
        yield reverse(f"{name}_add")
    except NoReverseMatch:
        pass


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_opens(client, rows, superuser, language):
    client.force_login(superuser)
    seen, broken = 0, {}
    for model in admin.site._registry:
        for address in pages_of(model):
            response = client.get(("/en" if language == "en" else "") + address)
            seen += response.status_code == 200
            if response.status_code not in (200, 403):
                broken[address] = response.status_code
    assert broken == {}
    assert seen > 40
    assert Inquiry.objects.exists()
    assert OutgoingMail.objects.exists()


def test_every_queue_leads_to_a_list_that_opens(client, superuser):
    """A filter that its list does not know is a 400."""
    client.force_login(superuser)
    answers = {queue.url: client.get(queue.url).status_code for queue in queues_for(superuser)}
    assert len(answers) > 10
    assert {url: status for url, status in answers.items() if status != 200} == {}
