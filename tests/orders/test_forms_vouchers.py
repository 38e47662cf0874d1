import datetime as dt

import pytest
from django.utils import timezone

from orders.domain.vouchers import count
from orders.forms.vouchers import VoucherForm
from orders.models import Voucher

pytestmark = pytest.mark.django_db


def test_changing_a_voucher_keeps_what_buyers_take_meanwhile(owner):
    now = timezone.now()
    voucher = Voucher.objects.create(
        code="HEMAT10", exhibitor=owner.exhibitor, value=10, valid_from=now, valid_until=now + dt.timedelta(days=9)
    )
    data = {name: getattr(voucher, name) for name in VoucherForm.Meta.fields}
    data |= {"minimum_spend": 50_000, "budget": 9_000, "most": "", "most_uses": ""}
    form = VoucherForm(data, instance=voucher)
    assert form.is_valid(), form.errors
    count(voucher.pk, 1, 7_000)
    form.save()
    kept = Voucher.objects.get()
    assert (kept.minimum_spend, kept.budget, kept.uses, kept.spent) == (50_000, 9_000, 1, 7_000)


def test_amounts_are_written_in_any_usual_way(owner):
    now = timezone.now()
    data = {
        "code": "HEMAT25", "benefit": "amount", "value": "25rb", "minimum_spend": "Rp150.000", "valid_from": now,
        "valid_until": now + dt.timedelta(days=9), "uses_per_buyer": 1, "budget": "1,5 juta", "is_active": "on",
    }  # fmt: skip
    form = VoucherForm(data, instance=Voucher(exhibitor=owner.exhibitor))
    assert form.is_valid(), form.errors
    voucher = form.save()
    assert (voucher.value, voucher.minimum_spend, voucher.budget, voucher.most) == (25_000, 150_000, 1_500_000, None)
    assert 'value="150.000"' in str(VoucherForm(instance=voucher)["minimum_spend"])
