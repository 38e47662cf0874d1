import pytest

from expo.names import masked_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Siti Rahmawati", "Siti R."),
        ("hj. siti aminah rahayu", "Siti A."),
        ("Suharto", "S***"),
        ("0812 3456 7890", ""),
        ("budi@contoh.test", ""),
        ("<b>Evil</b>", ""),
        ("", ""),
        ("Ñuri Ó", "Ñuri Ó."),
    ],
)
def test_masked(name, masked):
    assert masked_name(name) == masked
