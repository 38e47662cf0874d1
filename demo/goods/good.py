"""What a kind of goods is: how it is called, what it costs, how it looks."""

from dataclasses import dataclass

SEEDS = (0, 1, 2)


@dataclass(frozen=True)
class Variant:
    """``words`` and ``words_en`` follow the name; ``factor`` is to the price."""

    words: str
    words_en: str
    factor: float = 1.0


@dataclass(frozen=True)
class Good:
    """A kind of goods of which an exhibitor makes products. Price in rupiah, weight in grams.

    ``motif`` and ``seeds`` name its pictures (``demo.pictures``). ``slow`` goods are made after they are ordered.
    """

    key: str
    leaf: str
    name: str
    name_en: str
    motif: str
    price: tuple[int, int]
    weight: int
    text: str
    text_en: str
    variants: tuple[Variant, ...]
    seeds: tuple[int, ...] = SEEDS
    slow: bool = False
    word: str = ""  # what the label on its pack says

    @property
    def pictures(self) -> list[tuple[str, int, str]]:
        return [(self.motif, seed, self.word) for seed in self.seeds]


def variants(*rows: tuple) -> tuple[Variant, ...]:
    return tuple(Variant(*row) for row in rows)
