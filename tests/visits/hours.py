"""Counted hours for tests: written as whoever counts writes them."""

from django.db import transaction

from visits.domain.store import counting
from visits.models import BoothVisitHour, VisitHour


def visit_hour(**fields) -> VisitHour:
    with transaction.atomic(), counting():
        return VisitHour.objects.create(**fields)


def booth_hour(**fields) -> BoothVisitHour:
    with transaction.atomic(), counting():
        return BoothVisitHour.objects.create(**fields)
