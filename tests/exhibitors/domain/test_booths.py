import pytest

from exhibitors.domain.booths import BoothError, open_booth
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db


def test_next_number_and_free_place():
    hall = make_hall()
    make_booth(hall=hall, number="A07", column=0, row=0)
    booth = open_booth(make_exhibitor(slug="batik"), hall)
    assert (booth.number, booth.column, booth.row, booth.slug) == ("A08", 1, 0, "batik")


def test_slug_is_free_within_the_edition():
    hall = make_hall()
    make_booth(hall=hall, slug="batik")
    assert open_booth(make_exhibitor(slug="batik"), hall).slug == "batik-2"


def test_one_booth_in_an_edition():
    edition = make_edition()
    exhibitor = make_exhibitor()
    open_booth(exhibitor, make_hall(edition=edition))
    with pytest.raises(BoothError, match="sudah punya stan"):
        open_booth(exhibitor, make_hall(edition=edition))
