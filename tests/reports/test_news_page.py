"""The page of the news check: its form, its result that anyone with the address sees, and its end."""

import datetime as dt

import pytest
from django.utils import timezone

from reports.models import NewsCheck
from reports.newsdesk import known_editions
from reports.newsroom import KEPT, delete_old_checks, keep_check, result_of
from reports.seal import withdraw
from tests.factories import make_edition, wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
ARTICLE = "Omzet UVO II Rp1.650.000, kata panitia, Jumat (20/11/2020). Pesanannya Rp9 miliar."


@pytest.fixture
def recap(db):
    return seal_at(make_history(), 2020, 11, 20, 13)


def post(client, text=ARTICLE, path="/cek-berita/", **fields):
    return client.post(path, {"text": text, **fields})


def test_pasted_checked_and_shared(client, recap, django_assert_max_num_queries):
    page = client.get("/cek-berita/").content.decode()
    assert "csrfmiddlewaretoken" in page
    address = post(client)["Location"]
    with django_assert_max_num_queries(6):
        response = client.get(address)
    page = response.content.decode()
    for text in ("Sama persis", "Rp1.650.000", f"/verifikasi/{recap.code}/", "hari penutupan", "Bertentangan"):
        assert text in page
    assert "public" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in page


def test_in_english(client, recap):
    address = post(client, "Turnover of UVO II was Rp1,650,000 on Friday, November 20, 2020.", "/en/cek-berita/")[
        "Location"
    ]
    page = client.get(address).content.decode()
    assert address.startswith("/en/")
    assert "Rp1,650,000" in page
    assert "Sama persis" not in page


def test_what_was_pasted_is_kept_after_errors(client, recap):
    long = ARTICLE + " x" * 10_000
    page = post(client, long).content.decode()
    assert NewsCheck.objects.count() == 0
    assert ARTICLE in page
    tomorrow = timezone.now().date() + dt.timedelta(days=2)
    page = post(client, published_on=tomorrow.isoformat()).content.decode()
    assert "belum tiba" in page
    assert ARTICLE in page
    assert "belum diisi" in post(client, "").content.decode()


def test_hostile_text_is_only_text(client, recap):
    address = post(client, '<script>alert(1)</script> Rp5 miliar "><img src=x onerror=alert(1)> {{ 7 }}')["Location"]
    page = client.get(address).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ 7 }}" in page


def test_too_many_checks_wait_and_lose_nothing(client, recap, monkeypatch):
    monkeypatch.setattr("reports.views_news.CHECKS_PER_HOUR", 1)
    assert post(client).status_code == 302
    assert post(client).status_code == 429  # the same text is another row, too
    response = post(client, "Berita lain: Rp7 miliar.")
    assert response.status_code == 429
    assert "Berita lain: Rp7 miliar." in response.content.decode()


def test_choosing_otherwise_starts_from_the_same_text(client, recap):
    kept = keep_check(ARTICLE, editions=[recap.editions.get()], published_on=dt.date(2020, 11, 21))
    page = client.get(f"/cek-berita/?dari={kept.token}").content.decode()
    assert ARTICLE in page
    assert "2020-11-21" in page
    assert "checked" in page
    assert client.get("/cek-berita/?dari=tidak-ada").status_code == 200


def test_result_is_that_of_the_day_it_was_checked(client, recap):
    kept = keep_check(ARTICLE, published_on=dt.date(2020, 11, 21))
    before = client.get(kept.get_absolute_url()).content
    seal_at(recap.editions.get(), 2020, 11, 21)
    assert client.get(kept.get_absolute_url()).content == before
    withdraw(recap, by=None, reason="salah pameran")
    assert "sudah ditarik" in client.get(kept.get_absolute_url()).content.decode()


def test_editions_chosen_decide(recap):
    other = seal_at(make_edition(name="Expo lain"), 2020, 11, 20, 13)
    book = result_of(keep_check(ARTICLE, editions=other.editions.all()))[1]
    assert [edition.slug for edition in book.editions] == [other.scope]
    assert recap.scope in [edition.slug for edition in result_of(keep_check(ARTICLE))[1].editions]


def test_figures_of_single_exhibitors_and_places_cannot_be_found_out(recap):
    """Their names are known, so that nothing is claimed of them; their amounts are not."""
    book = result_of(keep_check(ARTICLE))[1]
    assert ("salatiga",) in book.places
    assert {figure.part[0] for figure in book.figures} == {"", "phase", "channel", "day"}
    assert known_editions(wib(2020, 1, 1)) == ()


def test_unknown_addresses_and_no_recaps(client, db):
    assert client.get("/cek-berita/tidak-ada/").status_code == 404
    kept = keep_check(ARTICLE)
    assert "Belum ada rekap" in client.get(kept.get_absolute_url()).content.decode()


def test_deleted_after_its_time(recap):
    kept = keep_check(ARTICLE, editions=recap.editions.all())
    assert delete_old_checks(now=kept.created_at + KEPT - dt.timedelta(seconds=1)) == 0
    assert delete_old_checks(now=kept.created_at + KEPT + dt.timedelta(seconds=1)) == 1
    assert not NewsCheck.objects.exists()


def test_an_example_of_our_own_figures_can_be_tried(client, recap):
    text = client.get("/cek-berita/?contoh=1").context["form"].initial["text"]
    assert "Rp1,6 juta" in text
    assert "Rp2.145.000" in text
    assert "contoh=1" in client.get("/cek-berita/").content.decode()


def test_without_figures_there_is_no_example(client, db):
    assert client.get("/cek-berita/?contoh=1").context["form"].initial == {}
