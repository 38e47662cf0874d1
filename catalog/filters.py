"""The panel of filters: every choice with its count and the address to which it leads. Nothing here queries."""

from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.addresses import category_url, search_url
from catalog.cards import short_regency
from catalog.criteria import SUPPLIES, Criteria
from catalog.queries.choices import Choice, Choices
from catalog.queries.facets import PRICE_STEPS, Facets, price_range
from exhibitors.models import CertificateKind
from expo import formats
from expo.formats import rupiah

MOST_PANELS = 200


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. ``value``: of the form's field; ``url``: the list with this choice alone (or without it, if on)."""

    label: str
    value: str
    count: int
    is_on: bool
    url: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the list without it."""

    label: str
    url: str
    count: int = 0


class Options(tuple[Option, ...]):
    """Choices of one filter, with the elements once written for them (``catalog.templatetags.filters``)."""

    written: SafeString | None = None


@dataclass(slots=True)
class Panel:
    categories: Options = field(default_factory=Options)
    regencies: Options = field(default_factory=Options)
    supplies: Options = field(default_factory=Options)
    certificates: Options = field(default_factory=Options)
    prices: Options = field(default_factory=Options)
    wholesale: Option | None = None
    chips: list[Chip] = field(default_factory=list)
    relaxed: list[Chip] = field(default_factory=list)  # for nothing found: one filter less, and what that would show
    everything: str = ""


_panels: dict[tuple, tuple[Choices, Facets, Panel]] = {}
"""Panels that this process has made, with what they were made of."""


def panel_of(criteria: Criteria, options: Choices, facets: Facets) -> Panel:
    """Made once for as long as choices and counts are remembered: it takes a fifth of a list's time."""
    key = replace(criteria, after=(), before=(), pages=1), get_language()
    made = _panels.get(key)
    if made and made[0] is options and made[1] is facets:
        return made[2]
    if len(_panels) >= MOST_PANELS:
        _panels.clear()
    panel = _panel(criteria, options, facets)
    _panels[key] = options, facets, panel
    return panel


def _panel(criteria: Criteria, options: Choices, facets: Facets) -> Panel:
    return Panel(
        categories=Options(_categories(criteria, options, facets.counts.get("category", {}))),
        regencies=Options(_regencies(criteria, options, facets.counts.get("regencies", {}))),
        supplies=Options(_supplies(criteria, facets.counts.get("supply", {}))),
        certificates=Options(_certificates(criteria, facets.counts.get("certificates", {}))),
        prices=Options(_prices(criteria, facets.counts.get("price", {}))),
        wholesale=Option(
            _("Ada harga grosir"), "1", facets.counts.get("wholesale", {}).get("1", 0), criteria.wholesale,
            list_url(criteria, wholesale=not criteria.wholesale),
        ),
        chips=_chips(criteria, options),
        relaxed=_relaxed(criteria, facets),
        everything=list_url(Criteria(text=criteria.text, sort=criteria.sort)),
    )  # fmt: skip


def list_url(criteria: Criteria, **changes) -> str:
    """The address of a list: a category without words to search has a page of its own."""
    changed = replace(criteria, **{"after": (), "before": (), "pages": 1, **changes})
    return _address(changed)


def page_url(criteria: Criteria, **place) -> str:
    """Another place in the same list."""
    return _address(replace(criteria, **{"after": (), "before": (), "pages": 1, **place}))


def _address(criteria: Criteria) -> str:
    if criteria.category and not criteria.text:
        base = category_url(criteria.category)
        query = _query(criteria, category="")
    else:
        base, query = search_url(), _query(criteria)
    return f"{base}?{query}" if query else base


def _query(criteria: Criteria, **changes) -> str:
    place = {"after": criteria.after, "before": criteria.before, "pages": criteria.pages}
    return criteria.query(**place, **changes)


def _categories(criteria: Criteria, options: Choices, counts: dict[str, int]) -> list[Option]:
    """The roots, and below the chosen category's ancestors what is in them. Empty ones are left out."""
    opened = {choice.key for choice in options.path(criteria.category)}
    found: list[Option] = []

    def add(parent: str | None, depth: int) -> None:
        for choice in options.children(parent):
            number = sum(counts.get(str(pk), 0) for pk in options.within(choice.key))
            if not number and choice.key not in opened:
                continue
            is_on = choice.key == criteria.category
            url = list_url(criteria, category=choice.key)
            found.append(Option(choice.label, choice.key, number, is_on, url, depth))
            if choice.key in opened:
                add(choice.key, depth + 1)

    add(None, 0)
    return found


