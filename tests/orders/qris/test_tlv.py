import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.qris.errors import QrisError
from orders.qris.tlv import Field, checksum, read_fields, write_fields

TAGS = st.integers(0, 99).map(lambda number: f"{number:02}")
FIELDS = st.lists(st.builds(Field, TAGS, st.text(max_size=99)), unique_by=lambda field: field.tag, max_size=12)


def test_checksum_is_crc_16_ccitt_false():
    assert checksum("123456789") == "29B1"


@given(FIELDS)
def test_what_is_written_is_read_again(fields):
    assert read_fields(write_fields(fields)) == fields


@given(st.text(max_size=300) | st.text("0123456789", max_size=300))
def test_any_text_is_fields_or_a_clear_error(text):
    try:
        fields = read_fields(text)
    except QrisError:
        return
    assert write_fields(fields) == text


@pytest.mark.parametrize("text", ["0", "00", "000", "0002", "00020", "0003ab", "0a02ab", "²²02ab", "000201000201"])
def test_broken_texts_are_refused(text):
    with pytest.raises(QrisError):
        read_fields(text)


@pytest.mark.parametrize("field", [Field("5", "x"), Field("aa", "x"), Field("01", "x" * 100)])
def test_what_cannot_be_written_is_a_mistake_of_ours(field):
    with pytest.raises(ValueError, match="not a field"):
        write_fields([field])
