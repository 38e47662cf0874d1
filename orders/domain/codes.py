"""Numbers of orders, and the unique codes that tell one transfer from another."""

import hashlib
import secrets

from django.db import connection
from django.utils.translation import gettext as _

from exhibitors.models import Exhibitor
from orders.domain.errors import OrderError

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = range(1, 1000)


def new_order_code() -> str:
    """Eight letters without look-alikes: read out on the phone, written on a parcel."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(8))
    return f"P{letters[:4]}-{letters[4:]}"


def account_key(exhibitor: Exhibitor) -> str:
    """The destination account as one text: two exhibitors who share an account share its codes."""
    digits = "".join(sign for sign in exhibitor.bank_account_number if sign.isalnum())
    return f"{exhibitor.bank_name.strip().casefold()}:{digits}"[:100]


def lock_accounts(keys) -> None:
    """Hold these accounts to the end of the transaction, in one order for everybody.

    Two checkouts to one account choose their codes one after the other, so that neither has to try again.
    """
    numbers = sorted({account_lock(key) for key in keys})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) AS number", [numbers])


def account_lock(key: str) -> int:
    return int.from_bytes(hashlib.sha256(f"account {key}".encode()).digest()[:8], signed=True)


def free_codes(keys: list[str]) -> list[int]:
    """A code from 1 to 999 for each of these (locked) accounts, which no open payment to it uses.

    An account may be named twice. OrderError when all codes of one are taken.
    """
    taken: dict[str, set[int]] = {key: set() for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_key, unique_code FROM orders_payment WHERE account_key = ANY(%s) AND is_open", [[*taken]]
        )
        for key, code in cursor.fetchall():
            taken[key].add(code)
    codes = []
    for key in keys:
        codes.append(pick_code(taken[key]))
        taken[key].add(codes[-1])
    return codes


def pick_code(taken: set[int]) -> int:
    free = [code for code in CODES if code not in taken]
    if not free:
        raise OrderError(
            _("Rekening stan ini sedang menunggu terlalu banyak pembayaran. Silakan coba lagi dalam beberapa jam.")
        )
    return secrets.choice(free)