def _regencies(criteria: Criteria, options: Choices, counts: dict[str, int]) -> list[Option]:
    found = []
    for choice in options.regencies:
        is_on, number = choice.key in criteria.regencies, counts.get(choice.key, 0)
        if number or is_on:
            found.append(Option(short_regency(choice.label), choice.key, number, is_on))
    return sorted(found, key=lambda option: not option.is_on)


def _supplies(criteria: Criteria, counts: dict[str, int]) -> list[Option]:
    anything = Option(_("Semua"), "", sum(counts.values()), not criteria.supply)
    return [
        anything,
        *(Option(str(label), key, counts.get(key, 0), criteria.supply == key) for key, label in SUPPLIES.items()),
    ]


def _certificates(criteria: Criteria, counts: dict[str, int]) -> list[Option]:
    found = [
        Option(str(kind.label), kind.value, counts.get(kind.value, 0), kind.value in criteria.certificates)
        for kind in CertificateKind
    ]
    return [option for option in found if option.count or option.is_on]


def _prices(criteria: Criteria, counts: dict[str, int]) -> list[Option]:
    found = []
    for bucket in range(len(PRICE_STEPS) + 1):
        low, high = price_range(str(bucket))
        number, is_on = counts.get(str(bucket), 0), (criteria.low, criteria.high) == (low, high)
        if number or is_on:
            url = list_url(criteria, low=None, high=None) if is_on else list_url(criteria, low=low, high=high)
            found.append(Option(price_label(low, high), str(bucket), number, is_on, url))
    return found


def price_label(low: int | None, high: int | None) -> str:
    """Round ends of ranges are said as people say them: "Rp25.000–50.000", not "Rp25.000–49.999"."""
    top = high + 1 if high and high + 1 in PRICE_STEPS else high
    if low is None:
        return _("di bawah %s") % rupiah(top) if top != high else _("sampai %s") % rupiah(top)
    if high is None:
        return _("mulai %s") % rupiah(low)
    return f"{rupiah(low)}–{rupiah(top).removeprefix('Rp')}"


def _chips(criteria: Criteria, options: Choices) -> list[Chip]:
    chips = []
    if chosen := options.category(criteria.category):
        above = options.category(chosen.parent) if chosen.parent else None
        chips.append(Chip(chosen.label, list_url(criteria, category=above.key if above else "")))
    elif criteria.category:
        chips.append(Chip(criteria.category, list_url(criteria, category="")))
    for code in criteria.regencies:
        chips.append(Chip(_regency_name(code, options), list_url(criteria, regencies=_less(criteria.regencies, code))))
    if criteria.is_priced:
        chips.append(Chip(price_label(criteria.low, criteria.high), list_url(criteria, low=None, high=None)))
    if criteria.supply:
        chips.append(Chip(str(SUPPLIES[criteria.supply]), list_url(criteria, supply="")))
    for kind in criteria.certificates:
        less = _less(criteria.certificates, kind)
        chips.append(Chip(str(CertificateKind(kind).label), list_url(criteria, certificates=less)))
    if criteria.wholesale:
        chips.append(Chip(_("Ada harga grosir"), list_url(criteria, wholesale=False)))
    return chips


def _relaxed(criteria: Criteria, facets: Facets) -> list[Chip]:
    """What each filter hides when nothing is left."""
    if facets.total:
        return []
    names = {
        "category": _("Tanpa kategori"), "regencies": _("Tanpa kabupaten/kota"), "price": _("Tanpa batas harga"),
        "supply": _("Juga yang tidak siap kirim"), "certificates": _("Tanpa sertifikat"),
        "wholesale": _("Juga tanpa harga grosir"),
    }  # fmt: skip
    if criteria.supply == "pesan":
        names["supply"] = _("Juga yang tidak dibuat menurut pesanan")
    chips = [
        Chip(names[name], _address(criteria.without(name)), facets.without.get(name, 0)) for name in criteria.filters
    ]
    return sorted((chip for chip in chips if chip.count), key=lambda chip: -chip.count)


def results_text(count: int) -> str:
    return ngettext("%(count)s produk", "%(count)s produk", count) % {"count": formats.number(count)}


def _regency_name(code: str, options: Choices) -> str:
    found = next((choice for choice in options.regencies if choice.key == code), None)
    return short_regency(found.label) if found else code


def _less(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)


def related(choices: tuple[Choice, ...], criteria: Criteria, field_name: str) -> list[Chip]:
    """Categories or regencies that the words themselves name."""
    if field_name == "category":
        rest = Criteria()
        return [Chip(choice.label, list_url(rest, category=choice.key)) for choice in choices]
    return [Chip(choice.label, list_url(Criteria(), regencies=(choice.key,))) for choice in choices]
