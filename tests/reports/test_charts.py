import dataclasses
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from reports.charts import day_chart, hour_chart
from reports.figures import Row
from reports.periods import periods
from tests.reports.sample_figures import sample_figures, sample_sales

SVG = "{http://www.w3.org/2000/svg}"


def with_days(figures, rows):
    return dataclasses.replace(figures, tables=dataclasses.replace(figures.tables, day=tuple(rows)))


def long_run(days, *, amount=1_000_000):
    first = date(2020, 10, 20)
    keys = [(first + timedelta(days=offset)).isoformat() for offset in range(days)]
    return [Row(key=key, label="", realised=amount) for key in keys]


@pytest.mark.parametrize("chart", [day_chart, hour_chart])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("exhibitors", [0, 1, 152])
def test_chart_is_described_svg_without_inline_style(chart, language, exhibitors):
    text = chart(sample_figures(exhibitors=exhibitors), language)
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    named = {root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")}
    assert set(root.get("aria-labelledby").split()) == named
    assert not re.search(r"style=|<style|<script|\son\w+=", text)


def test_bars_are_as_high_as_their_amounts():
    figures = with_days(sample_figures(), [*long_run(2), *long_run(3)[2:]])
    rows = list(figures.tables.day)
    rows[1] = dataclasses.replace(rows[1], realised=500_000)
    root = ElementTree.fromstring(day_chart(with_days(figures, rows), "id"))
    heights = [float(bar.get("height")) for bar in root.iter(f"{SVG}rect")]
    assert heights[0] == heights[2]
    assert heights[1] == pytest.approx(heights[0] / 2, abs=0.1)


def test_negative_day_hangs_below_the_axis():
    sales = [{**sale, "realised": -sale["realised"]} for sale in sample_sales(2, refunds=False)]
    root = ElementTree.fromstring(day_chart(sample_figures(exhibitors=2, sales=sales), "id"))
    zero = float(root.findall(f"{SVG}line")[-1].get("y1"))
    bars = [bar for bar in root.iter(f"{SVG}rect") if float(bar.get("height"))]
    assert bars
    assert all(float(bar.get("y")) == pytest.approx(zero, abs=0.1) for bar in bars)


def test_chart_names_the_exhibition_days():
    assert "Selama pameran" in day_chart(sample_figures(), "id")


@pytest.mark.parametrize(("days", "keys"), [(11, 10), (62, 10), (63, 7), (1800, 7), (2200, 4)])
def test_many_days_are_gathered_without_losing_a_rupiah(days, keys):
    rows = long_run(days)
    shown = periods(rows, "id")
    assert {len(period.key) for period in shown} == {keys}
    assert sum(period.row.realised for period in shown) == days * 1_000_000


def test_day_without_a_date_keeps_its_own_bar():
    shown = periods([*long_run(70), Row(key="", label="", realised=5)], "id")
    assert shown[-1].key == ""
    assert shown[-1].row.realised == 5
