import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orders.gateway import GatewayDuplicateError, GatewayError, GatewayRefusedError, Outcome, Request, UntrustedError
from orders.gateway.http import call
from orders.gateway.midtrans import Midtrans, outcome_of, snap_body
from tests.orders.gateway.midtrans_server import KEY

NOW = dt.datetime(2026, 11, 22, 6, tzinfo=dt.UTC)
REFERENCE = "PAAAA-BBBB-1"


@pytest.fixture
def gateway(midtrans):
    return Midtrans(KEY, midtrans.url, midtrans.url)


def request(reference=REFERENCE) -> Request:
    return Request(
        reference=reference,
        amount=150_000,
        expires_at=NOW + dt.timedelta(hours=2),
        now=NOW,
        buyer_name="Sari",
        buyer_email="",
        buyer_phone="+6281234567890",
        language="id",
        notify_url="https://expo.test/pembayaran/midtrans/x/",
        return_url="https://expo.test/pesanan/x/",
    )


def test_a_page_is_made_with_amount_expiry_and_the_address_for_notifications(gateway, midtrans):
    started = gateway.start(request())
    assert started.redirect_url.startswith(midtrans.url)
    sent = midtrans.orders[REFERENCE]
    assert sent["transaction_details"] == {"order_id": REFERENCE, "gross_amount": 150_000}
    assert sent["expiry"] == {"unit": "minutes", "duration": 120}
    assert midtrans.headers[0]["X-Override-Notification"] == "https://expo.test/pembayaran/midtrans/x/"


def test_a_reference_is_used_once(gateway, midtrans):
    gateway.start(request())
    with pytest.raises(GatewayDuplicateError):
        gateway.start(request())
    midtrans.fail = [406]
    with pytest.raises(GatewayDuplicateError):
        gateway.start(request("other"))


@pytest.mark.parametrize("failure", [500, 503, 429, "silence", "garbage", "array", "redirect", "cut", 200])
def test_making_a_page_is_never_tried_twice(gateway, midtrans, failure):
    midtrans.fail = [failure]
    with pytest.raises(GatewayError):
        gateway.start(request())
    assert len(midtrans.calls) == 1


@pytest.mark.parametrize("failures", [[503], [500, 502], ["silence"], ["cut"]])
def test_asking_is_tried_again(gateway, midtrans, failures):
    gateway.start(request())
    midtrans.happen(REFERENCE, "settlement")
    midtrans.fail = failures
    assert gateway.status(REFERENCE).outcome == Outcome.PAID


def test_asking_ends_some_time(gateway, midtrans):
    midtrans.fail = [503] * 9
    with pytest.raises(GatewayError):
        gateway.status("x")
    assert len(midtrans.calls) == 3


def test_a_wrong_key_is_refused(midtrans):
    wrong = Midtrans("salah-salah", midtrans.url, midtrans.url)
    for verb in (lambda: wrong.start(request()), lambda: wrong.status("x"), wrong.require_valid_key):
        with pytest.raises(GatewayRefusedError):
            verb()


def test_a_right_key_is_known_without_any_payment(gateway):
    gateway.require_valid_key()
    assert gateway.status("nobody-began") is None


def test_buyers_are_sent_to_midtrans_alone(gateway, midtrans):
    midtrans.page_host = "https://jahat.test"
    with pytest.raises(GatewayError):
        gateway.start(request())


def test_the_answer_for_another_order_is_not_taken(gateway, midtrans):
    gateway.start(request())
    midtrans.happen(REFERENCE, "settlement")
    midtrans.transactions["mine"] = midtrans.transactions[REFERENCE]
    with pytest.raises(GatewayError):
        gateway.status("mine")


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "file:///etc/passwd", "ftp://x.test/"])
def test_outside_of_tests_nothing_but_https_is_called(settings, url):
    settings.GATEWAY_OVER_HTTP = False
    with pytest.raises(GatewayError):
        call("GET", url, headers={})


@pytest.mark.parametrize(
    ("status", "fraud", "outcome"),
    [
        ("capture", "accept", Outcome.PAID),
        ("capture", "challenge", Outcome.CHALLENGED),
        ("capture", "deny", Outcome.DENIED),
        ("settlement", "accept", Outcome.PAID),
        ("pending", "accept", Outcome.PENDING),
        ("authorize", "accept", Outcome.PENDING),
        ("deny", "accept", Outcome.DENIED),
        ("expire", "accept", Outcome.EXPIRED),
        ("cancel", "accept", Outcome.CANCELLED),
        ("refund", "accept", Outcome.REFUNDED),
        ("partial_refund", "accept", Outcome.REFUNDED),
        ("something new", "accept", Outcome.PENDING),
    ],
)
def test_words_of_midtrans(status, fraud, outcome):
    assert outcome_of(status, fraud) == outcome


def test_money_needs_the_code_of_success():
    assert outcome_of("settlement", "accept", "201") == Outcome.PENDING
    assert outcome_of("capture", "challenge", "201") == Outcome.CHALLENGED


@pytest.mark.parametrize(
    ("left", "minutes"), [(dt.timedelta(seconds=20), 5), (dt.timedelta(hours=3), 180), (dt.timedelta(days=30), 10_080)]
)
def test_a_page_lives_as_long_as_midtrans_allows(left, minutes):
    asked = request()
    body = snap_body(dataclasses.replace(asked, expires_at=asked.now + left))
    assert body["expiry"] == body["page_expiry"] == {"unit": "minutes", "duration": minutes}


def test_a_signed_notification_is_read(gateway, midtrans):
    gateway.start(request())
    report = gateway.read_notification(midtrans.happen(REFERENCE, "settlement"))
    assert (report.outcome, report.amount, report.currency) == (Outcome.PAID, 150_000, "IDR")
    odd = gateway.read_notification(midtrans.happen(REFERENCE, "settlement", amount="150000.50"))
    assert odd.amount is None


def test_what_is_not_signed_with_the_key_is_not_trusted(gateway, midtrans):
    gateway.start(request())
    for body in (
        midtrans.happen(REFERENCE, "settlement", key="salah"),
        midtrans.happen(REFERENCE, "settlement").replace(b"150000.00", b"150001.00"),
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"signature_key": null}',
        json.dumps({"order_id": 1, "status_code": [], "gross_amount": {}}).encode(),
        b"[" * 100_000,
    ):
        with pytest.raises(UntrustedError):
            gateway.read_notification(body)


VALUES = st.text() | st.none() | st.integers() | st.lists(st.text(), max_size=2)
BODIES = st.dictionaries(
    st.sampled_from(["order_id", "status_code", "gross_amount", "signature_key", "x"]), VALUES, max_size=5
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(st.binary(max_size=200) | BODIES.map(lambda body: json.dumps(body).encode()))
def test_any_body_is_untrusted_and_nothing_else(body):
    with pytest.raises(UntrustedError):
        Midtrans(KEY, "https://a.test", "https://a.test").read_notification(body)
