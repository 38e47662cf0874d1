"""The code that a buyer shows at the stand: four digits from the order's secret, so that no name opens a parcel."""

import hashlib
import hmac

from django.conf import settings
from django.utils.translation import gettext as _

from orders.domain.errors import OrderError
from orders.models import Order


def pickup_code(order: Order) -> str:
    """The same as long as the order lives; nobody can tell it who has not got the order's link."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"pickup:{order.token}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10_000:04d}"


def require_code(order: Order, code: str) -> None:
    """OrderError when ``code`` is not the one that the buyer has."""
    if not hmac.compare_digest("".join(code.split()).encode(), pickup_code(order).encode()):
        raise OrderError(_("Kode pengambilan itu tidak cocok. Minta pembeli membuka halaman pesanannya."))
