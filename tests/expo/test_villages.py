import pytest

from expo.models import RegionVintage, Village
from expo.regions import load_regions
from expo.villages import load_villages

pytestmark = pytest.mark.django_db


def test_villages_are_loaded_once_with_their_postcodes():
    load_regions()
    loaded = load_villages()
    assert loaded.rows == Village.objects.count() > 83_000
    village = Village.objects.get(code="33.74.11.1005")
    assert (village.name, village.postcode, village.district.name) == ("Banyumanik", "50264", "Banyumanik")
    assert not Village.objects.exclude(postcode__regex=r"^\d{5}$").exists()
    assert RegionVintage.objects.filter(rows=loaded.rows).count() == 1
    assert load_villages().rows == 0
