from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.template import Context, Engine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from expo import formats

CLOSING = datetime(2020, 11, 20, 6, 0, tzinfo=UTC)
AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "Rp0", "Rp0"),
        (999, "Rp999", "Rp999"),
        (1_250_000, "Rp1.250.000", "Rp1,250,000"),
        (-1_250_000, "-Rp1.250.000", "-Rp1,250,000"),
    ],
)
def test_rupiah(value, indonesian, english):
    assert formats.rupiah(value, "id") == indonesian
    assert formats.rupiah(value, "en") == english


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (3_715_382_000, "Rp3,7 miliar", "Rp3.7 billion"),
        (3_799_999_999, "Rp3,7 miliar", "Rp3.7 billion"),
        (3_000_000_000, "Rp3 miliar", "Rp3 billion"),
        (230_591_000, "Rp230,5 juta", "Rp230.5 million"),
        (999_999_999, "Rp999,9 juta", "Rp999.9 million"),
        (1_000_000, "Rp1 juta", "Rp1 million"),
        (999_999, "Rp999.999", "Rp999,999"),
        (0, "Rp0", "Rp0"),
        (-3_799_999_999, "-Rp3,7 miliar", "-Rp3.7 billion"),
        (2_340_000_000_000, "Rp2,3 triliun", "Rp2.3 trillion"),
    ],
)
def test_short_amounts_are_cut_never_rounded_up(value, indonesian, english):
    assert formats.rupiah_short(value, "id") == indonesian
    assert formats.rupiah_short(value, "en") == english


@pytest.mark.parametrize(
    ("grams", "indonesian", "english"),
    [
        (350, "350 g", "350 g"),
        (1000, "1 kg", "1 kg"),
        (1250, "1,25 kg", "1.25 kg"),
        (1_234_005, "1.234,005 kg", "1,234.005 kg"),
    ],
)
def test_weight_is_told_in_the_unit_of_a_scale(grams, indonesian, english):
    assert (formats.weight(grams, "id"), formats.weight(grams, "en")) == (indonesian, english)


@given(AMOUNTS)
def test_short_amount_never_says_more_than_the_figure(value):
    text = formats.miliar(value, "en").replace(",", "")
    figure, _space, unit = text.partition(" ")
    scale = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[unit]
    whole, _point, tenth = figure.lstrip("-").partition(".")
    said = int(whole) * scale + int(tenth or 0) * scale // 10
    assert said <= abs(value)
    assert abs(value) - said < max(scale // 10, 1)


@given(AMOUNTS)
def test_numbers_read_back(value):
    assert int(formats.number(value, "id").replace(".", "")) == value
    assert int(formats.number(value, "en").replace(",", "")) == value


@pytest.mark.parametrize(
    ("basis_points", "indonesian", "english"),
    [
        (0, "0%", "0%"),
        (3443, "34,43%", "34.43%"),
        (3400, "34%", "34%"),
        (5, "0,05%", "0.05%"),
        (81, "0,81%", "0.81%"),
        (10_000, "100%", "100%"),
        (-250, "-2,5%", "-2.5%"),
    ],
)
def test_percent(basis_points, indonesian, english):
    assert formats.percent(basis_points, "id") == indonesian
    assert formats.percent(basis_points, "en") == english


def test_moments_are_shown_in_wib():
    assert formats.wib(CLOSING, "id") == "20 November 2020 pukul 13.00 WIB"
    assert formats.wib(CLOSING, "en") == "20 November 2020, 13:00 WIB"
    assert formats.wib(CLOSING, "id", weekday=True) == "Jumat, 20 November 2020 pukul 13.00 WIB"
    assert formats.wib(CLOSING, "en", weekday=True) == "Friday, 20 November 2020, 13:00 WIB"
    elsewhere = CLOSING.astimezone(timezone(timedelta(hours=-8)))
    assert formats.wib(elsewhere, "id") == formats.wib(CLOSING, "id")


def test_seconds_of_a_moment_are_not_hidden():
    assert formats.wib(CLOSING + timedelta(seconds=30), "id") == "20 November 2020 pukul 13.00.30 WIB"


def test_day_of_a_moment_is_its_wib_day():
    before_midnight = datetime(2020, 12, 31, 16, 59, 59, tzinfo=UTC)
    assert formats.tanggal(before_midnight, "id") == "31 Desember 2020"
    assert formats.tanggal(before_midnight + timedelta(seconds=1), "id") == "1 Januari 2021"
    assert formats.tanggal(date(2020, 11, 19), "id", weekday=True) == "Kamis, 19 November 2020"


def test_naive_moments_and_floats_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        formats.wib(datetime(2020, 11, 20))  # noqa: DTZ001
    with pytest.raises(TypeError):
        formats.rupiah(1.5)


def test_filters_follow_the_active_language():
    engine = Engine(libraries={"formats": "expo.templatetags.formats"})
    template = engine.from_string(
        "{% load formats %}{{ n|rupiah }} {{ n|miliar }} {{ t|wib }} {{ t|tanggal_long }} [{{ none|rupiah }}]"
    )
    context = Context({"n": 1_250_000, "t": CLOSING, "none": None})
    with translation.override("id"):
        assert template.render(context) == (
            "Rp1.250.000 1,2 juta 20 November 2020 pukul 13.00 WIB Jumat, 20 November 2020 []"
        )
    with translation.override("en"):
        assert template.render(context) == (
            "Rp1,250,000 1.2 million 20 November 2020, 13:00 WIB Friday, 20 November 2020 []"
        )
