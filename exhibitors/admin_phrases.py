"""What curators write most, ready to be put at a field with one key. Owners read it, so it stays Indonesian."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


@dataclass(frozen=True)
class Phrase:
    """``short`` stands on the button, ``text`` goes into the note at ``field`` of the form."""

    field: str
    short: Any
    text: Any


_phrases: dict[str, tuple[Phrase, ...]] = {
    "exhibitor": (
        Phrase("banner", _("Foto buram"), _("Foto ini buram atau gelap. Potret lagi di tempat terang.")),
        Phrase("nib", _("NIB tidak cocok"), _("Nomor ini tidak cocok dengan nama usaha atau pemilik. Periksa di OSS.")),
        Phrase("whatsapp", _("WhatsApp tidak menjawab"), _("Nomor ini tidak menjawab. Tulis nomor yang aktif.")),
        Phrase("story", _("Cerita terlalu singkat"), _("Ceritakan apa yang dibuat, oleh siapa, dan dari bahan apa.")),
        Phrase("place", _("Lokasi kurang lengkap"), _("Pilih kabupaten/kota dan kecamatan tempat usaha.")),
        Phrase("payment", _("Nama rekening lain"), _("Nama pemilik rekening berbeda. Pakai rekening usaha.")),
    ),
    "product": (
        Phrase("cover", _("Foto buram"), _("Foto ini buram atau gelap. Potret lagi di tempat terang.")),
        Phrase("cover", _("Foto bukan milik sendiri"), _("Pakai foto produk Anda sendiri, bukan dari tempat lain.")),
        Phrase("name", _("Nama kurang jelas"), _("Tulis nama barangnya saja, tanpa promosi atau huruf besar semua.")),
        Phrase("category", _("Kategori salah"), _("Pilih kategori yang sesuai dengan barangnya.")),
        Phrase("price", _("Harga janggal"), _("Periksa harganya: jumlah nolnya, dan untuk satu kemasan.")),
        Phrase("description", _("Keterangan kurang"), _("Tulis ukuran, bahan, dan isi kemasannya.")),
        Phrase("ingredients", _("Komposisi belum ada"), _("Tulis komposisinya: wajib untuk makanan dan minuman.")),
    ),
}  # fmt: skip
_phrases |= {"exhibitorchange": _phrases["exhibitor"], "productchange": _phrases["product"]}


def phrases_for(subject, fields) -> list[tuple[int, str, str, str]]:
    """Key (1 to 9), button, name of the input and text, of the fields that the form can note."""
    known = [one for one in _phrases.get(subject._meta.model_name, ()) if f"note_{one.field}" in fields][:9]
    with override("id"):
        texts = [str(one.text) for one in known]
    return [
        (n, one.short, f"note_{one.field}", text) for n, (one, text) in enumerate(zip(known, texts, strict=True), 1)
    ]
