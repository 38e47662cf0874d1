import datetime as dt
import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.statements import StatementError, read_statement

TODAY = dt.date(2026, 11, 22)

BCA = """Informasi Rekening - Mutasi Rekening
"No. rekening",=,'0123456789
"Nama",=,SITI AMINAH
"Periode",=,01/11/2026 - 20/11/2026
"Mata Uang",=,IDR

Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo
'01/11,TRSF E-BANKING CR 0111/FTSCY/WS95031 150123.00 SARI DEWI,'0000,"150,123.00",CR,"1,150,123.00"
'02/11,BIAYA ADM,'0000,"15,000.00",DB,"1,135,123.00"
'03/11,SETORAN TUNAI,'0123,"2,000,000.00",CR,"3,135,123.00"
Saldo Awal,=,"1,000,000.00"
Kredit,=,"2,150,123.00"
"""
MANDIRI = """Account No;Date;Val. Date;Transaction Code;Description;Description;Reference No.;Debit;Credit;
1370001234567;01/11/26;01/11/26;;MCM InhouseTrf DARI SARI DEWI;Transfer Fee;;0,00;150.123,00;
1370001234567;02/11/26;02/11/26;;BIAYA ADM;;;15.000,00;0,00;
1370001234567;03/11/26;03/11/26;;SETOR TUNAI;;;0,00;2.000.000,00;
"""
BRI = """NOMOR_REKENING,TGL_TRAN,TGL_EFEKTIF,JAM_TRAN,KODE_TRAN,DESK_TRAN,SALDO_AWAL_MUTASI,\
MUTASI_DEBET,MUTASI_KREDIT,SALDO_AKHIR_MUTASI
00123,2026-11-01 00:00:00,2026-11-01,101112,8001,NBMB SARI DEWI TO SITI,1000000.00,0.00,150123.00,1150123.00
00123,2026-11-02 00:00:00,2026-11-02,101112,8001,BIAYA ADM,1150123.00,15000.00,0.00,1135123.00
00123,2026-11-03 00:00:00,2026-11-03,101112,8001,SETOR,1135123.00,0.00,2000000.00,3135123.00
"""
BNI = """Tanggal\tUraian Transaksi\tTipe\tNominal\tSaldo
01-Nov-2026\tTRANSFER DARI SARI DEWI\tCr\t150.123\t1.150.123
02-Nov-2026\tBIAYA ADM\tDb\t15.000\t1.135.123
03-Nov-2026\tSETOR TUNAI\tCr\t2.000.000\t3.135.123
"""
SIGNED = """Tanggal;Keterangan;Jumlah
01 November 2026;Dari SARI DEWI;+Rp150.123
02 November 2026;Biaya;-Rp15.000
03 Nov 2026;Setor tunai;Rp 2.000.000,00 CR
"""
BALANCED = """Date,Remark,Amount,Balance
2026-10-31,Saldo,0,1000000
2026-11-01,SARI DEWI,150123,1150123
2026-11-02,BIAYA,15000,1135123
2026-11-03,SETOR,2000000,3135123
"""


def expected(reading):
    return [(credit.date.isoformat(), credit.amount) for credit in reading.credits]


@pytest.mark.parametrize("text", [BCA, MANDIRI, BRI, BNI, SIGNED, BALANCED])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_statements_of_many_banks_are_read(text, encoding):
    reading = read_statement(text.encode(encoding), today=TODAY)

    assert expected(reading) == [("2026-11-01", 150_123), ("2026-11-03", 2_000_000)]
    assert "SARI DEWI" in reading.credits[0].text


def book(rows) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
    return file.getvalue()


def test_a_workbook_is_read():
    data = book(
        [
            ["PT BANK CONTOH"],
            [],
            ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"],
            [dt.date(2026, 11, 1), "SARI DEWI", "", 150123, 1150123],
            [dt.date(2026, 11, 2), "BIAYA", 15000.0, "", 1135123],
            ["03/11/2026", "SETOR", None, "2.000.000,00", 3135123],
            ["Total", "", 15000, 2150123],
        ]
    )
    assert expected(read_statement(data, today=TODAY)) == [("2026-11-01", 150_123), ("2026-11-03", 2_000_000)]


