import pytest

from expo.phones import PhoneError, normalise_phone, show_phone
from orders.phones import whatsapp_number


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812 3456 7890",
        "62812-3456-7890",
        "+62 812-3456-7890",
        "(0812) 3456.7890",
        " 0062 812 3456 7890",
    ],
)
def test_one_number_in_many_spellings(text):
    assert normalise_phone(text) == "+6281234567890"


def test_numbers_abroad_and_at_home():
    assert normalise_phone("3312 3456", "QA") == "+97433123456"
    assert normalise_phone("+974 3312 3456") == "+97433123456"


@pytest.mark.parametrize("text", ["", "12", "abc", "0812", "+", "0812345678901234567", "++62", "\x00"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(PhoneError):
        normalise_phone(text)


def test_numbers_are_shown_and_linked():
    assert show_phone("+6281234567890") == "+62 812-3456-7890"
    assert show_phone("rusak") == "rusak"
    assert whatsapp_number("0812 3456 7890") == "+6281234567890"
    assert whatsapp_number("") == whatsapp_number("rusak") == ""
