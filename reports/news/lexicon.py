"""The words that the news check knows, Indonesian and English together. Phrases are joined by underscores."""

from decimal import Decimal

from expo.amounts import UNITS
from expo.formats import MONTHS, WEEKDAYS
from expo.words import ENGLISH_SMALL, ENGLISH_TENS, INDONESIAN_DIGITS

Phrases = frozenset[tuple[str, ...]]


def phrases(*lists: str) -> Phrases:
    return frozenset(tuple(phrase.split("_")) for words in lists for phrase in words.split())


def joined(first: str, second: str) -> str:
    """Every word of one list before every word of the other."""
    return " ".join(f"{one}_{other}" for one in first.split() for other in second.split())


def longest(found: Phrases) -> int:
    return max(len(phrase) for phrase in found)


# --- Numbers -----------------------------------------------------------------------------------

SMALL = {word: number for number, word in enumerate(INDONESIAN_DIGITS) if word}
SMALL |= {word: number for number, word in enumerate(ENGLISH_SMALL) if word}
SMALL |= {word: number * 10 for number, word in enumerate(ENGLISH_TENS) if word}
SMALL |= {"nol": 0, "zero": 0, "sepuluh": 10, "sebelas": 11}
ONES = {"seratus": 100, "seribu": 1_000, "sejuta": 10**6, "semiliar": 10**9, "semilyar": 10**9, "setriliun": 10**12}
SCALES = {
    "ribu": 1_000, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "trilyun": 10**12,
    "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
# Only behind digits.
SHORT_SCALES = {name: scale for name, scale in UNITS.items() if name} | {
    "jt": 10**6, "mio": 10**6, "mn": 10**6, "mln": 10**6, "mlr": 10**9, "bn": 10**9, "bio": 10**9, "tn": 10**12,
}  # fmt: skip
# Only in amounts of money, by language: an Indonesian "4,8 M" is a thousand times an English one.
MONEY_SCALES = {"id": {"m": 10**9, "t": 10**12}, "en": {"m": 10**6, "b": 10**9, "t": 10**12}}
HALVES = {"setengah": Decimal("0.5"), "separuh": Decimal("0.5"), "half": Decimal("0.5")}
QUARTERS = {"seperempat": Decimal("0.25"), "quarter": Decimal("0.25")}
POINT = {"koma", "point"}
# Tens, hundreds … of something: from, to.
FUZZY = {
    "belasan": (11, 19), "puluhan": (20, 99), "ratusan": (200, 999), "ribuan": (2_000, 999_999),
    "jutaan": (2 * 10**6, 10**9 - 1), "miliaran": (2 * 10**9, 10**12 - 1), "milyaran": (2 * 10**9, 10**12 - 1),
    "triliunan": (2 * 10**12, 10**15 - 1),
    "dozens": (24, 99), "tens": (20, 99), "scores": (40, 99), "hundreds": (200, 999),
    "thousands": (2_000, 999_999), "millions": (2 * 10**6, 10**9 - 1), "billions": (2 * 10**9, 10**12 - 1),
}  # fmt: skip
PER_CENT = phrases("persen % percent per_cent pct prosen")
RUPIAH_BEFORE = {"rp", "idr"}
RUPIAH_AFTER = {"rupiah", "rupiahs", "idr"}
FOREIGN = {
    "usd", "us$", "$", "dolar", "dollar", "dollars", "euro", "euros", "eur", "€", "ringgit", "rm", "riyal", "yen", "¥",
    "£", "sgd", "aud", "myr", "qar",
}  # fmt: skip

REACHED = "menembus tembus melampaui melebihi mencapai menyentuh"
ABOVE = phrases(
    "lebih_dari di_atas diatas melebihi melampaui menembus tembus minimal sedikitnya setidaknya sekurangnya",
    "paling_sedikit",
    "tidak_kurang_dari tak_kurang_dari tidak_kurang tak_kurang",
    "more_than over above at_least exceeding exceeded exceeds surpassing surpassed surpasses topped topping",
    "passed passing crossed crossing",
    "no_fewer_than no_less_than not_less_than nothing_less_than",
    "upwards_of in_excess_of",
)
BELOW = phrases(
    "kurang_dari di_bawah dibawah maksimal paling_banyak less_than fewer_than below under at_most",
    "no_more_than not_more_than up_to",
    "tidak_lebih_dari tak_lebih_dari tidak_sampai tak_sampai belum_sampai",
    joined("tidak tak belum gagal", REACHED),
    "short_of",
)
NEARLY = phrases(
    "hampir nyaris mendekati nearly almost close_to just_under",
    joined("hampir nyaris", REACHED),
    joined("nearly almost", "surpassed surpassing exceeded exceeding topped topping passed crossed reached"),
)
ABOUT = phrases(
    "sekitar kurang_lebih kira-kira kisaran lebih_kurang seputar about around roughly approximately some",
    "an_estimated",
)
ABOVE_AFTER = phrases("lebih or_more or_so_more + ke_atas and_above")
# Between a hedge and its amount: "menembus angka Rp200 juta", "surpassed the Rp200 million mark".
FILLERS = {"angka", "nilai", "senilai", "sebesar", "mencapai", "menyentuh", "di", "pada", "the", "a", "reached"}
NOT = {"bukan", "bukannya", "not"}
RANGE_JOINTS = phrases("hingga sampai sampai_dengan to – - — s_._d_. s_._d s_/_d s_/_d_. sd")
RANGE_IN_WORDS = {"hingga", "sampai", "to"}
BETWEEN = {"antara", "between"}

# --- What is counted ---------------------------------------------------------------------------

COUNTED = {
    "exhibitors": phrases(
        "ukm umkm umk ikm peserta pelaku pengusaha pelapak tenant exhibitor exhibitors participants sme smes",
        "msme msmes",
        "businesses entrepreneurs enterprises stan stand booth booths stands vendors sellers",
    ),
    "koperasi": phrases("koperasi cooperative cooperatives co-ops"),
    "products": phrases(
        "produk product products macam_produk jenis_produk item items barang goods",
        "unit units pieces pcs",
    ),
    "visitors": phrases(
        "pengunjung visitor visitors kunjungan visits pengakses hits",
        "penonton viewers tamu audience dikunjungi mengunjungi visited",
    ),
    "page_views": phrases("halaman_dilihat halaman_dibuka tayangan_halaman page_views page_view pageviews"),
    "inquiries": phrases(
        "inquiry inquiries enquiry enquiries surel email emails e-mail permintaan_informasi surat_penawaran",
        "penawaran",
        "pertanyaan offers questions requests permintaan",
    ),
    "transactions": phrases("transaksi transactions pembelian purchases penjualan sales"),
    "orders": phrases("pesanan orders order"),
    "regencies": phrases("kabupaten kabupaten/kota kota daerah regencies cities districts"),
}  # fmt: skip
# Of what a percentage can be told.
SHARED = {
    "answered": phrases("dijawab terjawab answered replied"),
    "koperasi": phrases("koperasi cooperative cooperatives co-ops"),
}
PEOPLE = {"orang", "people", "persons"}
SOLD = phrases("terjual laku terbeli sold bought purchased dibeli")
SHOWN = phrases("dipajang dipamerkan ditampilkan ditawarkan on_show on_display displayed offered showcased listed")
UNITS_SOLD = phrases("unit units pieces pcs buah")
UNIQUE = phrases("unik unique")
GATE = phrases("luring gate offline onsite on-site di_lokasi")
# Words that are units of other things: a number before them is none of ours.
OTHER_UNITS = {
    "hari", "tahun", "bulan", "minggu", "jam", "menit", "detik", "kali", "meter", "kilometer", "km", "kg", "ton",
    "gram",
    "days", "day", "years", "year", "months", "month", "weeks", "week", "hours", "hour", "minutes", "times", "wib",
    "pukul", "persen", "halaman", "lantai", "sesi", "kategori", "negara", "countries", "categories", "pages",
}  # fmt: skip

MEASURES = {
    "realised": phrases(
        "omzet omset transaksi penjualan pendapatan pemasukan turnover sales transactions transaction revenue",
        "revenues",
        "takings meraup membukukan mengantongi menghasilkan meraih mencetak generated earned booked raked_in",
        "netted",
        "terjual sold pembayaran payments",
    ),
    "committed": phrases(
        "pesanan pemesanan pre-order preorder pre-orders orders order ordered dipesan memesan commitments_to_buy",
    ),
    "potential": phrases("potensi potensial penjajakan surat_minat letters_of_intent letter_of_intent potential loi"),
    "financing": phrases(
        "pembiayaan kredit pinjaman kur permodalan financing credit credits loan loans lending",
    ),
    "transaction_value": phrases("nilai_transaksi transaction_value value_of_transactions"),
}
CHANNELS = {
    "live": phrases("live live-shopping belanja_langsung live_shopping siaran_langsung livestream livestreams"),
    "onsite": phrases(
        "di_tempat di_lokasi luring onsite on-site on_the_spot offline transaksi_langsung penjualan_langsung",
        "direct",
    ),
    "reported": phrases("dilaporkan_peserta reported_by_exhibitors"),
    "online": phrases("daring online toko_daring web_shop"),
}
PHASES = {
    "during": phrases("selama_pameran selama_expo saat_pameran during_the_event during_the_expo during_the_fair"),
    "before": phrases("sebelum_pembukaan pra-pameran before_the_opening"),
    "mall": phrases("pascapameran setelah_penutupan sesudah_penutupan after_the_closing permanent_mall"),
}
TOTAL = phrases(
    "total gabungan kumulatif keseluruhan akumulasi seluruh keduanya kedua_expo kedua_gelaran kedua_pameran",
    "kedua_ajang jumlah_seluruhnya combined altogether",
    "together overall cumulative both in_all in_total grand_total",
)
WHOLE = phrases(
    "diikuti melibatkan menghadirkan menampilkan memamerkan total sebanyak jumlah mencapai dikunjungi",
    "menyajikan",
    "tercatat mencatat menggandeng seluruh keseluruhan terjual laku berpartisipasi dihadiri menjaring menarik",
    "tembus",
    "joined_by featuring featured features attended visited_by drew attracted participated brought_together",
    "attracting",
    "recorded displaying showcasing sold involving welcomed joined took_part taking_part",
)
# What speaks of a part, a mean, a plan or another time: figures like that are not sealed.
PARTIAL = phrases(
    "rata-rata per setiap tiap seorang salah_satu target menargetkan ditargetkan diharapkan",
    "harga seharga",
    "anggaran bantuan modal biaya naik turun meningkat tumbuh selisih kenaikan lainnya sisanya tahun_lalu",
    "sebelumnya",
    "setengah_dari separuh_dari sepertiga_dari seperempat_dari half_of a_third_of a_quarter_of",
    "mengaku akunya perajin pengrajin penjual pedagang",
    "usahanya miliknya tokonya pemilik stannya seorang shop owner whose",
    "sebagian di_antaranya diantaranya asal seller hadiah subsidi diskon gaji ongkos",
    "average each every target targeted targets aims aim hopes expected price priced costs budget grant aid",
    "rose fell up_by",
    "increase increased grew growth last_year previous among one_of single remaining prize subsidy discount",
    "salary",
)
# "masing-masing Rp7 juta" is a mean, unless it tells editions apart.
PARTIAL_EACH = phrases("masing-masing")
GROWTH_UP = phrases("naik meningkat tumbuh bertambah kenaikan peningkatan rose increased grew up growth increase")
GROWTH_DOWN = phrases("turun menurun berkurang merosot penurunan fell decreased dropped down decline decrease")
# One after the other, as the editions were named.
IN_TURN = phrases("masing-masing respectively")
SHARE_OF = {"dari", "of"}
FOLLOWING = {"dari", "di", "pada", "untuk", "from", "at", "in", "for", "of", "dalam", "(", "oleh", "by"}

# --- Dates -------------------------------------------------------------------------------------

MONTH_NUMBERS = {name.lower(): number for names in MONTHS.values() for number, name in enumerate(names, 1)}
MONTH_NUMBERS |= {
    "jan": 1, "feb": 2, "peb": 2, "pebruari": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "agt": 8, "ags": 8, "agu": 8,
    "aug": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "nopember": 11, "des": 12, "dec": 12,
}  # fmt: skip
WEEKDAY_NUMBERS = {name.lower(): number for names in WEEKDAYS.values() for number, name in enumerate(names)}
WEEKDAY_NUMBERS |= {
    "ahad": 6,
    "jum'at": 4,
    "jum’at": 4,
    "mon": 0,
    "tue": 1,
    "wed": 2,
    "thu": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
RELATIVE = phrases(
    "kemarin hari_ini besok lusa kemarin_lusa tadi yesterday today tomorrow the_day_before last_night tonight",
)
# Between a weekday and its date: "Jumat malam (20/11)".
DAY_PARTS = {"pagi", "siang", "sore", "petang", "malam", "dini", "hari", "morning", "afternoon", "evening", "night"}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
ORDINALS = ENGLISH_ORDINALS | {
    "pertama": 1, "perdana": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6,
}  # fmt: skip
SHOW_WORDS = {
    "expos",
    "exhibition",
    "expo",
    "uvo",
    "pameran",
    "jilid",
    "edisi",
    "edition",
    "fair",
    "seri",
    "event",
    "ajang",
    "gelaran",
}
# One of these before one of those belongs to the name of an expo.
NAME_BEGINS = {"ukm", "umkm", "sme", "msme"}
NAME_GOES_ON = SHOW_WORDS | {"virtual", "hybrid"}

# Frequent words by which the language of a text is told.
COMMON = {
    "id": frozenset(
        {"yang", "dan", "dari", "dengan", "untuk", "pada", "ini", "itu", "di", "ke", "oleh", "sebesar", "adalah",
         "juga", "dalam", "tidak", "telah", "akan", "para"}
    ),
    "en": frozenset(
        {"the", "and", "of", "to", "in", "was", "were", "for", "with", "that", "from", "at", "by", "on", "has", "have",
         "had", "its", "which", "said"}
    ),
}  # fmt: skip
