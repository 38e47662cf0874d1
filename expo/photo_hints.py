"""Friendly advice about a photo, from what was measured (``expo/looks.py``) and from its size. Never a refusal.

The thresholds were found on the photos of the demonstration and on the same darkened, washed out, softened and written
on (``tests/expo/test_photo_hints.py`` does that again). Between good and bad lies a wide gap, but for text: a label on
a jar is text as well, so only much of it counts.

=============  ==============================  ==================================
hint           measured                        good photos / spoilt ones
=============  ==============================  ==================================
dark           lightest 5 % below 110          from 133 / at most 70
washed out     darkest 5 % above 140           at most 126 / from 127, most 180
blurred        sharpness < 120 and < 4 times   215 and 18 / 60 and 2.4
               that of the softened photo
text           12 % of the photo               most below 10 % / 8 lines: 11 to 23 %
small          shorter side below 600 pixels   a page shows up to 544, twice on good screens
=============  ==============================  ==================================
"""

from django.utils.translation import gettext as _

from expo.models import Picture

DARK = 110
WASHED_OUT = 140
SHARP, SHARPER = 120, 40
TEXT = 120
SMALL = 600


def hints_of(picture: Picture | None) -> list[str]:
    """What its owner might do better, each a sentence or two; empty for a good photo."""
    return [_sentence(hint, picture) for hint in names_of(picture)] if picture else []


def names_of(picture: Picture) -> list[str]:
    found = ["small"] if min(picture.width, picture.height) < SMALL else []
    if not picture.looks:
        return found
    darkest, lightest, sharp, sharper, text = picture.looks
    found += ["dark"] if lightest < DARK else []
    found += ["washed-out"] if darkest > WASHED_OUT else []
    # In the dark nothing is sharp: one piece of advice is enough.
    found += ["blurred"] if sharp < SHARP and sharper < SHARPER and lightest >= DARK else []
    found += ["text"] if text >= TEXT else []
    return found


def _sentence(hint: str, picture: Picture) -> str:
    said = {
        "small": _("Foto ini kecil: %(width)s × %(height)s piksel. Potret langsung dengan kamera ponsel."),
        "dark": _("Foto ini gelap. Coba potret lagi di dekat jendela pada siang hari."),
        "washed-out": _("Foto ini terlalu terang. Jauhkan dari lampu atau matahari langsung."),
        "blurred": _("Foto ini tampak buram. Lap lensa, ketuk layar pada produk, lalu potret lagi."),
        "text": _("Foto ini penuh tulisan. Tampilkan barangnya saja; tulisannya taruh di keterangan."),
    }[hint]
    return said % {"width": picture.width, "height": picture.height}
