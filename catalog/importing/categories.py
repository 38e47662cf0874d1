"""Categories as people write them: name, English name, address, or a path like "Makanan > Kopi"."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.importing.errors import CellError


@dataclass(frozen=True, slots=True)
class Known:
    """A category; products stand in leaves."""

    pk: int
    names: tuple[str, ...]
    is_leaf: bool
    parent: int | None = None


class Categories:
    """``meant``: what the exhibitor said that its own words mean, by those in ``plain``."""

    def __init__(self, known: Iterable[Known], meant: Mapping[str, int] | None = None):
        self.known = list(known)
        self.meant = meant or {}
        self.by_name: dict[str, Known] = {}
        for category in sorted(self.known, key=lambda one: one.is_leaf):  # a leaf before its parent of the same name
            for name in category.names:
                self.by_name[plain(name)] = category

    def find(self, text: str) -> tuple[int, str]:
        """The key of the leaf that is meant, and its name when that is a guess. CellError with the nearest one
        otherwise."""
        if plain(text) in self.meant:
            return self.meant[plain(text)], ""
        last = re.split(r"\s*[>/›»]\s*", text.strip())[-1]
        found = self.by_name.get(plain(text)) or self.by_name.get(plain(last))
        if found is None:
            guess = self._with_words(plain(last))
            if guess is None:
                raise self._unknown(text)
            return guess.pk, guess.names[0]
        if not found.is_leaf:
            below = next((one.names[0] for one in self.known if one.parent == found.pk), "")
            raise CellError("category_parent", text=text[:40], near=below)
        return found.pk, ""

    def _with_words(self, words: str) -> Known | None:
        """The one leaf whose name has these words: "Kopi" is meant by "Kopi, Teh & Minuman"."""
        leaves = {
            one.pk: one for name, one in self.by_name.items() if one.is_leaf and words and f" {words} " in f" {name} "
        }
        return next(iter(leaves.values())) if len(leaves) == 1 else None

    def _unknown(self, text: str) -> CellError:
        leaves = {name: one for name, one in self.by_name.items() if one.is_leaf}
        near = difflib.get_close_matches(plain(text), leaves, n=1, cutoff=0.6)
        if near:
            return CellError("category_near", text=text[:40], near=leaves[near[0]].names[0])
        return CellError("category", text=text[:40])


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("&", " dan ")).split())
