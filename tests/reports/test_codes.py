import secrets

import pytest

from reports.codes import ALPHABET, MistypedError, code_from_hash, read_code


def test_code_is_made_of_the_hash():
    assert code_from_hash("0" * 64) == "0000-0000-0"
    code = code_from_hash("0123456789abcdef")
    assert read_code(code) == code
    assert code[:4] == "04HM"


def test_every_single_wrong_letter_and_every_swap_is_found():
    for _ in range(20):
        code = code_from_hash(secrets.token_hex(8)).replace("-", "")
        for place in range(9):
            for letter in ALPHABET:
                if letter != code[place]:
                    with pytest.raises(MistypedError):
                        read_code(code[:place] + letter + code[place + 1 :])
        for place in range(8):
            if code[place] != code[place + 1]:
                with pytest.raises(MistypedError):
                    read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-9QXA-CC", "7K3M-9QXA-U", "7K3M 9QXÄ C", "💥" * 9])
def test_what_cannot_be_a_code_is_mistyped(typed):
    with pytest.raises(MistypedError):
        read_code(typed)


def test_ambiguous_letters_and_separators_are_forgiven():
    code = code_from_hash("0842108421")
    assert read_code(code.lower().replace("0", "o").replace("1", "i").replace("-", " – ")) == code
