"""What stands beside the fields of a product on the curator's desk, and products beside those of an exhibitor."""

from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import Product
from catalog.states import ProductState
from exhibitors.admin_blocks import Block, certificates_of
from exhibitors.admin_desk import register_desk_block
from exhibitors.models import Exhibitor
from exhibitors.states import CurationState
from expo.photo_hints import hints_of

MOST_TWINS = 6
MOST_SHOWN = 12


def product_blocks(product: Product, change=None) -> list[Block]:
    """Its exhibitor, the same photo or name elsewhere, variants, certificates."""
    twins = list(twins_of(product))
    shown = [change.cover] if change else [product.cover]
    return [
        (
            pgettext("satu", "Peserta"),
            "admin/curation/seller.html",
            {"exhibitor": product.exhibitor, "hints": seller_hints(product.exhibitor)},
        ),
        (
            _("Data yang sama"),
            "admin/curation/product_twins.html",
            {"twins": twins, "hints": [*twin_hints(product, twins), *photo_hints(shown)]},
        ),
        (
            _("Varian dan harga grosir"),
            "admin/curation/offers.html",
            {
                "product": product,
                "variants": product.variants.select_related("picture"),
                "steps": product.steps.select_related("variant"),
                "wanted": list(change.variants.select_related("variant__picture", "picture")) if change else [],
            },
        ),
        (
            _("Sertifikat"),
            "admin/curation/certificates.html",
            {"certificates": certificates_of(product.exhibitor, product)},
        ),
    ]


def seller_hints(exhibitor: Exhibitor) -> list[str]:
    if exhibitor.state == CurationState.APPROVED:
        return []
    return [_("Pesertanya belum disetujui: %(state)s") % {"state": exhibitor.get_state_display()}]


def twin_hints(product: Product, twins: list[Product]) -> list[str]:
    """How many look alike, those of others first: a photo that somebody else sells with is the graver thing."""
    foreign = sum(twin.exhibitor_id != product.exhibitor_id for twin in twins)
    own = len(twins) - foreign
    found = [(foreign, _("Foto yang sama pada peserta lain: %(n)s")), (own, _("Kembar di stan sendiri: %(n)s"))]
    return [text % {"n": n} for n, text in found if n]


def photo_hints(pictures) -> list[str]:
    """What the measuring of the photo says, as its owner was told."""
    return [hint for picture in pictures for hint in hints_of(picture)]


def twins_of(product: Product):
    """Others with one of its photos, whoever sells them, and the same name in its own booth."""
    photos = {*product.photos.values_list("picture_id", flat=True), product.cover_id} - {None}
    shared = Product.objects.filter(Q(cover__in=photos) | Q(photos__picture__in=photos))
    named = Product.objects.filter(exhibitor=product.exhibitor_id, name__iexact=product.name)
    keys = [
        *shared.exclude(pk=product.pk).order_by("pk").values_list("pk", flat=True).distinct()[:MOST_TWINS],
        *named.exclude(pk=product.pk).order_by("pk").values_list("pk", flat=True)[:MOST_TWINS],
    ]
    found = Product.objects.filter(pk__in=keys).exclude(state=CurationState.REJECTED).defer("search")
    return found.select_related("exhibitor", "cover").order_by("pk")


def products_of(exhibitor: Exhibitor) -> Block:
    """How many in which state, and the newest: waiting ones first."""
    counts = exhibitor.products.order_by().values("state").annotate(n=Count("pk")).order_by("state")
    newest = exhibitor.products.select_related("cover").defer("search")
    waiting = Case(When(state=CurationState.SUBMITTED, then=0), default=1)
    data = {
        "counts": [{"label": ProductState(row["state"]).label, "n": row["n"]} for row in counts],
        "products": newest.order_by(waiting, "-pk")[:MOST_SHOWN],
    }
    return _("Produk"), "admin/curation/waiting_products.html", data


register_desk_block(Exhibitor, products_of)
