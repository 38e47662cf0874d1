import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.models import FormerAddress, forget_former_addresses
from exhibitors.domain.accounts import apply_due_accounts, block_account, confirm_account, give_account, stop_account
from exhibitors.domain.slow_changes import SlowChangeError
from exhibitors.models import BANK_ACCOUNT, AccountChange, ChangeState, Decision, Exhibitor
from exhibitors.states import CurationState
from exhibitors.tasks import apply_accounts
from expo.models import OutgoingMail
from tests.orders import shop

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(hours=24)
TICK = dt.timedelta(microseconds=1)
NEW = dict(zip(BANK_ACCOUNT, ("BNI", "99888777", "Wati"), strict=True))
OTHER = NEW | {"bank_account_number": "55444333"}


def account_of(exhibitor) -> str:
    return Exhibitor.objects.get(pk=exhibitor.pk).bank_account_number


def link() -> str:
    mail = OutgoingMail.objects.filter(key__contains=":confirm:").order_by("-pk").first()
    return re.search(r"/rekening/konfirmasi/([\w-]{43})/", mail.body).group(1)


def told(part: str) -> set[str]:
    return set(OutgoingMail.objects.filter(key__contains=part).values_list("to", flat=True))


@pytest.fixture
def exhibitor(owner, helper):
    return owner.exhibitor


def test_a_changed_account_waits_for_the_owner_and_then_a_day(exhibitor, owner, helper):
    old, now = account_of(exhibitor), timezone.now()
    change = give_account(exhibitor, NEW, by=helper, now=now)
    assert (change.state, change.applied_at, account_of(exhibitor)) == (ChangeState.WAITING, None, old)
    assert told(":confirm:") == {owner.email}  # not the helper, who asked
    assert apply_due_accounts(now + 9 * DAY) == 0  # nobody has said yes

    confirm_account(link(), now=now)
    assert told(":confirmed") == {owner.email, helper.email}
    assert apply_due_accounts(now + DAY - TICK) == 0
    assert account_of(exhibitor) == old
    assert apply_due_accounts(now + DAY) == 1
    assert apply_due_accounts(now + DAY) == 0
    assert account_of(exhibitor) == "99888777"
    assert told(":applied") == {owner.email, helper.email}
    assert "99888777" in Decision.objects.get(subject_id=exhibitor.pk, subject_type="exhibitor").reason


def test_open_orders_keep_the_account_that_their_buyer_saw(owner):
    placement = shop.sold(exhibitor=owner.exhibitor)
    old, now = account_of(owner.exhibitor), timezone.now()
    before = shop.placed_order(placement)
    give_account(owner.exhibitor, NEW, by=owner, now=now - DAY)
    confirm_account(link(), now=now - DAY)
    apply_accounts()
    after = shop.placed_order(placement)
    assert before.payments.get().account_number == old
    assert after.payments.get().account_number == "99888777"


@pytest.mark.parametrize("state", [CurationState.DRAFT, CurationState.SUBMITTED, CurationState.RETURNED])
def test_before_the_first_approval_nobody_waits(exhibitor, owner, state):
    Exhibitor.objects.update(state=state)
    assert give_account(exhibitor, NEW, by=owner).applied_at
    assert account_of(exhibitor) == "99888777"


def test_the_first_account_counts_at_once_but_taking_it_away_does_not_get_round_the_wait(exhibitor, owner, superuser):
    Exhibitor.objects.update(**dict.fromkeys(BANK_ACCOUNT, ""))
    assert give_account(exhibitor, NEW, by=owner).applied_at
    assert give_account(exhibitor, dict.fromkeys(BANK_ACCOUNT, ""), by=superuser).applied_at
    assert not Exhibitor.objects.get(pk=exhibitor.pk).takes_transfers
    assert give_account(exhibitor, OTHER, by=owner).applied_at is None
    assert account_of(exhibitor) == ""


