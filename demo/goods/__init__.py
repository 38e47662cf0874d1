"""The goods of the demonstration: categories, kinds of goods, and what each regency is known for."""

from demo.goods.craft import CRAFT
from demo.goods.fashion import FASHION
from demo.goods.food import FOOD
from demo.goods.good import Good, Variant

# root → (name, English name, leaves: slug → (name, English name))
CATEGORIES = {
    "fesyen": ("Fesyen", "Fashion", {
        "batik": ("Batik", "Batik"),
        "tenun-lurik": ("Tenun & Lurik", "Weaving & Lurik"),
        "busana": ("Busana", "Clothing"),
        "tas-sepatu": ("Tas & Alas Kaki", "Bags & Footwear"),
    }),
    "makanan-minuman": ("Makanan & Minuman", "Food & Drink", {
        "camilan": ("Camilan & Keripik", "Snacks & Crisps"),
        "kopi-teh": ("Kopi, Teh & Minuman", "Coffee, Tea & Drinks"),
        "kue": ("Kue & Oleh-oleh", "Cakes & Treats"),
        "bumbu": ("Bumbu & Olahan Dapur", "Sauces & Pantry"),
    }),
    "kerajinan-tangan": ("Kerajinan Tangan", "Handicrafts", {
        "keramik": ("Keramik", "Ceramics"),
        "anyaman": ("Anyaman", "Basketry"),
        "ukiran": ("Ukiran & Topeng", "Carving & Masks"),
        "logam": ("Kerajinan Logam", "Metalwork"),
    }),
    "furnitur": ("Furnitur", "Furniture", {
        "kursi": ("Kursi & Bangku", "Chairs & Benches"),
        "meja-lemari": ("Meja, Lemari & Rak", "Tables, Cabinets & Shelves"),
    }),
}  # fmt: skip
ROOT_OF = {leaf: root for root, (_, _, leaves) in CATEGORIES.items() for leaf in leaves}
GOODS: dict[str, Good] = {good.key: good for good in (*FASHION, *FOOD, *CRAFT)}
SERIES = (
    "Kenanga", "Melati", "Cempaka", "Kantil", "Wijayakusuma", "Anggrek", "Teratai", "Kamboja", "Mawar", "Sedap Malam",
    "Dahlia", "Bugenvil", "Flamboyan", "Seruni", "Gayam", "Sawo", "Jambu", "Srikaya", "Mangga", "Pandan",
    "Cendana", "Waru", "Nagasari", "Tanjung",
)  # fmt: skip


def roots(categories: tuple[str, ...]) -> list[str]:
    """The root categories that an edition's list names ("kerajinan tangan" too); all of them without a list."""
    named = {name.replace(" ", "-") for name in categories}
    return [root for root in CATEGORIES if root in named] or list(CATEGORIES)


def goods_of(root: str) -> list[Good]:
    return [good for good in GOODS.values() if ROOT_OF[good.leaf] == root]


__all__ = ["CATEGORIES", "GOODS", "ROOT_OF", "SERIES", "Good", "Variant", "goods_of", "roots"]
