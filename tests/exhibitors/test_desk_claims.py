"""Several curators at once: nobody is shown what another one has open, and nothing waits unseen for it."""

import re
from functools import partial

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.roles import Role, give_role
from exhibitors.desk_claims import give_back, take, taken_in_order
from exhibitors.models import Exhibitor
from expo.store import redis_client
from tests.cast import person
from tests.factories import make_exhibitor, make_product, wib
from tests.orders.shop import at_once
from tests.pictures import make_picture

NEXT = "admin:exhibitors_exhibitor_next"
BATCH = "admin:catalog_product_batch"
SINGLY = "admin:catalog_product_next"


def curators(*names) -> list[Client]:
    clients = []
    for name in names:
        colleague = person(name)
        give_role(colleague, Role.CURATION)
        clients.append(Client())
        clients[-1].force_login(colleague)
    return clients


def waiting(count: int) -> list[Exhibitor]:
    return [
        make_exhibitor(name=f"Usaha {n}", state="submitted", submitted_at=wib(2026, 1, 1 + n)) for n in range(count)
    ]


@pytest.mark.django_db(transaction=True)
def test_who_ask_in_the_same_moment_get_different_ones():
    exhibitors = waiting(4)
    for exhibitor in exhibitors:
        make_product(exhibitor=exhibitor, state="submitted", submitted_at=wib(2026, 1, 1), cover=make_picture())
    clients = curators("Ratna", "Bagus", "Dewi", "Sari")
    for _round in range(12):
        cache.delete_many(cache_keys(exhibitors))
        led = at_once(*[partial(client.get, reverse(NEXT)) for client in clients])
        assert len({answer.url for answer in led}) == 4
    for _round in range(4):
        cache.delete_many([f"curating:batch:{one.pk}" for one in exhibitors])
        shown = at_once(*[partial(client.get, reverse(BATCH)) for client in clients])
        assert len({exhibitor_of(answer) for answer in shown}) == 4


def exhibitor_of(answer) -> str:
    """Whose products the page shows."""
    return re.findall(r"\?lewati=(\d+)", answer.content.decode())[-1]


def cache_keys(exhibitors) -> list[str]:
    return [f"curating:exhibitor:{one.pk}" for one in exhibitors]


@pytest.mark.django_db
def test_a_product_is_open_to_one_whichever_way_it_was_opened():
    exhibitor = make_exhibitor()
    first, second, third = (
        make_product(exhibitor=exhibitor, state="submitted", submitted_at=wib(2026, 1, n), cover=make_picture())
        for n in (1, 2, 3)
    )
    one, other, third_client = curators("Ratna", "Bagus", "Dewi")
    assert one.get(reverse(SINGLY)).url.endswith(f"/{first.pk}/kurasi/")
    assert shown_in(other.get(reverse(BATCH))) == {second.pk, third.pk}  # what is open at the desk is left out
    end = third_client.get(reverse(SINGLY)).content.decode()
    assert "3 sedang dibuka rekan Anda" in end
    other.get(f"{reverse(BATCH)}?lewati={exhibitor.pk}")
    assert third_client.get(reverse(SINGLY)).url.endswith(f"/{second.pk}/kurasi/")
    assert "Tidak ada lagi" not in end


@pytest.mark.django_db
def test_who_finds_no_exhibitor_free_helps_with_the_rest_of_one(monkeypatch):
    monkeypatch.setattr("catalog.admin_batch.AT_ONCE", 2)
    exhibitor = make_exhibitor()
    for n in (1, 2, 3):
        make_product(exhibitor=exhibitor, state="submitted", submitted_at=wib(2026, 1, n), cover=make_picture())
    one, other = curators("Ratna", "Bagus")
    mine, theirs = shown_in(one.get(reverse(BATCH))), shown_in(other.get(reverse(BATCH)))
    assert (len(mine), len(theirs)) == (2, 1)
    assert not mine & theirs


def shown_in(answer) -> set[int]:
    return {int(pk) for pk in re.findall(r'name="seen_(\d+)"', answer.content.decode())}


@pytest.mark.django_db
def test_many_that_are_open_elsewhere_do_not_end_the_queue(monkeypatch):
    monkeypatch.setattr("exhibitors.admin_desk.AHEAD", 2)
    exhibitors = waiting(5)
    cache.set_many(dict.fromkeys(cache_keys(exhibitors[:4]), 0))
    (client,) = curators("Ratna")
    assert client.get(reverse(NEXT)).url.endswith(f"/{exhibitors[4].pk}/kurasi/")
    cache.set(cache_keys(exhibitors)[4], 0)
    assert "5 sedang dibuka rekan Anda" in client.get(reverse(NEXT)).content.decode()


@pytest.mark.django_db
def test_what_was_decided_while_it_was_taken_is_not_shown(monkeypatch):
    first, second = waiting(2)
    (client,) = curators("Ratna")

    def decided_meanwhile(keys, who):
        for pk in taken_in_order(keys, who):
            Exhibitor.objects.filter(pk=first.pk).update(state="approved")
            yield pk

    monkeypatch.setattr("exhibitors.admin_desk.taken_in_order", decided_meanwhile)
    assert client.get(reverse(NEXT)).url.endswith(f"/{second.pk}/kurasi/")
    assert cache.get_many(cache_keys([first, second])).keys() == set(cache_keys([second]))


def test_many_that_are_open_cost_no_question_each(monkeypatch):
    keys = {pk: f"curating:exhibitor:{pk}" for pk in range(400)}
    cache.set_many(dict.fromkeys(list(keys.values())[:399], 7))
    asked, add = [], cache.add
    monkeypatch.setattr(cache, "add", lambda key, *rest: asked.append(key) or add(key, *rest), raising=False)
    assert next(taken_in_order(keys, 8)) == 399
    assert asked == [keys[399]]


def test_a_claim_is_renewed_by_its_owner_and_given_back_by_nobody_else():
    assert take("curating:x:1", 7) == 7
    cache.touch("curating:x:1", 5)
    give_back("curating:x:1", 8)
    assert take("curating:x:1", 8) == 7
    assert lasts("curating:x:1") <= 5  # a colleague who looks in does not make it longer
    assert take("curating:x:1", 7) == 7
    assert lasts("curating:x:1") > 5
    give_back("curating:x:1", 7)
    assert take("curating:x:1", 8) == 8


def lasts(key: str) -> int:
    return redis_client().ttl(cache.make_key(key))


def test_without_the_store_everything_is_free(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    keys = {1: "curating:x:1", 2: "curating:x:2"}
    assert list(taken_in_order(keys, 7)) == list(taken_in_order(keys, 8)) == [1, 2]
    give_back(keys[1], 7)
