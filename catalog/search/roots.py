"""The affixes of Indonesian: which root may a word come from?

PostgreSQL's stemmer takes "kemeja" (shirt) for "meja" (table), "memasak" (to cook) for "pasak" (peg) and leaves
"menenun" at "enun", so the words are taken apart here. Affixes alone don't decide (is "menari" from "nari" or "tari"?):
``possible_roots`` names what may be, and the words that are in use choose (``catalog.search.vocabulary``).
"""

import re
from functools import lru_cache

SHORTEST = 4
VOWELS = "aeiou"
# Roots of this trade: they hold derived words together where no product happens to name the root itself.
KNOWN = frozenset(
    """adat alam anyam asah asam asap asin asli awet bakar bakul baku bambu batik batu beku belah bordir buah bubuk
    bumbu bunga bungkus cantik cangkul cap cat cair celup cetak cincang colek coret cuci daging dapur daun desain elas
    gantung gambar giling goreng gosok gulung guna hias iket ikat indah iris jahit jaja jala jati kado kain kaleng
    kancing kayu kebun kelas kemas kering kilap kipas kopi kukus kuning lapis lilin lipat lukis lulur makan manis masak
    minum minyak model mode motif nyaman olah oles pahat pajang pakai panas panggang parut pedas pelihara peras pijat
    potong putar racik rajin rajut rakit rangkai rawat rebus renda rias ringan sablon saji samak sapu saring sayur
    segar serat simpan sisir sulam susu suling sulap tabur tali tanam tampil tatah tawar tebal tempa tenun timbang
    tiup tulis tumis tumbuk tutup ukir ulam uleg ulek unik warna wangi""".split()  # noqa: SIM905
)
# A root does not begin with two consonants but these, nor end with two but these.
ROOT = re.compile(
    r"^(?:ny|ng|sy|kh|[bcdfgkps][rl]|[st]r|[^aeiou0-9](?=[aeiou])|[aeiou])[a-z]*"
    r"(?:[aeiou]|[aeiou][bcdfghjklmnpqrstvwxyz]|[aeiou](?:ng|rs|ks|ns|kt))$"
)


@lru_cache(maxsize=8192)
def possible_roots(word: str) -> tuple[str, ...]:
    """What ``word`` may be derived from, the likeliest first; the word itself comes last."""
    bare = _without_clitic(word)
    found = dict.fromkeys(root for each in (word, *bare) for root in (*_taken_apart(each), each) if _is_root(root))
    found.pop(word, None)
    return (*found, word)


def choose_root(word: str, in_use: frozenset[str] | set[str]) -> tuple[str, ...]:
    """The root that is known or in use; where none is, everything that it may be."""
    candidates = possible_roots(word)
    if word in KNOWN:
        return (word,)
    known = [root for root in candidates[:-1] if root in KNOWN]
    used = [root for root in candidates[:-1] if root in in_use]
    return (known[0],) if known else (used[0],) if used else candidates


def _taken_apart(word: str) -> list[str]:
    found: list[str] = []
    for prefix, suffixes in PREFIXES:
        if not word.startswith(prefix):
            continue
        for root in _without_suffix(word, suffixes):
            found += [start + root[len(prefix) :] for start in _starts(prefix, root)]
    return found


# Which suffixes may go with a prefix. "ke" and "se" alone are no prefixes here: kemeja, keripik, selendang.
ACTIVE = ("", "kan", "i")
PREFIXES = (
    ("", ("an",)),
    ("memper", ACTIVE), ("diper", ACTIVE), ("menge", ACTIVE), ("meng", ACTIVE), ("meny", ACTIVE), ("mem", ACTIVE),
    ("men", ACTIVE), ("me", ACTIVE), ("di", ACTIVE), ("penge", ("", "an")), ("peng", ("", "an")), ("peny", ("", "an")),
    ("pem", ("", "an")), ("pen", ("", "an")), ("per", ("", "an")), ("pe", ("", "an")), ("ber", ("", "an", "kan")),
    ("ter", ACTIVE), ("ke", ("an",)), ("se", ("nya",)),
)  # fmt: skip
# After these prefixes the root may have lost its first letter: menenun ← tenun, memahat ← pahat.
LOST = {
    "meng": ("", "k"), "peng": ("", "k"), "meny": ("s",), "peny": ("s",), "mem": ("", "m", "p"), "pem": ("", "m", "p"),
    "men": ("", "t", "n"), "pen": ("", "t", "n"),
}  # fmt: skip
NASALS = {"me": "lrwymn", "pe": "lrwymnkstpbdgjch"}


def _starts(prefix: str, word: str) -> tuple[str, ...]:
    rest = word[len(prefix) :]
    first = rest[:1]
    if prefix in ("mem", "pem", "men", "pen", "meng", "peng", "meny", "peny"):
        if first in VOWELS:
            return LOST[prefix]
        return () if prefix in ("meny", "peny") else ("",)
    if prefix in NASALS:
        return ("",) if first and first in NASALS[prefix] else ()
    return ("",)


def _without_suffix(word: str, suffixes: tuple[str, ...]) -> list[str]:
    return [word.removesuffix(suffix) for suffix in suffixes if not suffix or word.endswith(suffix)]


def _without_clitic(word: str) -> list[str]:
    return [word.removesuffix(end) for end in ("nya", "lah", "kah") if word.endswith(end)]


def _is_root(root: str) -> bool:
    return len(root) >= SHORTEST and bool(ROOT.match(root))
