"""Categories as people write them: name, English name, address, or a path like "Makanan > Kopi"."""

import difflib
import re
from collections.abc import Iterable
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
    def __init__(self, known: Iterable[Known]):
        self.known = list(known)
        self.by_name: dict[str, Known] = {}
        for category in sorted(self.known, key=lambda one: one.is_leaf):  # a leaf before its parent of the same name
            for name in category.names:
                self.by_name[plain(name)] = category

    def find(self, text: str) -> int:
        """The key of the leaf that is meant. CellError with the nearest one otherwise."""
        last = re.split(r"\s*[>/›»]\s*", text.strip())[-1]
        found = self.by_name.get(plain(text)) or self.by_name.get(plain(last))
        if found is None:
            raise self._unknown(text)
        if not found.is_leaf:
            below = next((one.names[0] for one in self.known if one.parent == found.pk), "")
            raise CellError("category_parent", text=text[:40], near=below)
        return found.pk

    def _unknown(self, text: str) -> CellError:
        leaves = {name: one for name, one in self.by_name.items() if one.is_leaf}
        near = difflib.get_close_matches(plain(text), leaves, n=1, cutoff=0.6)
        if near:
            return CellError("category_near", text=text[:40], near=leaves[near[0]].names[0])
        return CellError("category", text=text[:40])


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold().replace("&", " dan ")).split())
