"""Verification codes: eight letters of the chain hash and one that checks them, as ``7K3M-9QXA-C``.

Crockford's base 32 leaves out I, L, O and U; a reader who types them means 1, 1, 0. The check letter is a sum
over GF(32) with a different factor at each place, so it finds every single wrong letter and every swap of two
neighbours: a typing error is told from a code that nobody issued.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_MEANT = str.maketrans("ILO", "110", " -\u2010\u2011\u2012\u2013\u2014\u2212._/")


class MistypedError(ValueError):
    """Not a code, or one with a typing error in it."""


def code_from_hash(digest: str) -> str:
    """The code made of the first 40 bits of a hexadecimal digest."""
    value = int(digest[:10], 16)
    letters = [ALPHABET[value >> 5 * place & 31] for place in reversed(range(LENGTH))]
    return _grouped("".join(letters))


def read_code(typed: str) -> str:
    """What was typed as the code's one spelling. MistypedError when it cannot be a code that was issued."""
    letters = typed.strip().upper().translate(_MEANT)
    if len(letters) != LENGTH + 1 or any(letter not in ALPHABET for letter in letters):
        raise MistypedError(typed)
    code = _grouped(letters[:LENGTH])
    if code[-1] != letters[-1]:
        raise MistypedError(typed)
    return code


def _grouped(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:]}-{_check(letters)}"


def _check(letters: str) -> str:
    total = 0
    for letter in letters:
        total = _double(total ^ ALPHABET.index(letter))
    return ALPHABET[total]


def _double(value: int) -> int:
    """Times x in GF(32) modulo x⁵ + x² + 1, of which x generates all 31 elements."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
