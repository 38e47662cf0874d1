"""What a visitor asks of the directory of booths, and the groups in which it answers. Nothing here queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.cards import short_regency
from catalog.criteria import LAST_PAGE, MAX_TEXT, whole_number
from catalog.filters import Option
from catalog.queries.directory import Entry, counted, newest_of_each
from catalog.search.sound import sound_of
from catalog.search.words import plain_words
from exhibitors.models import Kind

PAGE = 48
BY_REGION, BY_NAME = "daerah", "nama"


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters of the directory as they stand in the address."""

    text: str = ""
    regency: str = ""
    kind: str = ""
    hall: str = ""
    initial: str = ""
    order: str = BY_REGION
    page: int = 1

    def url(self, **changes) -> str:
        new = replace(self, **{"page": 1, **changes})
        pairs = {
            "q": new.text, "wilayah": new.regency, "jenis": new.kind, "aula": new.hall, "huruf": new.initial,
            "urut": new.order if new.order != BY_REGION else "", "hal": new.page if new.page > 1 else "",
        }  # fmt: skip
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{reverse('catalog:directory')}?{query}" if query else reverse("catalog:directory")

    @property
    def filters(self) -> list[str]:
        return [name for name in ("text", "regency", "kind", "hall", "initial") if getattr(self, name)]


def read_asked(params) -> Asked:
    def value(name: str, length: int) -> str:
        return " ".join(params.get(name, "").replace("\0", "").split())[:length]

    return Asked(
        text=value("q", MAX_TEXT),
        regency=value("wilayah", 8),
        kind=value("jenis", 10),
        hall=value("aula", 80),
        initial=value("huruf", 1).upper(),
        order=BY_NAME if params.get("urut") == BY_NAME else BY_REGION,
        page=min(max(1, whole_number(params.get("hal", ""), 1)), LAST_PAGE),
    )


def narrowed(found: list[Entry], asked: Asked, *, leaving_out: str = "") -> list[Entry]:
    """What passes all filters but one; of each exhibitor one booth."""
    sounds = [sound_of(word) for word in plain_words(asked.text)]
    tests = {
        "text": lambda entry: _is_called(entry, sounds),
        "regency": lambda entry: entry.regency == asked.regency,
        "kind": lambda entry: entry.kind == asked.kind,
        "hall": lambda entry: entry.hall == asked.hall,
        "initial": lambda entry: entry.initial == asked.initial,
    }
    used = [tests[name] for name in asked.filters if name != leaving_out]
    passing = [entry for entry in found if all(test(entry) for test in used)]
    # Counted by hall, an exhibitor counts in each hall where it has a booth.
    return passing if leaving_out == "hall" else newest_of_each(passing)


def ordered(found: Iterable[Entry], order: str) -> list[Entry]:
    def by_name(entry: Entry):
        return (entry.initial == "#", entry.name.casefold(), entry.pk)

    def by_region(entry: Entry):
        return (entry.regency_name is None, short_regency(entry.regency_name or ""), *by_name(entry))

    return sorted(found, key=by_name if order == BY_NAME else by_region)


def grouped(cards: list[tuple[Entry, dict]], order: str) -> list[tuple[str, list[dict]]]:
    """Cards under the heading of their regency or letter."""

    def heading(pair: tuple[Entry, dict]) -> str:
        entry = pair[0]
        return entry.initial if order == BY_NAME else entry.regency_name or _("Daerah belum disebutkan")

    return [(name, [card for _entry, card in pairs]) for name, pairs in groupby(cards, key=heading)]


def choices_of(found: list[Entry], asked: Asked) -> dict[str, list[Option]]:
    """Every choice of each filter with the number of booths under the other filters."""
    names = {"regency": "regency_name", "hall": "hall_label"}
    offered = {}
    for field in ("regency", "kind", "hall", "initial"):
        under_others = narrowed(found, asked, leaving_out=field)
        labels = {getattr(entry, field): getattr(entry, names.get(field, field)) for entry in under_others}
        numbers = counted(under_others, field)
        offered[field] = [
            Option(str(label), key, numbers[key], key == getattr(asked, field), asked.url(**{field: key}))
            for key, label in labels.items()
            if key
        ]
    offered["regency"].sort(key=lambda option: short_regency(option.label))
    offered["initial"].sort(key=lambda option: (option.label == "#", option.label))
    total = len(narrowed(found, asked, leaving_out="kind"))
    offered["kind"] = [
        Option(_("Semua"), "", total, not asked.kind, asked.url(kind="")),
        *(replace(option, label=str(Kind(option.value).label)) for option in offered["kind"]),
    ]
    return offered


def _is_called(entry: Entry, sounds: list[str]) -> bool:
    """Every typed word begins, or sounds like the beginning of, a word of the name."""
    words = [sound_of(word) for word in plain_words(entry.name)]
    return all(any(word.startswith(sound) for word in words) for sound in sounds)
