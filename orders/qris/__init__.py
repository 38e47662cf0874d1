"""QRIS, Indonesia's payment QR code: read, checked, and given an amount."""

from orders.qris.code import MOST, Qris, read_qris, require_reusable, with_amount
from orders.qris.errors import QrisError

__all__ = ["MOST", "Qris", "QrisError", "read_qris", "require_reusable", "with_amount"]
