"""From a typed text to the words worth searching for."""

import re
import unicodedata

MAX_WORDS = 6
MAX_LENGTH = 40
# PostgreSQL's Indonesian configuration knows stems but no stop words.
STOP_WORDS = frozenset(
    """ada adalah agar akan aku anda apa atau bagi bahwa beli buat bukan cari dan dari dengan di dalam dapat guna hanya
    harga ia ingin ini itu jual juga jika ke karena kami kamu kita lah lain lebih maka mau mereka oleh pada para pun
    saja sama sangat saya sebagai sebuah secara sedang serta sini sudah suatu tapi telah tentang terhadap tersebut
    tetapi untuk yaitu yang the a an and of for with in from to""".split()  # noqa: SIM905
)
WORD = re.compile(r"[a-z0-9]+")


def plain_words(text: str) -> list[str]:
    """Every word once, in lower case without accents: as the database's ``expo_plain`` writes it."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return list(dict.fromkeys(word[:MAX_LENGTH] for word in WORD.findall(plain)))


def search_words(text: str) -> list[str]:
    """The words without stop words; a text of stop words alone keeps them."""
    found = plain_words(text)
    return ([word for word in found if word not in STOP_WORDS] or found)[:MAX_WORDS]
