"""What stands in elements that Python writes."""

import pytest
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from expo.escaping import escaped


@pytest.mark.parametrize("value", ["", "kain", "<b>\"&'", mark_safe("<b>&</b>"), 12, None, gettext_lazy("Beli <ya>")])
def test_it_is_what_django_gives(value):
    assert escaped(value) == conditional_escape(value)
    assert escaped(escaped(mark_safe("<i>"))) == "<i>"
