import json

import pytest
from django.core.management import call_command

from expo.commands import BadInputError
from expo.models import Edition
from tests.factories import make_region, wib

pytestmark = pytest.mark.django_db


@pytest.fixture
def options():
    make_region()
    return {
        "slug": "uvo-9",
        "code": "UVO-IX",
        "name": "UKM Virtual Expo IX",
        "organiser": "Dinas Koperasi dan UKM",
        "sales_open": "2026-11-16T00:00:00+07:00",
        "opens_at": "2026-11-18T09:00:00+07:00",
        "closes_at": "2026-11-20T16:00:00+07:00",
    }


def test_makes_an_edition_with_halls(options, capsys):
    call_command("create_edition", **options, hall=["A=Aula Fesyen"], recaps_from=options["opens_at"], format="json")
    edition = Edition.objects.get()
    assert json.loads(capsys.readouterr().out)["slug"] == "uvo-9"
    assert (edition.opens_at, edition.year) == (wib(2026, 11, 18, 9), 2026)
    assert (edition.mall_closes_at, edition.province_id) == (None, "33")
    assert edition.halls.get().name == "Aula Fesyen"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"opens_at": "2026-11-18T09:00:00"}, "--opens-at: .* has no offset"),
        ({"opens_at": "besok"}, "--opens-at: 'besok' is no moment"),
        ({"closes_at": "2026-11-17T16:00:00+07:00"}, "Urutan waktu"),
        ({"slug": "uvo 9"}, "Alamat"),
        ({"province": "00"}, "no province '00'"),
        ({"hall": ["Aula"]}, "--hall"),
        ({"recap_time": "noon"}, "--recap-time"),
    ],
)
def test_bad_input_makes_nothing_and_is_one_sentence(options, change, sentence):
    with pytest.raises(BadInputError, match=sentence) as error:
        call_command("create_edition", **{**options, **change})
    assert error.value.returncode == 2
    assert not Edition.objects.exists()


def test_the_same_slug_or_code_twice_is_refused(options):
    call_command("create_edition", **options)
    with pytest.raises(BadInputError, match="Alamat"):
        call_command("create_edition", **{**options, "code": "UVO-X"})
    with pytest.raises(BadInputError, match="rekap"):
        call_command("create_edition", **{**options, "slug": "uvo-10"})
