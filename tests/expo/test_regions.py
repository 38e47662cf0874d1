import json

import pytest
from django.core.management import call_command

from expo.models import Region, RegionLevel, RegionVintage
from expo.regions import load_regions, readable_name

pytestmark = pytest.mark.django_db


def test_loads_every_region_of_the_decree():
    load_regions()
    count = {level: Region.objects.filter(level=level).count() for level in RegionLevel}
    assert count == {"province": 38, "regency": 514, "district": 7277}
    assert Region.objects.filter(level="regency", parent="33").count() == 35
    salatiga = Region.objects.get(code="33.73")
    assert (salatiga.name, salatiga.parent.name) == ("Kota Salatiga", "Jawa Tengah")
    assert Region.objects.get(code="33.73.01").parent == salatiga


def test_loading_again_adds_nothing_and_mends_names():
    load_regions()
    Region.objects.filter(code="33.20").update(name="Jepara?")
    load_regions()
    assert Region.objects.get(code="33.20").name == "Kabupaten Jepara"
    assert RegionVintage.objects.count() == 1


def test_other_content_is_another_vintage(tmp_path):
    load_regions()
    for name in ("regencies.csv", "districts.csv"):
        (tmp_path / name).write_text("code,name\n", encoding="utf-8")
    (tmp_path / "provinces.csv").write_text("code,name\n99,PROVINSI BARU\n", encoding="utf-8")
    (tmp_path / "source.json").write_text(json.dumps({"source": "a", "version": "2", "regulation": "b"}))
    assert load_regions(tmp_path).new_vintage
    assert Region.objects.filter(code__in=["99", "33"]).count() == 2
    assert RegionVintage.objects.count() == 2


@pytest.mark.parametrize(
    ("official", "written"),
    [
        ("KABUPATEN JEPARA", "Kabupaten Jepara"),
        ("DKI JAKARTA", "DKI Jakarta"),
        ("KABUPATEN PANGKAJENE DAN KEPULAUAN", "Kabupaten Pangkajene dan Kepulauan"),
        ("KOTA ADMINISTRASI JAKARTA PUSAT", "Kota Jakarta Pusat"),
        ("KOTA PALANGKARAYA", "Kota Palangka Raya"),
        ("Na IX - X", "Na IX - X"),
    ],
)
def test_names_read_as_they_are_written(official, written):
    assert readable_name(official) == written


def test_command_reports_as_json(capsys):
    call_command("load_regions", format="json")
    assert json.loads(capsys.readouterr().out) == {
        "rows": 7829,
        "villages": 83677,
        "version": "3.1.2",
        "new_vintage": True,
    }
