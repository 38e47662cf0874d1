"""A guest who buys: from the product into the cart, through the checkout, to the page with the account to pay to."""

import itertools
import re
from functools import cache
from html import unescape
from urllib.parse import urlencode

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.load import Answer, Request, send
from bench.pages import purchasable
from catalog.models import Placement, Product
from expo.models import Region
from orders.models import Payment

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
_addresses = itertools.count(1)


class Buyer:
    """One guest with a cookie jar, coming from an address of its own."""

    def __init__(self, port: int):
        self.port = port
        self.number = next(_addresses)
        self.cookies: dict[str, str] = {}
        self.requests = 0

    def add(self) -> bool:
        """Put one piece of a product into the cart."""
        answer = self.post(
            reverse("orders:cart-add"), {"placement": _placement().pk, "quantity": 1}, ("Sec-Fetch-Site", "same-origin")
        )
        return answer.status == 302

    def buy(self) -> bool:
        """The whole checkout of one guest. True when the page with the orders answers.

        Where the place decides the fee, the first sending is answered with the fee and a second one agrees to it.
        """
        if not self.add():
            return False
        path = reverse("orders:checkout")
        answer = self.get(path)
        for _sending in range(2):
            answer = self.post(
                path, {**hidden_fields(answer.body), **_guest(self.number)}, ("Sec-Fetch-Site", "same-origin")
            )
            if answer.status == 302:
                return self.get(answer.headers["location"][0]).status == 200
        return False

    def get(self, path: str) -> Answer:
        return self.send(Request(path, headers=self.headers()))

    def post(self, path: str, data: dict, *headers: tuple[str, str]) -> Answer:
        body = urlencode(data).encode()
        return self.send(Request(path, "POST", body, (*self.headers(), *FORM, *headers)))

    def send(self, request: Request) -> Answer:
        self.requests += 1
        answer = send(self.port, request)
        for cookie in answer.headers.get("set-cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def headers(self) -> tuple[tuple[str, str], ...]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        high, low = divmod(self.number, 250)
        address = (("X-Forwarded-For", f"10.{high // 250 % 250}.{high % 250}.{low + 1}"),)
        return (*address, ("Cookie", pairs)) if pairs else address


def hidden_fields(body: bytes) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', body.decode())
    return {name: unescape(value) for name, value in found}


def restock() -> None:
    """Give the bench's shop stock and free transfer codes, so that no measurement runs dry."""
    Product.objects.filter(pk=_placement().product_id).update(stock=1_000_000)
    Payment.objects.filter(is_open=True).update(is_open=False)


def count_queries(visit, buyer_class) -> int:
    """SQL queries that ``visit`` costs, asked through the test client."""
    with CaptureQueriesContext(connection) as captured:
        assert visit(buyer_class(0)), "the purchase failed"
    return len(captured)


class InProcessBuyer(Buyer):
    """The same guest over Django's test client, so that queries can be counted."""

    def __init__(self, port: int):
        from django.test import Client

        super().__init__(port)
        self.client = Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR="127.0.0.1")

    def send(self, request: Request) -> Answer:
        self.requests += 1
        given = {name: value for name, value in request.headers if name not in ("Cookie", "Content-Type")}
        if request.method == "GET":
            response = self.client.get(request.path, headers=given)
        else:
            response = self.client.post(request.path, request.body, content_type=FORM[0][1], headers=given)
        location = {"location": [response["Location"]]} if "Location" in response else {}
        return Answer(response.status_code, location, response.content)


@cache
def _placement() -> Placement:
    return purchasable()


@cache
def _regency() -> str:
    return Region.objects.get(name="Kota Semarang").pk


def _guest(number: int) -> dict[str, str]:
    return {
        "name": "Pembeli Uji",
        "phone": f"0812{number:08d}",
        "country": "ID",
        "area": "Semarang",
        "area_code": _regency(),
        "address": f"Jalan Pengukuran {number}",
        "postcode": "50131",
    }
