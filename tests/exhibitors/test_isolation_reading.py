"""What the dashboard answers is read, not only its status: nothing of an exhibitor is in any answer to anyone else.

Every text of an exhibitor carries a mark (``marks``). Each address is asked as it is and with the exhibitor's keys in
its query, with a session that names the exhibitor, by everybody who is not of it; files are unpacked. What a view reads
from the query is noted while it is asked: a parameter that ``ASKED_FOR`` does not know fails here.
"""

from functools import cached_property
from typing import ClassVar
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client

from catalog.models import Placement
from exhibitors.permissions import SESSION_KEY
from exhibitors.states import CurationState
from tests.exhibitors.belongings import PARAMETER, filled
from tests.exhibitors.marks import found_in, mark_everything, squeezed
from tests.exhibitors.routes import OF_OTHERS, WITH_KEYS, key_word
from tests.exhibitors.world import WITHOUT_EXHIBITOR, made_world
from tests.factories import make_placement, make_product
from tests.orders import shop

pytestmark = pytest.mark.django_db

# Every kind of a file that an address gives out.
KINDS = {"angka": ("csv", "xlsx"), "ekspor": ("csv", "xlsx"), "contoh": ("csv", "xlsx")}
# A parameter of an address → what of the owner's it is asked with: keys of ``lures``.
ASKED_FOR: dict[str, tuple[str, ...]] = {
    "antrean": ("semua",), "area": (), "baris": ("semua",), "dari": ("today",), "dihapus": ("unggahan",),
    "hari": ("today",), "jenis": (), "jumlah": ("amount",), "pameran": ("edition",), "pesanan": ("pesanan", "waiting"),
    "pilih": ("semua",), "produk": ("produk", "draft"), "q": ("draft_name",), "sampai": ("today",),
    "sebelum": ("pesanan", "laporan-penjualan"), "sesudah": ("produk", "permintaan", "ulasan", "impor"),
    "status": ("semua",),
}  # fmt: skip
# What no view reads today, and somebody could try.
GUESSED = {"peserta": "exhibitor", "exhibitor": "exhibitor", "id": "draft", "pk": "pesanan", "stan": "edition"}
# What an owner must find, or the marks would be sought in vain.
READABLE = {
    "catalog.Product.name", "catalog.Product.description", "orders.Order.code", "orders.Order.buyer_name",
    "orders.Order.buyer_phone", "orders.Order.address", "orders.Order.note", "orders.Order.goods_total",
    "exhibitors.Exhibitor.bank_account_number", "exhibitors.Certificate.number", "exhibitors.Invitation.email",
    "inquiries.Inquiry.name", "inquiries.Inquiry.email", "inquiries.Inquiry.message", "orders.Voucher.code",
    "orders.StatementRow.text", "orders.ReportedSale.note", "orders.Refund.reason", "catalog.Review.body",
}  # fmt: skip
IN_FILES = {"text/csv", "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class Query(QueryDict):
    """Remembers which of its parameters a view asked for."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, name):
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.asked.add(name)
        return super().__contains__(name)

    def getlist(self, name, default=None):
        self.asked.add(name)
        return super().getlist(name, default)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), made_world(price=7_391_840) as world:
        draft = make_product(exhibitor=world.exhibitor, state=CurationState.DRAFT)
        placement = Placement.objects.get(pk=world.keys["potongan"])
        waiting = shop.paid_order(placement_at(placement.booth), by=world.owner)
        world.marks = mark_everything(world.owner, world.outsider.exhibitor)
        draft.refresh_from_db()
        world.lures = world.keys | {
            "exhibitor": world.exhibitor.pk, "edition": placement.booth.edition.slug, "draft": draft.pk,
            "draft_name": draft.name, "waiting": waiting.code, "today": world.keys["hari"], "semua": "semua",
            "amount": 7_391_840,
        }  # fmt: skip
        yield world


def placement_at(booth):
    goods = make_product(exhibitor=booth.exhibitor, stock=9)
    return make_placement(booth=booth, product=goods, shown_from=booth.edition.sales_open)


@pytest.fixture
def asked(monkeypatch):
    """The names that views read from the query of their address since this was last cleared."""
    monkeypatch.setattr(Query, "asked", set())
    query = cached_property(lambda request: Query(request.META.get("QUERY_STRING", ""), encoding=request.encoding))
    query.__set_name__(WSGIRequest, "GET")
    monkeypatch.setattr(WSGIRequest, "GET", query)
    return Query.asked


def signed_in(user, *, working_for=None) -> Client:
    """``working_for``: the exhibitor that the session names, as if somebody could have written into it."""
    client = Client()
    if user:
        client.force_login(user)
    session = client.session
    if working_for:
        session[SESSION_KEY] = working_for.pk
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def keyless(keys) -> list[str]:
    """The addresses of all that names no thing of one exhibitor, each with every day, step or kind that it takes."""
    found = []
    for route, _view in OF_OTHERS:
        if route in WITH_KEYS:
            continue
        word = key_word(route) if PARAMETER.search(route) else ""
        kinds = [keys | {word: kind} for kind in KINDS[word]] if word in KINDS else [keys]
        found += [filled(route, of_kind) for of_kind in kinds]
    return found


def with_query(path: str, pairs) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(pairs)}"


def lured(lures, names) -> list[tuple[str, object]]:
    """The owner's keys under these names of parameters. KeyError: say in ``ASKED_FOR`` what the new one takes."""
    return [(name, lures[lure]) for name in sorted(names - GUESSED.keys()) for lure in ASKED_FOR[name]]


def guessed(lures) -> list[tuple[str, object]]:
    return [(name, lures[lure]) for name, lure in GUESSED.items()]


def given_away(answer, marks) -> list[str]:
    """The marks in an answer that were not in the question: a link to the same page in English repeats its address."""
    question = squeezed(f"{answer.request['PATH_INFO']}?{answer.request['QUERY_STRING']}")
    return [f"{marks[mark]}: {mark}" for mark in found_in(answer, marks) if mark not in question]


def test_the_owner_finds_the_marks(world):
    """Else not finding them would say nothing: on pages, in tables, workbooks and papers."""
    client = signed_in(world.owner)
    waiting = urlencode({"pesanan": world.lures["waiting"]})
    paths = [*keyless(world.keys), *(filled(route, world.keys) for route in WITH_KEYS if route.endswith(">/"))]
    paths += [f"/dasbor/pesanan/label.pdf?{waiting}", f"/dasbor/pesanan/{world.keys['pesanan']}/kuitansi.pdf"]
    found, files = set(), set()
    for path in paths:
        answer = client.get(path)
        if marks := found_in(answer, world.marks):
            found |= {world.marks[mark] for mark in marks}
            files.add(answer.headers["Content-Type"].partition(";")[0])
    assert found >= READABLE
    assert files >= IN_FILES


def test_other_exhibitors_read_nothing_of_it(world, asked):
    """Neither plainly, nor with each parameter that the view reads, nor with all at once."""
    plain, crafty = signed_in(world.outsider), signed_in(world.outsider, working_for=world.exhibitor)
    for path in keyless(world.theirs):
        asked.clear()
        answers = [plain.get(path)]
        if answers[0].status_code == 405:
            continue
        pairs = lured(world.lures, asked)
        answers.append(crafty.get(with_query(path, pairs + guessed(world.lures))))
        if pairs:
            answers.append(crafty.get(with_query(path, pairs), headers={"HX-Request": "true"}))
        if len(pairs) > 1:
            answers += [crafty.get(with_query(path, [pair])) for pair in lured(world.lures, asked)]
        for answer in answers:
            assert not given_away(answer, world.marks), answer.request
            assert answer.status_code in (200, 302, 400, 403, 404), answer.request


def test_the_staff_of_other_exhibitors_reads_nothing_of_it(world):
    client = signed_in(world.assistant, working_for=world.exhibitor)
    for path in keyless(world.theirs):
        assert not given_away(client.get(with_query(path, guessed(world.lures))), world.marks), path


def test_pages_of_ones_own_things_take_no_keys_of_others(world, asked):
    client = signed_in(world.outsider, working_for=world.exhibitor)
    for route in WITH_KEYS:
        path = filled(route, world.theirs)
        answers = [client.get(with_query(path, guessed(world.lures)))]
        if pairs := lured(world.lures, asked):
            answers.append(client.get(with_query(path, pairs)))
        for answer in answers:
            assert not given_away(answer, world.marks), answer.request
        asked.clear()


@pytest.mark.parametrize("who", [*WITHOUT_EXHIBITOR, None])
def test_who_has_no_exhibitor_reads_nothing_of_it(world, asked, who):
    client = signed_in(world.others[who] if who else None, working_for=world.exhibitor)
    for path in keyless(world.keys):
        answer = client.get(with_query(path, guessed(world.lures)))
        assert answer.status_code in (302, 403, 404, 405), answer.request
        assert not given_away(answer, world.marks), answer.request
    assert not asked  # nobody came so far
