"""What staff change by hand in the admin stands in the log: who, when, why, before and after."""

import pytest
from django.urls import reverse

from exhibitors.domain.decisions import latest_decision
from exhibitors.models import Decision
from tests.factories import make_booth, make_category, make_product
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def filled_in(client, model, subject, inlines, **values):
    """Post the admin's form of ``subject`` as it is but for ``values``; returns the answer."""
    page = reverse(f"admin:{model}_change", args=[subject.pk])
    shown = client.get(page).context
    form = shown["adminform"].form
    data = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    for inline in shown["inline_admin_formsets"]:
        for each in (inline.formset.management_form, *(inline.formset.initial_forms if inlines else [])):
            data |= {each.add_prefix(name): each[name].value() for name in each.fields}
        if not inlines:
            data |= {f"{inline.formset.prefix}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    sent = {**data, **values}
    return client.post(page, {name: value for name, value in sent.items() if value is not None and value is not False})


def test_an_edit_of_a_product_is_logged_with_what_it_said(as_user, curator):
    product = make_product(name="Kopi", price=50_000, made_to_order=False, cover=make_picture())
    client = as_user(curator)
    answer = filled_in(
        client, "catalog_product", product, False, name="Kopi robusta", price="65000", edit_reason="Salah ketik"
    )
    assert answer.status_code == 302
    line = Decision.objects.get()
    assert (line.after, line.reason, line.decided_by) == ("edited", "Salah ketik", curator)
    assert line.changes == {"name": ["Kopi", "Kopi robusta"], "price": ["Rp50.000", "Rp65.000"]}
    assert latest_decision(product) is None  # nothing was decided
    page = client.get(reverse("admin:catalog_product_change", args=[product.pk])).content.decode()
    assert "<del>Rp50.000</del> → <ins>Rp65.000</ins>" in page
    assert filled_in(client, "catalog_product", product, False).status_code == 302
    assert Decision.objects.count() == 1  # saved without a change


def test_edits_of_exhibitors_and_their_booths_are_logged(as_user, superuser, owner):
    exhibitor, client = owner.exhibitor, as_user(superuser)
    booth = make_booth(exhibitor=exhibitor)
    category = make_category(name="Batik")
    answer = filled_in(
        client, "exhibitors_exhibitor", exhibitor, False, owner_name="Wati Asli", category=category.pk, lacks_nib="on"
    )
    assert answer.status_code == 302, answer.context["errors"]
    line = Decision.objects.get()
    assert line.changes["owner_name"] == ["Wati", "Wati Asli"]
    assert line.changes["category"] == ["", "Batik"]
    assert line.changes["lacks_nib"] == ["tidak", "ya"]
    assert filled_in(client, "exhibitors_exhibitor", exhibitor, True, **{"booths-0-is_open": ""}).status_code == 302
    assert filled_in(client, "exhibitors_booth", booth, False, number="Z9", is_open="on").status_code == 302
    changes = list(Decision.objects.filter(subject_type="booth").order_by("pk").values_list("changes", flat=True))
    assert changes == [{"is_open": ["ya", "tidak"]}, {"number": [booth.number, "Z9"], "is_open": ["tidak", "ya"]}]


def test_who_only_looks_is_asked_for_no_reason(as_user, operator, owner):
    page = reverse("admin:exhibitors_exhibitor_change", args=[owner.exhibitor.pk])
    html = as_user(operator).get(page)
    assert html.status_code == 200
    assert "edit_reason" not in html.content.decode()
