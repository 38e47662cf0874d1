import dataclasses

import pytest
from django.urls import reverse

from expo.formats import rupiah
from reports.seal import withdraw
from tests.factories import make_edition, wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]


@pytest.fixture
def recap(db):
    return seal_at(make_history(), 2020, 11, 20, 13)


@pytest.mark.parametrize("name", ["official", "finance"])
def test_officials_list_and_read_recaps(request, as_user, recap, name):
    client = as_user(request.getfixturevalue(name))
    page = client.get("/laporan/").content.decode()
    assert recap.number in page
    assert rupiah(1_650_000) in page
    page = client.get(f"/laporan/{recap.pk}/").content.decode()
    assert "Kota Salatiga" in page
    assert recap.code in page


@pytest.mark.parametrize("path", ["/laporan/", "/laporan/{pk}/", "/laporan/{pk}/pdf/"])
def test_others_do_not_read_recaps(request, as_user, client, recap, path):
    path = path.format(pk=recap.pk)
    assert client.get(path).status_code == 302
    for name in ("shopper", "owner", "curator"):
        assert as_user(request.getfixturevalue(name)).get(path).status_code == 403
    assert client.post(path).status_code == 403


@pytest.mark.parametrize(
    ("format", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"PK"), ("json", b'{"bridge"')]
)
def test_files_are_those_of_the_sealed_figures(as_user, official, recap, format, start):
    response = as_user(official).get(f"/laporan/{recap.pk}/{format}/")
    assert response.content.startswith(start)
    assert "rekap-UVO-II-2020-0001" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    if format == "json":
        assert response.content == recap.figures.encode()


def test_unknown_recap_and_format_are_404(as_user, official, recap):
    client = as_user(official)
    assert client.get(f"/laporan/{recap.pk + 1}/").status_code == 404
    assert client.get(f"/laporan/{recap.pk}/exe/").status_code == 404


def test_list_costs_the_same_for_any_number_of_recaps(as_user, official, recap, django_assert_num_queries):
    client = as_user(official)
    client.get("/laporan/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get("/laporan/")
    for hour in range(14, 18):
        seal_at(recap.editions.get(), 2020, 11, 20, hour)
    with django_assert_num_queries(len(one)):
        client.get("/laporan/")


def test_verification_shows_the_sealed_figures_to_anyone(client, recap, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        response = client.get(f"/verifikasi/{recap.code}/")
    page = response.content.decode()
    for text in (recap.number, recap.sha256, rupiah(1_650_000), "asli dan berlaku"):
        assert text in page
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in page


def test_verification_of_a_superseded_recap_links_to_its_successor(client, recap):
    revision = seal_at(recap.editions.get(), 2020, 11, 20, 13, recorded=wib(2020, 11, 21))
    page = client.get(f"/verifikasi/{recap.code}/").content.decode()
    assert "sudah digantikan" in page
    assert f"/verifikasi/{revision.code}/" in page


def test_verification_of_a_withdrawn_recap_says_why(client, recap):
    withdraw(recap, by=None, reason="salah pameran")
    page = client.get(f"/verifikasi/{recap.code}/").content.decode()
    assert "sudah ditarik" in page
    assert "salah pameran" in page


def test_typing_errors_are_told_from_unknown_codes(client, recap):
    from reports.codes import code_from_hash

    typo = recap.code[:-1] + ("0" if recap.code[-1] != "0" else "1")
    response = client.get("/verifikasi/", {"kode": typo})
    assert response.status_code == 404
    assert "salah ketik" in response.content.decode()
    assert typo in response.content.decode()
    unknown = code_from_hash("0" * 10) if recap.code[:4] != "0000" else code_from_hash("f" * 10)
    response = client.get(f"/verifikasi/{unknown}/")
    assert response.status_code == 404
    assert "tidak ada rekap" in response.content.decode()


def test_codes_are_read_however_they_are_typed(client, recap):
    typed = recap.code.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    response = client.get("/verifikasi/", {"kode": f" {typed} "})
    assert response["Location"] == f"/verifikasi/{recap.code}/"
    assert client.get(f"/verifikasi/{recap.code.lower()}/").status_code == 302
    assert client.get("/verifikasi/").status_code == 200


def test_verification_in_english(client, recap):
    page = client.get(f"/en/verifikasi/{recap.code}/").content.decode()
    assert 'lang="en"' in page
    assert "Rp1,650,000" in page


def test_statistics_show_the_last_valid_recap_of_each_edition(client, recap, django_assert_max_num_queries):
    later = seal_at(recap.editions.get(), 2020, 11, 21)
    other = seal_at(make_edition(name="Expo lain"), 2020, 11, 21)
    with django_assert_max_num_queries(6):
        response = client.get("/statistik/")
    page = response.content.decode()
    assert later.code in page
    assert other.code in page
    assert recap.code not in page
    assert not response.cookies


def test_statistics_without_recaps(client):
    assert "Belum ada rekap" in client.get(reverse("reports:statistics")).content.decode()


def test_lobby_figures_are_a_fragment_with_a_code(client, recap):
    response = client.get(reverse("reports:lobby-figures"))
    page = response.content.decode()
    assert recap.code in page
    assert "<html" not in page
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_lobby_figures_without_recaps_are_blank(client):
    assert client.get(reverse("reports:lobby-figures")).content.decode().strip() == ""


def test_english_paper_shows_the_english_theme_of_the_sealed_one(recap):
    from reports.queries import figures_of, theme_in

    edition = recap.editions.get()
    figures = figures_of(recap)
    sealed = dataclasses.replace(figures.editions[0], theme="Fesyen Muslim")
    figures = dataclasses.replace(figures, editions=(sealed,))
    edition.theme, edition.theme_en = "Fesyen Muslim", "Modest Fashion"
    edition.save()
    assert (theme_in(figures, "id"), theme_in(figures, "en")) == ("Fesyen Muslim", "Modest Fashion")
    edition.theme = "Kerajinan"
    edition.save()
    assert theme_in(figures, "en") == "Fesyen Muslim"
