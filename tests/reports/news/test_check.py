"""Articles against sealed figures. Every sentence is our own; what they claim is what was claimed in 2020."""

import datetime as dt
import time

import pytest

from reports.news.check import DateFinding, FigureFinding, check, day_of, editions_meant
from reports.news.explain import pieces, tell
from reports.news.matching import Level, Reason, Status
from tests.reports.news.books import BOTH, FIRST, ONE, SECOND, book

INDONESIAN = """Dua pameran daring, miliaran rupiah

SEMARANG - Pameran UKM Virtual Expo resmi ditutup pada Jumat (20/11). Total transaksi kedua gelaran disebut menembus \
Rp4,8 miliar. Dari jumlah itu UVO I membukukan Rp3,48 miliar dan UVO II Rp230 juta.

Gelaran kedua diikuti 152 UKM dengan 2.768 produk dan dikunjungi puluhan ribu orang pengunjung. Lebih dari 2.700 item \
laku terjual. Panitia mencatat 3.464 surel penawaran dan 9.500 kunjungan.

Pada Kamis (20/11) angka akhirnya diumumkan: gabungan UVO I dan UVO II Rp3.715.382.000."""

ENGLISH = """The second UKM Virtual Expo closed on Friday (20/11). Turnover of both expos surpassed Rp4.8 billion, \
officials said. The first expo booked Rp3.48 billion in sales and the second expo Rp230 million.

The second expo featured 152 SMEs with 2,768 products and was visited by tens of thousands of people. On Thursday, \
November 20, 2020, combined sales of UVO I and UVO II were put at Rp3,715,382,000."""


def checked(text, known=None, **options):
    result = check(text, known or book(), **options)
    return {text[finding.start : finding.end]: finding for finding in result.findings}


def only(text, known=None, kind=FigureFinding):
    (finding,) = [finding for finding in checked(text, known).values() if isinstance(finding, kind)]
    return finding


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (INDONESIAN, ("menembus Rp4,8 miliar", "Rp3,48 miliar", "Rp230 juta", "Rp3.715.382.000", "puluhan ribu")),
        (
            ENGLISH,
            ("surpassed Rp4.8 billion", "Rp3.48 billion", "Rp230 million", "Rp3,715,382,000", "tens of thousands"),
        ),
    ],
)
def test_the_articles_of_the_closing_day(text, words):
    found = checked(text)
    claimed, first, second, both, visitors = (found[word] for word in words)
    assert claimed.status == Status.CONTRADICTED
    assert claimed.verdict.figures[0].recap == BOTH
    assert [str(int(wrong.actual)) for wrong in claimed.sums] == ["3710000000"]
    assert (first.status, first.verdict.level, first.verdict.sealed) == (Status.MATCH, Level.TRUNCATED, 3_484_791_000)
    assert (second.status, second.verdict.level, second.verdict.sealed) == (Status.MATCH, Level.TRUNCATED, 230_591_000)
    assert (both.status, both.verdict.level) == (Status.MATCH, Level.EXACT)
    assert both.verdict.figures[0].recap == BOTH
    assert (visitors.status, visitors.verdict.sealed) == (Status.CONTRADICTED, 9_500)
    assert found["152"].verdict.level == Level.EXACT


def test_counts_of_the_closing_day():
    found = checked(INDONESIAN)
    assert found["2.768"].verdict.figures[0].key == "on_show"
    assert found["3.464"].status == found["9.500"].status == Status.MATCH
    sold = found["Lebih dari 2.700"]
    assert (sold.status, sold.verdict.reason) == (Status.OTHER, Reason.OTHER_MEASURE)
    assert sold.verdict.sealed == 2_768


def test_weekdays_of_the_closing_day():
    found = checked(INDONESIAN)
    assert found["Jumat (20/11)"].closes == SECOND
    assert found["Kamis (20/11)"].wrong_weekday
    assert checked("Dibuka Jumat (19/11).")["Jumat (19/11)"].status == Status.WRONG
    assert checked("Thursday, November 20, 2020", language="en")["Thursday, November 20, 2020"].wrong_weekday


def test_the_sum_is_found_without_a_combined_recap():
    finding = only("Omzet gabungan UVO I dan UVO II Rp3,71 miliar.", book(without=(BOTH,)))
    assert (finding.status, finding.verdict.level) == (Status.MATCH, Level.TRUNCATED)
    assert [figure.value for figure in finding.verdict.figures] == [3_484_791_000, 230_591_000]


