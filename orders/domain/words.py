"""What a visitor says to each booth while the cart is filled: a note, the code of a voucher."""

from orders.domain.vouchers import clean_code
from orders.models import Cart, CartBooth


def booth_words(cart: Cart | None) -> dict[int, CartBooth]:
    """By the booth's id; one query."""
    return {words.booth_id: words for words in CartBooth.objects.filter(cart=cart)} if cart else {}


def keep_words(cart: Cart, booth_id: int, *, note: str, voucher: str) -> None:
    """Keep them with the cart until it is ordered. Only for a booth from which something is in the cart."""
    if not cart.lines.filter(placement__booth=booth_id).exists():
        return
    CartBooth.objects.update_or_create(
        cart=cart, booth_id=booth_id, defaults={"note": note.strip()[:300], "voucher": clean_code(voucher)}
    )
