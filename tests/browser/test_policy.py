"""The administration's theme under our policy, in a real browser."""

import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

# A few of the theme's decorations are style="" attributes; the policy drops them (ADR 0002).
DROPPED = "Applying inline style violates"


def test_administration_works_under_the_policy(page, site, complaints):
    User.objects.create_superuser(email="staf@example.org", password="sandi-yang-panjang")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/admin/")
    page.fill("input[type=email], input[name=username]", "staf@example.org")
    page.fill("input[name=password]", "sandi-yang-panjang")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site}/admin/")
    page.goto(f"{site}/admin/auth/group/")
    page.goto(f"{site}/admin/auth/group/add/")

    # Alpine runs, and colours come from our stylesheet.
    page.click("text=staf@example.org >> nth=0")
    assert page.is_visible("nav form[action$='/logout/'], nav a[href*='logout']")
    colour = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--color-primary-600')")
    assert colour.strip().startswith("oklch")
    assert [complaint for complaint in complaints if DROPPED not in complaint] == []
