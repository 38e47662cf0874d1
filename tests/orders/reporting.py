"""Reports of sales made elsewhere. Plain functions, valid defaults."""

import itertools
import uuid

from django.utils import timezone

from orders.models import ReportedSale
from orders.reported.content import Evidence, NewPayment, NewReport
from orders.reported.reports import report_payment, report_sale
from orders.reported.verification import verify_report

numbers = itertools.count(1)


def evidence(digest="") -> Evidence:
    """A document that nobody else has shown, unless it is named."""
    number = next(numbers)
    return Evidence(f"reported/{number}.jpg", digest or f"{number:064x}")


def new_report(product=None, **fields) -> NewReport:
    number = next(numbers)
    return NewReport(
        **{
            "key": uuid.uuid4(),
            "sold_at": "marketplace",
            "amount": 100_000 + number,
            "occurred_at": timezone.now(),
            "product": product,
            **fields,
        }
    )


def report(exhibitor, product, *, by, now=None, documents=None, **fields) -> ReportedSale:
    fields.setdefault("occurred_at", now or timezone.now())
    made = new_report(product, **fields)
    return report_sale(exhibitor, made, documents or [evidence()], by=by, is_sure=True, now=now).report


def verified(exhibitor, product, *, by, checker, **fields) -> ReportedSale:
    return verify_report(report(exhibitor, product, by=by, **fields), by=checker)


def paid(promise, amount, *, by, moment=None, now=None) -> ReportedSale:
    made = NewPayment(key=uuid.uuid4(), amount=amount, occurred_at=moment or now or timezone.now())
    return report_payment(promise, made, [evidence()], by=by, is_sure=True, now=now).report
