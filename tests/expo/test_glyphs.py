"""What the papers' fonts can draw. Papers with such names: ``tests/orders/views/test_parcels.py``."""

import pytest

from expo.glyphs import printable


@pytest.mark.parametrize("name", ["Nguyễn", "王小明", "ꦱꦫꦶ", "محمد", "Иван", "สวัสดี", "नमस्ते", "Kopi “A” ½ kg\n2 ×"])
def test_scripts_that_are_drawn_stay(name):
    assert printable(name) == name


def test_ornaments_are_left_out():
    assert printable("Sari🌸\u0007 Dewi") == "Sari Dewi"


def test_letters_that_no_font_has_leave_a_box():
    assert printable("한 Kim") == "□ Kim"


def test_texts_are_found_wherever_they_are():
    assert printable({"a": ["🌸b", ("c", 1)], "d": None}) == {"a": ["b", ["c", 1]], "d": None}
