"""What a drawing process does. Nothing of Django is imported before ``prepare`` has set it up there."""

import io
import os

SIZE = (640, 800)  # a larger one would cost a quarter more time for what a phone hardly shows


def prepare() -> None:
    import django

    os.nice(1)
    django.setup()


def draw(kind: str, name: str, seed: int, word: str = ""):
    """One picture, encoded in all its sizes."""
    from demo.pictures import render, render_booth
    from expo.pictures import encode_picture

    picture = render(name, seed, size=SIZE, word=word) if kind == "product" else render_booth(seed, category=name)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=0)
    file.seek(0)
    return encode_picture(file, measured=False)
