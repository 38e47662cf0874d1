"""Batik, weaving, clothes, bags and sandals."""

from demo.goods.good import Good, variants

CLOTH = variants(("Cap", "stamped"), ("Kombinasi Tulis", "stamped and hand-drawn", 1.9), ("Tulis", "hand-drawn", 4.2))
FOLDED = variants(
    ("Cap 2 m", "stamped, 2 m"), ("Tulis 2 m", "hand-drawn, 2 m", 3.6), ("Cap 2,5 m", "stamped, 2.5 m", 1.2)
)
WOVEN = variants(("2 m", "2 m"), ("2,5 m", "2.5 m", 1.2), ("Lebar 110 cm", "110 cm wide", 1.4))
SHAWL = variants(("", ""), ("Pewarna Alam", "natural dyes", 1.6), ("Panjang 2 m", "2 m long", 1.2))
SIZES = variants(("Ukuran M", "size M"), ("Ukuran L", "size L", 1.03), ("Ukuran XL", "size XL", 1.06))
SHOES = variants(("38", "size 38"), ("40", "size 40"), ("42", "size 42", 1.05))
BAGS = variants(("Kecil", "small"), ("Sedang", "medium", 1.3), ("Besar", "large", 1.7))

FASHION = (
    Good("kawung", "batik", "Kain Batik Kawung", "Kawung batik cloth", "kain-kawung", (95_000, 185_000), 350,
         "Motif buah aren yang tersusun rapi, dibatik di atas katun primissima. Tidak luntur bila dicuci terpisah.",
         "The palm-fruit pattern in even rows on fine cotton. Colours hold when washed separately.", CLOTH),
    Good("parang", "batik", "Kain Batik Parang", "Parang batik cloth", "kain-parang", (98_000, 190_000), 350,
         "Garis miring yang tidak terputus, lambang ketekunan. Katun halus, nyaman untuk bawahan maupun kemeja.",
         "Slanting lines without a break, a sign of perseverance. Fine cotton for skirts and shirts.", CLOTH),
    Good("ceplok", "batik", "Kain Batik Ceplok", "Ceplok batik cloth", "kain-ceplok", (90_000, 175_000), 350,
         "Bunga dan bintang dalam kotak-kotak, dicap dengan canting tembaga lalu dilorod dua kali.",
         "Flowers and stars in squares, stamped with copper blocks and boiled out twice.", CLOTH),
    Good("truntum", "batik", "Kain Batik Truntum", "Truntum batik cloth", "kain-truntum", (92_000, 180_000), 350,
         "Kuntum kecil yang bertabur, biasa dipakai orang tua pengantin. Warna tenang dan mudah dipadukan.",
         "Small scattered buds, worn by the parents of bride and groom. Quiet colours, easy to combine.", CLOTH),
    Good("lipat", "batik", "Batik Bahan Kemeja", "Batik for shirts", "batik-lipat", (85_000, 150_000), 400,
         "Bahan katun untuk satu kemeja dewasa, dikemas rapi dan siap dijahit.",
         "Cotton for one adult's shirt, neatly packed and ready to sew.", FOLDED),
    Good("parang-lipat", "batik", "Batik Parang Bahan Seragam", "Parang batik for uniforms", "batik-parang-lipat",
         (82_000, 140_000), 400, "Untuk seragam kantor dan keluarga; warna dapat diulang untuk pesanan susulan.",
         "For offices and families; the same colours can be made again for later orders.", FOLDED),
    Good("taplak", "batik", "Taplak Meja Batik", "Batik tablecloth", "taplak-batik", (110_000, 210_000), 500,
         "Taplak batik dengan tepi berjahit rapi, tahan dicuci berkali-kali.",
         "A batik tablecloth with stitched edges that stands many washes.",
         variants(("100 × 100 cm", "100 × 100 cm"), ("150 × 150 cm", "150 × 150 cm", 1.6))),
    Good("selendang-batik", "batik", "Selendang Batik", "Batik shawl", "selendang-batik", (75_000, 160_000), 200,
         "Selendang lembut dengan tumpal di kedua ujungnya.", "A soft shawl with a border at both ends.", SHAWL),
    Good("lurik", "tenun-lurik", "Kain Lurik", "Lurik cloth", "kain-lurik", (65_000, 120_000), 400,
         "Ditenun dengan alat tenun bukan mesin dari benang katun, garis demi garis.",
         "Woven by hand loom from cotton yarn, stripe by stripe.", WOVEN),
    Good("tenun", "tenun-lurik", "Kain Tenun Ikat", "Ikat cloth", "kain-tenun", (150_000, 320_000), 500,
         "Benang diikat dan dicelup sebelum ditenun. Setiap helai memakan waktu beberapa hari.",
         "The yarn is tied and dyed before it is woven. Each length takes several days.", WOVEN),
    Good("jumputan", "tenun-lurik", "Kain Jumputan", "Tie-dyed cloth", "kain-jumputan", (70_000, 135_000), 350,
         "Diikat, dijahit jelujur dan dicelup dengan tangan; tidak ada dua helai yang sama.",
         "Tied, stitched and dyed by hand; no two lengths are alike.", WOVEN),
    Good("selendang", "tenun-lurik", "Selendang Tenun", "Woven shawl", "selendang", (95_000, 190_000), 250,
         "Tenunan halus dengan rumbai di ujungnya, hangat dan ringan.",
         "Finely woven with fringes at the ends, warm and light.", SHAWL),
    Good("kemeja", "busana", "Kemeja Batik Kombinasi Lurik", "Shirt with batik and lurik", "kemeja-batik",
         (145_000, 285_000), 350, "Potongan longgar, jahitan rantai, kancing batok kelapa.",
         "A loose cut with coconut-shell buttons.", SIZES, seeds=(0, 1, 2, 3)),
    Good("tas", "tas-sepatu", "Tas Jinjing Batik", "Batik tote bag", "tas-batik", (85_000, 195_000), 450,
         "Bagian luar batik, alas dan tali kulit sintetis, furing dengan saku ponsel.",
         "Batik outside, base and handles of synthetic leather, lining with a pocket.", BAGS, seeds=(0, 1, 2, 3)),
    Good("sandal", "tas-sepatu", "Sandal Selop Batik", "Batik sandals", "sandal", (65_000, 145_000), 500,
         "Alas empuk, tali batik, sol karet yang tidak licin.",
         "A soft footbed, batik straps and a sole that does not slip.", SHOES, seeds=(0, 1, 2, 3)),
)  # fmt: skip
