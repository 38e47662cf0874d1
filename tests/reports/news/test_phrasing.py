"""How newspapers put things: hedges that are denied or stand apart, one measure for two expos, sums in a row."""

import pytest

from reports.news.check import DateFinding, FigureFinding, check
from reports.news.matching import Status
from tests.reports.news.books import book


def told(text, kind=FigureFinding):
    return [finding for finding in check(text, book()).findings if isinstance(finding, kind)]


def statuses(text):
    return [str(finding.status) for finding in told(text)]


@pytest.mark.parametrize(
    ("text", "hedge", "status"),
    [
        ("Omzet UVO II tidak kurang dari Rp230 juta.", "above", "match"),
        ("Turnover of UVO II was no less than Rp230 million.", "above", "match"),
        ("Nothing less than Rp3 billion was the turnover of UVO I.", "above", "match"),
        ("Omzet UVO II menembus angka Rp200 juta.", "above", "match"),
        ("Sales of UVO II surpassed the Rp200 million mark.", "above", "match"),
        ("Sales at UVO II crossed Rp230m.", "above", "match"),
        ("Omzet UVO II menembus angka Rp300 juta.", "above", "contradicted"),
        ("Sales of UVO I were no more than Rp4 billion.", "below", "match"),
        ("Omzet UVO I tidak lebih dari Rp4 miliar.", "below", "match"),
        ("Omzet UVO I tidak lebih dari Rp3 miliar.", "below", "contradicted"),
        ("Omzet UVO II belum mencapai Rp250 juta.", "below", "match"),
        ("UVO II gagal menembus Rp250 juta omzet.", "below", "match"),
        ("Omzet UVO II hampir mencapai Rp250 juta.", "nearly", "match"),
        ("Omzet UVO II nyaris menembus angka Rp250 juta.", "nearly", "match"),
        ("Omzet UVO II hampir menembus Rp230 juta.", "nearly", "contradicted"),
    ],
)
def test_hedges(text, hedge, status):
    (finding,) = told(text)
    assert (finding.quantity.hedge, str(finding.status)) == (hedge, status)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UVO I ditutup. Omzetnya Rp4,8 miliar.", ["contradicted"]),
        ("Total transaksinya Rp4,8 miliar di UVO I.", ["contradicted"]),
        ("Pengunjungnya UVO II puluhan ribu orang.", ["contradicted"]),
        ("UVO I's sales were Rp3.48 billion, while UVO II's were Rp230 million.", ["match", "match"]),
        ("Peserta UVO II 152.", ["match"]),
        ("Ibu Sri, peserta UVO II, mengaku omzetnya Rp40 juta.", ["unknown"]),
        ("Setengah dari omzet UVO II Rp115 juta.", ["unknown"]),
        ("Omzet UVO I bukan Rp4,8 miliar melainkan Rp3,48 miliar.", ["unknown", "match"]),
        ("Sales of UVO I: not Rp4.8 billion but Rp3.48 billion.", ["unknown", "match"]),
        ("Sales of UVO I reached billions of rupiah.", ["match"]),
        ("Transaksi UVO I tembus miliaran.", ["match"]),
        ("Transaksi UVO II tembus miliaran.", ["contradicted"]),
        ("Omzet UVO I 3,48 M.", ["match"]),
        ("UVO II meraup 4,8 M rupiah.", ["contradicted"]),
        ("Omzet UVO II Rp230-an juta.", ["match"]),
        ("Omzet UVO I Rp3 miliar s.d. Rp4 miliar.", ["match"]),
        ("Omzet UVO I Rp3 miliar sampai dengan Rp4 miliar.", ["match"]),
        ("Omzet UVO I Rp4 miliar s/d Rp5 miliar.", ["contradicted"]),
        ("UVO II dikunjungi 9.500 kali.", ["match"]),
        ("UVO II was visited 95,000 times.", ["contradicted"]),
        ("Transaksi UVO II sebanyak 803 kali.", ["match"]),
        ("UVO II: 61.000 halaman dilihat.", ["match"]),
        ("Rekap UVO-II/2020/0013, kode 7K3M-9QXA-C.", []),
        ("Jalannya selebar 4 M.", []),
    ],
)
def test_words(text, expected):
    assert statuses(text) == expected


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        ("Omzet UVO I dan UVO II masing-masing Rp3,48 miliar dan Rp230 juta.", [("uvo-1",), ("uvo-2",)]),
        (
            "Sales of UVO I and UVO II were Rp3.48 billion and Rp230 million respectively.",
            [("uvo-1",), ("uvo-2",)],
        ),
        ("Omzet Rp3,48 miliar di UVO I dan UVO II Rp230 juta.", [("uvo-1",), ("uvo-2",)]),
        ("Omzet UVO I Rp3,48 miliar plus UVO II Rp230 juta.", [("uvo-1",), ("uvo-2",)]),
        ("Omzet UVO I ditambah UVO II Rp3.715.382.000.", [("uvo-1", "uvo-2")]),
        ("Omzet UVO 1 dan 2 Rp3.715.382.000.", [("uvo-1", "uvo-2")]),
        ("Omzet UVO I maupun UVO II Rp3.715.382.000.", [("uvo-1", "uvo-2")]),
    ],
)
def test_whose_an_amount_is(text, editions):
    found = told(text)
    assert [finding.context.editions for finding in found] == editions
    assert {finding.status for finding in found} == {Status.MATCH}


