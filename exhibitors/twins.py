"""Who else says the same: one business twice, or one pretending to be another. Curators judge, nothing is refused.

Upper floors add their own kind of sameness in ``AppConfig.ready``::

    register_twins("nmid", _("NMID yang sama"), same_merchant_number)
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Exhibitor

Find = Callable[[Exhibitor], Iterable[Exhibitor]]
MOST = 5  # of each kind
ALIKE = 0.5
SAY_LITTLE = frozenset(["bank", "bpd", "pt", "persero", "tbk", "indonesia", "syariah", "cabang", "unit", "kcp"])


@dataclass(frozen=True)
class Twin:
    label: Any
    exhibitor: Exhibitor


_kinds: dict[str, tuple[Any, Find]] = {}


def register_twins(name: str, label, find: Find) -> None:
    """Add a kind of sameness. ``find(exhibitor)`` gives the others, by one indexed query."""
    _kinds[name] = (label, find)


def twins_of(exhibitor: Exhibitor) -> list[Twin]:
    """The others that share something with it, a few of each kind."""
    return [Twin(label, other) for label, find in _kinds.values() for other in list(find(exhibitor)[:MOST])]


def others(exhibitor: Exhibitor):
    return Exhibitor.objects.exclude(pk=exhibitor.pk).defer("search").order_by("pk")


def same_nib(exhibitor: Exhibitor):
    return others(exhibitor).filter(nib=exhibitor.nib) if exhibitor.nib else []


def same_phone(exhibitor: Exhibitor):
    numbers = [number for number in (exhibitor.whatsapp, exhibitor.phone) if number]
    return others(exhibitor).filter(Q(whatsapp__in=numbers) | Q(phone__in=numbers)) if numbers else []


def same_account(exhibitor: Exhibitor):
    """Of the same bank, as people write its name; other banks give out the same numbers."""
    if not exhibitor.bank_account_number:
        return []
    found = others(exhibitor).filter(bank_account_number=exhibitor.bank_account_number)[: MOST * 10]
    return [other for other in found if is_same_bank(exhibitor.bank_name, other.bank_name)]


def is_same_bank(one: str, other: str) -> bool:
    """ "BRI" is "Bank Rakyat Indonesia", "BPD Jateng" is "PT Bank Jateng (Persero)"."""
    words, more = (re.findall(r"\w+", name.casefold()) for name in (one, other))
    if words == more or {*words} & {*more} - SAY_LITTLE:
        return True
    return "".join(word[0] for word in words) in more or "".join(word[0] for word in more) in words


def similar_name(exhibitor: Exhibitor):
    alike = others(exhibitor).filter(name__trigram_similar=exhibitor.name)
    return alike.annotate(alike=TrigramSimilarity("name", exhibitor.name)).filter(alike__gte=ALIKE).order_by("-alike")


def register_own_twins() -> None:
    register_twins("nib", _("NIB yang sama"), same_nib)
    register_twins("phone", _("Nomor telepon yang sama"), same_phone)
    register_twins("account", _("Rekening yang sama"), same_account)
    register_twins("name", _("Nama yang mirip"), similar_name)
