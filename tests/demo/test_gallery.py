"""Pictures are drawn by other processes; here two of them, small, instead of two hundred."""

import pytest

from demo import gallery
from demo.catalogue import pictures_needed
from demo.goods import GOODS
from demo.pictures import MOTIFS
from expo.models import Picture

pytestmark = pytest.mark.django_db


def test_every_kind_of_goods_has_pictures():
    motifs = {motif for group in MOTIFS.values() for motif in group}
    assert {good.motif for good in GOODS.values()} <= motifs
    assert 150 <= len(pictures_needed()) <= 220


def test_draws_in_other_processes_and_keeps_each_picture_once(monkeypatch):
    monkeypatch.setattr(gallery, "pictures_needed", lambda: [("kain-kawung", 0, ""), ("kopi-bubuk", 1, "KOPI")])
    monkeypatch.setattr(gallery, "CATEGORIES", ["fesyen"])
    monkeypatch.setattr(gallery, "BANNERS", 1)
    lines = []
    with gallery.Gallery() as drawing:
        products, banners = drawing.collect(lines.append)
    assert set(products) == {("kain-kawung", 0, ""), ("kopi-bubuk", 1, "KOPI")}
    assert [picture.width for picture in banners["fesyen"]] == [1200]
    assert Picture.objects.count() == 3
    assert lines == ["pictures 3 of 3"]
