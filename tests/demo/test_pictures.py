"""Demo photographs: the same everywhere, the right size, and pictures of something."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import ImageStat

from demo.pictures import MOTIFS, render, render_booth

NAMES = [motif for group in MOTIFS.values() for motif in group]
ROOT = Path(__file__).resolve().parents[2]
FINGERPRINT = """
import hashlib
from demo.pictures import render, render_booth
print(hashlib.sha256(b"".join(picture.tobytes() for picture in (
    render("batik-lipat", 3), render("toples-keripik", 3), render("kursi-kayu", 3), render_booth(3),
))).hexdigest())
"""


def fingerprint_elsewhere(hash_seed):
    command = [sys.executable, "-c", FINGERPRINT]
    environment = {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_render_is_the_same_in_every_process():
    assert fingerprint_elsewhere("1") == fingerprint_elsewhere("2")


def test_render_does_not_depend_on_what_was_rendered_before():
    first = render("tas-batik", 5).tobytes()
    render("meja-kayu", 1)
    assert render("tas-batik", 5).tobytes() == first


@pytest.mark.parametrize("motif", NAMES)
def test_render_shows_something_and_another_seed_shows_it_otherwise(motif):
    picture = render(motif, 1)
    assert picture.size == (800, 1000)
    assert picture.mode == "RGB"
    assert picture.convert("L").entropy() > 5
    assert max(ImageStat.Stat(picture).stddev) > 12
    assert render(motif, 2).tobytes() != picture.tobytes()


def test_render_scales_to_a_wanted_size():
    assert render("guci-keramik", 1, size=(400, 500)).size == (400, 500)


def test_render_rejects_an_unknown_motif():
    with pytest.raises(KeyError):
        render("gedung", 1)


def test_motifs_have_one_category_each():
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("category", [None, *MOTIFS])
def test_render_booth_shows_goods(category):
    picture = render_booth(1, category=category)
    assert picture.size == (1200, 500)
    assert picture.convert("L").entropy() > 5
