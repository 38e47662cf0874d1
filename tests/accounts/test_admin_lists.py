"""Every list of the administration asks as much of many rows as of few, and no big table is read whole."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.queues import queues_for
from bench.rows import fill_house, plans_of
from catalog.domain.proposals import propose_change
from exhibitors.domain.decisions import log
from exhibitors.domain.profile_changes import propose_profile
from exhibitors.models import FirstApproval
from tests import factories
from tests.exhibitors.belongings import keys_of_one_of_everything
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db
BIG = re.compile(r"Seq Scan on (catalog_product|exhibitors_decision)\b")


def furnish(owner, curator) -> None:
    """One of most things for this owner's exhibitor, also what waits for the curators."""
    keys_of_one_of_everything(owner)
    product = factories.make_product(exhibitor=owner.exhibitor, cover=make_picture(), name="Kopi")
    change = propose_change(product, by=owner, name="Kopi robusta")
    propose_profile(owner.exhibitor, {"story": "Sejak 1970"}, by=owner)
    FirstApproval.objects.create(
        subject_type="productchange", subject_id=change.pk, approved_by=curator, approved_at=change.proposed_at
    )


def asked(client) -> dict[str, list[str]]:
    """The queries of each list that has rows."""
    found = {}
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        if model._default_manager.exists() and client.get(address).status_code == 200:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found[model._meta.label] = [query["sql"] for query in queries]
    return found


def test_lists_do_not_ask_for_each_row(client, superuser, owner, outsider, curator):
    client.force_login(superuser)
    furnish(owner, curator)
    asked(client)  # what a process remembers from its first pages on
    few = asked(client)
    furnish(outsider, curator)
    many = asked(client)
    grown = {name: (len(few[name]), len(many[name])) for name in few if len(many[name]) > len(few[name])}
    assert grown == {}
    assert len(few) > 25


def test_every_queue_leads_to_a_list(client, superuser, owner, curator):
    client.force_login(superuser)
    furnish(owner, curator)
    queues = queues_for(superuser)
    assert len(queues) > 10
    assert {queue.label: client.get(queue.url).status_code for queue in queues} == {one.label: 200 for one in queues}


def test_a_full_house_is_not_read_whole(client, superuser):
    product = factories.make_product(cover=make_picture())
    line = log(product, "draft", "submitted", by=superuser)
    fill_house(product.exhibitor, product, line, exhibitors=1_000, products=20_000, decisions=20_000)
    client.force_login(superuser)
    for address in (
        "/admin/",
        "/admin/catalog/product/",
        "/admin/catalog/product/?state__exact=submitted",
        "/admin/catalog/product/?state__exact=rejected",
        "/admin/catalog/product/?q=nomor+777",
        "/admin/catalog/product/?q=tidakada",
        "/admin/catalog/product/kurasi/sekaligus/",
        "/admin/exhibitors/decision/",
        "/admin/exhibitors/decision/?q=nomor+777",
    ):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, address
        for sql, plan in plans_of(queries.captured_queries):
            if "COUNT(" not in sql:  # to 10,000 and no further
                assert not BIG.search(plan), f"{address}\n{sql}\n{plan}"