@pytest.mark.parametrize(
    ("text", "status", "level"),
    [
        ("Omzet UVO II Rp230.591.000.", Status.MATCH, Level.EXACT),
        ("Omzet UVO II Rp230,5 juta.", Status.MATCH, Level.TRUNCATED),
        ("Omzet UVO II Rp230,6 juta.", Status.MATCH, Level.ROUNDED),
        ("Omzet UVO II Rp231 juta.", Status.MATCH, Level.ROUNDED),
        ("Omzet UVO II lebih dari Rp230 juta.", Status.MATCH, Level.HOLDS),
        ("Omzet UVO II hampir Rp250 juta.", Status.MATCH, Level.HOLDS),
        ("Omzet UVO II sekitar Rp235 juta.", Status.MATCH, Level.HOLDS),
        ("Omzet UVO II di atas Rp100 juta.", Status.MATCH, Level.LOOSE),
        ("Omzet UVO II ratusan juta rupiah.", Status.MATCH, Level.HOLDS),
        ("Omzet UVO II antara Rp200 juta dan Rp300 juta.", Status.MATCH, Level.HOLDS),
        ("Omzet UVO II dua ratus tiga puluh juta rupiah.", Status.MATCH, Level.TRUNCATED),
        ("Omzet UVO II Rp240 juta.", Status.CONTRADICTED, None),
        ("Omzet UVO II lebih dari Rp300 juta.", Status.CONTRADICTED, None),
        ("Omzet UVO II hampir Rp230 juta.", Status.CONTRADICTED, None),
        ("Omzet UVO II miliaran rupiah.", Status.CONTRADICTED, None),
        ("Turnover of UVO II was Rp230.5 million.", Status.MATCH, Level.TRUNCATED),
        ("Turnover of UVO II was under Rp200 million.", Status.CONTRADICTED, None),
        ("UVO II was attended by 152 SMEs.", Status.MATCH, Level.EXACT),
        ("UVO II diikuti 160 UKM.", Status.CONTRADICTED, None),
        ("UVO II drew 15,000 visitors.", Status.CONTRADICTED, None),
        ("Sebanyak 9.500 orang mengunjungi UKM Virtual Expo II.", Status.MATCH, Level.EXACT),
        ("Transaksi live shopping UVO II Rp50 juta.", Status.MATCH, Level.EXACT),
        ("Transaksi live shopping UVO II Rp90 juta.", Status.CONTRADICTED, None),
    ],
)
def test_agreement(text, status, level):
    finding = only(text)
    assert (finding.status, finding.verdict.level) == (status, level)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bantuan modal Rp900 juta diserahkan.", Reason.NO_SUBJECT),
        ("Omzet rata-rata Rp7 juta.", Reason.PARTIAL),
        ("Omzet ditargetkan Rp10 miliar.", Reason.PARTIAL),
        ("Omzet peserta dari Salatiga Rp77 juta.", Reason.PARTIAL),
        ("Sebanyak 40 UKM asal Kudus ikut.", Reason.PARTIAL),
        ("Tiga UKM bercerita.", Reason.NOT_WHOLE),
        ("Jumlah UMKM di provinsi ini 4.174.210.", Reason.NOT_WHOLE),
        ("Pelatihan diikuti 300 pelaku UKM.", Reason.NOT_WHOLE),
        ("Ibu itu membukukan omzet Rp40 juta.", Reason.NOT_WHOLE),
        ("Total pembiayaan bank UVO II Rp10 miliar.", Reason.NOT_SEALED),
        ("Komitmen pembiayaan UVO I Rp2 miliar.", Reason.NOT_SEALED),
        ("Kontrak US$ 5 juta.", Reason.FOREIGN),
        ("Sekitar 70 persen puas.", Reason.NO_SUBJECT),
    ],
)
def test_nothing_is_contradicted_without_a_sealed_figure_of_it(text, reason):
    finding = only(text)
    assert (finding.status, finding.verdict.reason) == (Status.UNKNOWN, reason)


@pytest.mark.parametrize(
    ("text", "reason", "sealed"),
    [
        ("Potensi transaksi UVO II Rp230,5 juta.", Reason.OTHER_MEASURE, 230_591_000),
        ("Omzet UVO II Rp750 juta.", Reason.OTHER_MEASURE, 750_000_000),
        ("Omzet UVO II Rp3,48 miliar.", Reason.OTHER_EDITION, 3_484_791_000),
        ("Omzet UVO II Rp980,5 juta.", Reason.MIXED, 980_591_000),
        ("UVO I diikuti 152 UKM.", Reason.OTHER_EDITION, 152),
    ],
)
def test_right_numbers_under_a_wrong_name(text, reason, sealed):
    finding = only(text)
    assert (finding.status, finding.verdict.reason, finding.verdict.sealed) == (Status.OTHER, reason, sealed)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Live shopping menyumbang 21,6 persen omzet UVO II.", Status.MATCH),
        ("Live shopping menyumbang 40 persen omzet UVO II.", Status.UNKNOWN),
        ("At UVO II 89 per cent of inquiries were answered.", Status.MATCH),
        ("Naik 152 persen.", Status.UNKNOWN),
    ],
)
def test_percentages_are_shares_of_sealed_figures(text, status):
    assert only(text).status == status


def test_an_earlier_recap_is_recognised():
    finding = only("Dalam sehari omzet UVO I Rp1,68 miliar.")
    assert (finding.status, finding.verdict.figures[0].recap.number) == (Status.MATCH, "I/1")


def test_what_was_sealed_for_later_days_is_no_basis():
    known = book(until=dt.date(2020, 10, 26))
    assert only("Omzet UVO I Rp3,48 miliar.", known).status == Status.CONTRADICTED
    assert only("Omzet UVO II Rp230 juta.", known).verdict.reason == Reason.NOT_SEALED


