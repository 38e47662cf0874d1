"""Filling a visitor's cart and changing it. What it holds now: ``content.py``."""

import datetime as dt
import secrets

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Placement, Variant
from orders.domain.availability import MOST_PIECES, line_problem, quantity_problem
from orders.domain.errors import OrderError
from orders.models import Cart, CartBooth, CartLine

MOST_LINES = 60
MOST_LETTERS = 300  # of a note
FORGOTTEN = dt.timedelta(days=60)  # the cookie lives for 30 days from the last adding
TOUCHED = dt.timedelta(hours=1)  # how exactly a cart's age is kept


def new_cart(user=None) -> Cart:
    """A cart of its own; of an account the one that it has already, if another tab was quicker."""
    token = secrets.token_urlsafe(32)
    if user is None:
        return Cart.objects.create(token=token)
    return Cart.objects.get_or_create(user=user, defaults={"token": token})[0]


@transaction.atomic
def merge_carts(guest: Cart, user) -> Cart:
    """Put what a guest chose into the cart of their account, which takes it over. Pieces of the same goods add up,
    as far as there are any; what was written to a booth is kept from both."""
    guest = Cart.objects.select_for_update().filter(pk=guest.pk, user=None).first() or new_cart(user)
    if guest.user_id == user.pk:
        return guest
    own = Cart.objects.select_for_update().filter(user=user).first()
    if own is None and not guest.checkouts.exists():  # what a guest ordered does not become the account's
        guest.user = user
        guest.save(update_fields=["user", "updated_at"])
        return guest
    own = own or new_cart(user)
    merge_lines(guest, own)
    merge_words(guest, own)
    guest.delete()
    Cart.objects.filter(pk=own.pk).update(updated_at=timezone.now())
    return own


def merge_lines(guest: Cart, own: Cart) -> None:
    there = {(line.placement_id, line.variant_id): line for line in own.lines.all()}
    for line in guest.lines.select_related("placement__product", "variant"):
        mine = there.get((line.placement_id, line.variant_id))
        more = joined_pieces(line, mine.quantity) - mine.quantity if mine else line.quantity
        if more:
            add_pieces(own, line.placement, more, line.variant)


def joined_pieces(line: CartLine, mine: int) -> int:
    """Of two lines of the same goods: their sum, but no more than there are, nor fewer than either had."""
    product = line.placement.product
    most = MOST_PIECES if product.made_to_order else (line.variant or product).stock
    return min(max(min(line.quantity + mine, most), line.quantity, mine), MOST_PIECES)


def merge_words(guest: Cart, own: Cart) -> None:
    mine = {words.booth_id: words for words in own.booths.all()}
    for words in guest.booths.all():
        kept = mine.get(words.booth_id) or CartBooth(cart=own, booth_id=words.booth_id)
        kept.note = joined_note(kept.note, words.note)
        kept.voucher = kept.voucher or words.voucher
        kept.save()


def joined_note(mine: str, new: str) -> str:
    """Both notes one after the other; where that is too long, the one that was written last."""
    if not new or new in mine:
        return mine
    both = f"{mine}; {new}" if mine else new
    return both if len(both) <= MOST_LETTERS else new


def add_to_cart(
    cart: Cart,
    placement: Placement,
    quantity: int | None = None,
    *,
    variant: Variant | None = None,
    now: dt.datetime | None = None,
) -> int:
    """Put ``quantity`` more pieces (by default the minimum) into the cart; returns how many pieces it holds then.

    ``variant``: which one of a product that has variants. OrderError when they can't be bought.
    """
    now = now or timezone.now()
    product = placement.product
    if problem := line_problem(placement, variant, now):
        raise OrderError(problem)
    lines: dict[tuple[int, int | None], int] = {
        (line[0], line[1]): line[2] for line in cart.lines.values_list("placement_id", "variant_id", "quantity")
    }
    there = lines.get((placement.pk, variant.pk if variant else None), 0)
    if quantity is None:
        quantity = 1 if there else product.minimum_quantity
    if quantity < 1:
        raise OrderError(_("Isi jumlah paling sedikit 1."))
    if problem := quantity_problem(product, there + quantity, stock=(variant or product).stock):
        raise OrderError(already_in_cart(problem, there) if there else problem)
    if not there and len(lines) >= MOST_LINES:
        raise OrderError(_("Keranjang penuh. Bayar dahulu sebagian isinya."))
    add_pieces(cart, placement, quantity, variant)
    if now - cart.updated_at > TOUCHED:
        Cart.objects.filter(pk=cart.pk).update(updated_at=now)
    return sum(lines.values()) + quantity


def add_pieces(cart: Cart, placement: Placement, quantity: int, variant: Variant | None = None) -> None:
    """Raise the line or make it, in one statement: two clicks at once make one line of two pieces."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_cartline (cart_id, placement_id, variant_id, quantity) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (cart_id, placement_id, variant_id)"
            " DO UPDATE SET quantity = orders_cartline.quantity + excluded.quantity",
            [cart.pk, placement.pk, variant.pk if variant else None, quantity],
        )


def already_in_cart(problem: str, pieces: int) -> str:
    return _("%(problem)s Di keranjang Anda sudah ada %(quantity)s.") % {"problem": problem, "quantity": pieces}


def change_quantity(cart: Cart, line_pk: int, quantity: int) -> None:
    """Set a line's pieces; 0 takes it out. A quantity that can't be bought now is kept and shown as such."""
    if quantity <= 0:
        cart.lines.filter(pk=line_pk).delete()
        return
    cart.lines.filter(pk=line_pk).update(quantity=min(quantity, MOST_PIECES))


def count_pieces(token: str) -> int:
    """Pieces in the cart with this token, for the badge: one query."""
    return sum(CartLine.objects.filter(cart__token=token, cart__user=None).values_list(F("quantity"), flat=True))


def forget_old_carts(now: dt.datetime, *, most: int = 500) -> int:
    """Delete carts whose cookie has long gone; returns how many. A few at a time: it is called every minute."""
    old = Cart.objects.filter(updated_at__lt=now - FORGOTTEN).order_by("updated_at").values_list("pk", flat=True)[:most]
    pks = list(old)
    Cart.objects.filter(pk__in=pks).delete()
    return len(pks)
