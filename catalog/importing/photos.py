"""Which photo belongs to which row: by the file names that the row gives, or by names made of SKU or product name.

Archives are never unpacked to disk; a member is read up to a bound, whatever its header says of its size.
"""

import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import IO

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from catalog.importing.errors import ImportFileError
from expo.archives import ArchiveError, LockedArchiveError, members_of
from expo.pictures import PictureError

ENDINGS = frozenset({"jpg", "jpeg", "jfif", "png", "webp", "heic", "heif", "avif", "gif"})
MOST_MEMBERS = 5_000
MOST_PHOTOS = 2_000
MOST_PHOTO_BYTES = 15 * 1024 * 1024
SEPARATORS = re.compile(r"[;,|\n]+")
URL = re.compile(r"\s*(https?|ftp|data|file):", re.IGNORECASE)
NUMBERED = re.compile(r"^(.*?)[\s_\-]*\(?(\d{1,3})\)?$")


def base_name(path: str) -> str:
    """The name without its folders, whichever way they are written."""
    return unicodedata.normalize("NFC", PurePosixPath(path.replace("\\", "/")).name)[:200]


def member_name(path: str) -> str:
    """The name of a member: archivers that do not say that they write UTF-8 are read as the letters of old PCs."""
    try:
        return base_name(path.encode("cp437").decode())
    except UnicodeError:
        return base_name(path)


def is_photo(path: str) -> bool:
    name = base_name(path)
    hidden = name.startswith(".") or "__MACOSX" in path
    return not hidden and name.rpartition(".")[2].casefold() in ENDINGS


def photos_in(archive: IO[bytes]) -> list[str]:
    """The members of a ZIP that are called like photos. ImportFileError when it can't be read."""
    try:
        members = members_of(archive)
    except LockedArchiveError as error:
        raise ImportFileError(_("Berkas ZIP ini berkata sandi. Buat tanpa kata sandi, lalu unggah lagi.")) from error
    except ArchiveError as error:
        raise ImportFileError(_("Berkas ZIP ini rusak. Buat ulang, lalu unggah lagi.")) from error
    if len(members) > MOST_MEMBERS:
        raise ImportFileError(_("Berkas ZIP ini berisi lebih dari 5.000 berkas."))
    names = [item.filename for item in members if not item.is_dir() and is_photo(item.filename)]
    if not names:
        raise ImportFileError(_("Tidak ada foto dalam berkas ZIP ini."))
    if len(names) > MOST_PHOTOS:
        raise ImportFileError(_("Paling banyak 2.000 foto sekaligus."))
    return names


def read_member(archive: IO[bytes], name: str) -> IO[bytes]:
    """The bytes of a member, read no further than a photo may be long. PictureError when that is not all."""
    try:
        with zipfile.ZipFile(archive) as found, found.open(name) as member:
            data = member.read(MOST_PHOTO_BYTES + 1)
    except Exception as error:  # damaged archives make the module trip over anything
        raise PictureError(_("Gambar ini rusak dan tidak dapat dibaca. Coba unggah foto lain.")) from error
    if len(data) > MOST_PHOTO_BYTES:
        raise PictureError(_("Gambar lebih besar dari 15 MB. Pilih gambar yang lebih kecil."))
    return io.BytesIO(data)


class Shelf:
    """Uploaded photos by their names; ``photos`` are pairs of a key and a file name."""

    def __init__(self, photos: Iterable[tuple[int, str]]):
        self.by_name: dict[str, int] = {}
        self.by_stem: dict[str, int] = {}
        self.numbered: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for key, path in photos:
            name = base_name(path).casefold()
            stem = name.rpartition(".")[0]
            self.by_name.setdefault(name, key)
            self.by_stem.setdefault(stem, key)
            self.numbered[slugify(stem)].append((0, key))
            if found := NUMBERED.match(stem):
                self.numbered[slugify(found[1])].append((int(found[2]), key))

    def named(self, cell: str) -> tuple[list[int], list[str], bool]:
        """Keys of the photos that a cell names, the names that there are none of, and whether it gave addresses."""
        found, missing, has_url = [], [], False
        for part in filter(None, (part.strip() for part in SEPARATORS.split(cell))):
            if URL.match(part):
                has_url = True
                continue
            name = base_name(part).casefold()
            key = self.by_name.get(name, self.by_stem.get(name.rpartition(".")[0] or name))
            found += [key] if key is not None else []
            missing += [] if key is not None else [part[:60]]
        return list(dict.fromkeys(found)), missing, has_url

    def called(self, *texts: str) -> list[int]:
        """Photos whose names are made of the first of these that any is made of: "KT-250.jpg", "kt-250 (2).jpg"."""
        for text in texts:
            keys = sorted(self.numbered.get(slugify(text), [])) if slugify(text) else []
            if keys:
                return list(dict.fromkeys(key for _number, key in keys))
        return []
