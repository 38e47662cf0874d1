"""Demo photographs of goods, drawn with Pillow alone; the same motif and seed give the same pixels."""

import random

from PIL import Image

from demo.pictures import basketry, booth, carving, cloth, dishes, furniture, jars, packs, pottery, wear
from demo.pictures.scene import Scene

SIZE = (800, 1000)
BOOTH_SIZE = (1200, 500)

MOTIFS = {
    "fesyen": cloth.MOTIFS | wear.MOTIFS,
    "makanan-minuman": jars.MOTIFS | packs.MOTIFS | dishes.MOTIFS,
    "kerajinan-tangan": pottery.MOTIFS | basketry.MOTIFS | carving.MOTIFS,
    "furnitur": furniture.MOTIFS,
}


def render(motif, seed, size=SIZE, word=""):
    """Photograph of one product (4:5); where there is a label, it says `word`.

    `motif` is a name from MOTIFS (any category); the seed varies colour, arrangement and light.
    Raises KeyError for an unknown motif.
    """
    paint = next((group[motif] for group in MOTIFS.values() if motif in group), None)
    if paint is None:
        raise KeyError(motif)
    scene = Scene(random.Random(f"{motif}:{seed}:{word}" if word else f"{motif}:{seed}"), SIZE, word)
    paint(scene)
    return scene.image if size == SIZE else scene.image.resize(size, Image.Resampling.LANCZOS)


def render_booth(seed, size=BOOTH_SIZE, category=None):
    """Banner of a booth: goods of one category (a key of MOTIFS; by seed when None) on a table."""
    scene = Scene(random.Random(f"booth:{category}:{seed}"), BOOTH_SIZE)
    booth.compose(scene, category)
    return scene.image if size == BOOTH_SIZE else scene.image.resize(size, Image.Resampling.LANCZOS)
