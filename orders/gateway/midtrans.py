"""Midtrans Snap, as its public documentation describes it.

A payment page is made at ``/snap/v1/transactions`` and asked after at ``/v2/ORDER_ID/status``, with the server key as
the user of HTTP Basic. Notifications carry SHA512(order_id + status_code + gross_amount + server key).
"""

import base64
import hashlib
import hmac
import json
import math
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_lazy as _

from orders.gateway.errors import GatewayDuplicateError, GatewayError, GatewayRefusedError, UntrustedError
from orders.gateway.http import UNREACHABLE, call
from orders.gateway.reports import Outcome, Report, Request, Started

OUTCOMES = {
    "pending": Outcome.PENDING,
    "authorize": Outcome.PENDING,
    "capture": Outcome.PAID,
    "settlement": Outcome.PAID,
    "deny": Outcome.DENIED,
    "failure": Outcome.DENIED,
    "cancel": Outcome.CANCELLED,
    "expire": Outcome.EXPIRED,
    "refund": Outcome.REFUNDED,
    "partial_refund": Outcome.REFUNDED,
    "chargeback": Outcome.REFUNDED,
    "partial_chargeback": Outcome.REFUNDED,
}
WHOLE = re.compile(r"([0-9]{1,12})(?:\.0{1,2})?")
LANGUAGES = {"id": "id", "en": "en"}
LEAST, MOST = 5, 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Midtrans:
    """One exhibitor's merchant account. ``page_url`` serves Snap, ``api_url`` the status calls."""

    server_key: str
    page_url: str
    api_url: str

    def start(self, request: Request) -> Started:
        status, answer = self.call(
            "POST",
            f"{self.page_url}/snap/v1/transactions",
            body=snap_body(request),
            # Per payment, so that the exhibitor has nothing to set up in Midtrans' own pages.
            extra={"X-Override-Notification": request.notify_url},
        )
        if status == 406 or (status == 400 and is_about_duplicate(answer)):
            raise GatewayDuplicateError(UNREACHABLE)
        token, address = answer.get("token"), answer.get("redirect_url")
        if status != 201 or not isinstance(token, str) or not isinstance(address, str):
            raise GatewayError(UNREACHABLE)
        if not self.is_own_page(address):
            raise GatewayError(UNREACHABLE)
        return Started(token, address)

    def is_own_page(self, address: str) -> bool:
        """Buyers are sent to Midtrans and nowhere else, whatever the answer says."""
        page, own = urlsplit(address), urlsplit(self.page_url)
        return (page.scheme, page.netloc) == (own.scheme, own.netloc) and len(address) <= 400

    def status(self, reference: str) -> Report | None:
        status, answer = self.call("GET", f"{self.api_url}/v2/{quote(reference, safe='')}/status")
        # Midtrans answers 200 and writes its own code into the body.
        if status == 404 or str(answer.get("status_code")) == "404":
            return None
        if status != 200 or answer.get("order_id") != reference:
            raise GatewayError(UNREACHABLE)
        return report(answer)

    def cancel(self, reference: str) -> None:
        self.call("POST", f"{self.api_url}/v2/{quote(reference, safe='')}/cancel")

    def read_notification(self, body: bytes) -> Report:
        try:
            content = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise UntrustedError("not JSON") from error
        if not isinstance(content, dict):
            raise UntrustedError("no object")
        if not hmac.compare_digest(self.signature(content).encode(), str(content.get("signature_key", "")).encode()):
            raise UntrustedError("wrong signature")
        return report(content)

    def signature(self, content: dict[str, Any]) -> str:
        signed = (content.get("order_id"), content.get("status_code"), content.get("gross_amount"))
        if not all(isinstance(part, str) for part in signed):
            raise UntrustedError("unsigned")
        return hashlib.sha512(("".join(map(str, signed)) + self.server_key).encode(errors="replace")).hexdigest()

    def require_valid_key(self) -> None:
        """GatewayRefusedError when Midtrans does not know the key: asks for a payment that can't exist."""
        self.status("uji-kunci")

    def call(self, method: str, url: str, *, body: Any = None, extra: dict[str, str] | None = None):
        secret = base64.b64encode(f"{self.server_key}:".encode()).decode()
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Authorization": f"Basic {secret}",
            **(extra or {}),
        }
        status, answer = call(method, url, headers=headers, body=body)
        if status == 401 or str(answer.get("status_code")) == "401":
            raise GatewayRefusedError(_("Midtrans menolak kunci penjual ini. Bayar dengan cara lain."))
        return status, answer


def snap_body(request: Request) -> dict[str, Any]:
    # Midtrans takes five minutes to seven days. What is paid after our own deadline is money that came late.
    minutes = min(max(math.floor((request.expires_at - request.now).total_seconds() / 60), LEAST), MOST)
    buyer = {"first_name": request.buyer_name[:60], "phone": request.buyer_phone}
    if request.buyer_email:
        buyer["email"] = request.buyer_email
    return {
        "transaction_details": {"order_id": request.reference, "gross_amount": request.amount},
        "customer_details": buyer,
        "credit_card": {"secure": True},
        "expiry": {"unit": "minutes", "duration": minutes},
        "page_expiry": {"unit": "minutes", "duration": minutes},
        "callbacks": {"finish": request.return_url},
        "language": LANGUAGES.get(request.language, "id"),
    }


def is_about_duplicate(answer: dict[str, Any]) -> bool:
    messages = answer.get("error_messages")
    return isinstance(messages, list) and any("order_id" in str(message) for message in messages)


def report(content: dict[str, Any]) -> Report:
    status = str(content.get("transaction_status", ""))
    return Report(
        reference=str(content.get("order_id", "")),
        outcome=outcome_of(
            status, str(content.get("fraud_status") or "accept"), str(content.get("status_code") or "200")
        ),
        amount=whole_rupiah(content.get("gross_amount")),
        currency=str(content.get("currency") or "IDR"),
        status=status[:30],
        refunded=whole_rupiah(content.get("refund_amount")) or 0,
    )


def outcome_of(status: str, fraud: str, code: str = "200") -> Outcome:
    """Money counts as received only with the code of success, and when the fraud detection has let it pass."""
    outcome = OUTCOMES.get(status, Outcome.PENDING)
    if outcome != Outcome.PAID:
        return outcome
    if fraud != "accept":
        return Outcome.DENIED if fraud == "deny" else Outcome.CHALLENGED
    return Outcome.PAID if code == "200" else Outcome.PENDING


def whole_rupiah(value: Any) -> int | None:
    match = WHOLE.fullmatch(value) if isinstance(value, str) else None
    return int(match.group(1)) if match else None
