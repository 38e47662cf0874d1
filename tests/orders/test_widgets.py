"""LongSelect says the same as Django's own select."""

from django import forms
from django.test import SimpleTestCase

from orders.widgets import LongSelect

CHOICES = [("", "Pilih"), ("<jawa>", [("33.74", 'Kota "Semarang"'), ("33.73", "Salatiga & Co")]), ("ID", "Indonesia")]


class LongSelectTest(SimpleTestCase):
    def test_renders_what_django_renders(self):
        for value in ("33.73", "", None, "ID", "nowhere"):
            ours = LongSelect(attrs={"autocomplete": "off"}, choices=CHOICES).render("place", value, {"id": "id_place"})
            theirs = forms.Select(attrs={"autocomplete": "off"}, choices=CHOICES).render(
                "place", value, {"id": "id_place"}
            )
            self.assertHTMLEqual(ours, theirs)
