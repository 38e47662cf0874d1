"""What an exhibitor says it sold elsewhere: plain values, and the evidence once it is stored."""

import datetime as dt
import hashlib
import json
import re
import uuid
from dataclasses import dataclass, field
from typing import IO

from catalog.models import Category, Product
from expo.documents import digest_of, store_document
from journal.keys import Place
from journal.models import Measure

FOLDER = "reported"
MOST_RUPIAH = 10_000_000_000
MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored document and the digest of what was uploaded."""

    file: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A sale made elsewhere. ``occurred_at`` is when it was paid, or agreed upon; goods are a product or a name."""

    key: uuid.UUID
    sold_at: str
    amount: int
    occurred_at: dt.datetime
    measure: str = Measure.REALISED
    quantity: int = 0
    product: Product | None = None
    name: str = ""
    category: Category | None = None
    reference: str = ""
    destination: Place = field(default_factory=Place)
    note: str = ""

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(
            self.sold_at,
            self.amount,
            self.occurred_at.astimezone(dt.UTC).isoformat(),
            self.measure,
            self.quantity,
            self.product.pk if self.product else None,
            self.name,
            self.category.pk if self.category else None,
            self.reference,
            self.destination.code,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """Part or all of a reported order that has been paid since."""

    key: uuid.UUID
    amount: int
    occurred_at: dt.datetime
    note: str = ""

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.amount, self.occurred_at.astimezone(dt.UTC).isoformat())


def fingerprint_of(*said) -> str:
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def store_evidence(file: IO[bytes]) -> Evidence:
    """Keep the upload in private storage: a picture encoded anew, or a PDF. Raises DomainError."""
    return Evidence(store_document(file, FOLDER), digest_of(file))


def reference_key(text: str) -> str:
    """A number as it is compared: letters and figures alone, in capitals."""
    return re.sub(r"[\W_]", "", text).upper()[:60]
