"""Couriers whose parcels can be followed in public. Only their own sites are ever linked to.

``address`` holds ``{number}`` where the courier's site takes it; elsewhere the buyer pastes it there.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

NUMBER = re.compile(r"[A-Za-z0-9-]{6,40}")


@dataclass(frozen=True, slots=True)
class Courier:
    name: str
    address: str
    aliases: tuple[str, ...] = ()


COURIERS = (
    Courier("JNE", "https://www.jne.co.id/tracking-package", ("jne express", "jalur nugraha ekakurir")),
    Courier("J&T Express", "https://jet.co.id/track", ("j&t", "jnt", "j t express", "jt express")),
    Courier("POS Indonesia", "https://www.posindonesia.co.id/id/tracking", ("pos", "pt pos", "pos aja")),
    Courier("SiCepat", "https://www.sicepat.com/checkAwb", ("si cepat", "sicepat ekspres")),
    Courier("AnterAja", "https://anteraja.id/id/tracking", ("anter aja",)),
    Courier("TIKI", "https://www.tiki.id/id/track", ("titipan kilat",)),
    Courier("Ninja Xpress", "https://www.ninjaxpress.co/id-id/tracking?id={number}", ("ninja", "ninja van")),
    Courier("Lion Parcel", "https://lionparcel.com/track/stt?q={number}", ("lion",)),
    Courier("ID Express", "https://idexpress.com/lacak-paket/", ("idx", "id xpress")),
    Courier("Wahana", "https://www.wahana.com/", ("wahana express",)),
    Courier("SPX Express", "https://spx.co.id/track?{number}", ("spx", "shopee express", "shopee xpress")),
    Courier("DHL", "https://www.dhl.com/id-id/home/tracking.html?tracking-id={number}", ("dhl express",)),
    Courier("FedEx", "https://www.fedex.com/fedextrack/?trknbr={number}", ()),
    Courier("EMS", "https://www.posindonesia.co.id/id/tracking", ("ems pos", "pos ems")),
)


def key_of(name: str) -> str:
    """The name as it is compared: letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


BY_NAME = {key_of(name): courier for courier in COURIERS for name in (courier.name, *courier.aliases)}


def find_courier(name: str) -> Courier | None:
    """The courier of which somebody wrote ``name``, perhaps with the service behind it ("JNE Reguler")."""
    key = key_of(name)
    if key in BY_NAME:
        return BY_NAME[key]
    words = name.split()
    return find_courier(" ".join(words[:-1])) if len(words) > 1 else None


def tracking_url(name: str, number: str) -> str:
    """Where the parcel can be followed; "" for couriers that we don't know, and for what is no number."""
    courier = find_courier(name)
    if courier is None or not NUMBER.fullmatch(number.strip()):
        return ""
    return courier.address.replace("{number}", quote(number.strip(), safe=""))
