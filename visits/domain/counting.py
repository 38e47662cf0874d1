"""What a visit is. Live traffic and imported logs are counted by these rules and no others.

- A visit ends after 30 minutes without activity. So does a visit to a booth, which is any page of that booth or of
  one of its products.
- A visitor is a keyed hash of address and browser. Its salt lives for the run of an edition, that is until the
  midnight (WIB) after its closing, and then for one calendar month of its mall: so a day never has two salts.
- A visit counts when a reader is confirmed by a second request: beside the page itself at least one more within the
  visit, a page, something of a page, or the picture that counts (the beacon). Live traffic is counted by that picture
  alone, so each of its views is confirmed; in a log a page that nothing followed is no visit.
- Bots are left out but counted, as are staff and exhibitors.
- From one address at most 200 visits begin in a clock hour. What would begin more is counted as a bot: a program that
  calls itself something else each time would otherwise be a crowd.
- What happens outside an edition's moments is not counted for it.
- Counts are kept by the hour. A moment of the edition that parts an hour (it closes at 13.30) parts its counts as well:
  so a recap that is made at that moment counts up to it (docs/adr/0188).
"""

import datetime as dt
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
SESSION = dt.timedelta(minutes=30)
RUN = "run"
MOST_OF_AN_ADDRESS = 200  # visits an hour; a hall or a mobile network shares one address among many people
CONFIRMED = 2  # requests of a visit, the page among them
PAGES = frozenset({"lobby", "hall", "booth", "product", "category", "search", "page"})
PAGES_OF_BOOTHS = frozenset({"booth", "product"})


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of an edition that decide whether and how a hit counts."""

    edition_id: int
    sales_open: dt.datetime
    closes_at: dt.datetime
    mall_closes_at: dt.datetime | None
    opens_at: dt.datetime | None = None

    @classmethod
    def of(cls, edition) -> "Moments":
        return cls(edition.pk, edition.sales_open, edition.closes_at, edition.mall_closes_at, edition.opens_at)

    def contains(self, moment: dt.datetime) -> bool:
        return self.sales_open <= moment and (self.mall_closes_at is None or moment < self.mall_closes_at)

    @property
    def run_ends(self) -> dt.datetime:
        """The midnight (WIB) that ends the day of the closing."""
        last = (self.closes_at - dt.timedelta(microseconds=1)).astimezone(WIB).date()
        return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), WIB)

    def period_at(self, moment: dt.datetime) -> str:
        """The period of the salt: ``run``, or the month of the mall, like ``2026-11``."""
        return RUN if moment < self.run_ends else f"{moment.astimezone(WIB):%Y-%m}"

    @property
    def cuts(self) -> list[dt.datetime]:
        """The moments that part an hour. Counts are named by whole seconds: another moment parts nothing."""
        named = (self.sales_open, self.opens_at, self.closes_at, self.mall_closes_at)
        return [moment for moment in named if moment and not moment.microsecond]

    def part_at(self, moment: dt.datetime) -> dt.datetime:
        """Where the hour, or the part of one, begins in which ``moment`` is counted."""
        return max([full_hour(moment), *(cut for cut in self.cuts if cut <= moment)])

    def part_from(self, moment: dt.datetime) -> dt.datetime:
        """Where the first one begins that holds nothing from before ``moment``."""
        return min([next_hour(moment), *(cut for cut in self.cuts if cut >= moment)])


def visitor_hash(secret: bytes, address: str, browser: str) -> str:
    """Who cannot be found out without ``secret``, and not at all once that is destroyed."""
    return hmac.digest(secret, f"{address}\n{browser}".encode(), hashlib.sha256)[:16].hex()


def address_hash(secret: bytes, address: str) -> str:
    """The network that ``address`` belongs to, as little to be found out as the visitor. One line has a /64 of IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        network = address
    else:
        network = str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
    return hmac.digest(secret, f"address\n{network}".encode(), hashlib.sha256)[:16].hex()


def full_hour(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def next_hour(moment: dt.datetime) -> dt.datetime:
    """``moment`` itself if it is a full hour."""
    begun = full_hour(moment)
    return begun if begun == moment else begun + dt.timedelta(hours=1)
