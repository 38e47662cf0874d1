import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.qris import MOST, QrisError, read_qris, require_reusable, with_amount
from orders.qris.code import with_checksum
from orders.qris.tlv import checksum, write_fields
from tests.orders.qris.codes import NMID, national, static_code, static_fields


def test_a_static_code_tells_its_merchant():
    qris = read_qris(static_code())

    assert (qris.nmid, qris.merchant_name, qris.merchant_city) == (NMID, "BATIK KENANGA", "PEKALONGAN")
    assert (qris.is_dynamic, qris.amount, qris.tip) == (False, 0, "")
    assert qris.text == static_code()
    require_reusable(qris)


def test_line_breaks_of_a_messenger_are_taken_out():
    code = static_code()
    assert read_qris(f" {code[:40]}\r\n{code[40:]}\n").text == code


def test_a_checksum_in_small_letters_is_right_too():
    code = static_code()
    assert read_qris(code[:-4] + code[-4:].lower()).nmid == NMID


def test_the_national_number_is_found_in_another_template():
    assert read_qris(static_code(t51=None, t27=national("ID2099000001"))).nmid == "ID2099000001"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"t00": "02"}, "bukan QRIS"),
        ({"t01": "13"}, "tidak dikenal"),
        ({"t51": None}, "NMID"),
        ({"t51": national("XX123")}, "NMID"),
        ({"t51": "00"}, "rusak"),
        ({"t52": None}, "jenis usaha"),
        ({"t52": "54A9"}, "jenis usaha"),
        ({"t53": "840"}, "rupiah"),
        ({"t53": None}, "rupiah"),
        ({"t54": "12.50"}, "Jumlah"),
        ({"t54": "0"}, "Jumlah"),
        ({"t54": "10000001"}, "Jumlah"),
        ({"t54": "-5"}, "Jumlah"),
        ({"t55": "09"}, "tip"),
        ({"t55": "02"}, "tip"),
        ({"t55": "02", "t56": "x"}, "tip"),
        ({"t56": "100"}, "tip"),
        ({"t58": "SG"}, "Indonesia"),
        ({"t59": None}, "nama merchant"),
        ({"t59": "  "}, "nama merchant"),
        ({"t60": None}, "kota"),
    ],
)
def test_each_fault_is_named(changes, says):
    with pytest.raises(QrisError, match=says):
        read_qris(static_code(**changes))


@pytest.mark.parametrize("text", ["", "  \n", "halo", "https://contoh.test/", "0" * 600, "00020\x001"])
def test_what_is_no_code_at_all_is_refused(text):
    with pytest.raises(QrisError):
        read_qris(text)


@given(st.integers(0, 400), st.characters(codec="ascii"))
def test_one_changed_character_is_noticed(place, sign):
    code = static_code()
    place %= len(code)
    changed = code[:place] + sign + code[place + 1 :]
    if changed.strip() == code or (place >= len(code) - 4 and changed.upper() == code):
        return
    with pytest.raises(QrisError):
        read_qris(changed)


@given(st.text(max_size=120))
def test_any_text_with_a_right_checksum_is_a_code_or_a_clear_error(text):
    body = f"000201{text}6304"
    try:
        code = body + checksum(body)
    except UnicodeEncodeError:
        return
    try:
        read_qris(code)
    except QrisError:
        pass


@given(st.text(max_size=600))
def test_any_text_is_a_code_or_a_clear_error(text):
    try:
        read_qris(text)
    except QrisError:
        pass


@given(
    st.fixed_dictionaries(
        {}, optional={f"t{tag:02}": st.text(max_size=30) for tag in [1, *range(26, 31), *range(51, 62)]}
    )
)
def test_any_fields_are_a_code_that_reads_back_or_a_clear_error(changes):
    try:
        code = with_checksum(static_fields(**changes))
    except UnicodeEncodeError:
        return
    try:
        qris = read_qris(code)
    except QrisError:
        return
    assert read_qris(qris.text) == qris


@given(st.integers(1, MOST), st.sampled_from([{}, {"t55": "01"}, {"t01": None}, {"t62": "0703A01"}]))
def test_an_amount_is_embedded_and_nothing_else_changes(amount, changes):
    before = read_qris(static_code(**changes))

    after = with_amount(before, amount)

    assert (after.amount, after.is_dynamic, after.tip) == (amount, True, "")
    assert (after.nmid, after.merchant_name, after.merchant_city) == (
        before.nmid,
        before.merchant_name,
        before.merchant_city,
    )
    assert [field.tag for field in after.fields] == sorted(field.tag for field in after.fields)
    assert after.text[-4:] == checksum(after.text[:-4])
    assert with_amount(after, amount) == after


@pytest.mark.parametrize("amount", [0, -1, MOST + 1])
def test_no_amount_beyond_the_limit_is_embedded(amount):
    with pytest.raises(QrisError):
        with_amount(read_qris(static_code()), amount)


@pytest.mark.parametrize(
    "changes", [{"t01": "12"}, {"t54": "15000"}, {"t55": "02", "t56": "1000"}, {"t55": "03", "t57": "1.5"}]
)
def test_a_code_for_one_payment_or_with_a_fee_cannot_be_an_exhibitors(changes):
    with pytest.raises(QrisError):
        require_reusable(read_qris(static_code(**changes)))


def test_a_checksum_that_is_not_last_is_refused():
    fields = static_fields()
    text = write_fields([*fields[:-1]]) + "6304ABCD" + write_fields(fields[-1:])
    with pytest.raises(QrisError, match="pemeriksa"):
        read_qris(text)
