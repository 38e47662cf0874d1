import datetime as dt
import re

import pytest
from django.utils import timezone

from exhibitors.domain.slow_changes import SlowChangeError
from exhibitors.models import MemberRole
from expo.models import OutgoingMail
from orders.domain.errors import OrderError
from orders.domain.offers import Wishes
from orders.domain.qris_codes import block_qris, clear_twin, confirm_qris, give_qris, withdraw_qris
from orders.models import QrisCode, QrisState
from orders.paying import panel_for
from orders.qris import QrisError
from tests.cast import exhibitor_of, person
from tests.orders import shop
from tests.orders.qris.codes import national, static_code
from tests.orders.ways import give_qris as code_in_use

pytestmark = pytest.mark.django_db
OTHER = static_code(t59="BATIK WATI", t51=national("ID1099887766554"))


def link() -> str:
    """The token in the newest mail that asks for confirmation."""
    mail = OutgoingMail.objects.filter(key__contains=":confirm:").order_by("-pk").first()
    return re.search(r"/qris/konfirmasi/([\w-]{43})/", mail.body).group(1)


def shown(exhibitor, now=None):
    return QrisCode.objects.in_use(now or timezone.now()).filter(exhibitor=exhibitor).first()


def test_a_code_counts_only_after_an_owner_confirms_it_by_mail(owner, helper):
    code = give_qris(owner.exhibitor, static_code(), by=owner)
    assert shown(owner.exhibitor) is None
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == [owner.email]  # not the helper

    confirm_qris(link())

    assert shown(owner.exhibitor) == code
    told = OutgoingMail.objects.filter(key__contains=":confirmed")
    assert set(told.values_list("to", flat=True)) == {owner.email, helper.email}


def test_a_change_waits_a_day_and_the_old_code_stays(owner):
    old = code_in_use(owner.exhibitor, by=owner)
    new = give_qris(owner.exhibitor, OTHER, by=owner)
    assert static_code() not in new.text
    now = timezone.now()
    confirm_qris(link(), now=now)
    assert shown(owner.exhibitor, now + dt.timedelta(hours=23, minutes=59)) == old
    assert shown(owner.exhibitor, now + dt.timedelta(hours=24)) == new


def test_withdrawing_does_not_get_round_the_cool_down(owner):
    code_in_use(owner.exhibitor, by=owner)
    withdraw_qris(owner.exhibitor, by=owner)
    assert shown(owner.exhibitor) is None
    give_qris(owner.exhibitor, OTHER, by=owner)
    confirm_qris(link())
    assert shown(owner.exhibitor) is None


def test_a_link_works_once_and_not_for_ever(owner):
    give_qris(owner.exhibitor, static_code(), by=owner)
    token = link()
    with pytest.raises(SlowChangeError):
        confirm_qris(token, now=timezone.now() + dt.timedelta(hours=73))
    confirm_qris(token)
    with pytest.raises(SlowChangeError):
        confirm_qris(token)
    with pytest.raises(SlowChangeError):
        confirm_qris("x" * 43)


def test_a_newer_upload_replaces_the_one_that_waits(owner):
    give_qris(owner.exhibitor, static_code(), by=owner)
    first = link()
    second = give_qris(owner.exhibitor, OTHER, by=owner)
    with pytest.raises(SlowChangeError):
        confirm_qris(first)
    confirm_qris(link())
    assert shown(owner.exhibitor) == second


def test_the_same_code_and_endless_tries_are_refused(owner):
    code_in_use(owner.exhibitor, by=owner, active_from=timezone.now() - dt.timedelta(days=3))
    with pytest.raises(OrderError, match="sudah dipakai"):
        give_qris(owner.exhibitor, static_code(), by=owner)
    for number in range(5):
        give_qris(owner.exhibitor, static_code(t59=f"TOKO {number}"), by=owner)
    with pytest.raises(SlowChangeError, match="Terlalu banyak"):
        give_qris(owner.exhibitor, OTHER, by=owner)


def test_a_code_for_one_payment_is_refused(owner):
    with pytest.raises(QrisError):
        give_qris(owner.exhibitor, static_code(t01="12", t54="5000"), by=owner)


def test_staff_see_how_much_the_merchant_resembles_the_exhibitor(owner):
    alike = give_qris(owner.exhibitor, OTHER, by=owner)
    unlike = give_qris(owner.exhibitor, static_code(t59="PULSA MURAH", t60="MEDAN"), by=owner)
    assert alike.name_resemblance == 100
    assert unlike.name_resemblance < 60
    assert unlike.city_resemblance == 0


def test_two_exhibitors_with_one_merchant_number_are_flagged_until_staff_judge(owner, curator):
    code_in_use(owner.exhibitor, by=owner)
    other = exhibitor_of(person("Lain"), "Pulsa Lain")
    twin = code_in_use(other)
    assert QrisCode.objects.suspicious().count() == 2
    clear_twin(twin, by=curator)
    assert QrisCode.objects.suspicious().count() == 1
    block_qris(twin, by=curator, reason="Bukan milik peserta ini")
    assert not QrisCode.objects.suspicious().exists()


def test_a_blocked_code_is_shown_to_nobody_also_not_to_who_chose_it(curator):
    placement = shop.sold()
    exhibitor = placement.booth.exhibitor
    code_in_use(exhibitor, active_from=timezone.now() - dt.timedelta(days=9), text=OTHER)
    code = code_in_use(exhibitor)
    order = shop.placed_order(placement, wishes=Wishes(methods={placement.booth.pk: "qris"}))

    block_qris(code, by=curator, reason="Diduga palsu")

    payment = order.payments.select_related("qris").get()
    panel = panel_for(order, payment, timezone.now())
    assert panel.is_stopped
    assert shown(exhibitor) is None  # the one before it does not come back
    assert [option.method for option in panel.others] == ["transfer"]


def test_a_change_that_is_blocked_in_its_cool_down_leaves_the_present_code(owner, curator):
    old = code_in_use(owner.exhibitor, by=owner)
    new = give_qris(owner.exhibitor, OTHER, by=owner)
    confirm_qris(link())
    block_qris(new, by=curator, reason="Diduga dibajak")
    assert shown(owner.exhibitor, timezone.now() + dt.timedelta(days=2)) == old
    with pytest.raises(SlowChangeError):
        block_qris(new, by=curator, reason="Lagi")


def test_the_address_that_an_owner_had_until_lately_is_warned_without_a_link(owner):
    old, owner.email = owner.email, "baru@contoh.test"
    owner.save()
    give_qris(owner.exhibitor, static_code(), by=owner)
    assert "/konfirmasi/" not in OutgoingMail.objects.get(to=old).body


@pytest.mark.django_db(transaction=True)
def test_one_link_pressed_many_times_at_once_confirms_once(owner):
    give_qris(owner.exhibitor, static_code(), by=owner)
    token = link()
    results = shop.at_once(*[lambda: confirm_qris(token) for _number in range(4)])
    assert sum(isinstance(result, QrisCode) for result in results) == 1
    assert QrisCode.objects.get().state == QrisState.CONFIRMED
    assert owner.exhibitor.memberships.get().role == MemberRole.OWNER