def test_one_row_has_the_same_key_in_each_bank_file_that_shows_it():
    first = read_statement(BCA.encode(), today=TODAY).credits
    longer = BCA.replace("'03/11,SETORAN", '\'02/11,TRSF LAIN,\'0000,"7,000.00",CR,"1"\n\'03/11,SETORAN')
    second = read_statement(longer.encode(), today=TODAY).credits

    assert {credit.key for credit in first} < {credit.key for credit in second}
    assert len(second) == 3


def test_two_equal_transfers_on_one_day_are_two():
    text = "Tanggal;Keterangan;Kredit\n" + "01/11/2026;SARI DEWI;150.123\n" * 2
    credits = read_statement(text.encode(), today=TODAY).credits
    assert len({credit.key for credit in credits}) == 2


def test_a_date_without_a_year_belongs_to_the_period_of_the_file():
    text = (
        BCA.replace("01/11/2026 - 20/11/2026", "01/12/2025 - 31/12/2025")
        .replace("'01/11", "'05/12")
        .replace("'03/11", "'31/12")
    )
    assert expected(read_statement(text.encode(), today=dt.date(2026, 1, 5))) == [
        ("2025-12-05", 150_123),
        ("2025-12-31", 2_000_000),
    ]


def test_american_dates_are_known_by_an_impossible_month():
    text = 'Date,Description,Credit\n11/01/2026,SARI,"150,123"\n11/20/2026,BUDI,"7,000"\n'
    assert [credit.date for credit in read_statement(text.encode(), today=TODAY).credits] == [
        dt.date(2026, 11, 1),
        dt.date(2026, 11, 20),
    ]


def test_interest_with_sen_and_the_future_are_left_out():
    text = "Tanggal;Keterangan;Kredit\n01/11/2026;BUNGA;1.234,56\n01/11/2027;MASA DEPAN;9.000\n02/11/2026;SARI;7.000\n"
    reading = read_statement(text.encode(), today=TODAY)
    assert expected(reading) == [("2026-11-02", 7_000)]
    assert reading.others == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "kosong"),
        (b"\xef\xbb\xbf\n", "tanggal"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 not really", "rusak"),
        (b"\xd0\xcf\x11\xe0 not really", "rusak"),
        (b"a\0b;c\n1;2", "bukan CSV"),
        (b"x" * (3 * 1024 * 1024 + 1), "3 MB"),
        (b"Nama;Alamat\nSari;Semarang\n", "tanggal"),
        (b"Tanggal;Nama\n01/11/2026;Sari\n", "masuk"),
        (b"Tanggal;Keterangan;Kredit\n", "bertanggal"),
        (b"Tanggal;Keterangan;Jumlah\n01/11/2026;A;5.000\n02/11/2026;B;6.000\n", "masuk"),
        (b"Tanggal;Kredit\n" + b"01/11/2026;1\n" * 20_001, "20.000"),
    ],
)
def test_what_cannot_be_read_says_why(data, says):
    with pytest.raises(StatementError, match=says):
        read_statement(data, today=TODAY)


def test_two_cells_in_far_corners_cost_the_reading_process_alone():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "Tanggal")
        sheet.write(1_048_575, 16_383, 1)
    with pytest.raises(StatementError, match="rusak"):
        read_statement(file.getvalue(), today=dt.date(2020, 11, 30))


def test_millions_of_empty_lines_are_too_many_rows():
    with pytest.raises(StatementError, match=r"20\.000"):
        read_statement(b"Tanggal,Kredit\n" * 45_000, today=dt.date(2020, 11, 30))


def test_an_archive_that_unpacks_to_gigabytes_is_refused():
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    with pytest.raises(StatementError, match="terlalu besar"):
        read_statement(file.getvalue(), today=TODAY)


@settings(deadline=None)  # a workbook is read by a process of its own
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_a_statement_or_a_clear_error(data):
    try:
        read_statement(data, today=TODAY)
    except StatementError:
        pass


CELLS = st.text("0123456789.,-/ RpCRDB'()+eE²", max_size=16)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=8), st.sampled_from(["Kredit", "Jumlah"]))
def test_any_cells_below_a_header_are_rows_or_a_clear_error(rows, heading):
    lines = [f"Tanggal;Keterangan;{heading};Saldo", *(";".join(row) for row in rows)]
    try:
        reading = read_statement("\n".join(lines).encode(), today=TODAY)
    except StatementError:
        return
    assert all(credit.amount > 0 for credit in reading.credits)
