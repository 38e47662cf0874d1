"""What other apps add to the page of a product."""

import pytest

from catalog import product_sections
from catalog.product_sections import Fact, Section, register_fact, register_section
from tests.catalog.street import Street

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registers(monkeypatch):
    monkeypatch.setattr(product_sections, "_sections", {})
    monkeypatch.setattr(product_sections, "_facts", {})


def section(name, **fields):
    return Section(name, f"Judul {name}", "components/notice.html", **fields)


def test_sections_and_facts_stand_on_the_page_in_order(client):
    Street()
    register_section("questions", 20, lambda page, now: section("questions"))
    register_section("reviews", 10, lambda page, now: section("reviews", count=3, structured={"review": ["bagus"]}))
    register_fact("reply", 1, lambda page, now: Fact("Membalas", f"{page.product.exhibitor.name} cepat"))
    html = client.get("/produk/kain-0/").content.decode()
    assert html.index('id="reviews"') < html.index('id="questions"')
    assert "(3)" in html
    assert "<dt>Membalas</dt><dd>Usaha 0 cepat</dd>" in html
    assert '"review": ["bagus"]' in html


def test_what_has_nothing_to_show_is_left_out(client):
    Street()
    register_section("reviews", 10, lambda page, now: None)
    register_fact("reply", 10, lambda page, now: None)
    assert 'id="reviews"' not in client.get("/produk/kain-0/").content.decode()