def test_a_total_behind_amounts_in_turn_is_their_sum():
    first, second, total = told(
        "Omzet UVO I dan UVO II masing-masing Rp3,48 miliar dan Rp230 juta, sehingga total transaksi Rp4,8 miliar."
    )
    assert (first.context.editions, second.context.editions) == (("uvo-1",), ("uvo-2",))
    assert [str(each.status) for each in (first, second, total)] == ["match", "match", "contradicted"]
    assert [int(wrong.actual) for wrong in total.sums] == [3_710_000_000]


def test_a_digit_behind_a_roman_number_names_no_expo():
    counted = told("Di UVO I, 2 koperasi dan 102 UKM ikut.")
    assert {finding.context.editions for finding in counted} == {("uvo-1",)}


def test_the_same_is_counted_again_for_another_expo():
    assert statuses("Omzet UVO I Rp3,9 miliar, sedangkan UVO II Rp500 juta.") == ["contradicted", "contradicted"]


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        ("Tunai Rp3,1 miliar dan transfer Rp1,1 miliar, sehingga total transaksi Rp5 miliar.", "4200000000"),
        ("Rp3,48 miliar ditambah Rp230 juta menjadi Rp4,8 miliar.", "3710000000"),
        ("Rp3.48 billion plus Rp230 million makes Rp4.8 billion.", "3710000000"),
        ("Total transaksi Rp5 miliar, masing-masing Rp3,1 miliar dan Rp1,1 miliar.", "4200000000"),
        ("Pengunjung UVO I 11.052, UVO II 9.500, sehingga total 30.000 pengunjung.", "20552"),
        ("Total peserta 400 UKM: UVO I 102 UKM dan UVO II 152 UKM.", "254"),
    ],
)
def test_sums_that_do_not_add_up(text, actual):
    (wrong,) = [wrong for finding in told(text) for wrong in finding.sums]
    assert str(int(wrong.actual)) == actual


@pytest.mark.parametrize(
    "text",
    [
        "Tunai Rp3,1 miliar dan transfer Rp1,1 miliar, sehingga total transaksi Rp4,2 miliar.",
        "Rp3,48 miliar + Rp230 juta = Rp3,71 miliar.",
        "Total peserta 231 UKM: UVO I 102 UKM dan UVO II 152 UKM.",  # who was at both is one of them
        "Omzet UVO I Rp3,48 miliar ditambah potensi Rp750 juta, dikunjungi 11.052 orang.",
    ],
)
def test_sums_of_which_nothing_is_said(text):
    assert not [wrong for finding in told(text) for wrong in finding.sums]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Ditutup Jumat malam (19/11).", True),
        ("Closed on Friday night (Nov 19), the day that the sales were told.", True),
        ("Digelar Rabu-Jumat (18-20/11).", False),
        ("Ditutup Jumat, 20/11.", False),
        ("Closed Friday, 11/20, and the sales of the event were good.", False),
        ("Dibuka Rabu pagi (18/11) pukul 09.00 WIB.", False),
    ],
)
def test_days_with_a_part_of_the_day(text, wrong):
    (date,) = told(text, DateFinding)
    assert date.wrong_weekday is wrong
    assert date.stated.weekday is not None
