import pytest
from django.utils import translation

from orders.durations import duration_text


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("2-4 hari", "2–4 hari", "2–4 days"),
        ("1 hari", "1 hari", "1 day"),
        (" 3 s.d. 7  Hari kerja", "3–7 hari kerja", "3–7 working days"),
        ("hari yang sama", "hari yang sama", "the same day"),
        ("kalau sempat", "kalau sempat", "kalau sempat"),
        ("", "", ""),
        ("9999 hari", "9999 hari", "9999 hari"),
    ],
)
def test_plain_spans_are_told_in_the_readers_language(written, indonesian, english):
    assert duration_text(written) == indonesian
    with translation.override("en"):
        assert duration_text(written) == english
