"""The store is stopped while people are signed in: they stay so, and can sign out."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from expo.runtime.children import stop
from expo.sessions import COPY_SECONDS, SessionStore
from expo.store import redis_client

pytestmark = pytest.mark.django_db


def test_people_stay_signed_in_without_the_store(start_store, as_user, owner):
    store = start_store()
    client = as_user(owner)
    key = client.session.session_key
    page = reverse("exhibitors:dashboard")
    assert client.get(page).status_code == 200
    stop(store.process, [(9, 5)])
    assert client.get(page).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(page).status_code == 302
    assert not Session.objects.filter(pk=key).exists()
    client.force_login(owner)
    assert client.get(page).status_code == 200


def test_a_copy_lapses_soon(db):
    session = SessionStore()
    session["name"] = "Sari"
    session.save()
    assert SessionStore(session.session_key).load() == {"name": "Sari"}
    (key,) = redis_client().keys("*cached_db*")
    assert 0 < redis_client().ttl(key) <= COPY_SECONDS
    cache.clear()
    assert SessionStore(session.session_key)["name"] == "Sari"
