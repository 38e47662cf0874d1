"""Invented names of businesses and people. No real business or person is meant.

Businesses carry two words of Javanese that are not used together, mail goes to .example, and telephone numbers lie
in a range that no operator uses.
"""

import random


def words(text: str) -> list[str]:
    return text.split()


FIRST = words("""
Arum Bening Cakra Damar Endah Gayuh Gending Hening Indra Jagad Jatmika Kandil Kartika Kembang Kencur Kidung
Kinasih Kusuma Laras Lembah Lereng Lintang Lumbung Mahoni Manis Mayang Mega Menur Nawa Padma Pawon Pelangi Puspa Rara
Ratri Rembulan Rinonce Rukmi Sabda Sanggar Sasmita Sedap Sekar Selasih Sendang Serat Soka Sumber Surya Tirta Tunjung
Wahyu Wangi Wening Widuri Wijaya Yudha Seruni
""")
SECOND = words("""
Adiluhung Ananta Arutala Baskara Candramawa Dewandaru Ekawira Gumilang Handayani Kalpataru Kamajaya
Kertaraja Lokananta Manggala Maruta Nareswari Niskala Pancawarna Pinandita Pradipta Prameswari Purnama Rahina
Rinjani Samudra Sanubari Sarwendah Sasangka Satriya Sembada Sinawang Sumunar Swastika Tegalarum Trengginas Tumaruntum
Wanodya Wiratama Wismaya Wulandari
""")
GIVEN = words("""
Agus Ahmad Andi Anik Anjar Ari Bagus Bambang Budi Dewi Dian Dwi Eka Endang Eni Fajar Fitri Galih Hadi Hendra
Ika Imam Indah Joko Kiki Lestari Lilis Muji Nanik Ning Nur Puji Rahmat Ratna Retno Rini Rudi Siti Slamet Sri Sugeng
Sulis Suwarti Tri Tutik Umi Wahyu Wati Widi Yuli Yuni Zaenal
""")
FAMILY = words("""
Adisasmita Ambarwati Apriyanto Cahyaningrum Darmawulan Ekowati Febriyanti Giyarto Hapsaringtyas Harsodikromo
Istiyarini Jatiningsih Kasihanto Kurniasari Lestyowati Martosumarto Mulyaningrum Nugraheningsih Oktaviandari
Pangestuti Prasetyowibowo Pujiastutik Rahajengtyas Ristiyanto Sasmitaningrum Setyowidodo Sulistyoningrum Suryaningtyas
Tjahyowati Utaminingsih Wahyudianto Widyaningtyas Wulansari Yuniartanto
""")
ABROAD = {
    "SG": ("Wei Lin", "Hui Min", "Jun Kai", "Siew Ling", "Aisyah", "Tanwir", "Limbara", "Ongwell"),
    "HK": ("Ka Yan", "Wing Sze", "Chi Ho", "Mei Fong", "Tsz Kit", "Lamsing", "Cheungdale", "Hoyip"),
    "MY": ("Nurul", "Faridah", "Hafiz", "Rosmah", "Amir", "Kamarulzam", "Idrisman", "Yusofi"),
    "AU": ("Karen", "Bruce", "Megan", "Liam", "Sophie", "Whitbrook", "Hallamby", "Kerrick"),
    "NL": ("Anneke", "Pieter", "Marijke", "Joost", "Femke", "Vandersluys", "Koopstra", "Dijkhoven"),
    "JP": ("Haruko", "Kenji", "Yumi", "Takeo", "Naoko", "Minazawa", "Otsuhara", "Kitanabe"),
    "QA": ("Khalid", "Noora", "Hamad", "Maryam", "Yousef", "Almeera", "Bindarwi", "Alsaqri"),
    "US": ("Emily", "Jason", "Rachel", "Kevin", "Laura", "Ashgrove", "Millbanks", "Tollerby"),
}
CALLED = {
    "fesyen": {
        "batik": ("Batik", "Griya Batik", "Canting"),
        "tenun-lurik": ("Lurik", "Tenun", "Rumah Tenun"),
        "busana": ("Busana", "Rumah Mode", "Butik"),
        "tas-sepatu": ("Karya Tas", "Alas Kaki", "Kreasi"),
    },
    "makanan-minuman": {
        "camilan": ("Dapur", "Camilan", "Keripik"),
        "kopi-teh": ("Kopi", "Kebun", "Seduh"),
        "kue": ("Roti dan Kue", "Dapur", "Oleh-oleh"),
        "bumbu": ("Bumbu", "Dapur", "Rasa"),
    },
    "kerajinan-tangan": {
        "keramik": ("Keramik", "Gerabah", "Tembikar"),
        "anyaman": ("Anyaman", "Kriya", "Rajut Bambu"),
        "ukiran": ("Ukir", "Kriya Kayu", "Sanggar"),
        "logam": ("Tembaga", "Kriya Logam", "Kuningan"),
    },
    "furnitur": {
        "kursi": ("Mebel", "Jati", "Kursi Kayu"),
        "meja-lemari": ("Mebel", "Kayu", "Furnitur"),
    },
}
COOPERATIVES = {
    "fesyen": "Koperasi Perajin Sandang",
    "makanan-minuman": "Koperasi Produsen Pangan",
    "kerajinan-tangan": "Koperasi Perajin",
    "furnitur": "Koperasi Perajin Kayu",
}


class Names:
    """Names in an order that only ``seed`` decides, no business's name twice."""

    def __init__(self, seed: str):
        self.random = random.Random(f"names:{seed}")
        pairs = [(first, second) for first in FIRST for second in SECOND]
        self.random.shuffle(pairs)
        self.pairs = iter(pairs)

    def business(self, root: str, leaf: str, *, cooperative: bool) -> str:
        called = COOPERATIVES[root] if cooperative else self.random.choice(CALLED[root][leaf])
        return f"{called} {' '.join(next(self.pairs))}"

    def person(self, country: str = "ID") -> str:
        return invented_person(self.random, country)


def invented_person(chance: random.Random, country: str = "ID") -> str:
    if country in ABROAD:
        names = ABROAD[country]
        return f"{chance.choice(names[:5])} {chance.choice(names[5:])}"
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"


def telephone(number: int) -> str:
    """A number that looks like an Indonesian mobile's; nobody has 0850."""
    return f"+62850{number:08d}"
