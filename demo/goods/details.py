"""What a good is made of, how large its parcel is, and what there is to choose."""

from demo.goods.good import Good, Variant, variants

COLOURS = variants(
    ("Soga (cokelat)", "Soga (brown)"), ("Wedel (biru)", "Wedel (blue)"), ("Mengkudu (merah)", "Mengkudu (red)")
)
FLAVOURS = variants(("Asli", "Plain"), ("Pedas", "Hot", 1.05), ("Manis", "Sweet", 1.05))
ROASTS = variants(("Sangrai sedang", "Medium roast"), ("Sangrai gelap", "Dark roast"))
HEATS = variants(("Pedas sedang", "Medium hot"), ("Pedas sekali", "Very hot"))
GLAZES = variants(("Putih gading", "Ivory"), ("Hijau seladon", "Celadon"), ("Biru kobalt", "Cobalt blue", 1.1))
TONES = variants(("Warna alami", "Natural"), ("Cokelat tua", "Dark brown", 1.05), ("Hitam", "Black", 1.05))
FINISHES = variants(("Natural doff", "Natural, matt"), ("Cokelat salak", "Salak brown", 1.04))

CHOICES: dict[str, tuple[Variant, ...]] = {
    "batik": COLOURS, "tenun-lurik": COLOURS, "busana": COLOURS, "tas-sepatu": TONES, "camilan": FLAVOURS,
    "keramik": GLAZES, "anyaman": TONES, "kursi": FINISHES, "meja-lemari": FINISHES,
    "kopi": ROASTS, "robusta": ROASTS, "arabika": ROASTS, "sambal": HEATS,
}  # fmt: skip

MADE_OF: dict[str, tuple[str, str]] = {
    "batik": ("Katun primissima 100%, malam, pewarna naftol dan indigosol.",
              "100% primissima cotton, wax, naphthol and indigosol dyes."),
    "tenun-lurik": ("Benang katun 100%.", "100% cotton yarn."),
    "busana": ("Katun, kancing batok kelapa.", "Cotton, coconut-shell buttons."),
    "tas-sepatu": ("Katun batik, kulit sintetis, furing poliester.", "Batik cotton, synthetic leather, polyester lining."),
    "keramik": ("Tanah liat, glasir bebas timbal.", "Stoneware clay, lead-free glaze."),
    "anyaman": ("Bambu, pandan atau mendong, pewarna aman.", "Bamboo, pandanus or rush, safe dyes."),
    "ukiran": ("Kayu jati tua, minyak kayu.", "Old teak, wood oil."),
    "logam": ("Tembaga dan kuningan, pelapis bening.", "Copper and brass, clear lacquer."),
    "kursi": ("Kayu bersertifikat asal, melamin doff.", "Wood of certified origin, matt lacquer."),
    "meja-lemari": ("Kayu bersertifikat asal, melamin doff, engsel baja.",
                    "Wood of certified origin, matt lacquer, steel hinges."),
    "camilan": ("Bahan utama 88%, minyak kelapa, garam, bawang putih.", "Main ingredient 88%, coconut oil, salt, garlic."),
    "singkong": ("Singkong 90%, minyak kelapa, garam.", "Cassava 90%, coconut oil, salt."),
    "tempe": ("Kedelai, tepung beras, ketumbar, kencur, garam.", "Soybeans, rice flour, coriander, galangal, salt."),
    "kopi": ("Kopi 100%.", "100% coffee."), "robusta": ("Kopi robusta 100%.", "100% robusta coffee."),
    "arabika": ("Kopi arabika 100%.", "100% arabica coffee."), "teh": ("Daun teh 100%.", "100% tea leaves."),
    "jamu": ("Air, kunyit 20%, asam jawa, gula aren, garam.", "Water, turmeric 20%, tamarind, palm sugar, salt."),
    "kue": ("Tepung terigu, mentega, gula, telur. Mengandung gluten, susu dan telur.",
            "Wheat flour, butter, sugar, eggs. Contains gluten, milk and eggs."),
    "telur-asin": ("Telur bebek, garam, bata merah halus. Mengandung telur.", "Duck eggs, salt, brick clay. Contains egg."),
    "jenang": ("Tepung ketan, santan, gula kelapa.", "Sticky rice flour, coconut milk, palm sugar."),
    "lapis": ("Tepung beras, santan, gula.", "Rice flour, coconut milk, sugar."),
    "manisan": ("Buah 80%, gula.", "Fruit 80%, sugar."),
    "abon": ("Daging sapi 70%, santan, gula, bawang, ketumbar.", "Beef 70%, coconut milk, sugar, onion, coriander."),
    "kecap": ("Kedelai hitam, gula kelapa, garam. Mengandung kedelai.", "Black soybeans, palm sugar, salt. Contains soy."),
    "sirup": ("Carica 45%, gula, air.", "Carica 45%, sugar, water."),
    "bandeng": ("Bandeng, garam, kunyit, bawang putih. Mengandung ikan.", "Milkfish, salt, turmeric, garlic. Contains fish."),
    "lumpia": ("Rebung, telur, udang, kulit lumpia. Mengandung udang, telur dan gluten.",
               "Bamboo shoots, egg, prawn, wrapper. Contains prawn, egg and gluten."),
    "bumbu": ("Bahan utama 75%, gula, garam, minyak nabati.", "Main ingredient 75%, sugar, salt, vegetable oil."),
    "sambal": ("Cabai rawit 45%, bawang merah, bawang putih, minyak kelapa, garam, gula.",
               "Bird's eye chillies 45%, shallots, garlic, coconut oil, salt, sugar."),
    "madu": ("Madu 100%.", "100% honey."), "gula": ("Nira aren 100%.", "100% palm sap."),
}  # fmt: skip

# Length, width and height of one piece in millimetres.
SIZES: dict[str, tuple[int, int, int]] = {
    "batik": (2000, 1150, 0), "tenun-lurik": (2000, 1100, 0), "tas-sepatu": (380, 300, 120),
    "camilan": (240, 160, 60), "kopi-teh": (220, 120, 70), "kue": (180, 180, 90), "bumbu": (80, 80, 110),
    "keramik": (160, 160, 140), "anyaman": (320, 320, 250), "ukiran": (600, 400, 40), "logam": (150, 150, 320),
    "kursi": (480, 520, 920), "meja-lemari": (1100, 600, 450),
}  # fmt: skip


def made_of(good: Good) -> tuple[str, str]:
    """In Indonesian and English; of the good itself before those of its kind."""
    return MADE_OF.get(good.key) or MADE_OF.get(good.leaf) or ("", "")


def choices_of(good: Good) -> tuple[Variant, ...]:
    return CHOICES.get(good.key) or CHOICES.get(good.leaf, ())


def size_of(good: Good) -> tuple[int, int, int]:
    return SIZES.get(good.leaf, (0, 0, 0))
