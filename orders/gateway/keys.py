"""Merchant keys at rest: encrypted with the first key of GATEWAY_KEYS, readable with any of them."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orders.gateway.errors import GatewayRefusedError


def box() -> MultiFernet:
    if not settings.GATEWAY_KEYS:
        raise GatewayRefusedError(_("Pembayaran otomatis tidak dinyalakan di situs ini."))
    return MultiFernet([Fernet(key) for key in settings.GATEWAY_KEYS])


def seal(secret: str) -> str:
    return box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """GatewayRefusedError when none of today's keys opens it."""
    try:
        return box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise GatewayRefusedError(_("Kunci penjual ini tidak terbaca lagi. Bayar dengan cara lain.")) from error


def seal_anew(sealed: str) -> str:
    """The same secret under the newest key."""
    return box().rotate(sealed.encode()).decode()