def test_a_newer_change_takes_the_place_of_one_that_is_not_in_use_yet(exhibitor, owner):
    now = timezone.now()
    give_account(exhibitor, NEW, by=owner, now=now)
    first = link()
    give_account(exhibitor, OTHER, by=owner, now=now)
    with pytest.raises(SlowChangeError):
        confirm_account(first, now=now)
    confirm_account(link(), now=now)
    give_account(exhibitor, NEW, by=owner, now=now)
    confirm_account(link(), now=now + DAY - TICK)
    assert apply_due_accounts(now + DAY) == 0  # the second never comes
    assert apply_due_accounts(now + 2 * DAY) == 1
    assert account_of(exhibitor) == "99888777"


def test_whoever_works_there_stops_a_change_and_staff_block_it(exhibitor, owner, helper, curator):
    old, now = account_of(exhibitor), timezone.now()
    give_account(exhibitor, NEW, by=owner, now=now)
    confirm_account(link(), now=now)
    assert stop_account(exhibitor, by=helper, now=now) == 1
    assert stop_account(exhibitor, by=helper, now=now) == 0
    change = give_account(exhibitor, OTHER, by=owner, now=now)
    confirm_account(link(), now=now)
    block_account(change, by=curator, reason="Diduga dibajak", now=now)
    assert apply_due_accounts(now + 2 * DAY) == 0
    assert account_of(exhibitor) == old
    assert "Diduga dibajak" in OutgoingMail.objects.get(to=owner.email, key__endswith=f":blocked:{owner.pk}").body
    with pytest.raises(SlowChangeError):
        block_account(change, by=curator, reason="Lagi")


def test_what_is_no_account_or_no_change_is_refused(exhibitor, owner):
    with pytest.raises(SlowChangeError, match="nama pemiliknya"):
        give_account(exhibitor, NEW | {"bank_account_holder": " "}, by=owner)
    present = {name: getattr(exhibitor, name) for name in BANK_ACCOUNT}
    with pytest.raises(SlowChangeError, match="rekening Anda sekarang"):
        give_account(exhibitor, present, by=owner)
    for number in range(5):
        give_account(exhibitor, NEW | {"bank_account_number": f"100000{number}"}, by=owner)
    with pytest.raises(SlowChangeError, match="Terlalu banyak"):
        give_account(exhibitor, NEW, by=owner)


def test_without_an_owner_the_day_alone_is_waited(exhibitor, owner, superuser):
    owner.is_active = False
    owner.save()
    change = give_account(exhibitor, NEW, by=superuser)
    assert change.state == ChangeState.CONFIRMED
    assert change.active_from - change.added_at == DAY


def test_the_address_that_an_owner_had_until_lately_is_warned_without_a_link(exhibitor, owner):
    old, owner.email = owner.email, "baru@contoh.test"
    owner.save()
    give_account(exhibitor, NEW, by=owner)
    warning = OutgoingMail.objects.get(to=old)
    assert "99888777" in warning.body
    assert "/konfirmasi/" not in warning.body
    assert link() in OutgoingMail.objects.get(to="baru@contoh.test").body

    FormerAddress.objects.update(until=timezone.now() - dt.timedelta(days=31))
    give_account(exhibitor, OTHER, by=owner)
    assert OutgoingMail.objects.filter(to=old).count() == 1
    assert forget_former_addresses(timezone.now()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_and_a_stop_at_once(owner):
    now = timezone.now() - 2 * DAY
    give_account(owner.exhibitor, NEW, by=owner, now=now)
    confirm_account(link(), now=now)
    due = timezone.now()
    *applied, stopped = shop.at_once(
        lambda: apply_due_accounts(due),
        lambda: apply_due_accounts(due),
        lambda: stop_account(owner.exhibitor, by=owner, now=due),
    )
    assert sum(applied) + stopped == 1
    assert (account_of(owner.exhibitor) == "99888777") == bool(sum(applied))
    assert AccountChange.objects.filter(applied_at__isnull=False).exists() == bool(sum(applied))
