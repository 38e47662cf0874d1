"""What a visitor may mean while still typing: words, categories, booths and products. Three queries, each bounded.

The last word is still being typed, so it is a beginning; the ones before it must stand as they are.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

from django.db import connection
from django.db.models import Case, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.addresses import booth_url, category_url, product_url
from catalog.cards import in_language, short_regency
from catalog.criteria import Criteria
from catalog.filters import list_url
from catalog.models import Product
from catalog.queries.booths import matching_booths
from catalog.queries.choices import Choices
from catalog.queries.matching import AVAILABLE, shown_products, words_in
from catalog.search.sound import sound_of
from catalog.search.terms import KINDS_OF_REGION
from catalog.search.words import MAX_WORDS, STOP_WORDS, plain_words
from expo.prepared import MOMENT, Prepared, text_slot

SHORTEST = 2
WORDS, CATEGORIES, REGENCIES, BOOTHS, PRODUCTS = 5, 3, 2, 3, 4
POOL = 200  # products looked through for those that can be had: a short beginning fits thousands
PRODUCT_FIELDS = ("slug", "name", "name_en")
# Words that begin or sound so; failing that, those that are spelled alike. {used}: a column, never a visitor's text.
NEAR = """
WITH beginning AS (
  SELECT word, {used} AS used FROM catalog_word
  WHERE (word LIKE %(last)s || '%%' OR sound LIKE %(sound)s || '%%') AND {used} > 0 ORDER BY 2 DESC, 1 LIMIT %(count)s
)
SELECT word FROM beginning
UNION ALL (
  SELECT word FROM catalog_word
  WHERE (word %% %(last)s OR sound %% %(sound)s) AND {used} > 0 AND NOT EXISTS (SELECT FROM beginning)
  ORDER BY greatest(similarity(word, %(last)s), similarity(sound, %(sound)s)) DESC, {used} DESC LIMIT 2
)
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    url: str
    note: str = ""


@dataclass(slots=True)
class Suggestions:
    words: list[Suggestion] = field(default_factory=list)
    categories: list[Suggestion] = field(default_factory=list)
    regencies: list[Suggestion] = field(default_factory=list)
    booths: list[Suggestion] = field(default_factory=list)
    products: list[Suggestion] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.words) + len(self.categories) + len(self.regencies) + len(self.booths) + len(self.products)


def suggest(text: str, options: Choices, now: dt.datetime) -> Suggestions:
    """Nothing for less than two letters."""
    words = [word for word in plain_words(text) if word not in STOP_WORDS][-MAX_WORDS:]
    if not words or len(words[-1]) < SHORTEST:
        return Suggestions()
    before, last = words[:-1], words[-1]
    phrases = [" ".join([*before, word]) for word in _near(last)]
    in_name = _beginning(before, last, "A")
    return Suggestions(
        words=[Suggestion(phrase, list_url(Criteria(text=phrase))) for phrase in phrases],
        categories=_categories(last, options),
        regencies=_regencies(before, last, options),
        booths=[
            Suggestion(
                row["exhibitor__name"], booth_url(row["edition__slug"], row["slug"]),
                short_regency(row["exhibitor__regency__name"] or ""),
            )
            for row in matching_booths(in_name, in_name, now, BOOTHS)
        ],
        products=[
            Suggestion(in_language(row, "name"), product_url(row["slug"]))
            for row in _products_query().dicts(PRODUCT_FIELDS, now=now, names=_beginning(before, last, "AB"))
        ],
    )  # fmt: skip


def _near(last: str) -> list[str]:
    used = "in_names_en" if get_language() == "en" else "in_names"
    with connection.cursor() as cursor:
        cursor.execute(NEAR.format(used=used), {"last": last, "sound": sound_of(last), "count": WORDS})
        return [word for (word,) in cursor.fetchall()]


def _beginning(before: list[str], last: str, weights: str) -> str:
    return " & ".join([*(f"{word}:{weights}" for word in before), f"{last}:*{weights}"])


def _categories(last: str, options: Choices) -> list[Suggestion]:
    """Categories in whose name a word begins like the one being typed."""
    found = [choice for choice in options.categories if _begins(f"{choice.name} {choice.name_en}", last)]
    return [Suggestion(choice.label, category_url(choice.key)) for choice in found[:CATEGORIES]]


def _regencies(before: list[str], last: str, options: Choices) -> list[Suggestion]:
    """The words before in a regency whose name begins like the one being typed; without such words all of it."""
    found = [choice for choice in options.regencies if _begins(choice.name, last)]
    text = " ".join(before)
    return [
        Suggestion(
            _("%(words)s dari %(place)s") % {"words": text, "place": choice.label} if text else choice.label,
            list_url(Criteria(text=text, regencies=(choice.key,))),
        )
        for choice in found[:REGENCIES]
    ]


def _begins(name: str, last: str) -> bool:
    return any(word.startswith(last) for word in plain_words(name) if word not in KINDS_OF_REGION)


@cache
def _products_query() -> Prepared:
    pool = shown_products(MOMENT).filter(words_in("names")).order_by().values("pk")[:POOL]
    sold_out = Case(When(AVAILABLE, then=Value(0)), default=Value(1))
    found = Product.objects.filter(pk__in=pool).order_by(sold_out, "-approved_at", "-pk")
    return Prepared(found.values_list(*PRODUCT_FIELDS)[:PRODUCTS], now=MOMENT, names=text_slot("names"))
