"""The administration's theme under our policy, in a real browser."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

# A few of the theme's decorations are style="" attributes; the policy drops them (ADR 0002).
DROPPED = "Applying inline style violates"


def test_administration_works_under_the_policy(page, site, complaints):
    staff = User.objects.create_superuser(email="staf@example.org", password="sandi-yang-panjang")
    EmailAddress.objects.create(user=staff, email=staff.email, verified=True, primary=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/admin/")
    page.fill("input[type=email], input[name=username]", "staf@example.org")
    page.fill("input[name=password]", "sandi-yang-panjang")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{site}/admin/")
    page.goto(f"{site}/admin/accounts/user/")
    assert page.goto(f"{site}/admin/accounts/user/add/").status == 200

    # Alpine has read its attributes (it uncovers the page), and colours come from our stylesheet.
    page.wait_for_function("!document.documentElement.hasAttribute('x-cloak')")
    assert page.evaluate("Alpine.evaluate(document.body, '1 + 1')") == 2
    colour = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--color-primary-600')")
    assert colour.strip().startswith("oklch")
    refused = [complaint for complaint in complaints if "Content Security Policy" in complaint]
    assert [complaint for complaint in refused if DROPPED not in complaint] == []