def test_the_other_way_of_reading_points():
    finding = only("Omzet UVO I sebesar 3.484 miliar rupiah.")
    assert (finding.status, finding.verdict.reread) == (Status.MATCH, True)


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        ("Total transaksi Rp5 miliar, terdiri dari tunai Rp3,1 miliar dan transfer Rp1,1 miliar.", "4200000000"),
        ("Total peserta 310 UKM, terdiri dari 152 UKM fesyen dan 102 UKM kuliner.", "254"),
    ],
)
def test_sums_that_do_not_add_up(text, actual):
    (wrong,) = [wrong for finding in checked(text).values() for wrong in finding.sums]
    assert str(int(wrong.actual)) == actual


@pytest.mark.parametrize(
    "text",
    [
        "Total transaksi Rp4,2 miliar, terdiri dari tunai Rp3,1 miliar dan transfer Rp1,1 miliar.",
        "Total transaksi Rp3,7 miliar: UVO I Rp3,48 miliar dan UVO II Rp230 juta.",
        "Omzet UVO I Rp3,48 miliar dan UVO II Rp230 juta.",
    ],
)
def test_sums_that_add_up(text):
    assert not [wrong for finding in checked(text).values() for wrong in finding.sums]


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        ("Omzet naik 25 persen dari Rp2,00 miliar menjadi Rp3,00 miliar.", "50.0"),
        ("Sales rose 10 percent to Rp3.00 billion from Rp2.00 billion.", "50.0"),
        ("Penjualan turun 80% dari Rp4,00 miliar menjadi Rp3,00 miliar.", "25.0"),
        ("Sebanyak 38 UKM atau 50 persen dari 152 peserta.", "25.0"),
        ("Omzet naik 50 persen dari Rp2,00 miliar menjadi Rp3,00 miliar.", None),
        ("Sebanyak 38 UKM atau 25 persen dari 152 peserta.", None),
    ],
)
def test_percentages_that_do_not_follow(text, actual):
    wrongs = [wrong for finding in checked(text).values() for wrong in finding.shares]
    assert [str(wrong.actual) for wrong in wrongs] == ([actual] if actual else [])


def test_days_that_cannot_be():
    assert only("Sampai 31 November 2020.", kind=DateFinding).status == Status.WRONG
    assert only("Kemarin.", kind=DateFinding).status == Status.UNKNOWN
    assert only("Dibuka 18 November 2020.", kind=DateFinding).opens == SECOND


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Pameran ditutup 20 November 2020.", None, (FIRST, SECOND)),
        ("Pameran ditutup.", dt.date(2020, 10, 28), (FIRST,)),
        ("UVO II selesai.", None, (SECOND,)),
        ("Jilid pertama selesai.", None, (FIRST,)),
        ("Sudah lama, 3 Maret 2022.", None, (SECOND,)),
        ("Tanpa petunjuk.", None, (FIRST, SECOND)),
    ],
)
def test_names_and_dates_decide(text, published, expected):
    assert editions_meant(text, (FIRST, SECOND), published=published) == expected


def test_the_articles_day_is_its_last_that_has_passed():
    today = dt.date(2020, 12, 1)
    assert day_of("Kamis, 19 November 2020; ditutup 20 November; lagi 5 Desember 2020.", today) == dt.date(2020, 11, 20)
    assert day_of("Tanpa tanggal.", today) is None


def test_a_date_with_the_wrong_weekday_leaves_both_days_possible():
    today = dt.date(2020, 12, 1)
    assert day_of("Ditutup Jumat (19/11/2020).", today) == dt.date(2020, 11, 20)
    assert day_of("Ditutup Rabu (19/11/2020).", today) == dt.date(2020, 11, 19)
    assert day_of("Ditutup Jumat (19/11/2020).", dt.date(2020, 11, 19)) == dt.date(2020, 11, 19)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_is_told_and_the_text_stays_whole(language):
    from django.utils import translation

    text = INDONESIAN + " Bantuan US$ 5 juta, 70 persen, 31 November, kemarin; omzet UVO II Rp980,5 juta."
    result = check(text, book())
    with translation.override(language):
        told = tell(result, book())
    assert "".join(piece.text for piece in pieces(result, told)) == text
    assert all(each.lines for each in told)
    assert {each.status for each in told} == set(Status)
    assert any(source.recap == ONE for each in told for source in each.sources)


@pytest.mark.parametrize("piece", ["1", "9 ", "Rp1 ", "dua ", "half of a ", "UVO I dan ", "total Rp1 ", "<&\u202e"])
def test_hostile_texts_take_time_in_proportion(piece):
    """Four times as much text may not take much more than four times as long."""

    def seconds(letters):
        text = (piece * letters)[:letters]
        start = time.process_time()
        check(text, book())
        return time.process_time() - start

    seconds(500)
    most = 14 * max(seconds(2_000), 0.01)
    assert any(seconds(8_000) < most for _again in range(3))  # on a machine that is shared


def test_a_year_at_the_edge_of_the_calendar_is_no_date():
    assert day_of("Jumat 1.1.0001", dt.date(2020, 12, 1)) is None
